"""The database's sieve: it lets the cases through that may be seen, no other, and every text that has the words."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evengait.core.health_problem import HealthProblem
from evengait.core.sharing import DATA_FIELDS, ROLES

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Scene:
    """Three runners with two cases each, and two who are none."""

    def __init__(self) -> None:
        from evengait.storage.records.cases import open_case
        from evengait.storage.records.models import Account
        from evengait.storage.records.problems import keep_problem
        from evengait.storage.records.runners import claim_runner

        self.accounts = [
            Account.objects.create_user(f"a{n}@example.org", display_name=f"A{n}") for n in range(5)
        ]
        self.accounts[4].clinician_verified_at = NOW
        self.accounts[4].save()
        self.runners = [claim_runner(f"r{n}", self.accounts[n].pk).id for n in range(3)]
        self.cases = []
        for runner in self.runners:
            problem = keep_problem(runner, HealthProblem(date(2026, 11, 8), "lower_back", "left")).id
            assert problem is not None
            self.cases += [
                open_case(runner, problem, f"A case {n}", "injury", opened_by=None).id for n in (1, 2)
            ]

    def viewers(self) -> list[Any]:
        from evengait.storage.records.viewing import viewer_of

        runners: list[UUID | None] = [*self.runners, None, None]
        return [viewer_of(account.pk, runner) for account, runner in zip(self.accounts, runners, strict=True)]


@pytest.fixture
def scene(either_home: Path) -> Scene:
    return Scene()


def share_at_random(scene: Scene, rng: random.Random) -> None:
    """Give, take back, let end and hide whatever there may be."""
    from evengait.storage.records.models import Case, Grant, Relation

    Grant.objects.all().delete()
    Relation.objects.all().delete()
    ends = (None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1))
    for case in Case.objects.all():
        Case.objects.filter(pk=case.pk).update(hidden_at=rng.choice((None, None, NOW)))
        for account in scene.accounts:
            if rng.random() < 0.3:
                kind = rng.choice(("coach", "participant", "clinician"))
                Relation.objects.create(
                    runner_id=case.runner_id, account=account, kind=kind,
                    case=case if kind == "participant" else None, ended_at=rng.choice((None, None, NOW)),
                )  # fmt: skip
        for _ in range(rng.randrange(4)):
            role = rng.choice(("", *ROLES))
            Grant.objects.create(
                case=case, field=rng.choice(("case", *DATA_FIELDS)), role=role,
                account=None if role else rng.choice(scene.accounts), expires_at=rng.choice(ends),
                revoked_at=rng.choice((None, None, NOW)),
            )  # fmt: skip


def test_the_sieve_says_what_the_pure_function_says(scene: Scene) -> None:
    from evengait.core.sharing import fields_seen
    from evengait.storage.records.cases import case_by_id
    from evengait.storage.records.grants import grants_of
    from evengait.storage.records.viewing import CasesSeen, cases_seen, maybe_seen, who_sees

    some = 0
    for seed in range(12):
        share_at_random(scene, random.Random(seed))  # noqa: S311 - the same every time
        for viewer in scene.viewers():
            seen = {}
            for key in scene.cases:
                case = case_by_id(key)
                assert case is not None
                fields = fields_seen(viewer, case.shown, grants_of(key), NOW)
                seen |= {key: fields} if fields else {}
                assert who_sees([viewer], key, NOW) == ({viewer.account} if fields else set())
            assert {row.pk for row in maybe_seen(viewer, NOW)} == set(seen)
            assert {case.id: fields for case, fields in cases_seen(viewer, NOW)} == seen
            others = CasesSeen(viewer, NOW, others=True)
            assert len(others) == len(others[0:9]) == sum(one.runner != viewer.runner for one in others[0:9])
            assert {one.id for one in others[0:9]} <= set(seen)
            some += len(seen)
    assert some > 50


WORDS = [
    ("shoe", "Which shoes?"), ("Running", "I RAN; she runs; they run"), ("ponies", "a pony"), ("happiness", "happy"),
    ("knochel", "der Knöchel schmerzt"), ("KNÖCHEL", "der knochel"), ("filing", "a file"), ("ties", "it tied"),
    ("left right", "left/right difference"), ("example", "write to me@example.org"), ("right", "a_right_b"),
    ("sensibility", "a sensible step"), ("relational", "it relates"), ("isomet", "isometrics first"), ("3", "3.5 km"),
    ("self", "it's self-made"), ("東京", "in 東京 now"), ("back left", "left back"), ("don't", "I don’t know"),
]  # fmt: skip


def test_the_sieve_loses_no_text_that_has_the_words(scene: Scene) -> None:
    from evengait.storage.records.replies import add_quoted
    from evengait.storage.records.searching import search_cases

    viewer = scene.viewers()[0]
    replies = add_quoted(scene.cases[0], [(text, "", "", None, "") for _, text in WORDS])
    for (asked, text), reply in zip(WORDS, replies, strict=True):
        found = search_cases(viewer, asked, NOW)
        assert reply.number in {hit.number for hit in found}, (asked, text)
    assert not search_cases(viewer, "zebra", NOW)
    assert not search_cases(viewer, "_ *", NOW)


def test_a_title_and_a_place_are_found_and_what_others_wrote_lately_hides_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evengait.storage.records import searching
    from evengait.storage.records.cases import change_case
    from evengait.storage.records.replies import add_quoted

    monkeypatch.setattr(searching, "MOST_RANKED", 2)
    mine, theirs = scene.cases[0], scene.cases[2]
    change_case(scene.runners[0], mine, title="The Wilhelmina ankle")
    add_quoted(mine, [("belt and braces", "", "", None, "")])
    add_quoted(theirs, [("belt", "", "", None, "")] * 5)
    mine_only = scene.viewers()[0]
    assert [(hit.case.id, hit.number) for hit in searching.search_cases(mine_only, "belt", NOW)] == [
        (mine, 1)
    ]
    for asked in ("wilhelmina", "lower back wilhelm", "left ankle"):
        assert [hit.case.id for hit in searching.search_cases(mine_only, asked, NOW)] == [mine]
        assert not searching.search_cases(scene.viewers()[3], asked, NOW)


def test_postgresql_looks_replies_up_in_its_index(scene: Scene) -> None:
    from django.db import connection

    from evengait.storage.records.finding import beginnings, replies_with
    from evengait.storage.records.models import CaseReply

    if connection.vendor != "postgresql":
        pytest.skip("the embedded database has no such index")
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
    plan = replies_with(CaseReply.objects.order_by(), beginnings(["shoes", "it's"])).explain()
    assert "records_casereply_words" in plan
