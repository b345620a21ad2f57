"""Moderation: what was reported is read and decided on, by name, and nothing else of the case is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cast import Cast


def test_a_reported_reply_is_hidden_and_the_trail_says_by_whom(cast: Cast) -> None:
    moderator, at = cast.client("moderator"), f"/cases/{cast.ids['case']}/"
    page = moderator.get("/moderation/").content.decode()
    assert "What about the shoes?" in page
    assert "It says what somebody has" in page
    assert "a-case-that-is-hers" not in page
    assert "a-reply-of-hers" not in page
    assert moderator.get(at).status_code == 404
    moderator.post(f"/moderation/{cast.ids['complaint']}/", {"decision": "hide"})
    assert "Moderator hid a reply" in moderator.get("/moderation/").content.decode()
    assert moderator.post(f"/moderation/{cast.ids['complaint']}/", {"decision": "keep"}).status_code == 404
    for persona in ("owner", "coach"):
        page = cast.client(persona).get(at).content.decode()
        assert "What about the shoes?" not in page
        assert "The moderators have hidden this reply." in page
        assert "look at the shoes" not in cast.client(persona).get(at + "advice/").content.decode()
    assert "Only you see it." in cast.client("participant").get(at).content.decode()
    again = {"body": "I write it again"}
    assert (
        cast.client("participant").post(f"/cases/reply/{cast.ids['reply']}/edit/", again).status_code == 404
    )


def test_nobody_decides_on_her_own_reply_and_a_report_needs_a_reason(cast: Cast) -> None:
    cast.accounts["participant"].is_moderator = True
    cast.accounts["participant"].save()
    own = cast.client("participant")
    assert "What about the shoes?" not in own.get("/moderation/").content.decode()
    assert own.post(f"/moderation/{cast.ids['complaint']}/", {"decision": "keep"}).status_code == 404
    at = f"/cases/reply/{cast.ids['reply']}/report/"
    assert "Choose the closest one." in cast.client("owner").post(at, {"words": "x"}).content.decode()
    assert cast.client("owner").post(at, {"reason": "harm"}).status_code == 302
    assert cast.client("owner").post(at, {"reason": "insult"}).status_code == 302
    from evengait.storage.records.models import Complaint

    assert sorted(Complaint.objects.values_list("reason", flat=True)) == ["diagnosis", "insult"]


def test_a_whole_case_is_hidden_unread_and_shown_again_and_the_trail_says_both(either_cast: Cast) -> None:
    from evengait.storage.records.models import AuditEntry

    cast, at = either_cast, f"/cases/{either_cast.ids['case']}/"
    moderator, again = cast.client("moderator"), f"/moderation/case/{cast.ids['case']}/"
    moderator.post(f"/moderation/{cast.ids['complaint']}/", {"decision": "hide_case"})
    assert "Only you see it." in cast.client("owner").get(at).content.decode()
    assert cast.client("owner").post(at + "reply/", {"body": "still here?"}).status_code == 422
    for persona in ("participant", "coach", "moderator"):
        assert cast.client(persona).get(at).status_code == 404
    page = moderator.get("/moderation/").content.decode()
    assert "Moderator hid a whole case: it says what somebody has" in page
    assert "Nothing waits for you." in page
    assert "a-case-that-is-hers" not in page
    cast.accounts["owner"].is_moderator = True
    cast.accounts["owner"].save()
    assert cast.client("owner").post(again).status_code == 404
    assert again not in cast.client("owner").get("/moderation/").content.decode()
    assert moderator.post(again).status_code == 302
    assert moderator.post(again).status_code == 404
    assert cast.client("coach").get(at).status_code == 200
    acts = AuditEntry.objects.order_by("at").values_list("act", "kind")
    assert list(acts) == [("hide_case", "case"), ("show_case", "case")]
    assert {str(entry.row) for entry in AuditEntry.objects.all()} == {cast.ids["case"]}


def test_the_trail_and_the_reports_go_with_the_words_they_are_about(cast: Cast) -> None:
    from evengait.storage.records.models import AuditEntry, Complaint

    moderator = cast.client("moderator")
    moderator.post(f"/moderation/{cast.ids['complaint']}/", {"decision": "keep"})
    cast.client("owner").post(f"/cases/{cast.ids['case']}/delete/")
    assert not Complaint.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.kind, entry.reason) == ("keep", "reply", "diagnosis")


def test_verifying_a_clinician_stands_in_the_trail(cast: Cast) -> None:
    from evengait.storage.records.models import AuditEntry

    coach = cast.accounts["coach"]
    told = {
        "email": coach.email, "display_name": "Coach", "is_active": "on",
        "clinician_verified_at_0": "2026-11-26", "clinician_verified_at_1": "10:00",
    }  # fmt: skip
    answer = cast.client("admin").post(f"/admin/records/account/{coach.pk}/change/", told)
    assert answer.status_code == 302
    coach.refresh_from_db()
    assert coach.is_clinician
    assert AuditEntry.objects.get().act == "clinician_verified_at"
    assert (
        "changed whether an account is a verified clinician"
        in cast.client("moderator").get("/moderation/").content.decode()
    )
