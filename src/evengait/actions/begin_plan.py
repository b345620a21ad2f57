"""Begin a return to running: the problem, the profile, the rules it is pinned to. Pass its gates. End it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from evengait.actions.screen_intake import screen_intake
from evengait.actions.start_strength import KEY, start_strength
from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem
from evengait.core.intake_record import IntakeRecord
from evengait.core.language import say
from evengait.core.plan_record import Passed, PlanRecord
from evengait.core.strength_setup import StrengthSetup
from evengait.knowledge.progression_book import DEFAULT, progression, progression_names

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.intake import Intake
    from evengait.core.progression import Progression

MOST_KM = 400


@dataclass(frozen=True)
class PlanWish:
    """What a runner says to begin a plan. None = not said.

    Attributes
    ----------
    problem : UUID or None
        A health problem that is kept already.
    site, side, onset, mode
        Of a new one, in the words of the intake.
    intake : Intake or None
        The answers to the red-flag questions; every one counts as the runner's own word.
    profile : str or None
        Pain profile; None = by the screening's conditions and the site.
    former_km, former_runs : float, int or None
        The week before the pain, where the archive does not tell.
    strength : bool
        Begin the strength block beside it, without equipment, where none runs yet; `evengait strength start --change`
        says what equipment there is.
    by : {"runner", "clinician"}
        Who chose the profile.
    """

    problem: UUID | None = None
    site: str | None = None
    side: str | None = None
    onset: date | None = None
    mode: str | None = None
    intake: Intake | None = None
    profile: str | None = None
    former_km: float | None = None
    former_runs: int | None = None
    strength: bool = True
    by: str = "runner"
    progression: str = DEFAULT


def begin_plan(runner: UUID, wish: PlanWish, *, today: date) -> PlanRecord:
    """Begin a plan for a health problem, pinned to the newest version of its progression; end the one before it.

    Where that very plan runs already it goes on, in its version, with the gates that are passed. A strength block
    that runs goes on beside it.

    Raises
    ------
    UsageError
        No site or onset is known, or a word is not.
    """
    from evengait.storage.records.plans import active_plan, start_plan

    rules = _rules(wish)
    said = _told_week(wish)
    if wish.profile is not None and wish.profile not in rules.profiles:
        raise UsageError(say("A pain profile is one of: {join}.", join=", ".join(rules.profiles)))
    problem = _problem(runner, wish, today)
    if wish.intake is not None:
        keep_answers(runner, wish.intake, problem.id, today=today)
    derived = rules.profile_of(problem.site, _stopped_for(runner, problem, today))
    if wish.profile is not None:
        if derived.bone and not rules.profiles[wish.profile].bone and wish.by != "clinician":
            raise UsageError(
                "The red-flag questions once said stop for a bone. Another profile is for a clinician to say: if one "
                "has, add --by clinician."
            )
        said["profile"] = wish.profile
    before = active_plan(runner)
    if before is not None and _same(before, problem, wish):
        return tell_former_week(runner, wish) if said else before
    inputs = {"site": problem.site, "side": problem.side, "onset": problem.onset.isoformat()} | said
    record = PlanRecord(rules.id, rules.version, today, inputs, problem=problem.id)
    if before is not None and before.strength_block:
        kept = {name: before.inputs[name] for name in (KEY,) if name in before.inputs}
        record = replace(
            record, inputs=record.inputs | kept, strength_block=before.strength_block,
            strength_block_version=before.strength_block_version,
        )  # fmt: skip
    begun = start_plan(runner, record)
    if not wish.strength or begun.strength_block:
        return begun
    limit = rules.profiles[wish.profile or derived.id].during_max
    return start_strength(runner, StrengthSetup(site=problem.site, pain_limit_nprs=limit), on=today)


def _same(record: PlanRecord, problem: HealthProblem, wish: PlanWish) -> bool:
    """Tell whether the plan that runs is the one that is wished for."""
    return (
        record.problem == problem.id
        and record.progression == wish.progression
        and wish.profile in {None, record.inputs.get("profile")}
    )


def tell_former_week(runner: UUID, wish: PlanWish) -> PlanRecord:
    """Say what the week before the pain was like, in the plan that runs.

    Raises
    ------
    UsageError
        No plan runs, or no week has so many kilometres.
    """
    from evengait.storage.records.plans import change_plan

    record = running_plan(runner)
    assert record.id is not None  # noqa: S101 - the records gave it
    return change_plan(runner, record.id, inputs=record.inputs | _told_week(wish))


def _told_week(wish: PlanWish) -> dict[str, Any]:
    if wish.former_km is None:
        if wish.former_runs is not None:
            raise UsageError("The number of runs says little without the distance. Add --former-week.")
        return {}
    if not 0 < wish.former_km <= MOST_KM:
        raise UsageError(say("The former week lies between 1 and {most_km} km.", most_km=MOST_KM))
    runs = wish.former_runs or max(3, min(6, round(wish.former_km / 12)))
    return {"former_week": {"distance_m": 1000.0 * wish.former_km, "runs": runs}}


def _stopped_for(runner: UUID, problem: HealthProblem, today: date) -> tuple[str, ...]:
    """Return the conditions for which the questions ever said stop, for this problem or none in particular."""
    from evengait.storage.records.intakes import intakes_of

    told = [
        one
        for one in intakes_of(runner)
        if one.confirmed_at is not None and one.problem in {problem.id, None}
    ]
    verdicts = [screen_intake(one.intake, today=today).verdict for one in told]
    return tuple(
        name for v in verdicts for f in v.fired if f.rule.running == "stop" for name in f.rule.consider
    )


def keep_answers(runner: UUID, intake: Intake, problem: UUID | None, *, today: date) -> None:
    """Keep the answers to the red-flag questions as confirmed by the runner on a date."""
    from evengait.storage.records.intakes import keep_intake

    now = datetime.now(UTC)
    at = now if now.date() == today else datetime.combine(today, time(12), UTC)
    keep_intake(runner, IntakeRecord(intake, problem=problem, confirmed_at=at))


def pass_plan_gate(runner: UUID, passed: Passed) -> None:
    """Note that a gate of the running plan was passed.

    Raises
    ------
    UsageError
        No plan runs, or it has no such gate.
    """
    from evengait.storage.records.plans import pass_gate

    record = running_plan(runner)
    rules = progression(record.progression, record.progression_version)
    gates = {gate.id: gate for gate in rules.gates}
    if passed.gate not in gates:
        raise UsageError(say("The gates are: {join}.", join=", ".join(sorted(gates))))
    needs = gates[passed.gate].by
    if needs == "clinician" and passed.by != "clinician":
        raise UsageError("This is for a clinician to say. If one has, add --by clinician.")
    assert record.id is not None  # noqa: S101 - the records gave it
    pass_gate(runner, record.id, passed)


def end_running_plan(runner: UUID, on: date) -> None:
    """End the plan that runs on a date."""
    from evengait.storage.records.plans import end_plan

    record = running_plan(runner)
    assert record.id is not None  # noqa: S101 - the records gave it
    end_plan(runner, record.id, on)


def running_plan(runner: UUID) -> PlanRecord:
    """Return the return to running that runs.

    Raises
    ------
    UsageError
        None runs.
    """
    from evengait.storage.records.plans import active_plan

    record = active_plan(runner)
    if record is None or not record.progression:
        raise UsageError("No plan runs yet. Begin one with: evengait plan --site knee --onset 2026-11-08")
    return record


def _rules(wish: PlanWish) -> Progression:
    if wish.progression not in progression_names():
        raise UsageError(say("A progression is one of: {join}.", join=", ".join(progression_names())))
    return progression(wish.progression)


def _problem(runner: UUID, wish: PlanWish, today: date) -> HealthProblem:
    """Return the problem that is meant: the kept one, the running plan's, one like it, or a new one."""
    from evengait.storage.records.plans import active_plan
    from evengait.storage.records.problems import keep_problem, problem, problems_of

    if wish.problem is not None:
        return problem(runner, wish.problem)
    site, side, onset, mode = _said(wish, today)
    before = active_plan(runner)
    if (
        (site, side, onset, mode) == (None, None, None, None)
        and before is not None
        and before.problem is not None
    ):
        return problem(runner, before.problem)
    if site is None or onset is None:
        missing = " and ".join(w for w, v in (("--site", site), ("--onset", onset)) if v is None)
        raise UsageError(
            say("A plan needs to know where it hurts and since when: {missing} is missing.", missing=missing)
        )
    if onset > today:
        raise UsageError("The onset lies in the future. Give the date on which the pain began.")
    for known in problems_of(runner):
        if (known.site, known.side, known.onset) == (site, side, onset) and known.status == "open":
            return known
    return keep_problem(runner, HealthProblem(onset, site, side, mode))


def _said(wish: PlanWish, today: date) -> tuple[str | None, str | None, date | None, str | None]:
    """Return what is said of the problem, the intake filling what the options leave open."""
    told = wish.intake
    form = told.to_json() if told is not None else {}
    began = form.get("onset") or {}
    onset = wish.onset or (date.fromisoformat(began["date"]) if began.get("date") else None)
    if onset is None and form.get("duration_days") is not None:
        onset = today - timedelta(days=int(form["duration_days"]))
    return wish.site or form.get("site"), wish.side or form.get("side"), onset, wish.mode or began.get("mode")
