"""Proposals in replies, the calendar they come to stand in, and the ledger of advice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from working import work

if TYPE_CHECKING:
    from cast import Cast

TODAY = datetime.now(UTC).date()


def reply(cast: Cast, persona: str, **told: Any) -> Any:
    sent = {"body": "Here is what I would do."} | {f"p-{key}": value for key, value in told.items()}
    return cast.client(persona).post(f"/cases/{cast.ids['case']}/reply/", sent)


def latest(cast: Cast) -> Any:
    from evengait.storage.records.models import Proposal

    return Proposal.objects.exclude(pk=cast.ids["proposal"]).get()


def agenda(cast: Cast, days: int = 14) -> list[Any]:
    from evengait.storage.records.proposals import agenda_of

    return agenda_of(cast.ids["runner"], TODAY, TODAY + timedelta(days=days))  # type: ignore[arg-type]


def clinician_reads(cast: Cast) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    share(ids["runner"], ids["case"], [Grant("case", role="clinician")], {})


def test_a_change_of_plan_is_accepted_with_one_click_and_stands_in_the_calendar(cast: Cast) -> None:
    assert reply(cast, "coach", kind="plan_change", text="Walk on Sunday", every_days="7").status_code == 302
    owner, at = cast.client("owner"), f"/cases/proposal/{latest(cast).pk}/"
    assert "Walk on Sunday" in owner.get(f"/cases/{cast.ids['case']}/").content.decode()
    assert agenda(cast) == []
    owner.post(at + "accept/")
    assert [(i.date, i.text, i.by) for i in agenda(cast, 7)] == [
        (TODAY, "Walk on Sunday", "Coach"), (TODAY + timedelta(days=7), "Walk on Sunday", "Coach"),
    ]  # fmt: skip
    owner.post(at + "accept/")
    owner.post(at + "decline/")
    assert len(agenda(cast, 7)) == 2
    owner.post(at + "done/")
    assert agenda(cast, 7) == []


def test_a_question_waits_in_the_calendar_until_it_is_answered(cast: Cast) -> None:
    owner, at = cast.client("owner"), f"/cases/proposal/{cast.ids['proposal']}/"
    owner.post(at + "accept/")
    assert [(i.date, i.kind, i.number) for i in agenda(cast)] == [(None, "question", 2)]
    cast.client("owner").post(f"/cases/{cast.ids['case']}/delete/")
    assert [(i.text, i.case, i.number) for i in agenda(cast)] == [
        ("What does the first step feel like?", None, None)
    ]
    owner.post(at + "done/")
    assert agenda(cast) == []


def test_a_trial_is_drawn_once_however_often_she_clicks(cast: Cast) -> None:
    from evengait.storage.records.trials import trials_of

    told = {"kind": "trial", "text": "Wear it at night", "treatment": "Si belt", "treatment_kind": "aid"}
    assert reply(cast, "participant", **told).status_code == 302
    before = len(trials_of(cast.ids["runner"]))  # type: ignore[arg-type]
    owner, at = cast.client("owner"), f"/cases/proposal/{latest(cast).pk}/accept/"
    first = owner.post(at).headers["Location"]
    assert first.startswith("/trials/")
    assert owner.post(at).headers["Location"] == first
    found = trials_of(cast.ids["runner"])  # type: ignore[arg-type]
    assert len(found) == before + 1
    assert "si_belt" in {one.treatment for one in found}


def test_a_one_sided_exercise_comes_from_a_clinician_alone(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply, Proposal

    clinician_reads(cast)
    told = {"kind": "one_sided_exercise", "text": "Left bridge", "side": "left", "every_days": "1"}
    for persona in ("coach", "participant"):
        page = cast.client(persona).get(f"/cases/{cast.ids['case']}/").content.decode()
        assert "one-sided" not in page
        replies = CaseReply.objects.count()
        assert reply(cast, persona, **told).status_code == 422
        assert CaseReply.objects.count() == replies
    assert Proposal.objects.count() == 1
    assert reply(cast, "clinician", **told).status_code == 302
    cast.client("owner").post(f"/cases/proposal/{latest(cast).pk}/accept/")
    found = agenda(cast, 1)
    assert [(i.date, i.side, i.by_clinician) for i in found] == [
        (TODAY, "left", True), (TODAY + timedelta(days=1), "left", True),
    ]  # fmt: skip


def test_what_is_incomplete_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    answer = reply(cast, "coach", kind="trial", text="Try it", treatment="", treatment_kind="aid")
    assert answer.status_code == 422
    assert "Name what is tried" in answer.content.decode()
    assert "Here is what I would do.</textarea>" in answer.content.decode()


def test_the_ledger_finds_advice_with_the_evidence_and_the_runner_says_what_became_of_it(cast: Cast) -> None:
    from evengait.storage.records.ledger import advice_of

    words = {"body": "Get new shoes. A six week block of heavy strength helped me, try it."}
    cast.client("coach").post(f"/cases/{cast.ids['case']}/reply/", words)
    cast.client("owner").post(f"/cases/{cast.ids['case']}/reply/", {"body": "I will try foam rolling."})
    work()
    work()
    found = [one for one in advice_of(cast.ids["case"]) if one.number == 3]  # type: ignore[arg-type]
    assert found
    assert not [one for one in advice_of(cast.ids["case"]) if one.number == 4]  # type: ignore[arg-type]
    client = cast.client("owner")
    client.post(f"/cases/advice/{found[0].id}/", {"outcome": "helped", "words": "after six weeks"})
    page = cast.client("participant").get(f"/cases/{cast.ids['case']}/advice/").content.decode()
    assert "after six weeks" in page
    assert ">coach of this runner<" in page
    assert ("Grade" in page) == any(one.evidence for one in found)
    assert cast.client("coach").post(f"/cases/advice/{found[0].id}/", {"outcome": "worse"}).status_code == 302
    assert "after six weeks" in client.get(f"/cases/{cast.ids['case']}/advice/").content.decode()
