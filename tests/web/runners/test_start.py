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


@pytest.mark.usefixtures("on_a_server")
def test_on_a_server_each_person_has_a_made_up_runner_of_her_own(cast: Cast) -> None:
    from evengait.web.runners.demo import demo_name

    assert demo_name(cast.accounts["owner"]) != demo_name(cast.accounts["outsider"])
