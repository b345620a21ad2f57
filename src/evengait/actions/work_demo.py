"""Make the demo runner of the desk: her archive, her pain, her first answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evengait.actions.make_demo import make_demo
from evengait.core.health_problem import HealthProblem
from evengait.core.intake import read_intake
from evengait.core.intake_record import IntakeRecord
from evengait.core.language import marked, say
from evengait.simulation.demo import ONSET, SIDE, SITE
from evengait.storage.records.intakes import keep_intake
from evengait.storage.records.problems import keep_problem, problems_of
from evengait.storage.records.runners import change_runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from evengait.actions.import_archive import ImportReport

STORY = marked(
    "I build up carefully, 70 to 80 miles a week, half pavement, half trails, a down week every fourth or fifth. Near "
    "the end of one run my lower left back began to hurt. Next day every landing on the left foot was sharp. I took "
    "three days off, with hip mobility and core work; when I tried again, after five minutes my gait was uneven and I "
    "walked home. I cannot point to a single moment when it started."
)
ANSWERS: dict[str, Any] = {
    "age": 34, "sex": "female", "site": SITE, "side": SIDE,
    "onset": {"date": ONSET.isoformat(), "mode": "gradual"}, "quality": ["sharp"],
    "pain": {"rest": 0, "walking": 2, "running": 7, "night": 0, "worst": 7},
    "worse_with": ["landing", "running"], "better_with": ["rest"],
    "findings": {
        "limp": True, "night_pain": False, "cannot_bear_weight": False, "insidious": True, "saddle_numbness": False,
        "bladder_change": False, "bowel_change": False,
    },
    "tried": [{"what": "rest", "days": 3, "helped": False}, {"what": "hip mobility", "helped": None}],
}  # fmt: skip
"""What she answered; what is not here she was not asked."""


def work_demo(
    archive: Path, runner: UUID, today: date, tell: Callable[..., None], made: Callable[[int, int], None]
) -> ImportReport:
    """Make her up, bring her export in, and keep her pain with its first answers; twice is once.

    Parameters
    ----------
    archive : Path
        Her folder.
    runner : UUID
        In the records.
    today : date
    tell, made : callable
        Told how far bringing in is (files done, files in all, sessions), and how far making up (done, in all).

    Returns
    -------
    ImportReport
        Of her export.
    """
    demo = make_demo(
        archive, today=today, on_made=made, on_imported=lambda p: tell(p.done, p.total, p.sessions)
    )
    keep_her_pain(runner)
    return demo.report


def keep_her_pain(runner: UUID) -> None:
    """Keep who she is, her pain and her first answers; twice is once."""
    change_runner(runner, display_name="A made-up runner", units="mi")
    if problems_of(runner):
        return
    problem = keep_problem(runner, HealthProblem(ONSET, SITE, SIDE, "gradual"))
    told = IntakeRecord(
        read_intake(ANSWERS).intake, story=say(STORY), problem=problem.id, confirmed_at=datetime.now(UTC)
    )
    keep_intake(runner, told)
