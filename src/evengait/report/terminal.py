"""The report in the terminal, briefly: the answer, how sure, the factors as a table, what is missing, what next."""

from __future__ import annotations

import os
import shutil
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from evengait.core import units as u
from evengait.core.language import say
from evengait.report import view, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console
    from rich.table import Table

BAR = 12
"""Characters of the little bar that shows where the value lies among the earlier windows."""
FOR_BAR, FOR_RANGE = 72, 98
"""Columns from which the bar, and the usual range, have room."""
MOST_FACTORS = 6
PLAIN = str.maketrans({"’": "'", "–": "-", "×": "x", "−": "-", "…": "...", u.NBSP: " ", "°": " ", "‑": "-"})
"""What a terminal without Unicode shows instead."""


def show(explanation: Mapping[str, Any], units: str = "km", stream: TextIO | None = None) -> None:
    """Write the report to a stream: in colour and as wide as the terminal, or plain where it is none.

    Parameters
    ----------
    explanation : mapping
        As ``evengait explain --json`` prints it.
    units : {"mi", "km"}
    stream : TextIO, optional
        Standard output if left out.
    """
    write(lambda **how: render(explanation, units, **how), stream)


def write(text_of: Callable[..., str], stream: TextIO | None = None) -> None:
    """Write a text to a stream: ``text_of`` is called with ``width``, ``colour`` and ``ascii_only`` that fit it."""
    out = stream or sys.stdout
    terminal = out.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(shutil.get_terminal_size().columns, 110) if terminal else 80
    plain = not (out.encoding or "utf-8").lower().startswith("utf")
    text = text_of(width=width, colour=colour, ascii_only=plain)
    out.write(text.encode(out.encoding, "replace").decode(out.encoding) if plain else text)


def render(
    explanation: Mapping[str, Any],
    units: str = "km",
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """Return the report as text for a terminal.

    Parameters
    ----------
    explanation : mapping
        As ``evengait explain --json`` prints it.
    units : {"mi", "km"}
    width : int
        Columns; nothing is wider.
    colour : bool
        Bold and colour by escape codes. Leave it off when the output is no terminal, or ``NO_COLOR`` is set: the text
        then says the same.
    ascii_only : bool
        Without typographic signs, for a terminal that has none.

    Returns
    -------
    str
        Ends with a newline.

    Raises
    ------
    UsageError
        Units that are neither mi nor km.
    """
    from rich.padding import Padding
    from rich.text import Text

    read = u.checked(units)
    console = a_console(width, colour=colour)
    verdict = explanation["verdict"]
    style = "bold yellow" if verdict == "stands_out" else "bold"
    console.print(Text(words.STATES[verdict], style=style))
    console.print(Text(words.answer(explanation), style="bold"))
    console.print()
    sure = explanation.get("why_not") or words.how_sure(explanation)
    console.print(f"{sure} {words.in_short(verdict)}")
    _factors(console, explanation, read, ascii_only)
    missing = view.unjudged(explanation)
    if missing:
        console.print(Text("\n" + say("Not judged"), style="bold"))
        for group in missing:
            console.print(Padding(f"{', '.join(group.labels)}: {group.reason}", (0, 0, 0, 2)))
    console.print(Text("\n" + say("Next"), style="bold"))
    for step in (*view.questions(explanation), *words.next_steps(verdict)):
        console.print(Padding(step if step[-1:] in ".?!" else f"{step}.", (0, 0, 0, 2)))
    signs(console)
    console.print(f"\n{say(words.NOT_A_DIAGNOSIS)}")
    return text_of(console, ascii_only=ascii_only)


def a_console(width: int, *, colour: bool) -> Console:
    """Return a console that collects what is printed on it; read it with ``text_of``."""
    from rich.console import Console

    return Console(
        file=StringIO(),
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        legacy_windows=False,
        emoji=False,
    )


def text_of(console: Console, *, ascii_only: bool) -> str:
    """Return what was printed on a console, without the spaces that pad its lines."""
    printed: str = console.file.getvalue()  # type: ignore[attr-defined]
    text = "\n".join(line.rstrip() for line in printed.splitlines()) + "\n"
    return text.translate(PLAIN) if ascii_only else text


def _factors(console: Console, explanation: Mapping[str, Any], units: u.Units, ascii_only: bool) -> None:
    judged = view.factor_views(explanation, units)
    if not judged:
        return
    shown = [f for i, f in enumerate(judged) if f.stands_out or i < MOST_FACTORS]
    table = _table(console.width)
    by_id = {factor["id"]: factor for factor in explanation["factors"]}
    for factor in shown:
        cells = ["*" if factor.stands_out else "", factor.label, factor.value]
        if console.width >= FOR_RANGE:
            cells.append(factor.usual)
        if console.width >= FOR_BAR:
            cells.append(bar(by_id[factor.id], ascii_only))
        table.add_row(*cells, factor.passed, style="bold" if factor.stands_out else None)
    console.print()
    console.print(table)
    notes = say("Without pain: earlier windows at least this extreme, of all compared.")
    if any(f.stands_out for f in shown):
        notes = say("* stands out. {notes}", notes=notes)
    left = len(judged) - len(shown)
    if left:
        notes += say(" {left} more did not stand out.", left=left)
    console.print(notes)


def _table(width: int) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", width=1)
    table.add_column(say("What"), overflow="fold")
    table.add_column(say("Then"), justify="right", no_wrap=True)
    if width >= FOR_RANGE:
        table.add_column(say("Usually"), justify="right", no_wrap=True)
    if width >= FOR_BAR:
        table.add_column(say("Among yours"), no_wrap=True)
    table.add_column(say("Without pain"), justify="right", no_wrap=True)
    return table


def bar(factor: Mapping[str, Any], ascii_only: bool = False) -> str:
    """Return a small line with the usual range thick and the value as a mark; empty where there is no range.

    Examples
    --------
    >>> bar({"value": 1.6, "usual_range": [0.4, 1.08]}, ascii_only=True)
    '=======....|'
    """
    span = factor.get("usual_range")
    if factor.get("value") is None or not span:
        return ""
    thin, thick, mark = (".", "=", "|") if ascii_only else ("┄", "━", "◆")
    low, high = min(span[0], factor["value"]), max(span[1], factor["value"])
    room = (high - low) * 0.08 or 1.0
    low, high = low - room, high + room

    def place(value: float) -> int:
        return min(BAR - 1, int((value - low) / (high - low) * BAR))

    cells = [thick if place(span[0]) <= i <= place(span[1]) else thin for i in range(BAR)]
    cells[place(factor["value"])] = mark
    return "".join(cells)


def signs(console: Console) -> None:
    """Print the signs that cannot wait."""
    from rich.padding import Padding
    from rich.text import Text

    from evengait.report.safety import safety_net

    console.print(Text("\n" + say("Signs that cannot wait"), style="bold red"))
    net = safety_net()
    for group in net.groups:
        told = Text(f"{group.when}: {group.where} ", style="bold")
        told.append(" ".join([group.advice, *group.signs] if group.advice else group.signs), style="not bold")
        console.print(Padding(told, (0, 0, 0, 2)))
    reviewed = "" if net.reviewed_by else say(" Not reviewed by a clinician.")
    console.print(
        Padding(say("Having none of them does not clear you.{reviewed}", reviewed=reviewed), (0, 0, 0, 2))
    )
