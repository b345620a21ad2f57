"""TCX: activities, laps, tracks, extensions, totals, what is no session."""

import numpy as np
import pytest

from evengait.ingest.tcx import read, sniff
from xml_files import activity, at, lap, tcx, trackpoint

HR = "<HeartRateBpm><Value>{}</Value></HeartRateBpm>"
TPX = (
    "<Extensions><ns3:TPX><ns3:Speed>3.1</ns3:Speed><ns3:RunCadence>86</ns3:RunCadence>"
    "<ns3:Watts>301</ns3:Watts></ns3:TPX></Extensions>"
)
HERE = "<Position><LatitudeDegrees>52.5</LatitudeDegrees><LongitudeDegrees>13.4</LongitudeDegrees></Position>"


def values(data: bytes, name: str) -> list[float | None]:
    floats = read(data).bouts[0].samples.floats(name)
    assert floats is not None, name
    return [None if np.isnan(value) else round(float(value), 4) for value in floats]


def test_a_run_by_garmin_is_read_whole() -> None:
    inner = HERE + "<AltitudeMeters>34.2</AltitudeMeters>" + HR.format(141) + TPX
    data = tcx(activity(lap(0, "".join(trackpoint(s, inner, metres=s * 3.1) for s in range(3)))))
    bout = read(data).bouts[0]
    assert (bout.sport, bout.device, bout.start_us) == ("running", "Forerunner 55", 1_772_352_000_000_000)
    assert values(data, "distance_m_x100") == [0, 3.1, 6.2]
    assert values(data, "altitude_m_x5") == [34.2] * 3
    assert values(data, "heart_rate_bpm") == [141] * 3
    assert values(data, "speed_m_s_x1000") == [3.1] * 3
    assert values(data, "step_rate_spm_x64") == [172] * 3  # both feet
    assert values(data, "power_w") == [301] * 3
    assert values(data, "lon_semicircles")[0] == round(13.4 * 2**31 / 180)
    assert (bout.totals.distance_m, bout.totals.timer_s) == (180, 60)
    assert read(data).problems == ()


def test_cadence_stands_in_where_no_foot_pod_spoke() -> None:
    pod = "<Extensions><TPX xmlns='x'><RunCadence>86</RunCadence></TPX></Extensions>"
    track = (
        trackpoint(0, "<Cadence>80</Cadence>") + trackpoint(1, "<Cadence>80</Cadence>" + pod) + trackpoint(2)
    )
    assert values(tcx(activity(lap(0, track))), "step_rate_spm_x64") == [160, 172, None]


def test_dynamics_in_the_extensions_are_read() -> None:
    inner = (
        "<Extensions><TPX><GroundContactTime>241.5</GroundContactTime>"
        "<VerticalOscillation>84.0</VerticalOscillation></TPX></Extensions>"
    )
    data = tcx(activity(lap(0, trackpoint(0, inner) + trackpoint(1, inner))))
    assert values(data, "contact_time_ms_x10") == [241.5] * 2
    assert values(data, "vertical_oscillation_mm_x10") == [84] * 2
    assert read(data).bouts[0].gait_sensor == "Forerunner 55"


def test_laps_add_up_and_are_no_pauses() -> None:
    first = lap(
        0,
        trackpoint(0, metres=0) + trackpoint(60, metres=180),
        more="<AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>",
    )
    second = lap(
        61,
        trackpoint(62, metres=190) + trackpoint(90, metres=280),
        seconds=30,
        metres=100,
        more="<AverageHeartRateBpm><Value>155</Value></AverageHeartRateBpm>",
    )
    bout = read(tcx(activity(first, second))).bouts[0]
    assert (bout.totals.distance_m, bout.totals.timer_s, bout.totals.heart_rate_bpm) == (280, 90, 145)
    assert bout.pauses_us == ()


def test_a_second_track_in_a_lap_follows_a_pause_and_so_does_a_late_lap() -> None:
    first = lap(0, trackpoint(0) + trackpoint(10), trackpoint(40) + trackpoint(50))
    late = lap(100, trackpoint(101) + trackpoint(110))
    bout = read(tcx(activity(first, late))).bouts[0]
    s = 1_000_000
    assert [(a - bout.start_us, b - bout.start_us) for a, b in bout.pauses_us] == [
        (10 * s, 40 * s),
        (50 * s, 101 * s),
    ]


def test_activities_and_the_sports_of_a_multisport_session_are_sessions_of_their_own() -> None:
    ride = activity(lap(0, trackpoint(0, metres=0) + trackpoint(60, metres=400)), sport="Biking")
    run = activity(lap(100, trackpoint(100, metres=0) + trackpoint(160, metres=200)))
    assert [bout.sport for bout in read(tcx(run, ride)).bouts] == ["cycling", "running"]
    sports = f"<FirstSport>{ride}</FirstSport><NextSport>{run}</NextSport>"
    multi = f"<MultiSportSession><Id>{at(0)}</Id>{sports}</MultiSportSession>"
    assert [bout.sport for bout in read(tcx(multi)).bouts] == ["cycling", "running"]


def test_a_run_on_the_treadmill_may_have_only_totals() -> None:
    bout = read(tcx(activity(lap(0, seconds=1800, metres=5000)))).bouts[0]
    assert len(bout.samples) == 0
    assert (bout.totals.elapsed_s, bout.totals.timer_s, bout.totals.distance_m) == (1800, 1800, 5000)


