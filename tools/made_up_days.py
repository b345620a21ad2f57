"""The days of the made-up runner's way back: what the plan has is walked, run and lifted through the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import made_up_words as words
import numpy as np

if TYPE_CHECKING:
    from made_up_desk import Desk

    from evengait.core.plan import PlanDay

GAITS = {"walk": (1.5, 112.0, 96), "run": (2.75, 168.0, 138)}
"""Speed in m/s, steps a minute, heartbeats a minute."""
FIRST_LB = {
    "leg_press": "190",
    "romanian_deadlift": "95",
    "machine_calf_raise": "120",
    "machine_seated_calf_raise": "70",
}
"""What she finds on the first day of an exercise; from then on she lifts what the block says."""


def live(desk: Desk, first: date, last: date) -> None:
    """Live from the first day up to and without the last one."""
    from made_up_desk import at

    luck = np.random.default_rng(8)
    day = first
    while day < last:
        with at(day, 21):
            if day == first + timedelta(days=2):
                _pass_gates(desk)
            _one_day(desk, day, luck)
        day += timedelta(days=1)
    with at(last, 9):
        _one_day(desk, last, luck, waking=True)


def _pass_gates(desk: Desk) -> None:
    from evengait.knowledge.progression_book import progression

    for gate in progression().gates:
        if gate.by == "runner":
            desk.send("/plan/gate/", {"gate": gate.id})


def _one_day(desk: Desk, day: date, luck: Any, *, waking: bool = False) -> None:
    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.trials import trials_of
    from evengait.web.today.standing import standing

    now = standing(desk.runner(), day)
    planned = [one for one in now.days if one.date == day]
    ran = False
    for one in planned:
        if waking:
            break
        if one.kind in {"run", "walk"} and luck.random() < 0.93:
            ran = _ran(desk, one)
        elif one.kind == "strength":
            _lifted(desk, one)
    from evengait.core.trial import Schedule

    belt = next(
        Schedule.from_data(one.design) for one in trials_of(desk.runner().id) if one.status != "ended"
    )
    on = bool(belt.assigned(day)) if day >= belt.first_block else False
    told: dict[str, Any] = {"pain_daily_nprs": float(luck.integers(0, 2)), "limp": False, "sleep_h": 7.5}
    if ran:
        told |= {
            "pain_during_nprs": float(luck.integers(0, 3)),
            "pain_after_nprs": 1.0,
            "pain_next_morning_nprs": 0.0,
        }
    if waking:
        told = {}
    if told:
        keep_day(
            desk.runner().id,
            DiaryEntry(day, aids=("si_belt",) if on else (), notes=words.NOTES.get(day), **told),
        )


def _ran(desk: Desk, one: PlanDay) -> bool:
    """Record a run or walk as a watch does, and bring the file in."""
    from evengait.actions.import_archive import import_archive
    from evengait.storage.home import runner_folder

    file = desk.home / f"{one.date}.fit"
    file.write_bytes(recorded(_parts(one.dose), one.date))
    import_archive(runner_folder(desk.home, desk.runner().name), [file])
    file.unlink()
    return True


def _parts(dose: Any) -> list[tuple[str, int]]:
    """Return what a dose of a run asks for, gait by gait with its seconds."""
    warm = [("walk", 300)]
    if dose is None:
        return [("walk", 1800)]
    if dose.distance_m is not None:
        return [*warm, ("run", round(dose.distance_m / GAITS["run"][0]))]
    if not dose.run_s:
        return [("walk", round(dose.walk_s * max(dose.repeats, 1)))]
    return [*warm, *[("run", round(dose.run_s)), ("walk", round(dose.walk_s))] * dose.repeats]


def recorded(parts: list[tuple[str, int]], day: date) -> bytes:
    """Return a FIT file of walking and running at noon, UTC."""
    from evengait.core.recording import Bout, Samples
    from evengait.ingest.fit.encode import encode_activity

    luck = np.random.default_rng(day.toordinal())
    which = np.concatenate([np.full(seconds, index) for index, (_, seconds) in enumerate(parts)])
    speed, steps, heart = (
        np.array([GAITS[kind][n] for kind, _ in parts], dtype=float)[which] for n in range(3)
    )
    speed = np.maximum(0, speed + luck.normal(0, 0.09, len(which)))
    kernel = np.exp(-np.arange(120) / 35)
    heart = np.convolve(heart - 90, kernel / kernel.sum())[: len(which)] + 90
    start = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) * 1_000_000
    columns = {
        "distance_m_x100": (np.cumsum(100 * speed).astype(np.int32), None),
        "speed_m_s_x1000": ((1000 * speed).astype(np.int32), None),
        "step_rate_spm_x64": ((64 * steps).astype(np.int32), None),
        "heart_rate_bpm": (heart.astype(np.int16), None),
    }
    samples = Samples(start + np.arange(len(which)) * 1_000_000, columns)
    return encode_activity(Bout(start, "running", samples, utc_offset_s=-18_000))


def _lifted(desk: Desk, one: PlanDay) -> None:
    """Log a session of the block as planned, exercise by exercise."""
    at_page = f"/strength/log/{one.date}/"
    dose: Any = one.dose
    for exercise in dose.exercises:
        load = "" if exercise.load in {"body", "band"} else _load(exercise)
        reserve = "" if exercise.rir is None else f"{exercise.rir:g}"
        told: dict[str, Any] = {
            "exercise": exercise.id, "reps": [str(rep) for rep in exercise.reps] or ["0"] * exercise.sets,
            "load": [load] * exercise.sets, "rir": [reserve] * exercise.sets,
        }  # fmt: skip
        if exercise.hold_s:
            told["hold_s"] = f"{exercise.hold_s:g}"
        for side in ("left", "right") if exercise.each_side and not exercise.side else (exercise.side or "",):
            desk.send(f"{at_page}add/", told | {"side": side})
    desk.send(f"{at_page}pain/", {"pain": "1"})


def _load(exercise: Any) -> str:
    if exercise.load_kg is not None:
        return f"{round(exercise.load_kg / 0.45359237 / 2.5) * 2.5:g}"
    return FIRST_LB.get(exercise.id, "40")
