"""A self-trial in the terminal, briefly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from evengait.core.language import figures, say
from evengait.core.reasons import reason_in_words
from evengait.report import trial as page
from evengait.report import words
from evengait.report.terminal import a_console, text_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping

LANE = 60
"""Characters of the little picture at the most."""


def show(document: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """Write an answer, or a design, to a stream."""
    render = render_answer if "verdict" in document else render_design
    write(lambda **how: render(document, **how), stream)


def render_answer(
    answer: Mapping[str, Any], *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> str:
    """Return what a trial says as text."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = a_console(width, colour=colour)
    console.print(Text(page.headline(answer), style="bold"))
    console.print(" ".join(part for part in (answer["why"], answer["more"], page.by_chance(answer)) if part))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for name, value in page.figures(answer):
        table.add_row(Text(name, style="dim"), value)
    console.print()
    console.print(table)
    console.print(Text("\n" + say("What it cannot say"), style="bold"))
    for caveat in answer["caveats"]:
        console.print(Padding(caveat, (0, 0, 0, 2)))
    _failed(answer, console)
    console.print(f"\n{page.review(answer)} {say(words.NOT_A_DIAGNOSIS)}")
    return text_of(console, ascii_only=ascii_only)


def _failed(answer: Mapping[str, Any], console: Any) -> None:
    failed = answer["failed_rows"]
    if failed:
        console.print("\n" + say("Rows that could not be read count as missing:"))
        for row in failed[:10]:
            console.print(
                say("  line {line}: {reason}", line=row["line"], reason=reason_in_words(row["reason"]))
            )
        if len(failed) > 10:
            console.print(say("  and {count} more", count=len(failed) - 10))


def render_design(
    design: Mapping[str, Any], *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> str:
    """Return a trial's design as text."""
    from rich.table import Table
    from rich.text import Text

    console = a_console(width, colour=colour)
    name = page.named(design["treatment"])
    console.print(
        Text(
            say("{days} days to find out whether {name} helps you", days=design["days"], name=name),
            style="bold",
        )
    )
    console.print(enough(design))
    console.print(noise(design))
    console.print()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for heading in (say("Days"), "", say("With or without")):
        table.add_column(heading)
    for span, days, on in page.spans(design):
        table.add_row(
            span, days, say("as you are, without") if on is None else say("with") if on else say("without")
        )
    console.print(table)
    console.print(
        "\n"
        + say(
            "Every day: pain from 0 to 10, whatever it is. The first {washout_days} days after each change "
            "are written down but not compared. "
            "Change nothing else meanwhile. Drawn from seed {seed}.",
            washout_days=design["washout_days"],
            seed=design["seed"],
        )
    )
    console.print(f"\n{page.review(design)} {say(words.NOT_A_DIAGNOSIS)}")
    return text_of(console, ascii_only=ascii_only)


def enough(design: Mapping[str, Any]) -> str:
    """Return whether the length shows the change that matters, in a sentence."""
    change, shown = figures(f"{design['change']:.1f}"), figures(f"{design['detectable']:.1f}")
    if design["enough"]:
        return say(
            "A change of {change} points counts; a trial so long shows {shown} points four times in five.",
            change=change,
            shown=shown,
        )
    return say(
        "A change of {change} points counts, but your pain swings so much that "
        "even these days show only {shown} points four times in five. A calmer spell would tell more.",
        change=change,
        shown=shown,
    )


def noise(design: Mapping[str, Any]) -> str:
    """Return where the days it takes come from, in a sentence."""
    told = design["noise"]
    sd, alike = told["sd"], told["autocorrelation"]
    spread = say(
        "a day's pain swings by {sd:.1f} points and resembles the day before by {alike:.1f}",
        sd=sd,
        alike=alike,
    )
    if told["days"]:
        return say("From {days} days of your diary: {spread}.", days=told["days"], spread=spread)
    return say(
        "{why} So a usual diary was taken, in which {spread}, and the trial begins with a baseline.",
        why=told["why"],
        spread=spread,
    )
