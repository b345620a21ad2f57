"""How often the red-flag rules give the right urgency on the vignettes, and whether they ask for what was left out.

    python benchmarks/screening_study.py [--write]

The vignettes are in tests/vignettes. ``--write`` puts the tables into docs/screening.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from scipy.stats import binomtest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from evengait.analysis.screening.screen import level_of, screen  # noqa: E402
from evengait.core.intake_form import ask_name, intake_fields  # noqa: E402
from evengait.core.red_flag import LEVELS  # noqa: E402
from evengait.knowledge import evidence  # noqa: E402
from evengait.knowledge.red_flag_book import red_flag_book  # noqa: E402
from vignette_files import GROUPS, Vignette, shared_vignettes, vignettes  # noqa: E402

PAGE = ROOT / "docs" / "screening.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
TODAY = date(2026, 11, 25)
BOOK = red_flag_book()
WORDS = {"emergency": "emergency", "clinician": "for a clinician", "self_care": "self-care"}
SHOWN = 8
"""Open questions that the terminal shows."""


@dataclass(frozen=True)
class Outcome:
    """How one vignette came out: ``under`` less urgent than any level that is right, ``over`` more."""

    vignette: Vignette
    right: bool
    under: bool
    over: bool
    running: bool
    consider: bool


def outcome_of(vignette: Vignette) -> Outcome:
    """Put one vignette through the rules."""
    verdict = screen(vignette.read(), BOOK, TODAY)
    allowed = [LEVELS.index(level) for level in vignette.levels]
    at = LEVELS.index(verdict.level)
    return Outcome(
        vignette,
        verdict.level in vignette.levels,
        at > max(allowed),
        at < min(allowed),
        verdict.running in vignette.running,
        set(vignette.consider) <= set(verdict.consider),
    )


def share(hits: int, of: int, method: str = "wilson") -> str:
    """Return a share in per cent with its 95 % interval: Wilson, or Clopper-Pearson (exact) for rare events."""
    low, high = binomtest(hits, of).proportion_ci(method=method)
    return f"{hits / of:.1%} ({low:.1%}–{high:.1%})".replace("%", " %")


def table(outcomes: list[Outcome]) -> list[str]:
    """Return accuracy, under- and over-triage of each kind of case."""
    lines = [
        "| cases | n | right urgency (Wilson) | under-triage (exact) | over-triage (exact) | running right | named |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, group in [(WORDS[g], [o for o in outcomes if o.vignette.group == g]) for g in GROUPS] + [
        ("all", outcomes)
    ]:
        n = len(group)
        if n:
            lines.append(
                f"| {name} | {n} | {share(sum(o.right for o in group), n)} | "
                f"{share(sum(o.under for o in group), n, 'exact')} | {share(sum(o.over for o in group), n, 'exact')} | "
                f"{sum(o.running for o in group)} | {sum(o.consider for o in group)} |"
            )
    return lines


def asked_again(cases: list[Vignette]) -> str:
    """Take each finding that is there out of its vignette, one at a time, and see whether it is asked for."""
    flags = [path for path, field in intake_fields().items() if field.kind == "flag"]
    places: list[int | None] = []
    for vignette in cases:
        intake = vignette.read()
        level = level_of(intake, BOOK, TODAY)
        for path in flags:
            if intake.get(path) is not True:
                continue
            without = screen(intake.with_answer(path, None), BOOK, TODAY)
            if LEVELS.index(without.level) > LEVELS.index(level):
                names = [question.name for question in without.questions]
                name = ask_name(path)
                places.append(names.index(name) + 1 if name in names else None)
    found = [place for place in places if place is not None]
    near = sum(place <= SHOWN for place in found)
    return (
        f"Each finding that decided a case was taken out of it, one at a time: {len(places)} times the urgency fell. "
        f"{len(found)} times ({len(found) / len(places):.0%}) the missing answer was among the questions, {near} times "
        f"among the first {SHOWN}, half the time at place {median(found):g} or before."
    )


def report() -> str:
    """Return the tables as they stand in the docs."""
    before = [outcome_of(v) for v in vignettes() if v.written == "before"]
    after = [outcome_of(v) for v in vignettes() if v.written == "after"]
    tried = [o.vignette.first_look for o in after if o.vignette.first_look != "not tried"]
    first = tried.count("right")
    checkers = evidence()["checker-triage-semigran"]
    state = "reviewed" if BOOK.reviewed else "not reviewed by a clinician"
    how_many = (
        f"{len(BOOK.rules)} rules of {BOOK.version}, {state}; {len(before) + len(after)} vignettes. "
        "`running right`: the word on running is right; `named`: every condition that must be asked about is named."
    )
    at_first = (
        f"{len(tried)} of these were tried once before any rule was changed for them: {first} came out right at first, "
        f"{share(first, len(tried))}. The others led to a change of the rules, so they prove nothing any more."
    )
    source = f"{checkers.source}; grade {checkers.shown_grade}"
    scale = f"For scale: {checkers.says} ({source}.) Those cases were other people's."
    parts = [
        how_many, "", "**Written before the rules:**", "", *table(before), "",
        "**Written after the rules, to try them** (as the rules stand now):", "", *table(after), "",
        at_first, "", asked_again([o.vignette for o in before + after]), "", scale,
    ]  # fmt: skip
    return "\n".join(parts)


def main() -> None:
    """Print the tables; write them into the page where asked; name every case that comes out wrong."""
    text = report()
    print(text)
    shared = [outcome_of(v) for v in shared_vignettes()]
    if shared:
        print("\nHanded over by others, not part of this repository:\n", *table(shared), sep="\n")
    for outcome in [outcome_of(v) for v in vignettes()] + shared:
        if not (outcome.right and outcome.running and outcome.consider):
            print(f"wrong: {outcome.vignette.name}")
    if "--write" in sys.argv:
        page = PAGE.read_text("utf-8")
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
