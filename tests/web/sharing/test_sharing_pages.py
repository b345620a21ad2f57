"""Sharing: seen before it is shared, exactly that, until when she said, gone at once when it is taken back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evengait.core.sharing import DATA_FIELDS
from small_files import strava_zip

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

TODAY = datetime.now(UTC).date()
STATES: dict[str, dict[str, Any]] = {
    "story": {"story": "STORY words"},
    "answer": {
        "answer": "ANSWER words", "how_sure": "sure", "in_short": "", "onset": "2026-11-08", "unjudged": [],
        "coverage": [], "factors": [
            {"label": "FACTOR", "value": "1", "usual": "2", "passed": "3 of 40", "stands_out": True, "sentence": "S."}
        ],
    },
    "timeline": {"wide": "<svg aria-label='TIMELINE'></svg>", "narrow": "<svg aria-label='TIMELINE'></svg>"},
    "load": {"header": ["Week from", "Distance"], "rows": [["LOAD week", "40 km"]]},
    "gait": {"said": "GAIT words", "limit": "limits", "wide": "<svg></svg>", "narrow": "<svg></svg>"},
    "shoes": {"header": ["Shoe"], "rows": [["SHOES of hers"]]},
    "diary": {"header": ["Day", "While running"], "rows": [["DIARY day", "7"]]},
    "plan": {
        "heading": "PLAN heading", "because": [], "decisions": [],
        "days": [{"date": "9 May", "kind": "run", "words": ["w"]}],
    },
}  # fmt: skip
MARKS = {
    "story": "STORY", "answer": "ANSWER", "timeline": "TIMELINE", "load": "LOAD", "gait": "GAIT", "shoes": "SHOES",
    "diary": "DIARY", "plan": "PLAN",
}  # fmt: skip


def give(cast: Cast, field: str, **to: Any) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    share(ids["runner"], ids["case"], [Grant(field, **to)], {field: STATES[field]} if field in STATES else {})


def pages(cast: Cast, persona: str) -> str:
    """Return everything of the case that this person can get."""
    client, text = cast.client(persona), ""
    for path in ("", "data/", "share/"):
        answer = client.get(f"/cases/{cast.ids['case']}/{path}")
        text += answer.content.decode() if answer.status_code == 200 else ""
    return text


def marks(text: str) -> set[str]:
    return {field for field, mark in MARKS.items() if mark in text}


@pytest.mark.parametrize("role", ["participant", "coach", "clinician", "everybody"])
def test_each_field_reaches_the_role_it_is_shared_with_and_nobody_else(cast: Cast, role: str) -> None:
    those = {
        "participant": {"participant"}, "coach": {"coach"}, "clinician": {"clinician"},
        "everybody": {
            "outsider", "participant", "coach", "coach_of_another", "clinician", "moderator", "admin",
        },
    }[role]  # fmt: skip
    fields = {"gait", "plan", "load"}
    for field in fields:
        give(cast, field, role=role)
    for persona in set(cast.accounts) - {"owner"}:
        text = cast.client(persona).get(f"/cases/{cast.ids['case']}/data/").content.decode()
        assert marks(text) - {"story"} == (fields if persona in those else set()), persona


@pytest.mark.parametrize("field", DATA_FIELDS)
def test_a_field_is_shown_by_itself(cast: Cast, field: str) -> None:
    give(cast, field, role="participant")
    assert marks(pages(cast, "participant")) == {field}


def test_a_person_sees_it_until_it_ends_and_not_a_moment_longer(cast: Cast) -> None:
    from django.utils import timezone

    account, now = cast.accounts["coach"].pk, timezone.now()
    give(cast, "gait", account=account, expires_at=now + timedelta(hours=1))
    assert "gait" in marks(pages(cast, "coach"))
    give(cast, "gait", account=account, expires_at=now - timedelta(seconds=1))
    assert "gait" not in marks(pages(cast, "coach"))


def test_what_is_taken_back_is_gone_at_once(cast: Cast) -> None:
    from evengait.storage.records.grants import grants_of

    give(cast, "diary", role="coach")
    assert "diary" in marks(pages(cast, "coach"))
    grant = next(g for g in grants_of(cast.ids["case"]) if g.field == "diary")  # type: ignore[arg-type]
    cast.client("owner").post(f"/cases/grant/{grant.id}/")
    assert "diary" not in marks(pages(cast, "coach"))
    assert "diary" not in marks(pages(cast, "owner"))
    cast.client("owner").post(f"/cases/{cast.ids['case']}/share/nothing/")
    for persona in ("coach", "participant"):
        assert cast.client(persona).get(f"/cases/{cast.ids['case']}/").status_code == 404


def test_ending_it_with_a_coach_ends_what_she_saw(cast: Cast) -> None:
    from evengait.storage.records.relations import beside

    give(cast, "plan", account=cast.accounts["coach"].pk)
    give(cast, "plan", role="coach")
    coach = next(b for b in beside(cast.ids["runner"]) if b.kind == "coach")  # type: ignore[arg-type]
    cast.client("owner").post(f"/cases/{cast.ids['case']}/share/part/{coach.id}/")
    assert cast.client("coach").get(f"/cases/{cast.ids['case']}/").status_code == 404


@pytest.fixture
def with_answer(cast: Cast, tmp_path: Path) -> Cast:
    """Give the owner forty days of runs, a diary, and the answer worked out from them."""
    from evengait.actions.answer_problem import answer_problem
    from evengait.actions.import_archive import import_archive
    from evengait.core.diary import DiaryEntry
    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.answers import await_answer
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.problems import keep_problem

    ids: Any = cast.ids
    import_archive(cast.home / "runners" / "owner", [strava_zip(tmp_path / "e.zip", range(40))], workers=1)
    keep_problem(ids["runner"], HealthProblem(date(2026, 4, 5), "sacroiliac", "left", id=ids["problem"]))
    keep_day(ids["runner"], DiaryEntry(TODAY, pain_during_nprs=7.0, notes="a-story-that-is-hers"))
    await_answer(ids["problem"], "key")
    answer_problem(cast.home, ids["runner"], ids["problem"], "key", date(2026, 11, 26))
    return cast


CHOSEN = ["answer", "timeline", "load", "shoes", "diary", "gait", "plan"]


def test_the_preview_is_exactly_what_the_coach_sees(with_answer: Cast) -> None:
    cast, client = with_answer, with_answer.client("owner")
    at = f"/cases/{cast.ids['case']}/share/"
    told = {"fields_": CHOSEN, "whom": str(cast.accounts["coach"].pk), "until": "14"}
    look = client.post(at, told).content.decode()
    assert "There is nothing yet of: Left and right, The plan." in look
    assert "a-story-that-is-hers" not in look
    seen = _pieces(look)
    assert [name for name, _ in seen] == ["answer", "timeline", "load", "shoes", "diary"]
    assert "Speedgoat" in dict(seen)["shoes"]
    assert "Speedgoat" not in dict(seen)["load"]
    assert not {"shoes", "diary"} & {name for name, _ in _pieces(_data(cast))}
    told["seen"] = re.findall(r'name="seen" value="(\w+)"', look)[0]
    client.post(at, told | {"share": "1"})
    assert [piece for piece in _pieces(_data(cast)) if piece[0] != "story"] == seen


def test_what_changed_since_she_saw_it_is_not_shared(with_answer: Cast) -> None:
    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day

    cast, client = with_answer, with_answer.client("owner")
    at = f"/cases/{cast.ids['case']}/share/"
    told = {"fields_": ["diary"], "whom": "coach", "until": ""}
    look = client.post(at, told).content.decode()
    told["seen"] = re.findall(r'name="seen" value="(\w+)"', look)[0]
    keep_day(cast.ids["runner"], DiaryEntry(TODAY, pain_night_nprs=3.0))  # type: ignore[arg-type]
    again = client.post(at, told | {"share": "1"}).content.decode()
    assert "Your data changed meanwhile." in again
    assert "diary" not in dict(_pieces(_data(cast)))
    assert client.post(at, {"fields_": ["diary"], "whom": "moderator"}).status_code == 422
    stranger = str(cast.accounts["outsider"].pk)
    assert client.post(at, {"fields_": ["diary"], "whom": stranger}).status_code == 422


def _data(cast: Cast) -> str:
    return str(cast.client("coach").get(f"/cases/{cast.ids['case']}/data/").content.decode())


def _pieces(page: str) -> list[tuple[str, str]]:
    """Return each shared field of a page with its inner HTML."""
    found = re.findall(
        r'<section class="piece" aria-labelledby="piece-(\w+)">(.*?)</section>', page, re.DOTALL
    )
    return [
        (name, re.sub(r'<p class="quiet small">As it was on .*?</p>', "", html).strip())
        for name, html in found
    ]


def test_an_invitation_says_what_it_is_and_works_once(cast: Cast) -> None:
    from evengait.storage.records.grants import revoke_all

    ids: Any = cast.ids
    revoke_all(ids["runner"], ids["case"], datetime.now(UTC))
    page = cast.client("owner").post(f"/beside/invite/{ids['case']}/")
    link = re.findall(r'value="http://localhost(/beside/come/[^"]+)"', page.content.decode())[0]
    outsider = cast.client("outsider")
    assert "A runner asks you into a case." in outsider.get(link).content.decode()
    assert outsider.post(link).headers["Location"] == f"/cases/{ids['case']}/"
    assert "a-case-that-is-hers" in outsider.get(f"/cases/{ids['case']}/").content.decode()
    assert cast.client("clinician").post(link).status_code == 404
    assert cast.client("clinician").get(f"/cases/{ids['case']}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shared_data_stands_beside_the_replies_on_a_phone(tab: Any, with_answer: Cast, scheme: str) -> None:
    at = f"/cases/{with_answer.ids['case']}/"
    page = tab(f"{at}share/", width=360, scheme=scheme)
    _can_be_read(page)
    for label in ("The weeks before, as a picture", "Shoes", "What was unusual"):
        page.get_by_role("checkbox", name=re.compile(f"^{label}")).check()
    page.get_by_label("Your coach", exact=True).check()
    page.get_by_role("button", name="See what they will see").click()
    page.get_by_text("This is what they will see. Nothing else.").wait_for()
    _can_be_read(page)
    page.get_by_role("button", name="Share exactly this").click()
    page.get_by_text("Shared. You can take it back").wait_for()
    coachs = tab(at, "coach", width=360, scheme=scheme)
    coachs.get_by_role("heading", name="Shared with you").wait_for()
    coachs.get_by_text("The weeks before, as a picture").click()
    _can_be_read(coachs)


def _can_be_read(page: Any) -> None:
    """Look for barriers, for what is wider than the screen, and for complaints of the browser."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.said == []
