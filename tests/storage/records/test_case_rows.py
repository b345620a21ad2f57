"""Cases in the records, on both databases: numbers without gaps, grants, what deletion leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem
from evengait.core.sharing import Grant

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Scene:
    """A runner with a case, and some others."""

    def __init__(self) -> None:
        from evengait.storage.records.cases import open_case
        from evengait.storage.records.models import Account
        from evengait.storage.records.problems import keep_problem
        from evengait.storage.records.runners import claim_runner

        self.owner, self.coach, self.other = (
            Account.objects.create_user(f"{name}@example.org", display_name=name)
            for name in ("owner", "coach", "other")
        )
        self.runner = claim_runner("owner", self.owner.pk).id
        problem = keep_problem(self.runner, HealthProblem(date(2026, 11, 8), "knee", "left")).id
        assert problem is not None
        self.problem = problem
        self.case = open_case(
            self.runner, problem, "  A  knee ", "injury", opened_by=self.owner.pk
        )  # fmt: skip


@pytest.fixture
def scene(either_home: Path) -> Scene:
    return Scene()


def test_replies_are_numbered_and_a_deleted_one_keeps_its_number(scene: Scene) -> None:
    from evengait.storage.records.cases import case_by_id
    from evengait.storage.records.replies import add_reply, change_reply, delete_reply, replies_of

    first, second = (add_reply(scene.case.id, scene.coach.pk, text) for text in ("one", "two"))
    delete_reply(scene.coach.pk, first.id)
    add_reply(scene.case.id, scene.owner.pk, "three\r\nlines")
    found = replies_of(scene.case.id)
    assert [(r.number, r.body, r.deleted) for r in found] == [
        (1, "", True), (2, "two", False), (3, "three\nlines", False),
    ]  # fmt: skip
    case = case_by_id(scene.case.id)
    assert case is not None
    assert (case.title, case.last_number, case.pages) == ("A knee", 3, 1)
    assert [r.number for r in replies_of(scene.case.id, 2, 2)] == [2]
    with pytest.raises(UsageError):
        change_reply(scene.other.pk, second.id, "mine now")
    with pytest.raises(UsageError):
        change_reply(scene.coach.pk, first.id, "alive again")


def test_who_writes_a_lot_in_a_short_time_waits(scene: Scene) -> None:
    from evengait.storage.records.replies import MOST_IN_TEN_MINUTES, add_reply

    for n in range(MOST_IN_TEN_MINUTES):
        add_reply(scene.case.id, scene.coach.pk, f"reply {n}")
    with pytest.raises(UsageError):
        add_reply(scene.case.id, scene.coach.pk, "one more")


WRITER = """
import sys; from pathlib import Path; from uuid import UUID
from evengait.storage.records.opening import open_records
open_records(Path(sys.argv[1]))
from evengait.storage.records.replies import add_reply
print("ready", flush=True); sys.stdin.readline()
for n in range(15):
    add_reply(UUID(sys.argv[2]), UUID(sys.argv[3]), f"{sys.argv[3]} {n}")
