"""The start page in each of its states, and the made-up runner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from working import work

from small_files import fit

if TYPE_CHECKING:
    from cast import Cast


def page(client: Any) -> str:
    return str(client.get("/").content.decode())


def test_an_empty_archive_asks_for_runs_and_names_the_way(cast: Cast) -> None:
    text = page(cast.client("outsider"))
    assert "Drop your export here" in text
    assert "Look at a made-up runner" in text


def test_who_only_answers_may_begin_an_archive_of_her_own(cast: Cast) -> None:
    client = cast.client("clinician")
    assert "You have no archive here." in page(client)
    client.post("/begin/")
    client.post("/begin/")
    assert "Drop your export here" in page(client)


def test_a_name_that_was_chosen_before_the_archive_is_the_runners_too(cast: Cast) -> None:
    """Else a coach whom she asks stands beside *a runner without a name here*."""
    from evengait.storage.records.runners import runner_of

    client = cast.client("clinician")
    client.post("/you/", {"display_name": "Izzy", "language": ""})
    client.post("/begin/")
    runner = runner_of(cast.accounts["clinician"].pk)
    assert runner is not None
    assert runner.display_name == "Izzy"


def test_who_stands_beside_runners_is_led_to_them(cast: Cast) -> None:
    client = cast.client("coach")
    text = page(client)
    assert "You have no archive here." not in text
    assert 'href="/my-runners/">My runners</a>' in text
    assert "Begin my archive" in text
    client.post("/begin/")
    assert "Drop your export here" in page(client)


def test_an_import_under_way_is_told_on_the_start_page(cast: Cast) -> None:
    client = cast.client("outsider")
    client.post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    assert "Waiting for its turn" in page(client)
    work()
    assert "1 session in your archive" in page(client)
    assert "Nothing hurts, as far as this desk knows." in page(client)


def test_what_hurts_stands_first_with_what_to_do(cast: Cast) -> None:
    client = cast.client("owner")
    assert "Some questions come first." in page(client)
    problem = cast.ids["problem"]
    client.post(f"/hurts/{problem}/questions/", {"findings.saddle_numbness": "yes"})
    assert "Call your local emergency number" in page(client)


def test_the_made_up_runner_is_looked_at_and_left(cast: Cast) -> None:
    from evengait.actions.work_demo import keep_her_pain
    from evengait.core.import_job import ImportJob
    from evengait.storage.records.import_jobs import change_job, jobs_of
    from evengait.storage.records.runners import runner_named

    client = cast.client("owner")
    at = client.post("/made-up/").headers["Location"]
    assert client.post("/made-up/").headers["Location"] == at
    assert "made-up runner is on her way" in client.get(at).content.decode()
    her = runner_named(cast.home, "demo")
    job = jobs_of(her.id)[0]
    assert isinstance(job, ImportJob)
    change_job(job.id, state="done")
    for _ in range(2):
        keep_her_pain(her.id)
    text = page(client)
    assert "You are looking at a made-up runner" in text
    assert "Do not run until a clinician has looked at it." in text
    assert "Wilhelmina-owner" not in text
    assert client.get(f"/hurts/{cast.ids['problem']}/").status_code == 404
    client.post("/made-up/leave/")
    assert "You are looking at a made-up runner" not in page(client)
    assert client.get(f"/hurts/{cast.ids['problem']}/").status_code == 200


def test_a_made_up_runner_on_her_way_is_told_after_the_desk_was_started_anew(cast: Cast) -> None:
    from evengait.storage.records.import_jobs import change_job, jobs_of
    from evengait.storage.records.runners import runner_by_name, runner_named

    fresh = cast.client("outsider")
    assert "is on her way" not in page(fresh)
    assert runner_by_name("demo") is None, "looking makes nobody"
    at = cast.client("outsider").post("/made-up/").headers["Location"]
    for persona in ("outsider", "coach"):  # a new session knows nothing of whom the one before looked at
        assert "A made-up runner is on her way." in page(cast.client(persona))
    job = jobs_of(runner_named(cast.home, "demo").id)[0].id
    change_job(job, state="going", files_total=40, files_done=7)
    told = fresh.get("/made-up/progress/")
    assert "7 of 40 files" in told.content.decode()
    assert "HX-Refresh" not in told.headers
    assert fresh.post("/made-up/").headers["Location"] == at
    assert "is on her way" not in page(fresh)
    assert "7</strong> of 40 files" in page(fresh)
    change_job(job, state="done")
    assert cast.client("coach").get("/made-up/progress/").headers["HX-Refresh"] == "true"
    assert "is on her way" not in page(cast.client("coach"))


@pytest.mark.usefixtures("on_a_server")
def test_on_a_server_nobody_hears_of_anothers_made_up_runner(cast: Cast) -> None:
    cast.client("outsider").post("/made-up/")
    assert "A made-up runner is on her way." in page(cast.client("outsider"))
    assert "is on her way" not in page(cast.client("owner"))
    assert "on her way" not in cast.client("owner").get("/made-up/progress/").content.decode()


@pytest.mark.browser
def test_her_progress_goes_on_and_the_page_comes_anew_at_its_end(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from evengait.storage.records.import_jobs import change_job, jobs_of
    from evengait.storage.records.runners import runner_named

    cast.client("outsider").post("/made-up/")
    job = jobs_of(runner_named(cast.home, "demo").id)[0].id
    opened = tab("/", "outsider", width=360)
    opened.get_by_role("heading", name="A made-up runner is on her way.").wait_for()
    assert Axe().run(opened).response["violations"] == []
    change_job(job, state="going", files_total=40, files_done=7)
    opened.get_by_text("7 of 40 files").wait_for()
    change_job(job, state="done")
    opened.get_by_role("heading", name="A made-up runner is on her way.").wait_for(state="detached")
    assert opened.said == []


@pytest.mark.usefixtures("on_a_server")
def test_on_a_server_each_person_has_a_made_up_runner_of_her_own(cast: Cast) -> None:
    from evengait.web.runners.demo import demo_name

    assert demo_name(cast.accounts["owner"]) != demo_name(cast.accounts["outsider"])
