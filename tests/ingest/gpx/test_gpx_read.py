"""GPX: tracks, segments, extensions, what is no session, what is broken."""

import gzip

import numpy as np
import pytest

from evengait.core.errors import IngestError
from evengait.ingest.gpx import read, sniff
from xml_files import at, gpx, tpx, trk, trkpt


def values(data: bytes, name: str) -> list[float | None]:
    bout = read(data).bouts[0]
    floats = bout.samples.floats(name)
    assert floats is not None, name
    return [None if np.isnan(value) else round(float(value), 4) for value in floats]


def test_a_run_by_garmin_connect_is_read_whole() -> None:
    data = gpx(trk("".join(trkpt(s, tpx(140 + s, 85), ele=f"{30 + s}.2") for s in range(3))))
    bout = read(data).bouts[0]
    assert (bout.sport, bout.sub_sport, bout.device) == ("running", None, "Garmin Forerunner 55")
    assert bout.start_us == 1_772_352_000_000_000
    assert bout.samples.timestamp_us.tolist() == [bout.start_us + s * 1_000_000 for s in range(3)]
    assert values(data, "heart_rate_bpm") == [140, 141, 142]
    assert values(data, "step_rate_spm_x64") == [170, 170, 170]  # both feet
    assert values(data, "altitude_m_x5") == [30.2, 31.2, 32.2]
    assert values(data, "lat_semicircles")[0] == round(52.5 * 2**31 / 180)
    assert read(data).problems == ()


@pytest.mark.parametrize(
    ("inner", "column", "value"),
    [
        ("<speed>3.5</speed>", "speed_m_s_x1000", 3.5),
        ("<extensions><speed>3.5</speed></extensions>", "speed_m_s_x1000", 3.5),
        ("<extensions><x:TrackPointExtension><x:speed>3.5</x:speed></x:TrackPointExtension></extensions>",
         "speed_m_s_x1000", 3.5),
        ("<extensions><x:atemp>21.0</x:atemp></extensions>", "temperature_c", 21),
        ("<extensions><gpxdata:hr>151</gpxdata:hr></extensions>", "heart_rate_bpm", 151),
        ("<extensions><gpxdata:cadence>88</gpxdata:cadence></extensions>", "step_rate_spm_x64", 176),
        ("<extensions><gpxdata:temp>18</gpxdata:temp></extensions>", "temperature_c", 18),
        ("<extensions><gpxdata:distance>12.34</gpxdata:distance></extensions>", "distance_m_x100", 12.34),
        ("<extensions><power>250</power></extensions>", "power_w", 250),
        ("<extensions><x:PowerExtension><x:PowerInWatts>250</x:PowerInWatts></x:PowerExtension></extensions>",
         "power_w", 250),
        ("<extensions/><extensions><x:hr>151</x:hr></extensions>", "heart_rate_bpm", 151),
        ("<extensions><x:GroundContactTime>241.5</x:GroundContactTime></extensions>", "contact_time_ms_x10", 241.5),
        ("<extensions><x:GroundContactTime>0.2415</x:GroundContactTime></extensions>", "contact_time_ms_x10", 241.5),
        ("<extensions><x:VerticalOscillation>8.4</x:VerticalOscillation></extensions>",
         "vertical_oscillation_mm_x10", 84),
        ("<extensions><x:stance_time_balance>49.2</x:stance_time_balance></extensions>",
         "balance_left_pct_x100", 49.2),
        ("<extensions><x:VerticalOscillation>0.084</x:VerticalOscillation></extensions>",
         "vertical_oscillation_mm_x10", 84),
        ("<extensions><x:StepLength>1.23</x:StepLength></extensions>", "step_length_mm_x10", 1230),
        ("<extensions><x:RunningDynamics><StrideLength>123</StrideLength></x:RunningDynamics></extensions>",
         "step_length_mm_x10", 1230),
        ("<extensions><step_length>1230</step_length></extensions>", "step_length_mm_x10", 1230),
        ("<extensions><x:groundContactBalance>0.492</x:groundContactBalance></extensions>",
         "balance_left_pct_x100", 49.2),
        ("<extensions><gpxdata:altitude>34.2</gpxdata:altitude></extensions>", "altitude_m_x5", 34.2),
    ],
)  # fmt: skip
def test_extensions_are_read_under_any_prefix(inner: str, column: str, value: float) -> None:
    assert values(gpx(trk(trkpt(0, inner) + trkpt(1, inner))), column) == [value, value]


