"""A verdict in the terminal, calmly: where to go, why, running, what else to ask, the signs that cannot wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from evengait.core.language import say
from evengait.report.terminal import a_console, signs, text_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

MOST_QUESTIONS = 8
STYLES = {"emergency": "bold red", "same_day": "bold red", "within_days": "bold yellow"}


def show(screening: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """Write a verdict to a stream: in colour and as wide as the terminal, or plain where it is none.

    Parameters
    ----------
    screening : mapping
        As ``evengait screen --json`` prints it.
    stream : TextIO, optional
        Standard output if left out.
    """
    write(lambda **how: render(screening, **how), stream)


def render(
    screening: Mapping[str, Any], *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> str:
    """Return a verdict as text for a terminal.

    Parameters
    ----------
    screening : mapping
        As ``evengait screen --json`` prints it.
    width : int
        Columns; nothing is wider.
    colour, ascii_only : bool
        With bold and colour; without typographic signs. The text says the same.

    Returns
    -------
    str
        Ends with a newline.
    """
    from rich.text import Text

    console = a_console(width, colour=colour)
    console.print(Text(screening["headline"], style=STYLES.get(screening["level"], "bold")))
    leading = [reason for reason in screening["reasons"] if reason["level"] == screening["level"]]
    for told in dict.fromkeys(reason["say"] for reason in leading):
        console.print(told)
    console.print(screening["unrecognised"] or "", end="\n" if screening["unrecognised"] else "")
    console.print(
        "\n" + say("Running: {running_words}", running_words=screening["running_words"]), style="bold"
    )
    _reasons(console, say("Why"), leading)
    _reasons(
        console,
        say("Also"),
        [r for r in screening["reasons"] if r not in leading and r["level"] != "self_care"],
    )
    _consider(console, screening)
    _questions(console, screening)
    signs(console)
    _sources(console, screening)
    console.print(f"\n{screening['not_a_diagnosis']}")
    return text_of(console, ascii_only=ascii_only)


def _reasons(console: Console, title: str, reasons: list[Mapping[str, Any]]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if not reasons:
        return
    console.print(Text(f"\n{title}", style="bold"))
    for reason in reasons:
        console.print(
            Padding(
                Text(say("{label} (grade {grade})", label=reason["label"], grade=reason["grade"])),
                (0, 0, 0, 2),
            )
        )
        console.print(Padding(" ".join(reason["because"]), (0, 0, 0, 4)))


def _consider(console: Console, screening: Mapping[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if screening["ask_about"]:
        title = say("Compare it with") if screening["level"] == "self_care" else say("Ask a clinician about")
        console.print(Text(f"\n{title}", style="bold"))
        console.print(Padding("; ".join(screening["ask_about"]) + ".", (0, 0, 0, 2)))


def _questions(console: Console, screening: Mapping[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    questions = screening["questions"]
    if not questions:
        return
    console.print(
        Text("\n" + say("Not asked yet, and could make it more urgent (evengait screen --ask)"), style="bold")
    )
    for question in questions[:MOST_QUESTIONS]:
        console.print(Padding(question["question"], (0, 0, 0, 2)))
    if len(questions) > MOST_QUESTIONS:
        console.print(Padding(say("and {count} more.", count=len(questions) - MOST_QUESTIONS), (0, 0, 0, 2)))


def _sources(console: Console, screening: Mapping[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text("\n" + say("Sources"), style="bold"))
    for source in screening["sources"].values():
        told = say(
            "{says} ({source}; grade {grade})",
            says=source["says"],
            source=source["source"],
            grade=source["grade"],
        )
        console.print(Padding(told, (0, 0, 0, 2)))
    rules = screening["rules"]
    console.print(
        Padding(
            say("Rules of {version}, {review}.", version=rules["version"], review=rules["review"]),
            (0, 0, 0, 2),
        )
    )
