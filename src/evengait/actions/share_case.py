"""Gather what a runner may share of a health problem, as it stands now; share it as she has seen it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evengait.actions.own_sessions import own_sessions
from evengait.core.errors import EvengaitError, UsageError
from evengait.core.sharing import DATA_FIELDS, Grant
from evengait.report import shared
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.answers import kept_answer
from evengait.storage.records.diary import diary_of
from evengait.storage.records.grants import share
from evengait.storage.records.intakes import intakes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    from evengait.core.runner import RunnerProfile

DIARY_DAYS = 42


def states_of(
    home: Path, runner: RunnerProfile, problem: UUID, fields: Iterable[str], *, today: date
) -> dict[str, dict[str, Any]]:
    """Return the state of each field as it would be shown now; a field of which there is nothing is left out.

    Parameters
    ----------
    fields : iterable of str
        Of ``core.sharing.DATA_FIELDS``; others have no state of their own.
    today : date
        On the runner's own calendar.
    """
    found = {field: _state(home, runner, problem, field, today) for field in fields if field in DATA_FIELDS}
    return {field: state for field, state in found.items() if state}


def _state(
    home: Path, runner: RunnerProfile, problem: UUID, field: str, today: date
) -> dict[str, Any] | None:
    if field == "story":
        told = next((one.story.strip() for one in intakes_of(runner.id, problem) if one.story.strip()), "")
        return {"story": told} if told else None
    if field == "shoes":
        return shared.shoes_state(_worn(home, runner), runner.units)
    if field == "diary":
        return shared.diary_state(diary_of(runner.id, today - timedelta(days=DIARY_DAYS), today))
    if field == "plan":
        return _plan(home, runner, problem, today)
    answer = kept_answer(runner.id, problem)
    if answer is None or not answer.parts:
        return None
    return {
        "answer": shared.answer_state,
        "timeline": shared.timeline_state,
        "load": shared.load_state,
        "gait": shared.gait_state,
    }[field](answer.parts)


def _worn(home: Path, runner: RunnerProfile) -> list[tuple[str, float, date, date]]:
    import polars as pl

    sessions = own_sessions(Archive(runner_folder(home, runner.name))).sessions
    if sessions.is_empty() or "shoe" not in sessions.columns:
        return []
    worn = sessions.filter(pl.col("shoe").is_not_null()).group_by("shoe")
    table = worn.agg(
        pl.col("distance_m").sum(), first=pl.col("local_date").min(), last=pl.col("local_date").max()
    )
    return list(table.sort("last", "shoe", descending=[True, False]).iter_rows())


def _plan(home: Path, runner: RunnerProfile, problem: UUID, today: date) -> dict[str, Any] | None:
    from evengait.actions.follow_plan import follow_plan

    try:
        followed = follow_plan(runner, Archive(runner_folder(home, runner.name)), today=today)
    except EvengaitError:  # no plan runs
        return None
    return shared.plan_state(followed.plan, runner.units) if followed.record.problem == problem else None


def digest_of(states: dict[str, dict[str, Any]]) -> str:
    """Return a text that is another one whenever what would be shown is."""
    return hashlib.sha256(json.dumps(states, sort_keys=True).encode()).hexdigest()


def share_as_seen(
    runner: UUID,
    case: UUID,
    fields: Sequence[str],
    states: dict[str, dict[str, Any]],
    *,
    seen: str,
    account: UUID | None = None,
    role: str = "",
    until: datetime | None = None,
) -> None:
    """Share fields with one person or one role, exactly as the runner has seen them.

    Parameters
    ----------
    states : dict
        As they are now, from ``states_of``.
    seen : str
        ``digest_of`` what she was shown.

    Raises
    ------
    UsageError
        They have changed since; there is nothing of a field; or the person does not stand beside her.
    """
    if digest_of(states) != seen:
        raise UsageError("Your data changed meanwhile. Look at it once more; nothing was shared.")
    if not fields or any(field in DATA_FIELDS and field not in states for field in fields):
        raise UsageError("Choose something to share that is there.")
    share(runner, case, [Grant(field, account, role, until) for field in fields], states)
