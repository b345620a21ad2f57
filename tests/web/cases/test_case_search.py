"""Search and similar cases: only in what one may see, and nothing tells of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cast import Cast


def search(cast: Cast, persona: str, words: str) -> str:
    answer = cast.client(persona).post("/cases/search/", {"words": words})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_words_are_found_where_they_stand_by_those_who_may_read_them(cast: Cast) -> None:
    ids: Any = cast.ids
    for words in ("shoes", "shoe", "about SHO", 'shoes" OR "x'[:5]):
        page = search(cast, "coach", words)
        assert f"/cases/{ids['case']}/?reply=2#reply-2" in page
    for persona in ("outsider", "coach_of_another", "clinician", "moderator", "admin"):
        assert "None of the cases you may see" in search(cast, persona, "shoes")
    assert "None of the cases you may see" in search(cast, "coach", "shoes belt")


def test_a_story_is_found_only_by_those_it_is_shared_with(cast: Cast) -> None:
    assert "1 place with these words." in search(cast, "coach", "story hers")
    assert "None of the cases you may see" in search(cast, "participant", "story hers")


def test_what_is_deleted_or_hidden_is_not_found(cast: Cast) -> None:
    cast.client("participant").post(f"/cases/reply/{cast.ids['reply']}/delete/")
    assert "None of the cases you may see" in search(cast, "owner", "shoes")


def test_no_question_breaks_the_search(cast: Cast) -> None:
    for words in (
        '"',
        "*",
        "AND",
        "NOT x",
        "a" * 200,
        "(",
        "'; DROP",
        "é ü 東京",
        "NEAR(a b)",
        "^x",
        "body:x",
    ):
        search(cast, "owner", words)


def test_similar_cases_are_of_the_same_place_and_say_how_they_ended(cast: Cast) -> None:
    from datetime import date

    from evengait.core.health_problem import HealthProblem
    from evengait.core.sharing import Grant
    from evengait.storage.records.cases import change_case, open_case
    from evengait.storage.records.grants import share
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import runner_of

    outsider = runner_of(cast.accounts["outsider"].pk)
    assert outsider is not None
    for site, title in (
        ("sacroiliac", "The same place"),
        ("knee", "Another place"),
        ("sacroiliac", "Not shared"),
    ):
        problem = keep_problem(outsider.id, HealthProblem(date(2026, 1, 1), site)).id
        assert problem is not None
        case = open_case(outsider.id, problem, title, "injury", opened_by=None)
        change_case(outsider.id, case.id, status="closed", ending="better", ending_words="Strength")
        if title != "Not shared":
            share(outsider.id, case.id, [Grant("case", role="everybody")], {})
    page = cast.client("owner").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert "The same place</a>" in page
    assert "Better, not as before" in page
    assert "Another place" not in page
    assert "Not shared" not in page
