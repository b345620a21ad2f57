"""The report in the terminal."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from evengait.core.errors import UsageError
from evengait.report.terminal import bar, render, show
from made_up import made_up_explanation

VERDICTS = ("stands_out", "nothing_unusual", "cannot_tell")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_line_is_wider_than_the_terminal(width, verdict) -> None:
    lines = render(made_up_explanation(verdict), "mi", width=width).splitlines()
    assert max(len(line) for line in lines) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_answer_first_signs_last_and_all_without_colour(verdict) -> None:
    explanation = made_up_explanation(verdict)
    text = render(explanation, width=200)
    assert "\x1b" not in text
    flat = text.replace("\xa0", " ")
    assert (
        flat.index(explanation["answer"])
        < flat.index("Signs that cannot wait")
        < flat.index("not a diagnosis")
    )


def test_what_stands_out_is_marked_without_colour_too() -> None:
    lines = render(made_up_explanation(), width=100).splitlines()
    assert sum(line.startswith("*  ") for line in lines) == 2
    assert any(line.startswith("* stands out.") for line in lines)


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured, plain, file = Terminal(), Terminal(), io.StringIO()
    show(made_up_explanation(), stream=coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    show(made_up_explanation(), stream=plain)
    show(made_up_explanation(), stream=file)
    assert "\x1b[" in coloured.getvalue()
    assert "\x1b[" not in plain.getvalue()
    assert "\x1b[" not in file.getvalue()


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show(made_up_explanation(), "mi", stream)
    stream.flush()
    text = raw.getvalue().decode("ascii")
    assert "?" not in text.replace("length?", "").replace("sides?", "")
    assert "=|" in text or "|" in text


def test_the_bar_marks_the_value_and_the_usual_range() -> None:
    assert bar({"value": None, "usual_range": [0, 1]}) == ""
    assert bar({"value": 3.0, "usual_range": None}) == ""
    assert bar({"value": 0.5, "usual_range": [0.0, 1.0]}, ascii_only=True).count("|") == 1
    assert bar({"value": 1.0, "usual_range": [1.0, 1.0]}, ascii_only=True)


def test_units_are_checked() -> None:
    with pytest.raises(UsageError):
        render(made_up_explanation(), "leagues")


def test_the_terminal_needs_no_charts() -> None:
    code = (
        "import sys; from evengait.report import terminal; "
        "assert not {'altair', 'vl_convert', 'polars', 'jinja2'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
