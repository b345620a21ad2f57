"""Those beside a runner, on both databases: what an invitation shows, what the end of it takes along."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from evengait.core.beside import lasting_fields
from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem
from evengait.core.sharing import Grant

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Scene:
    """A runner, her coach and somebody else."""

    def __init__(self) -> None:
        from evengait.storage.records.models import Account
        from evengait.storage.records.relations import follow, invite
        from evengait.storage.records.runners import claim_runner
        from evengait.storage.records.ties import ties_of

        self.owner, self.coach, self.other = (
            Account.objects.create_user(f"{name}@example.org", display_name=name)
            for name in ("owner", "coach", "other")
        )
        self.runner = claim_runner("owner", self.owner.pk).id
        self.link = invite(self.runner, "coach", NOW, fields=("plan", "training"))
        follow(self.link.id, self.coach.pk, NOW)
        self.tie = ties_of(self.runner)[0].id

    def seen(self, now: datetime = NOW) -> list[str]:
        """Return what the coach sees."""
        from evengait.storage.records.ties import tie_from

        tie = tie_from(self.coach.pk, self.tie)
        return sorted(lasting_fields(tie, now)) if tie else []


@pytest.fixture
def scene(either_home: Path) -> Scene:
    return Scene()


def test_an_invitation_shows_what_it_says_and_works_once(scene: Scene) -> None:
    from evengait.storage.records.relations import follow, invitation
    from evengait.storage.records.ties import stands_beside, ties_from

    assert scene.seen() == ["plan", "training"]
    assert [tie.runner for tie in ties_from(scene.coach.pk)] == [scene.runner]
    assert invitation(scene.link.id, NOW) is None
    with pytest.raises(UsageError):
        follow(scene.link.id, scene.other.pk, NOW)
    assert not stands_beside(scene.other.pk)


def test_a_link_can_be_made_void_by_its_runner_alone_and_grows_old(scene: Scene) -> None:
    from evengait.storage.records.relations import (
        INVITATION_DAYS,
        invitation,
        invite,
        open_invitations,
        withdraw_invitation,
    )
    from evengait.storage.records.runners import claim_runner

    link = invite(scene.runner, "clinician", NOW)
    with pytest.raises(UsageError):
        withdraw_invitation(claim_runner("other", scene.other.pk).id, link.id)
    assert [one.id for one in open_invitations(scene.runner, NOW)] == [link.id]
    assert open_invitations(scene.runner, NOW + timedelta(days=INVITATION_DAYS)) == []
    withdraw_invitation(scene.runner, link.id)
    assert invitation(link.id, NOW) is None
    with pytest.raises(UsageError):
        withdraw_invitation(scene.runner, scene.link.id)  # followed already


def test_what_is_given_replaces_what_was_and_ends_on_its_day(scene: Scene) -> None:
    from evengait.storage.records.ties import give

    give(scene.runner, scene.tie, ("diary",), NOW, until=NOW + timedelta(days=14))
    assert scene.seen() == ["diary"]
    assert scene.seen(NOW + timedelta(days=14)) == []
    give(scene.runner, scene.tie, (), NOW)
    assert scene.seen() == []
    for fields in (("everything",), ("case",)):
        with pytest.raises(UsageError):
            give(scene.runner, scene.tie, fields, NOW)


@pytest.mark.parametrize("by", ["runner", "coach"])
def test_the_end_takes_everything_along_whoever_ends_it(scene: Scene, by: str) -> None:
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.grants import grants_of, share, shared_parts
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.relations import end_relation, leave_relation
    from evengait.storage.records.ties import give
    from evengait.storage.records.viewing import seen_of, viewer_of

    problem = keep_problem(scene.runner, HealthProblem(date(2026, 11, 8), "knee", "left")).id
    assert problem is not None
    case = open_case(scene.runner, problem, "A knee", "injury", opened_by=scene.owner.pk).id
    story = {"story": {"story": "mine"}}
    share(scene.runner, case, [Grant("story", account=scene.coach.pk), Grant("case", role="coach")], story)
    assert seen_of(viewer_of(scene.coach.pk), case, NOW) is not None
    if by == "runner":
        end_relation(scene.runner, scene.tie, NOW)
    else:
        with pytest.raises(UsageError):
            leave_relation(scene.other.pk, scene.tie, NOW)
        leave_relation(scene.coach.pk, scene.tie, NOW)
    assert scene.seen() == []
    assert seen_of(viewer_of(scene.coach.pk), case, NOW) is None
    assert {grant.role for grant in grants_of(case)} == {"coach"}
    assert shared_parts(case, ["story"]) == {}
    with pytest.raises(UsageError):
        give(scene.runner, scene.tie, ("plan",), NOW)


def test_whom_a_runner_calls_her_clinician_is_none_by_the_desk(scene: Scene) -> None:
    from evengait.storage.records.relations import beside, follow, invite
    from evengait.storage.records.ties import ties_of
    from evengait.storage.records.viewing import viewer_of

    follow(invite(scene.runner, "clinician", NOW).id, scene.other.pk, NOW)
    assert [(tie.kind, tie.is_clinician) for tie in ties_of(scene.runner)] == [
        ("coach", False), ("clinician", False),
    ]  # fmt: skip
    viewer = viewer_of(scene.other.pk)
    assert (viewer.is_clinician, viewer.coach_of) == (False, frozenset())
    assert {one.kind for one in beside(scene.runner)} == {"coach", "clinician"}