def test_all_of_garmins_extensions_together() -> None:
    inner = (
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:atemp>21.0</gpxtpx:atemp><gpxtpx:wtemp>9</gpxtpx:wtemp>"
        "<gpxtpx:depth>3</gpxtpx:depth><gpxtpx:hr>141</gpxtpx:hr><gpxtpx:cad>86</gpxtpx:cad>"
        "<gpxtpx:speed>3.1</gpxtpx:speed><gpxtpx:course>90</gpxtpx:course><gpxtpx:bearing>91</gpxtpx:bearing>"
        "</gpxtpx:TrackPointExtension><gpxacc:AccelerationExtension><gpxacc:accel offset='0' x='0.1' y='9.8' z='0'/>"
        "</gpxacc:AccelerationExtension><gpxpx:PowerExtension><gpxpx:PowerInWatts>250</gpxpx:PowerInWatts>"
        "</gpxpx:PowerExtension></extensions>"
    )
    samples = read(gpx(trk(trkpt(0, inner) + trkpt(1, inner)))).bouts[0].samples
    firsts = {name: samples.floats(name) for name in samples.columns if "semicircles" not in name}
    assert {name: column[0] for name, column in firsts.items() if column is not None} == {
        "altitude_m_x5": 34.2,
        "speed_m_s_x1000": 3.1,
        "heart_rate_bpm": 141,
        "power_w": 250,
        "temperature_c": 21,
        "step_rate_spm_x64": 172,
    }


def test_gait_columns_name_the_sensor() -> None:
    inner = "<extensions><GroundContactTime>241</GroundContactTime></extensions>"
    assert read(gpx(trk(trkpt(0, inner) + trkpt(1)))).bouts[0].gait_sensor == "Garmin Forerunner 55"
    assert read(gpx(trk(trkpt(0) + trkpt(1)))).bouts[0].gait_sensor is None


def test_an_app_that_writes_steps_is_not_doubled() -> None:
    assert values(gpx(trk(trkpt(0, tpx(cad=172)) + trkpt(1, tpx(cad=176)))), "step_rate_spm_x64") == [
        172,
        176,
    ]


def test_cadence_is_no_step_rate_on_a_bike() -> None:
    bout = read(gpx(trk(trkpt(0, tpx()) + trkpt(1, tpx()), kind="cycling"))).bouts[0]
    assert "step_rate_spm_x64" not in bout.samples.columns


@pytest.mark.parametrize(
    ("kind", "name", "sport", "finer"),
    [
        ("running", "", "running", None),
        ("9", "", "running", None),
        ("trail_running", "", "running", "trail"),
        ("treadmill_running", "", "running", "treadmill"),
        ("1", "Run", "cycling", None),
        ("Cycling", "", "cycling", None),
        ("kitesurfing", "", "other", None),
        ("", "Friday Evening Run", "running", None),
        ("", "Lauf am Morgen", "running", None),
        ("", "Course à pied le midi", "other", None),
        ("course à pied", "", "running", None),
        ("", "Run or ride", "other", None),
        ("", "Home", "other", None),
    ],
)
def test_the_sport_is_the_files_word_or_else_the_titles(
    kind: str, name: str, sport: str, finer: str | None
) -> None:
    bout = read(gpx(trk(trkpt(0) + trkpt(1), kind=kind, name=name))).bouts[0]
    assert (bout.sport, bout.sub_sport) == (sport, finer)


def test_time_between_segments_is_a_pause() -> None:
    bout = read(gpx(trk(trkpt(0) + trkpt(10), "", trkpt(70) + trkpt(80)))).bouts[0]
    assert len(bout.samples) == 4
    assert bout.pauses_us == ((bout.start_us + 10_000_000, bout.start_us + 70_000_000),)


def test_a_track_is_a_session_but_a_track_per_lap_is_one() -> None:
    apart = gpx(trk(trkpt(0) + trkpt(10)), trk(trkpt(3600) + trkpt(3610)))
    assert [len(bout.samples) for bout in read(apart).bouts] == [2, 2]
    laps = gpx(*(trk(trkpt(start) + trkpt(start + 299)) for start in range(0, 1500, 300)))
    assert [len(bout.samples) for bout in read(laps).bouts] == [10]
    triathlon = gpx(trk(trkpt(0) + trkpt(10), kind="cycling"), trk(trkpt(20) + trkpt(30)))
    assert [bout.sport for bout in read(triathlon).bouts] == ["cycling", "running"]


def test_days_in_one_track_are_sessions_of_their_own() -> None:
    day = 86_400
    bouts = read(gpx(trk(trkpt(0) + trkpt(10), trkpt(day) + trkpt(day + 20)))).bouts
    assert [len(bout.samples) for bout in bouts] == [2, 2]
    assert [bout.pauses_us for bout in bouts] == [(), ()]


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        ("<rte><rtept lat='1' lon='2'/></rte>", "route"),
        ("<wpt lat='1' lon='2'><time>2026-03-01T08:00:00Z</time></wpt>", "waypoints"),
        (trk('<trkpt lat="1" lon="2"/><trkpt lat="1" lon="3"/>'), "untimed_track"),
        (trk(trkpt(0)), "single_instant"),
        (trk(), "empty"),
        ("", "empty"),
    ],
)
def test_what_is_no_session_says_what_it_is(inner: str, kind: str) -> None:
    recording = read(gpx(inner))
    assert (recording.kind, recording.bouts, recording.problems) == (kind, (), ())


