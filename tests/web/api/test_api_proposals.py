"""Programs propose, accept, decline and take back by the rules of the pages, and only who may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from planning import today_of

if TYPE_CHECKING:
    from cast import Cast

API = "/api/v1"


def propose(cast: Cast, persona: str, **told: Any) -> Any:
    sent = {"body": "Here is what I would do.", "proposal": {"text": "Try this"} | told}
    return cast.program(persona, ("write:cases",)).ask(
        "POST", f"{API}/cases/{cast.ids['case']}/replies", sent
    )


def made(cast: Cast, persona: str, **told: Any) -> str:
    answer = propose(cast, persona, **told)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["proposals"][0]["id"])


def decided(cast: Cast, proposal: str, what: str, data: Any = None, persona: str = "owner") -> Any:
    program = cast.program(persona, ("write:proposals", "write:cases"))
    return program.ask("POST", f"{API}/proposals/{proposal}/{what}", data)


def agenda(cast: Cast, days: int = 14) -> list[Any]:
    from evengait.storage.records.proposals import agenda_of

    today = today_of(cast)
    return agenda_of(cast.ids["runner"], today, today + timedelta(days=days))  # type: ignore[arg-type]


def clinician_reads(cast: Cast) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    share(ids["runner"], ids["case"], [Grant("case", role="clinician")], {})


def test_what_is_accepted_lives_in_her_calendar_until_it_is_taken_back(cast: Cast) -> None:
    proposal = made(cast, "coach", kind="plan_change", text="Walk on Sunday", every_days=7)
    assert agenda(cast) == []
    assert decided(cast, proposal, "take-back").status_code == 409
    told = decided(cast, proposal, "accept")
    assert (told.status_code, told.json()["status"], told.json()["author"]) == (200, "accepted", "Coach")
    assert decided(cast, proposal, "accept").json() == told.json()
    today = today_of(cast)
    assert [(i.date, i.text, i.by) for i in agenda(cast, 7)] == [
        (today, "Walk on Sunday", "Coach"), (today + timedelta(days=7), "Walk on Sunday", "Coach"),
    ]  # fmt: skip
    page = cast.client("coach").get("/notices/").content.decode()
    assert "accepted" in page
    assert decided(cast, proposal, "decline").status_code == 409
    assert decided(cast, proposal, "take-back").json()["status"] == "done"
    assert agenda(cast, 7) == []
    assert decided(cast, proposal, "accept").status_code == 409
    assert agenda(cast, 7) == []


def test_a_change_of_plan_is_followed_by_the_plan_itself(cast: Cast) -> None:
    from evengait.storage.records.proposals import changes_of

    today = today_of(cast)
    until = (today + timedelta(days=3)).isoformat()
    proposal = made(cast, "coach", kind="plan_change", change="rest", last_on=until)
    assert decided(cast, proposal, "accept").json()["first_on"] == today.isoformat()
    changes: Any = changes_of(cast.ids["runner"], today)  # type: ignore[arg-type]
    assert [(one.kind, one.last_on.isoformat()) for one in changes] == [("rest", until)]


def test_a_trial_is_drawn_once_and_read_where_trials_are(cast: Cast) -> None:
    proposal = made(cast, "participant", kind="trial", text="Wear it", treatment="aid:si_belt")
    told = decided(cast, proposal, "accept").json()
    assert decided(cast, proposal, "accept").json()["trial"] == told["trial"]
    trials = cast.program("owner").ask("GET", f"{API}/trials").json()
    assert [one["treatment"] for one in trials if one["id"] == told["trial"]] == ["si_belt"]
    assert decided(cast, proposal, "take-back").status_code == 409


def test_a_one_sided_exercise_comes_from_a_verified_clinician_alone(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply, Proposal

    clinician_reads(cast)
    before = (CaseReply.objects.count(), Proposal.objects.count())
    wish = {"kind": "one_sided_exercise", "text": "Left bridge", "side": "left"}
    for persona in ("coach", "participant"):
        refused = propose(cast, persona, **wish)
        assert refused.status_code == 403
        assert "verified by this desk" in refused.json()["detail"]
    assert (CaseReply.objects.count(), Proposal.objects.count()) == before, "neither words nor proposal"
    proposal = made(cast, "clinician", **wish)
    assert decided(cast, proposal, "accept").json()["by_clinician"] is True
    assert [(i.side, i.by_clinician) for i in agenda(cast)] == [("left", True)]


def test_nobody_decides_for_her_and_an_outsider_meets_nothing(cast: Cast) -> None:
    proposal = cast.ids["proposal"]
    for what in ("accept", "decline", "take-back", "answer", "withdraw"):
        data = {"body": "Mine."} if what == "answer" else None
        assert decided(cast, proposal, what, data, "outsider").status_code == 404
        if what != "withdraw":
            assert decided(cast, proposal, what, data, "participant").status_code == 404
            assert decided(cast, proposal, what, data, "coach").status_code == 403
    assert propose(cast, "outsider", kind="question").status_code == 404
    assert propose(cast, "owner", kind="question").status_code == 403
    assert cast.program("outsider").ask("GET", f"{API}/proposals").json() == []
    without = cast.program("owner", ("read:cases", "write:cases", "write:plan"))
    refused = without.ask("POST", f"{API}/proposals/{proposal}/accept")
    assert (refused.status_code, "write:proposals" in refused.json()["detail"]) == (403, True)
    assert cast.program("owner").ask("GET", f"{API}/proposals").json()[0]["status"] == "open"


def test_a_question_is_answered_as_the_next_reply(cast: Cast) -> None:
    proposal = cast.ids["proposal"]
    assert decided(cast, proposal, "answer", {"body": "  "}).status_code == 422
    told = decided(cast, proposal, "answer", {"body": "Sharp, then it eases."}).json()
    assert (told["status"], told["answer"]) == ("done", "Sharp, then it eases.")
    replies = cast.program("coach").ask("GET", f"{API}/cases/{cast.ids['case']}/replies?since=3").json()
    assert [one["body"] for one in replies] == ["To #2:\n\nSharp, then it eases."]
    assert decided(cast, proposal, "answer", {"body": "Again."}).status_code == 409


def test_who_proposed_takes_it_back_until_she_has_decided(cast: Cast) -> None:
    from evengait.storage.records.models import Grant, Relation

    proposal = cast.ids["proposal"]
    page = cast.client("participant").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert f"/cases/proposal/{proposal}/withdraw/" in page
    assert "/withdraw/" not in cast.client("owner").get(f"/cases/{cast.ids['case']}/").content.decode()
    told = decided(cast, proposal, "withdraw", persona="participant")
    assert (told.status_code, told.json()["status"]) == (200, "withdrawn")
    assert decided(cast, proposal, "accept").status_code == 409
    client = cast.client("owner")
    client.post(f"/cases/proposal/{proposal}/accept/")
    assert "decided on already" in client.get(f"/cases/{cast.ids['case']}/").content.decode()
    assert agenda(cast) == []
    second = made(cast, "participant", kind="question")
    decided(cast, second, "decline")
    assert decided(cast, second, "withdraw", persona="participant").status_code == 409
    third = made(cast, "coach", kind="question")
    assert decided(cast, third, "withdraw", persona="participant").status_code == 404
    fourth = made(cast, "participant", kind="question")
    Relation.objects.update(ended_at="2026-11-01T00:00Z")
    Grant.objects.update(revoked_at="2026-11-01T00:00Z")
    assert decided(cast, fourth, "withdraw", persona="participant").status_code == 404


def test_what_waits_is_listed_and_what_moderators_hid_is_not(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply

    program = cast.program("owner", ("read:cases",))
    made(cast, "coach", kind="question")
    found = program.ask("GET", f"{API}/proposals?status=open&limit=1")
    assert (len(found.json()), found.headers["X-Total-Count"]) == (1, "2")
    assert 'rel="next"' in found.headers["Link"]
    CaseReply.objects.filter(pk=cast.ids["reply"]).update(hidden_at="2026-11-01T00:00Z")
    assert [one["number"] for one in program.ask("GET", f"{API}/proposals").json()] == [3]
    assert program.ask("GET", f"{API}/proposals?status=eaten").status_code == 422


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "trial"},
        {"kind": "trial", "treatment": "spell:belt"},
        {"kind": "one_sided_exercise"},
        {"kind": "question", "side": "left"},
        {"kind": "plan_change", "change": "rest"},
        {"kind": "plan_change", "change": "cap", "distance_m": 1e9},
        {"kind": "plan_change", "change": "hold", "last_on": "2099-01-01"},
        {"kind": "plan_change", "change": "faster"},
        {"kind": "spell"},
        {"kind": "question", "text": " "},
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_is_kept(cast: Cast, wish: dict[str, Any]) -> None:
    from evengait.storage.records.models import CaseReply

    before = CaseReply.objects.count()
    assert propose(cast, "coach", **wish).status_code == 422
    assert CaseReply.objects.count() == before