"""


def test_two_writers_at_once_leave_no_gap_and_no_number_twice(scene: Scene, either_home: Path) -> None:
    from evengait.storage.records.cases import case_by_id
    from evengait.storage.records.replies import replies_of

    env = os.environ | {"DJANGO_SETTINGS_MODULE": "evengait.storage.records.settings"}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(either_home), str(scene.case.id), str(who.pk)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
        )
        for who in (scene.owner, scene.coach)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.wait(60) for writer in writers] == [0, 0]
    for writer in writers:
        writer.communicate()
    found = replies_of(scene.case.id)
    assert [r.number for r in found] == list(range(1, 31))
    assert len({r.body for r in found}) == 30
    case = case_by_id(scene.case.id)
    assert case is not None
    assert case.last_number == 30


def _seen(scene: Scene, who: Any, runner: UUID | None = None, now: datetime = NOW) -> set[str]:
    from evengait.storage.records.viewing import cases_seen, seen_of, viewer_of

    viewer = viewer_of(who.pk, runner)
    found = seen_of(viewer, scene.case.id, now)
    fields = set(found[1]) if found else set()
    assert fields == {name for _, seen in cases_seen(viewer, now) for name in seen}
    return fields


def test_an_invitation_works_once_and_shows_nothing_by_itself(scene: Scene) -> None:
    from evengait.storage.records.grants import share
    from evengait.storage.records.relations import beside, end_relation, follow, invitation, invite

    link = invite(scene.runner, "coach", NOW)
    assert invitation(link.id, NOW) is not None
    assert invitation(link.id, NOW + timedelta(days=15)) is None
    with pytest.raises(UsageError):
        follow(link.id, scene.owner.pk, NOW)
    follow(link.id, scene.coach.pk, NOW)
    with pytest.raises(UsageError):
        follow(link.id, scene.other.pk, NOW)
    assert _seen(scene, scene.coach) == set()
    share(scene.runner, scene.case.id, [Grant("gait", role="coach")], {"gait": {"a": 1}})
    assert _seen(scene, scene.coach) == {"case", "gait"}
    assert _seen(scene, scene.other) == set()
    end_relation(scene.runner, beside(scene.runner)[0].id, NOW)
    assert _seen(scene, scene.coach) == set()


def test_what_is_revoked_is_gone_at_once_with_its_kept_state(scene: Scene) -> None:
    from evengait.storage.records.grants import grants_of, revoke, share, shared_parts
    from evengait.storage.records.relations import follow, invite

    with pytest.raises(UsageError):
        share(scene.runner, scene.case.id, [Grant("gait", account=scene.coach.pk)], {})
    follow(invite(scene.runner, "coach", NOW).id, scene.coach.pk, NOW)
    to_her, to_all = Grant("gait", account=scene.coach.pk), Grant("gait", role="everybody")
    share(scene.runner, scene.case.id, [to_her, to_all], {"gait": {"a": 1}})
    assert _seen(scene, scene.other) == {"case", "gait"}
    by_field = {grant.role: grant for grant in grants_of(scene.case.id)}
    assert by_field["everybody"].id is not None
    revoke(scene.runner, by_field["everybody"].id, NOW)
    assert _seen(scene, scene.other) == set()
    assert _seen(scene, scene.coach) == {"case", "gait"}
    assert shared_parts(scene.case.id, ["gait"])["gait"][0] == {"a": 1}
    assert by_field[""].id is not None
    revoke(scene.runner, by_field[""].id, NOW)
    assert shared_parts(scene.case.id, ["gait"]) == {}
    with pytest.raises(UsageError):
        revoke(scene.other.pk, by_field[""].id, NOW)


def test_deleting_an_account_takes_its_words_and_leaves_the_numbers(scene: Scene) -> None:
    from evengait.storage.records.models import Advice, CaseReply, Proposal
    from evengait.storage.records.replies import add_reply, replies_of

    reply = add_reply(scene.case.id, scene.coach.pk, "words-of-the-coach")
    add_reply(scene.case.id, scene.owner.pk, "mine")
    Advice.objects.create(case_id=scene.case.id, reply_id=reply.id, author=scene.coach, what="a belt")
    for status in ("open", "accepted"):
        Proposal.objects.create(
            runner_id=scene.runner, case_id=scene.case.id, reply_id=reply.id, author=scene.coach, kind="question",
            text=status, status=status,
        )  # fmt: skip
    type(scene.coach).objects.filter(pk=scene.coach.pk).delete()
    assert [(r.number, r.body, r.deleted) for r in replies_of(scene.case.id)] == [
        (1, "", True),
        (2, "mine", False),
    ]
    assert not CaseReply.objects.filter(body__contains="words-of-the-coach").exists()
    assert not Advice.objects.exists()
    assert [p.text for p in Proposal.objects.all()] == ["accepted"]


def test_deleting_a_problem_takes_its_case_and_leaves_what_she_accepted(scene: Scene) -> None:
    from evengait.storage.records.grants import share
    from evengait.storage.records.models import Case, CaseReply, Proposal, SharedPart
    from evengait.storage.records.models import Grant as GrantRow
    from evengait.storage.records.problems import forget_problem
    from evengait.storage.records.replies import add_reply

    reply = add_reply(scene.case.id, scene.coach.pk, "words")
    Proposal.objects.create(
        runner_id=scene.runner, case_id=scene.case.id, reply_id=reply.id, author=scene.coach, kind="question",
        text="accepted", status="accepted",
    )  # fmt: skip
    share(scene.runner, scene.case.id, [Grant("gait", role="everybody")], {"gait": {"a": 1}})
    forget_problem(scene.runner, scene.problem)
    for table in (Case, CaseReply, GrantRow, SharedPart):
        assert not table.objects.exists()
    kept = Proposal.objects.get()
    assert (kept.case, kept.reply, kept.author) == (None, None, scene.coach)
    scene.owner.delete()
    assert not Proposal.objects.exists()


WHATS = [f"advice {n}" for n in range(8)]


def line(scene: Scene, what: str, reply: UUID | None) -> Any:
    from evengait.core.advice import AdviceRecord

    return AdviceRecord(scene.case.id, what, reply=reply, author=scene.coach.pk)


def shown(scene: Scene) -> list[str]:
    from evengait.storage.records.ledger import advice_of

    return [one.what for one in advice_of(scene.case.id)]


def test_lines_noted_at_the_same_moment_stand_as_in_the_words(scene: Scene) -> None:
    from evengait.storage.records.ledger import forget_unjudged, judge_advice, keep_advice, keep_trial_of
    from evengait.storage.records.models import Advice
    from evengait.storage.records.replies import add_reply

    first, second = (add_reply(scene.case.id, scene.coach.pk, text).id for text in ("one", "two"))
    keep_advice([line(scene, "of the second", second)])
    keep_advice([line(scene, "of no reply", None)])
    kept = keep_advice(line(scene, what, first) for what in WHATS)
    Advice.objects.update(noted_at=NOW)
    assert shown(scene) == [*WHATS, "of the second", "of no reply"]

    # An edit puts the words in another order; what is judged already takes its new place.
    assert kept[3].id is not None
    judge_advice(scene.runner, kept[3].id, "helped", "", NOW)
    keep_trial_of(line(scene, "proposed beside the words", first))
    forget_unjudged(first)
    keep_trial_of(line(scene, "proposed beside the words", first))
    keep_advice(line(scene, what, first) for what in reversed(WHATS))
    Advice.objects.update(noted_at=NOW)
    assert shown(scene) == [*reversed(WHATS), "proposed beside the words", "of the second", "of no reply"]


def test_what_is_taken_along_stands_in_the_order_of_the_desk(scene: Scene) -> None:
    from evengait.storage.records.belongings import BELONGINGS, plain_rows, rows_of
    from evengait.storage.records.ledger import keep_advice
    from evengait.storage.records.replies import add_reply

    replies = [add_reply(scene.case.id, scene.coach.pk, f"Number {n}.").id for n in range(1, 7)]
    for reply in reversed(replies):
        keep_advice(line(scene, what, reply) for what in WHATS[:3])

    def taken(file: str) -> list[dict[str, Any]]:
        one = next(one for one in BELONGINGS if one.file == file)
        rows = rows_of(one, scene.runner, scene.owner.pk)
        assert rows is not None
        return list(plain_rows(rows, scene.owner.pk))

    assert [row["number"] for row in taken("case_replies")] == list(range(1, 7))
    assert [(row["reply"], row["what"]) for row in taken("advice")] == [
        (reply, what) for reply in replies for what in WHATS[:3]
    ]
