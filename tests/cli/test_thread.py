"""``evengait thread``: posts and advice for people and as JSON; what cannot be read says so in one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from evengait.cli import cli
from forum_pages import phpbb

if TYPE_CHECKING:
    from pathlib import Path


def test_a_saved_page_is_shown_with_its_advice_and_evidence(tmp_path: Path) -> None:
    page = tmp_path / "topic.html"
    page.write_text(phpbb())
    shown = CliRunner().invoke(cli, ["thread", str(page)])
    assert shown.exit_code == 0
    assert "Sore SI joint: 3 posts" in shown.output
    assert "Pat Quill, DPT, Moderator, 2021-03-06" in shown.output
    assert "A belt around the pelvis (belted)" in shown.output
    assert "C: In 30 people with one-sided sacroiliac pain" in shown.output
    assert "not whether it is right" in shown.output


def test_json_holds_posts_quotes_and_advice(tmp_path: Path) -> None:
    page = tmp_path / "topic.html"
    page.write_text(phpbb())
    document = json.loads(CliRunner().invoke(cli, ["thread", str(page), "--json"]).stdout)
    assert document["kind"] == "phpbb"
    assert document["confirmed"] is False
    assert document["posts"][2]["quotes"] == [
        {"author": "Pat Quill, DPT", "text": "Look at the miles in your shoes."}
    ]
    assert {(a["post"], a["topic"], a["stance"]) for a in document["advice"]} == {
        (2, "shoes", "for"), (2, "strength_work", "for"), (3, "belt", "for"),
    }  # fmt: skip
    belt = next(a for a in document["advice"] if a["topic"] == "belt")
    assert (belt["grade"], belt["evidence"][0]["id"]) == ("C", "sij-belt-rct")


def test_text_on_standard_input_without_advice_says_none() -> None:
    shown = CliRunner().invoke(
        cli, ["thread", "-"], input="Ana wrote:\nIt hurts.\n\nBo wrote:\nGood luck to you.\n"
    )
    assert shown.exit_code == 0
    assert "0 pieces of advice" in shown.output


def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    done = CliRunner().invoke(cli, ["thread", str(picture)])
    assert done.exit_code != 0
