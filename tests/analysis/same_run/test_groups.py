from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.same_run.best import choose
from evengait.analysis.same_run.groups import groups
from evengait.analysis.same_run.merge import merged
from evengait.core.recording import Bout, Samples
from evengait.core.same_run import Brief
from recorded_runs import LIMITS, Run, brief

ALL = "place pulse steps balance distance"


def sets(*briefs: Brief) -> list[list[str]]:
    """Return the recordings of each group, in order."""
    return [
        sorted([one.anchor.recording, *(b.recording for b, _ in one.others)])
        for one in groups(briefs, LIMITS)
    ]


def bout(samples: Samples, sport: str = "running", sensor: str | None = None) -> Bout:
    return Bout(int(samples.timestamp_us[0]), sport, samples, gait_sensor=sensor)


def test_the_groups_do_not_hang_on_the_order() -> None:
    run, later = Run(1), Run(2)
    made = [
        brief("watch", run.recorded(1, columns=ALL)),
        brief("copy", run.recorded(1, columns="place")),
        brief("phone", run.recorded(3, begin=900, end=2000)),
        brief("evening", later.recorded(4, shift=30_000)),
    ]
    wanted = [["copy", "phone", "watch"], ["evening"]]
    assert all(sets(*order) == wanted for order in permutations(made))


def test_two_halves_of_a_restarted_watch_are_one_run_where_the_phone_has_it_whole() -> None:
    run = Run(1)
    halves = [brief("a", run.recorded(1, end=1700)), brief("b", run.recorded(1, begin=1800))]
    assert sets(*halves) == [["a"], ["b"]]
    assert sets(*halves, brief("p", run.recorded(2))) == [["a", "b", "p"]]


def test_a_cut_copy_goes_where_its_whole_copy_goes() -> None:
    run = Run(1)
    whole = run.recorded(1, begin=240, columns="place pulse")
    cut = Samples(
        whole.timestamp_us[:70], {name: (values[:70], None) for name, (values, _) in whole.columns.items()}
    )
    made = [
        brief("trainer", run.recorded(2, columns="pulse")),
        brief("watch", whole),
        brief("cut", cut, "other"),
    ]
    assert sets(made[0], made[2]) == [["trainer"], ["cut"]]
    for order in permutations(made):
        assert sets(*order) == [["cut", "trainer", "watch"]]


def test_a_phone_forgotten_between_two_runs_does_not_join_them() -> None:
    run = Run(1, 9000)
    morning, noon = brief("a", run.recorded(1, end=2400)), brief("b", run.recorded(1, begin=6000))
    phone = brief("p", run.recorded(2))
    assert sets(morning, noon, phone) == [["a"], ["b", "p"]]
    assert sets(morning, phone) == [["a", "p"]]


def test_two_runners_with_two_devices_each_are_two_runs() -> None:
    one, other = Run(1, way=1), Run(2, way=1, pace=3.05)
    made = [brief(f"{who}{i}", run.recorded(i)) for who, run in (("a", one), ("b", other)) for i in (1, 2)]
    assert sets(*made) == [["a1", "a2"], ["b1", "b2"]]


def test_the_watch_gives_the_samples_and_the_copy_nothing() -> None:
    run = Run(1)
    (found,) = groups(
        [brief("w", run.recorded(1, columns=ALL)), brief("c", run.recorded(1, columns="place distance"))],
        LIMITS,
    )
    choice = choose(found, LIMITS)
    assert (choice.samples, choice.columns, choice.recordings) == ("w", {}, ("w", "c"))
    assert choice.session == "w"


def test_balance_from_the_watch_and_place_from_the_phone_become_one() -> None:
    run = Run(1)
    watch = run.recorded(1, columns="pulse steps balance")
    phone = run.recorded(2, begin=30, end=-30, every=2, columns="place pulse")
    (found,) = groups([brief("w", watch), brief("p", phone)], LIMITS)
    choice = choose(found, LIMITS)
    assert choice.samples == "w"
    assert choice.columns == {"p": ("lat_semicircles", "lon_semicircles")}
    one = merged(choice, {"w": bout(watch, sensor="strap"), "p": bout(phone)}, LIMITS)
    assert one.gait_sensor == "strap"
    assert np.array_equal(one.samples.timestamp_us, watch.timestamp_us)
    values, valid = one.samples.columns["lat_semicircles"]
    assert valid is not None
    assert 0.95 < valid.mean() < 1
    assert not valid[:28].any()
    assert values[100] == phone.columns["lat_semicircles"][0][35]


