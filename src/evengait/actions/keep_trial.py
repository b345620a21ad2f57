"""Keep a trial's design, and find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.trial import Schedule
from evengait.core.trial_record import TrialRecord

if TYPE_CHECKING:
    from uuid import UUID


def keep_schedule(runner: UUID, schedule: Schedule) -> TrialRecord:
    """Keep a schedule as an active trial of a runner."""
    from evengait.storage.records.trials import keep_trial

    return keep_trial(runner, TrialRecord(schedule.treatment, schedule.start, schedule.as_data()))


def kept_schedule(runner: UUID, treatment: str | None) -> Schedule | None:
    """Return the latest schedule that was kept, of one treatment or of any; None where there is none.

    Raises
    ------
    UsageError
        Trials of several treatments are kept, and none is named.
    """
    from evengait.storage.records.trials import trials_of

    kept = [record for record in trials_of(runner) if treatment in {None, record.treatment}]
    names = sorted({record.treatment for record in kept})
    if len(names) > 1:
        raise UsageError(say("There are trials of {join}. Name one with --what.", join=", ".join(names)))
    return Schedule.from_data(kept[0].design) if kept else None
