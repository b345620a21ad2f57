"""What hurts: shown on the body, the questions first, the answer from the archive, and what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from working import work

from evengait.core.intake import Intake, read_intake
from evengait.core.intake_form import intake_fields
from evengait.core.sites import SITES
from evengait.web.problems.places import SPOTS
from small_files import strava_zip

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

TOLD = {"place": "sacroiliac:left", "onset": "2026-11-08", "mode": "gradual", "story": "Late in a long run."}


def told(client: Any, **changes: Any) -> str:
    answer = client.post("/hurts/new/", TOLD | changes)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"]).removesuffix("questions/")


@pytest.fixture
def with_runs(cast: Cast, tmp_path: Path) -> Cast:
    """Give the owner forty days of runs: too few to tell anything, enough for every part of the page."""
    from evengait.actions.import_archive import import_archive

    import_archive(cast.home / "runners" / "owner", [strava_zip(tmp_path / "e.zip", range(40))], workers=1)
    return cast


def test_every_site_of_the_house_has_a_place_on_the_body() -> None:
    assert {spot.site for spot in SPOTS.values()} == set(SITES)
    assert all(spot.name for spot in SPOTS.values())


def test_the_figure_shows_exactly_the_places_of_the_list() -> None:
    import re
    from importlib.resources import files

    figure = files("evengait.web.problems").joinpath("templates/problems/figure.html").read_text("utf-8")
    assert set(re.findall(r'data-spot="([^"]*)"', figure)) == set(SPOTS) - {"other:"}


def test_a_pain_is_told_and_the_questions_come_before_anything_else(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    page = client.get(at).content.decode()
    assert "Some questions come first." in page
    assert "Left sacroiliac region" in page
    assert "Late in a long run." in page
    questions = client.get(at + "questions/").content.decode()
    assert questions.index("where a saddle would touch") < questions.index(
        "How strong is the pain when you rest"
    )


def test_answers_can_be_changed_where_every_question_has_one(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    given = {path: "no" for path, spec in intake_fields().items() if spec.kind == "flag"} | {"sex": "male"}
    client.post(at + "questions/", given)
    assert f'href="{at}questions/"' in client.get(at).content.decode()


def test_what_is_left_open_is_not_asked_and_never_a_no(cast: Cast) -> None:
    from evengait.storage.records.intakes import intakes_of
    from evengait.storage.records.runners import runner_of

    client = cast.client("owner")
    at = told(client)
    client.post(at + "questions/", {"findings.limp": "yes", "pain.running": "7", "findings.fever": "no"})
    runner = runner_of(cast.accounts["owner"].pk)
    kept = intakes_of(runner.id)[0]
    assert kept.confirmed_at is not None
    assert kept.intake.get("findings.limp") is True
    assert kept.intake.get("findings.fever") is False
    assert kept.intake.get("pain.running") == 7
    assert kept.intake.get("findings.saddle_numbness") is None
    assert kept.intake.site == "sacroiliac"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"findings.saddle_numbness": "yes"}, "emergency"),
        ({"findings.limp": "yes", "worse_with": ["landing", "running"], "pain.running": "7"}, "Do not run"),
    ],
)
def test_the_verdict_stands_above_the_training(cast: Cast, answers: dict[str, Any], says: str) -> None:
    client = cast.client("owner")
    at = told(client)
    client.post(at + "questions/", answers)
    page = client.get(at).content.decode()
    assert says in page
    assert page.index(says) < page.index("Your runs are not here yet.")
    assert "not reviewed by a clinician" in page


def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    page = client.post(at + "questions/", {"age": "400", "findings.limp": "yes"}).content.decode()
    assert "errorlist" in page
    assert 'value="400"' in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"onset": "2999-01-01"}, "has not come yet"),
        ({"onset": ""}, "a guess is fine"),
        ({"place": "elbow:left"}, "Select a valid choice"),
        ({"place": ""}, "Choose where it hurts"),
    ],
)
def test_a_form_with_a_mistake_says_which(cast: Cast, changes: dict[str, str], says: str) -> None:
    assert says in cast.client("owner").post("/hurts/new/", TOLD | changes).content.decode()


def test_both_sides_and_the_middle_are_kept(cast: Cast) -> None:
    client = cast.client("owner")
    for changes, side in (({"both": "on"}, "both"), ({"place": "lower_back:"}, None)):
        at = told(client, **changes)
        from evengait.storage.records.problems import problem
        from evengait.storage.records.runners import runner_of
        from evengait.web.problems.asking import intake_record

        runner = runner_of(cast.accounts["owner"].pk)
        known = problem(runner.id, at.split("/")[2])
        assert intake_record(runner, known).intake.get("side") == side
        assert known.side is None


def test_the_answer_is_worked_out_behind_the_page_and_kept(with_runs: Cast) -> None:
    client = with_runs.client("owner")
    at = told(client, onset="2026-04-05")
    waiting = client.get(at).content.decode()
    assert "Comparing the weeks before" in waiting
    assert "HX-Refresh" not in client.get(at + "working/").headers
    client.get(at)
    from django_tasks_db.models import DBTaskResult

    assert DBTaskResult.objects.count() == 1
    work()
    assert client.get(at + "working/").headers["HX-Refresh"] == "true"
    page = client.get(at).content.decode()
    assert "cannot_tell" in page
    assert "The weeks before" in page
    assert DBTaskResult.objects.count() == 1
    report = client.get(at + "report/")
    assert "attachment" in report.headers["Content-Disposition"]
    assert report.content.decode().startswith("<!doctype html>")


def test_an_answer_is_asked_for_anew_once_what_it_was_made_from_changes(with_runs: Cast) -> None:
    from evengait.storage.records.answers import kept_answer
    from evengait.storage.records.runners import change_runner, runner_of

    client = with_runs.client("owner")
    at = told(client, onset="2026-04-05")
    client.get(at)
    runner = runner_of(with_runs.accounts["owner"].pk)
    before = kept_answer(runner.id, at.split("/")[2]).key
    change_runner(runner.id, units="km")
    client.get(at)
    assert kept_answer(runner.id, at.split("/")[2]).key != before
    told(client, onset="2026-03-01")  # an earlier pain leaves its weeks out of the comparison
    client.get(at)
    assert len({before, kept_answer(runner.id, at.split("/")[2]).key}) == 2


def test_a_question_that_cannot_be_asked_says_why(with_runs: Cast) -> None:
    client = with_runs.client("owner")
    at = told(client, onset="2019-01-01")
    client.get(at)
    work()
    assert "This cannot be compared." in client.get(at).content.decode()


def test_a_pain_ends_comes_back_and_is_deleted_with_everything(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    for status, says in (
        ("returned", "running again since"),
        ("closed", "over since"),
        ("open", "I run as before"),
    ):
        client.post(at + "end/", {"status": status})
        assert says in client.get(at).content.decode()
    client.post(at + "delete/")
    assert client.get(at).status_code == 404
    from evengait.storage.records.models import IntakeForm

    assert not IntakeForm.objects.filter(story=TOLD["story"]).exists()


def test_an_end_never_lies_before_the_onset(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    client.post(at + "end/", {"status": "closed", "on": "2020-01-01"})
    assert "over since 8 November 2026" in client.get(at).content.decode()


def test_earlier_pains_are_left_out_until_their_end(cast: Cast) -> None:
    from evengait.actions.answer_problem import earlier_problems
    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import runner_named

    runner = runner_named(cast.home, "three").id
    keep_problem(runner, HealthProblem(date(2025, 1, 1), "knee", returned_on=date(2025, 2, 1)))
    keep_problem(runner, HealthProblem(date(2026, 10, 1), "shin"))
    now = keep_problem(runner, HealthProblem(date(2026, 11, 8), "knee"))
    keep_problem(runner, HealthProblem(date(2026, 11, 20), "foot"))
    assert earlier_problems(runner, now) == [
        (date(2025, 1, 1), date(2025, 2, 1)),
        (date(2026, 10, 1), date(2026, 11, 7)),
    ]


SEED = (
    "I run 70 to 80 miles a week. Near the end of a run the left side of my lower back began to hurt, I cannot point "
    "to a single moment. The next day every landing was sharp. I am limping. No fever."
)


def test_a_story_is_read_into_the_form_and_nothing_is_kept_by_that(cast: Cast) -> None:
    from evengait.storage.records.models import HealthProblem

    before = HealthProblem.objects.count()
    page = cast.client("owner").post("/hurts/new/", {"story": SEED, "read": "1"}).content.decode()
    assert 'value="lower_back:left" checked' in page
    assert "found in it" in page
    assert HealthProblem.objects.count() == before


def test_a_story_without_anything_to_read_is_kept_all_the_same(cast: Cast) -> None:
    page = cast.client("owner").post("/hurts/new/", {"story": "1234", "read": "1"}).content.decode()
    assert "Nothing could be read from it." in page
    assert "1234</textarea>" in page


VALUES = {
    "flag": st.booleans(),
    "score": st.integers(0, 10),
    "whole": st.integers(5, 110),
    "number": st.integers(0, 60),
    "words": st.just(("rest", "own words")),
}


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_form_gives_back_the_intake_it_was_made_from(data: st.DataObject) -> None:
    from evengait.web.problems.questions import NOT_HERE, QuestionsForm

    intake = Intake().with_answer("site", data.draw(st.sampled_from(SITES)))
    for path, spec in intake_fields().items():
        if path not in NOT_HERE and spec.kind in VALUES and spec.concerns(intake.site, "female"):
            value = data.draw(st.none() | VALUES[spec.kind])
            intake = intake.with_answer(path, value)
    before = QuestionsForm(intake=intake, open_questions=[])
    sent: dict[str, Any] = {name: before[name].value() for name in before.fields}
    from django.http import QueryDict

    posted = QueryDict(mutable=True)
    for name, value in sent.items():
        posted.setlist(name, value if isinstance(value, list) else ["" if value is None else value])
    after = QuestionsForm(posted, intake=read_intake({"site": intake.site}).intake, open_questions=[])
    assert after.is_valid(), after.errors
    assert after.answers() == intake


@pytest.mark.browser
def test_the_body_and_the_list_are_one_choice_by_mouse_and_by_keyboard(tab: Any) -> None:
    page = tab("/hurts/new/")
    page.locator('[data-spot="knee:left"]').click()
    assert page.get_by_label("left knee").is_checked()
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("right knee").is_checked()
    assert page.locator('[data-spot="knee:right"]').evaluate("e => e.classList.contains('chosen')")
    page.get_by_label("It is on both sides").check()
    assert page.locator(".chosen").count() == 2
    page.get_by_label("The first day").fill("2026-11-08")
    page.get_by_role("button", name="Go on to the questions").click()
    page.get_by_role("heading", name="First the questions").wait_for()
    assert page.said == []


@pytest.mark.browser
def test_the_answer_is_read_aloud_in_both_themes_and_prints(tab: Any, with_runs: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    client = with_runs.client("owner")
    at = told(client, onset="2026-04-05")
    client.post(at + "questions/", {"findings.saddle_numbness": "yes"})
    client.get(at)
    work()
    for scheme, width in (("light", 1200), ("dark", 390)):
        page = tab(at, scheme=scheme, width=width)
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
        assert page.said == []
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0
        assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_text("Call your local emergency number").first.is_visible()


def test_what_alone_could_be_urgent_is_asked_first_and_said_to_be_open(cast: Cast) -> None:
    client = cast.client("owner")
    at = told(client)
    page = client.get(at + "questions/").content.decode()
    first, pain = page.index("Signs that cannot wait</h2>"), page.index("The pain</h2>")
    assert page.index("How old are you?") < first < page.index("where a saddle would touch") < pain
    client.post(at + "questions/", {"age": "34", "sex": "female"})
    assert "could each make this more urgent" in client.get(at).content.decode()
    assert "testicle" not in client.get(at + "questions/").content.decode()
