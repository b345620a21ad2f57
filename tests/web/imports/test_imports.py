"""Bringing runs in: in pieces, whole, cut off, refused, taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from working import work

from small_files import fit, strava_zip

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


def piece(path: str, content: bytes, offset: int = 0) -> dict[str, Any]:
    return {"path": path, "offset": offset, "piece": SimpleUploadedFile("blob", content)}


def begun(client: Any, label: str = "export.zip", size: int = 10) -> str:
    answer = client.post("/archive/begin/", {"label": label, "count": 1, "size": size})
    assert answer.status_code == 200
    return f"/archive/{answer.json()['upload']}/"


def sessions(cast: Cast, runner: str = "owner") -> int:
    from evengait.storage.archive import Archive

    return Archive(cast.home / "runners" / runner).sessions().height


def test_an_export_in_pieces_comes_in_and_its_bad_file_is_named(cast: Cast, tmp_path: Path) -> None:
    export = strava_zip(tmp_path / "e.zip", [0, 1, 2], extra={"activities/broken.fit": b"no"}).read_bytes()
    client = cast.client("owner")
    at = begun(client, size=len(export))
    half = len(export) // 2
    assert client.post(at + "piece/", piece("export.zip", export[:half])).json() == {"received": half}
    assert "not complete" in client.get(at).content.decode()
    assert client.post(at + "piece/", piece("export.zip", export[half:], half)).json() == {
        "received": len(export)
    }
    assert client.post(at + "received/").headers["Location"] == at
    waiting = client.get(at + "progress/")
    assert "Waiting for its turn" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    work()
    assert sessions(cast) == 3
    assert client.get(at + "progress/").headers["HX-Refresh"] == "true"
    page = client.get(at).content.decode()
    assert "3 sessions came in." in page
    assert "export.zip!activities/broken.fit" in page
    assert not list((cast.home / "uploads").iterdir())
    assert "export.zip" in client.get("/archive/").content.decode()


def test_a_file_that_was_cut_is_named_and_its_whole_copy_takes_its_place(cast: Cast) -> None:
    client, whole = cast.client("owner"), fit(0)
    for name, content, told in (("cut.fit", whole[: len(whole) // 2], 1), ("whole.fit", whole, 0)):
        at = begun(client, name, len(content))
        client.post(at + "piece/", piece(name, content))
        client.post(at + "received/")
        work()
        page = client.get(at).content.decode()
        assert page.count("1 file came in incomplete") == told
        assert page.count(f"<code>{name}</code>") == told
        assert "could not be read<" not in page
        assert sessions(cast) == 1


def test_files_of_a_folder_come_together(cast: Cast) -> None:
    client = cast.client("owner")
    at = begun(client, "2 files")
    sent = {
        "path": ["mine/a.fit", "mine/b.fit"], "offset": [0, 0],
        "piece": [SimpleUploadedFile("x", fit(0)), SimpleUploadedFile("y", fit(1))],
    }  # fmt: skip
    assert client.post(at + "piece/", sent).status_code == 200
    client.post(at + "received/")
    work()
    assert sessions(cast) == 2


def test_as_many_small_files_come_together_as_the_page_sends(cast: Cast) -> None:
    from evengait.web.imports.forms import MOST_IN_A_PIECE

    client = cast.client("owner")
    at = begun(client, "many files")
    sent = {
        "path": [f"mine/{n}.fit" for n in range(MOST_IN_A_PIECE)], "offset": [0] * MOST_IN_A_PIECE,
        "piece": [SimpleUploadedFile("x", b"x") for _ in range(MOST_IN_A_PIECE)],
    }  # fmt: skip
    assert client.post(at + "piece/", sent).json() == {"received": MOST_IN_A_PIECE}


def test_a_browser_without_scripts_sends_a_file_whole(cast: Cast) -> None:
    client = cast.client("owner")
    answer = client.post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    work()
    assert "1 session came in." in client.get(answer.headers["Location"]).content.decode()


def test_nothing_readable_is_told_as_a_failure(cast: Cast) -> None:
    client = cast.client("owner")
    at = begun(client, "letter.txt")
    client.post(at + "piece/", piece("letter.fit", b"dear runner"))
    client.post(at + "received/")
    work()
    page = client.get(at).content.decode()
    assert "That did not work." in page
    assert "letter.fit" in page


@pytest.mark.parametrize("path", ["../up.fit", "/etc/passwd", "a\\b"])
def test_a_name_that_leads_out_is_refused_with_a_sentence(cast: Cast, path: str) -> None:
    client = cast.client("owner")
    answer = client.post(begun(client) + "piece/", piece(path, b"x"))
    assert answer.status_code == 409
    assert "Rename it" in answer.json()["error"]
    assert not list(cast.home.rglob("up.fit"))


@pytest.mark.parametrize(
    "sent",
    [{}, {"path": "a", "offset": -1}, {"path": "a", "offset": "1e3"}, {"path": ["a", "b"], "offset": 0}],
)
def test_pieces_that_do_not_fit_together_are_refused(cast: Cast, sent: dict[str, Any]) -> None:
    client = cast.client("owner")
    sent = {**sent, "piece": SimpleUploadedFile("x", b"x")} if sent else {}
    assert client.post(begun(client) + "piece/", sent).status_code == 400


def test_more_than_the_desk_takes_is_refused_before_it_is_sent(cast: Cast) -> None:
    answer = cast.client("owner").post("/archive/begin/", {"label": "x", "count": 1, "size": 1 << 60})
    assert answer.status_code == 400
    assert "in parts" in answer.json()["error"]


def test_an_upload_that_stopped_can_be_dropped(cast: Cast) -> None:
    client = cast.client("owner")
    at = begun(client)
    client.post(at + "piece/", piece("a.fit", b"half"))
    assert "stopped on its way" in client.get("/archive/").content.decode()
    client.post(at + "drop/")
    assert client.get(at).status_code == 404
    assert not list((cast.home / "uploads").iterdir())


def test_an_import_is_taken_back_whole(cast: Cast) -> None:
    client = cast.client("owner")
    client.post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    work()
    page = client.get("/archive/").content.decode()
    batch = page.split('name="batch" value="')[1].split('"')[0]
    answer = client.post("/archive/undo/", {"batch": batch})
    work()
    assert "Taken back: 1 session from 1 file." in client.get(answer.headers["Location"]).content.decode()
    assert sessions(cast) == 0


def test_nobody_takes_back_what_is_anothers(cast: Cast) -> None:
    cast.client("owner").post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    work()
    from evengait.storage.records.runners import runner_of
    from evengait.web.imports.history import archive_of

    owner = runner_of(cast.accounts["owner"].pk)
    batch = archive_of(owner).batches()["batch"][0]
    outsider = cast.client("outsider")
    answer = outsider.post("/archive/undo/", {"batch": batch})
    work()
    assert "That did not work." in outsider.get(answer.headers["Location"]).content.decode()
    assert sessions(cast) == 1


def test_an_import_that_was_cut_off_is_taken_up_again(cast: Cast) -> None:
    from django_tasks_db.models import DBTaskResult

    from evengait.storage.records.import_jobs import change_job
    from evengait.web.worker import take_up_again

    client = cast.client("owner")
    answer = client.post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    import platform

    dead = f"{platform.node()[:30]}/999999999/x"
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[dead])
    change_job(UUID(answer.headers["Location"].split("/")[2]), state="going")
    work()
    assert sessions(cast) == 0
    assert take_up_again() == 1
    work()
    assert sessions(cast) == 1
    assert take_up_again() == 0


def test_a_worker_elsewhere_keeps_its_task(cast: Cast) -> None:
    from django_tasks_db.models import DBTaskResult

    from evengait.web.worker import take_up_again

    cast.client("owner").post("/archive/begin/", {"piece": SimpleUploadedFile("run.fit", fit(0))})
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["another-computer/1/x"])
    assert take_up_again() == 0


def test_an_import_that_is_gone_is_nothing_to_do(cast: Cast) -> None:
    from evengait.actions.work_import import work_import

    work_import(cast.home, uuid4(), date(2026, 11, 23))


@pytest.mark.browser
def test_a_file_that_is_chosen_goes_in_while_the_page_tells_how_far(
    tab: Any, cast: Cast, tmp_path: Path
) -> None:
    export = strava_zip(tmp_path / "e.zip", range(5))
    page = tab("/archive/")
    page.set_input_files("#pick-files", export)
    page.wait_for_url("**/archive/*-*/")
    assert page.get_by_text("Waiting for its turn").is_visible()
    work()
    page.get_by_role("heading", name="5 sessions came in.").wait_for()
    assert page.said == []


@pytest.mark.browser
def test_a_folder_that_is_dropped_goes_in_without_its_hidden_files(
    tab: Any, cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "runs" / "more").mkdir(parents=True)
    for day, name in enumerate(("runs/a.fit", "runs/more/b.fit", "runs/.hidden.fit")):
        (tmp_path / name).write_bytes(fit(day))
    page = tab("/archive/")
    page.set_input_files("#pick-folder", tmp_path / "runs")
    page.wait_for_url("**/archive/*-*/")
    work()
    page.get_by_role("heading", name="2 sessions came in.").wait_for()
    page.get_by_role("link", name="All imports").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Take back").click()
    work()
    page.get_by_role("heading", name="Taken back: 2 sessions from 2 files.").wait_for()
