"""The API answers with the documents of the command line, and says what goes wrong in one sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from asking import command_line

from evengait.core.health_problem import HealthProblem
from evengait.storage.records.problems import keep_problem

if TYPE_CHECKING:
    from cast import Cast


def test_sessions_are_those_of_the_command_line_a_page_at_a_time(with_runs: Cast) -> None:
    program = with_runs.program("owner", ("read:training",))
    whole, address = [], "/api/v1/sessions?sport=running&limit=400&since=2026-01-01"
    while address:
        answer = program.ask("GET", address)
        assert answer.status_code == 200
        whole += answer.json()
        link = answer.headers.get("Link", "")
        address = link.partition(">")[0].removeprefix("<http://localhost")
    assert whole == command_line(
        with_runs.home, "owner", "sessions", "--sport", "running", "--since", "2026-01-01"
    )
    assert int(answer.headers["X-Total-Count"]) == len(whole) > 100


def test_a_day_is_kept_and_read_as_on_the_command_line(cast: Cast) -> None:
    program = cast.program("owner", ("read:diary", "write:diary"))
    kept = program.ask(
        "POST", "/api/v1/diary", {"date": "2026-11-09", "pain_during_nprs": 2, "aids": [], "limp": False}
    )
    assert kept.status_code == 200
    assert kept.json()["days"][0]["aids"] == []
    read = program.ask("GET", "/api/v1/diary?since=2026-11-08&until=2026-11-09").json()
    assert read == command_line(
        cast.home, "owner", "log", "--show", "--since", "2026-11-08", "--until", "2026-11-09"
    )
    assert len(read["days"]) == 2
    program.ask("POST", "/api/v1/diary", {"date": "2026-11-09", "unsaid": ["limp"]})
    assert program.ask("GET", "/api/v1/diary?since=2026-11-09").json()["days"][0]["limp"] is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"date": "2026-11-09", "pain_during_nprs": 77.5}, "pain_during_nprs does not fit"),
        ({"date": "secret-of-hers"}, "date does not fit"),
        ({"date": "2026-11-09", "pain_durin": 7}, "pain_durin does not fit"),
        ({"date": "2036-11-09", "limp": True}, "lies in the future"),
        ([], "body"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_sentence_without_the_value(cast: Cast, body: Any, words: str) -> None:
    answer = cast.program("owner").ask("POST", "/api/v1/diary", body)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert words in told["detail"]
    assert "77.5" not in answer.content.decode()
    assert "secret-of-hers" not in answer.content.decode()


def test_what_is_not_there_or_no_method_is_told_to_programs_too(cast: Cast) -> None:
    program = cast.program("owner")
    assert program.ask("GET", "/api/v1/nothing").json()["status"] == 404
    wrong = program.ask("DELETE", "/api/v1/diary")
    assert (wrong.status_code, wrong.json()["status"], wrong.headers["Allow"]) == (405, 405, "GET, POST")
    broken = cast.program("owner").ask("POST", "/api/v1/diary")
    assert broken.status_code in {400, 422}
    assert broken.headers["Content-Type"] == "application/problem+json"


def test_the_page_to_read_names_every_operation(cast: Cast) -> None:
    told = cast.client("nobody").get("/api/v1/openapi.json").json()
    page = cast.client("nobody").get("/api/").content.decode()
    for path in told["paths"]:
        assert path in page


def test_the_page_in_the_docs_is_made_from_the_description() -> None:
    import runpy
    from pathlib import Path

    root = Path(__file__).parents[3]
    made = runpy.run_path(str(root / "tools" / "make_api.py"))["page"]()
    assert (root / "docs" / "api.md").read_text("utf-8") == made, "python tools/make_api.py"


def test_the_page_is_said_in_the_readers_language_and_the_document_is_english(cast: Cast) -> None:
    german = {"HTTP_ACCEPT_LANGUAGE": "de"}
    client: Any = cast.client("nobody")
    page = client.get("/api/", **german).content.decode()
    assert "Das Tagebuch schreiben" in page
    told = client.get("/api/v1/openapi.json", **german).json()
    assert "write the diary." in json.dumps(told)
    assert client.get("/api/v1/diary", **german).json()["detail"].startswith("A token is needed")


def test_lists_come_a_page_at_a_time(cast: Cast) -> None:
    runner: Any = cast.ids["runner"]
    for day in range(1, 8):
        keep_problem(runner, HealthProblem(date(2025, 3, day), "knee", "left", None))
    program = cast.program("owner")
    whole = program.ask("GET", "/api/v1/problems").json()
    at: str | None = "/api/v1/problems?limit=3"
    found = []
    while at:
        page = program.ask("GET", at)
        assert page.headers["X-Total-Count"] == str(len(whole))
        assert len(page.json()) <= 3
        found += page.json()
        link = page.headers.get("Link")
        at = link.partition(">")[0].removeprefix("<http://localhost") if link else None
    assert found == whole
    assert len(whole) >= 7
    for name in ("problems", "trials", "imports"):
        assert program.ask("GET", f"/api/v1/{name}?offset=1000").json() == []
        assert program.ask("GET", f"/api/v1/{name}?limit=201").status_code == 422