@pytest.mark.parametrize("total", ["NaN", "-5", "1e300", "inf", "", "9999999999"])
def test_totals_that_no_run_reaches_are_not_said(total: str) -> None:
    data = tcx(activity(lap(0, trackpoint(0) + trackpoint(1), seconds=total, metres=total)))  # type: ignore[arg-type]
    totals = read(data).bouts[0].totals
    assert (totals.distance_m, totals.timer_s) == (None, None)


def test_distance_never_falls() -> None:
    track = "".join(trackpoint(s, metres=m) for s, m in enumerate((0, 10, 5, 20)))
    assert values(tcx(activity(lap(0, track))), "distance_m_x100") == [0, 10, None, 20]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<Courses><Course><Track/></Course></Courses>", "course"),
        ("<Workouts><Workout Sport='Running'/></Workouts>", "workout"),
        ("<Activities/>", "empty"),
    ],
)
def test_what_is_no_session_says_what_it_is(body: str, kind: str) -> None:
    recording = read(f"<TrainingCenterDatabase>{body}</TrainingCenterDatabase>".encode())
    assert (recording.kind, recording.bouts, recording.problems) == (kind, (), ())


def test_an_activity_without_anything_says_so() -> None:
    recording = read(tcx(activity()))
    assert (recording.kind, recording.bouts) == ("activity", ())
    assert recording.problems


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Running", "running"),
        ("Biking", "cycling"),
        ("Other", "other"),
        ("Walking", "walking"),
        ("", "other"),
    ],
)
def test_the_sport_is_a_house_word(word: str, sport: str) -> None:
    assert read(tcx(activity(lap(0, trackpoint(0) + trackpoint(1)), sport=word))).bouts[0].sport == sport


def test_strava_begins_with_blanks_and_that_is_no_harm() -> None:
    data = b"          " + tcx(activity(lap(0, trackpoint(0) + trackpoint(1))))
    assert sniff(data)
    assert len(read(data).bouts) == 1


def test_a_lap_that_starts_in_another_year_does_not_move_the_start() -> None:
    bout = read(tcx(activity(lap(-86_400 * 365, trackpoint(0) + trackpoint(1))))).bouts[0]
    assert bout.start_us == int(bout.samples.timestamp_us[0])
    assert (
        read(tcx(activity(lap(-2, trackpoint(0) + trackpoint(1))))).bouts[0].start_us
        == bout.start_us - 2_000_000
    )


OLD_POINT = "<HeartRateBpm>141</HeartRateBpm><Cadence>85</Cadence>"


def old(folder: str, run: str) -> bytes:
    return (
        '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v1">'
        f"<History>{folder.format(run)}</History></TrainingCenterDatabase>"
    ).encode()


@pytest.mark.parametrize(
    ("folder", "sport"),
    [
        ("<Running Name='Running'><Run>{}</Run></Running><Biking Name='Biking'/>", "running"),
        ("<Running Name='Running'><Folder Name='2006'><Week/><Run>{}</Run></Folder></Running>", "running"),
        ("<Running Name='Running'/><Biking Name='Biking'><Run>{}</Run></Biking>", "cycling"),
        ("<Other Name='Other'><Run>{}</Run></Other>", "other"),
        ("<MultiSport><X><FirstSport><Running><Run>{}</Run></Running></FirstSport></X></MultiSport>", "running"),
    ],
)  # fmt: skip
def test_the_history_of_training_center_before_2007_is_read(folder: str, sport: str) -> None:
    average = "<AverageHeartRateBpm>140</AverageHeartRateBpm>"
    run = lap(0, trackpoint(0, OLD_POINT, metres=0) + trackpoint(60, OLD_POINT, metres=180), more=average)
    (bout,) = read(old(folder, run)).bouts
    assert bout.sport == sport
    assert (bout.totals.distance_m, bout.totals.timer_s, bout.totals.heart_rate_bpm) == (180, 60, 140)
    assert bout.samples.columns["heart_rate_bpm"][0].tolist() == [141, 141]


def test_an_old_history_without_runs_is_empty() -> None:
    assert read(old("<Running Name='Running'>{}</Running>", "")).kind == "empty"


def test_power_and_speed_of_a_foot_pod_are_read_with_every_prefix() -> None:
    for prefix, declared in (
        ("ns3:", ""),
        ("", "xmlns='http://www.garmin.com/xmlschemas/ActivityExtension/v2'"),
    ):
        pod = (
            f"<Extensions><{prefix}TPX {declared} CadenceSensor='Footpod'><{prefix}Speed>2.98</{prefix}Speed>"
            f"<{prefix}RunCadence>88</{prefix}RunCadence><{prefix}Watts>254</{prefix}Watts></{prefix}TPX></Extensions>"
        )
        data = tcx(activity(lap(0, trackpoint(0, pod) + trackpoint(1, pod))))
        assert values(data, "power_w") == [254, 254]
        assert values(data, "speed_m_s_x1000") == [2.98, 2.98]
        assert values(data, "step_rate_spm_x64") == [176, 176]


def test_the_runners_note_is_kept_also_without_points() -> None:
    for inside in (trackpoint(0) + trackpoint(1), ""):
        data = tcx(activity(lap(0, inside, seconds=60))).replace(
            b"</Activity>", b"<Notes>Felt\n fine</Notes></Activity>"
        )
        assert read(data).bouts[0].note == "Felt fine"