def test_missing_and_broken_values_stay_missing() -> None:
    points = (
        trkpt(0, tpx(hr=0), lat="NaN", lon="inf")
        + trkpt(1, "<extensions><hr>abc</hr></extensions>", lat="91", ele="")
        + trkpt(2, tpx(hr=150), lon="181", ele="Infinity")
        + trkpt(3, lat="0", lon="0", ele="1e9")
        + trkpt(4, ele="-")
        + f'<trkpt lat="52,5" lon="13,4"><time>{at(5)}</time><ele></ele></trkpt>'
    )
    data = gpx(trk(points))
    assert values(data, "heart_rate_bpm") == [None, None, 150, None, None, None]
    assert values(data, "altitude_m_x5") == [34.2, None, None, None, None, None]
    here = round(52.5 * 2**31 / 180)
    assert values(data, "lat_semicircles") == [None, None, None, None, here, here]
    assert values(data, "lon_semicircles")[3] is None


def test_without_elevation_there_is_no_altitude() -> None:
    assert "altitude_m_x5" not in read(gpx(trk(trkpt(0, ele="") + trkpt(1, ele="")))).bouts[0].samples.columns


def test_points_in_the_wrong_order_are_put_right_and_said() -> None:
    recording = read(gpx(trk(trkpt(0) + trkpt(2) + trkpt(1) + trkpt(3))))
    assert np.diff(recording.bouts[0].samples.timestamp_us).tolist() == [1_000_000] * 3
    assert "backwards 1 times" in recording.problems[0]


def test_segments_in_the_wrong_order_are_put_right() -> None:
    bout = read(gpx(trk(trkpt(3600) + trkpt(3610), trkpt(0) + trkpt(10)))).bouts[0]
    assert bout.samples.timestamp_us.tolist() == [bout.start_us + s * 1_000_000 for s in (0, 10, 3600, 3610)]
    assert len(bout.pauses_us) == 1


@pytest.mark.parametrize("wrong", ["1989-12-31T00:00:00Z", "2089-01-01T00:00:00Z", "1999-08-22T00:00:00Z"])
def test_points_from_another_age_are_left_out_and_said(wrong: str) -> None:
    odd = f'<trkpt lat="1" lon="2"><time>{wrong}</time></trkpt>'
    recording = read(gpx(trk(odd + odd + "".join(map(trkpt, range(5))) + odd)))
    assert [len(bout.samples) for bout in recording.bouts] == [5]
    assert len(recording.problems) == 1


def test_the_files_own_offset_is_the_runners_clock_but_zero_is_only_utc() -> None:
    def offset(zone: str) -> int | None:
        point = '<trkpt lat="1" lon="2"><time>2026-03-01T0{}:00:00{}</time></trkpt>'
        return read(gpx(trk(point.format(8, zone) + point.format(9, zone)))).bouts[0].utc_offset_s

    assert [offset(zone) for zone in ("+05:30", "-0800", "+00:00", "Z", "")] == [
        19800,
        -28800,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("creator", "device"),
    [
        ("StravaGPX", None),
        ("Garmin Connect", None),
        ("", None),
        ("eTrex 10", "eTrex 10"),
        ("Apple Watch", "Apple Watch"),
    ],
)
def test_the_creator_is_the_device_unless_it_is_a_program(creator: str, device: str | None) -> None:
    assert read(gpx(trk(trkpt(0) + trkpt(1)), creator=creator)).bouts[0].device == device


def test_packed_bytes_are_no_gpx_and_other_roots_neither() -> None:
    assert not sniff(gzip.compress(gpx()))
    assert not sniff(b"<html><gpx></gpx></html>")
    assert not sniff(b"<gpxx>")
    assert sniff(b"<g:gpx xmlns:g='x'>")
    assert sniff(b"  <?xml version='1.0'?>\n<!-- <html> --><!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx>")
    assert not sniff(b"<!-- never closed <gpx>")


def test_an_entity_bomb_is_refused_at_once() -> None:
    lines = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 30))
    bomb = f'<!DOCTYPE gpx [<!ENTITY e0 "{"x" * 100}">{lines}]><gpx><trk><name>&e29;</name></trk></gpx>'
    with pytest.raises(IngestError, match="entities"):
        read(bomb.encode())


def test_elements_nested_without_end_are_refused() -> None:
    with pytest.raises(IngestError, match="nested"):
        read(b"<gpx><trk>" + b"<a>" * 100_000)


def test_the_recordings_own_title_and_description_are_kept() -> None:
    said = trk(trkpt(0) + trkpt(1), name="Easy &amp; <![CDATA[<long>]]>\n run").replace(
        "<type>", "<desc>Left knee\tfelt odd</desc><type>"
    )
    (bout,) = read(gpx(said)).bouts
    assert (bout.name, bout.note) == ("Easy & <long> run", "Left knee felt odd")
    (bare,) = read(gpx(trk(trkpt(0) + trkpt(1), name=""))).bouts
    assert (bare.name, bare.note) == (None, None)


def test_tracks_joined_to_one_session_keep_only_the_words_they_agree_on() -> None:
    def laps(*names: str) -> str | None:
        tracks = [trk(trkpt(i * 10) + trkpt(i * 10 + 5), name=name) for i, name in enumerate(names)]
        (bout,) = read(gpx(*tracks)).bouts
        return bout.name

    assert laps("Tempo", "Tempo", "Tempo") == "Tempo"
    assert laps("Lap 1", "Lap 2") is None