def test_a_part_adds_its_balance_but_never_its_distance() -> None:
    run = Run(1)
    phone = run.recorded(1, columns="place pulse")
    watch = run.recorded(2, begin=600, end=2400, columns="place pulse balance distance")
    (found,) = groups([brief("p", phone), brief("w", watch)], LIMITS)
    choice = choose(found, LIMITS)
    assert (choice.samples, choice.columns) == ("p", {"w": ("balance_left_pct_x100",)})
    one = merged(choice, {"p": bout(phone), "w": bout(watch, sensor="strap")}, LIMITS)
    balance = one.samples.floats("balance_left_pct_x100")
    assert balance is not None
    assert 0.48 < (~np.isnan(balance)).mean() < 0.52
    assert one.gait_sensor == "strap"


def test_a_copy_under_another_clock_lends_its_columns_at_the_right_instants() -> None:
    samples = Run(1).recorded(1, columns=ALL)
    bare = {
        name: pair for name, pair in samples.columns.items() if "balance" not in name and "step" not in name
    }
    late = Samples(
        samples.timestamp_us + 3_600_000_000, bare | {"power_w": samples.columns["heart_rate_bpm"]}
    )
    (found,) = groups([brief("w", samples), brief("c", late)], LIMITS)
    choice = choose(found, LIMITS)
    assert choice.samples == "w"
    one = merged(choice, {"w": bout(samples), "c": bout(late)}, LIMITS)
    assert np.array_equal(one.samples.columns["power_w"][0], samples.columns["heart_rate_bpm"][0])


def test_a_phone_left_running_at_home_does_not_lengthen_the_run() -> None:
    run = Run(1, 5400)
    run.north[1800:], run.east[1800:] = run.north[1800], run.east[1800]
    phone, watch = (
        brief("p", run.recorded(1, columns="place")),
        brief("w", run.recorded(2, end=1820, columns=ALL)),
    )
    (found,) = groups([phone, watch], LIMITS)
    assert choose(found, LIMITS).samples == "w"


def test_a_recording_without_samples_gives_none_where_another_has_some() -> None:
    samples = Run(1, 300).recorded(1, columns=ALL)
    told = brief("w", samples)
    only_totals = Brief("t", told.start_us, told.end_us + 20_000_000, "running", 1, frozenset())
    (found,) = groups([told, only_totals], LIMITS)
    assert choose(found, LIMITS).samples == "w"


def test_the_sport_comes_from_the_one_that_names_it() -> None:
    run = Run(1)
    (found,) = groups(
        [brief("w", run.recorded(1, columns=ALL), "other"), brief("c", run.recorded(1, columns="place"))],
        LIMITS,
    )
    choice = choose(found, LIMITS)
    assert (choice.samples, choice.sport) == ("w", "running")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 3),
            st.integers(0, 2400),
            st.integers(300, 3600),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_every_recording_is_in_one_group_whatever_the_order(
    made: list[tuple[int, int, int, int, int]], chance: object
) -> None:
    columns = [ALL, "place", "pulse"]
    briefs = [
        brief(str(i), Run(run).recorded(device, begin=begin, end=begin + length, columns=columns[kind]))
        for i, (run, device, begin, length, kind) in enumerate(made)
    ]
    first = sets(*briefs)
    assert sorted(name for group in first for name in group) == sorted(b.recording for b in briefs)
    chance.shuffle(briefs)  # type: ignore[attr-defined]
    assert sets(*briefs) == first
    sessions = {choose(one, LIMITS).session for one in groups(briefs, LIMITS)}
    assert len(sessions) == len(first)
