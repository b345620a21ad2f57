"""Say in the ledgers what became of an advice, from the trial that tried it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.analyse_trial import analyse_trial
from evengait.actions.gather_trial_days import own_days
from evengait.core.errors import TableError
from evengait.core.language import marked
from evengait.core.trial import Schedule
from evengait.storage.records.ledger import judge_by_trial, tried_in
from evengait.storage.records.trials import trials_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from evengait.core.runner import RunnerProfile

OUTCOME = {
    "helped": "helped",
    "no_reliable_change": "no_change",
    "worse": "worse",
    "not_enough_data": "cannot_tell",
}
"""What a trial says, and the word of ``core.advice.OUTCOMES`` for it."""
WORDS = marked("As the runner's own trial says.")
"""All that the ledger tells of the trial: its figures are hers."""


def settle_advice(home: Path, runner: RunnerProfile, trial: UUID, now: datetime) -> int:
    """Fill in what became of the advice that a trial tried, once it is over; what the runner said herself stays.

    Parameters
    ----------
    home : Path
        The folder that keeps everything; its records are open.

    Returns
    -------
    int
        Lines that were filled in; 0 where none waits, or the trial still runs or is not hers.
    """
    record = next((one for one in trials_of(runner.id) if one.id == trial), None)
    if record is None or not tried_in(runner.id, trial):
        return 0
    schedule, today = Schedule.from_data(record.design), runner.today(now)
    if record.status != "ended" and today <= schedule.end:
        return 0
    days = own_days(runner, home, record.treatment)
    verdict = "not_enough_data"
    if days is not None:
        try:
            verdict = analyse_trial(days, schedule, today=record.ended_on or today)["verdict"]
        except TableError:  # the diary holds no day of it
            verdict = "not_enough_data"
    return judge_by_trial(runner.id, trial, OUTCOME[verdict], WORDS, now)
