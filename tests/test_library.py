"""The five lines of the README's notebook, on a made-up runner's export."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

import evengait

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def runner(demo_home: Path) -> evengait.Runner:
    return evengait.Runner(demo_home, "demo")


@pytest.fixture(scope="module")
def answer(runner: evengait.Runner) -> evengait.Answer:
    return runner.explain("2026-11-08", site="sacroiliac", side="left", today=date(2026, 11, 23))


def test_the_five_lines_lead_to_a_report(runner: evengait.Runner, tmp_path: Path) -> None:
    answer = runner.explain("2026-11-08", site="sacroiliac", side="left", today=date(2026, 11, 23))
    answer.save(tmp_path / "report.html")
    assert "<html" in (tmp_path / "report.html").read_text("utf-8")[:500]


def test_what_was_planted_comes_first_and_stands_out(answer: evengait.Answer) -> None:
    assert answer.verdict == "stands_out"
    first = answer.factors.row(0, named=True)
    assert (first["id"], first["stands_out"], first["missing"]) == ("paved_share", True, None)


def test_importing_the_same_export_again_changes_nothing(runner: evengait.Runner, demo_home: Path) -> None:
    before = runner.sessions
    report = runner.import_archive(demo_home / "export.zip")
    assert report.counts["added"] == 0
    assert runner.sessions.equals(before)


def test_samples_come_as_the_device_wrote_them(runner: evengait.Runner) -> None:
    session = runner.sessions.filter(pl.col("sport") == "running")["session"][-5]
    samples = runner.samples(session).collect()
    assert samples.height > 100
    assert samples.schema["speed_m_s_x1000"].is_integer()
    metres = samples["distance_m_x100"].drop_nulls()[-1] / 100
    said = runner.sessions.filter(pl.col("session") == session)["distance_m"][0]
    assert metres == pytest.approx(said, rel=0.02)


def test_exposures_have_a_row_for_every_day(runner: evengait.Runner) -> None:
    exposures = runner.exposures("2026-11-20")
    assert exposures["date"][-1] == date(2026, 11, 20)
    assert exposures["date"].diff().drop_nulls().dt.total_days().unique().to_list() == [1]


def test_the_timeline_is_a_chart(answer: evengait.Answer) -> None:
    assert "mark" in answer.timeline().to_json()


def test_in_a_notebook_an_answer_shows_its_report_and_in_a_shell_its_words(answer: evengait.Answer) -> None:
    assert answer._repr_html_().startswith("<iframe")
    assert "out of your ordinary" in " ".join(repr(answer).split())


@pytest.mark.parametrize("onset", ["yesterday", "2026-13-01", ""])
def test_a_date_that_is_none_is_one_sentence(runner: evengait.Runner, onset: str) -> None:
    with pytest.raises(evengait.EvengaitError, match="2026-11-08"):
        runner.explain(onset)


def test_an_empty_archive_says_what_to_do_next(tmp_path: Path) -> None:
    empty = evengait.Runner(tmp_path)
    assert empty.sessions.is_empty()
    with pytest.raises(evengait.EvengaitError, match="evengait import"):
        empty.explain("2026-11-08", today=date(2026, 11, 23))
    with pytest.raises(evengait.EvengaitError, match="evengait import"):
        empty.exposures()


def test_a_report_into_a_folder_that_is_not_there_is_one_sentence(
    answer: evengait.Answer, tmp_path: Path
) -> None:
    with pytest.raises(evengait.EvengaitError, match="is not there"):
        answer.save(tmp_path / "nowhere" / "report.html")


def test_reading_one_fit_file_gives_its_messages(
    runner: evengait.Runner, tmp_path: Path, demo_home: Path
) -> None:
    import gzip
    import zipfile

    with zipfile.ZipFile(demo_home / "export.zip") as export:
        name = next(n for n in export.namelist() if n.endswith(".fit.gz"))
        (tmp_path / "one.fit").write_bytes(gzip.decompress(export.read(name)))
    fit = evengait.read_fit(tmp_path / "one.fit")
    assert "record" in fit.messages
