"""The ways back to running, from ``progressions/``: one folder each, one file a version."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from evengait.core.columns import table
from evengait.core.errors import RuleError
from evengait.core.language import kept_by_language
from evengait.core.plan import DECISIONS
from evengait.core.progression import (
    GATE_KINDS,
    RULES,
    Build,
    Gap,
    Gate,
    Judging,
    Ladder,
    PainProfile,
    Progression,
    Reading,
    Rule,
    Stage,
)
from evengait.core.sites import SITES
from evengait.core.strength_block import Support
from evengait.knowledge import _build, _read, evidence

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DEFAULT = "walk_run"
PLACES = {"done", "more", "variable", "pain", "limit", "moment", "ran", "planned", "ratio", "rise", "days"}
"""What a rule's words may leave open."""


@cache
def progression_names() -> tuple[str, ...]:
    """Return the names of the progressions there are."""
    folder = files("evengait.knowledge").joinpath("progressions")
    return tuple(sorted(f.name for f in folder.iterdir() if f.is_dir() and not f.name.startswith("_")))


@cache
def progression_versions(name: str = DEFAULT) -> tuple[str, ...]:
    """Return the versions of a progression, oldest first; empty where there is no such progression."""
    if name not in progression_names():
        return ()
    folder = files("evengait.knowledge").joinpath(f"progressions/{name}")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@kept_by_language
def progression(name: str = DEFAULT, version: str | None = None) -> Progression:
    """Return a progression in one version (None = the newest that is not retired).

    Raises
    ------
    RuleError
        There is no such progression or version, or its file is wrong.

    Examples
    --------
    >>> [stage.name for stage in progression().stages]
    ['S1', 'S2', 'S3', 'S4', 'S5']
    """
    versions = progression_versions(name)
    if version is None:
        found = (progression(name, known) for known in reversed(versions))
        newest: Progression | None = next((one for one in found if one.status != "retired"), None)
        if newest is not None:
            return newest
    if version not in versions:
        raise RuleError(f"there is no progression {name!r} of that version; update the program", key=name)
    return read_progression(files("evengait.knowledge").joinpath(f"progressions/{name}/{version}.toml"))


def read_progression(file: Traversable) -> Progression:
    """Return the progression of one file.

    Raises
    ------
    RuleError
        Not valid, a key is unknown or missing, a word or a source is not known.
    """
    data = _read(file, "ask", "met", "says", "name", "supports")
    try:
        parts: dict[str, Any] = {
            "sources": _many(Support, data.pop("source"), file),
            "profiles": {one.id: one for one in _many(PainProfile, data.pop("profile"), file)},
            "gates": _many(Gate, data.pop("gate"), file),
            "ladder": _build(Ladder, _tuples(data.pop("ladder")), file.name),
            "stages": _many(Stage, data.pop("stage"), file),
            "build": _build(Build, _tuples(data.pop("build")), file.name),
            "reading": _build(Reading, _tuples(data.pop("reading")), file.name),
            "judging": _build(Judging, _tuples(data.pop("judging")), file.name),
            "gaps": _many(Gap, data.pop("gap"), file),
        }
        rules = _many(Rule, data.pop("rule"), file)
    except KeyError as error:
        raise _wrong(file, f"{error.args[0]!r} is missing", str(error.args[0])) from None
    parts["rules"] = {rule.id: rule for rule in rules}
    if len(parts["rules"]) < len(rules):
        raise _wrong(file, "a rule stands twice; leave one", "rule")
    data["version"] = str(data.get("version", ""))
    read: Progression = _build(Progression, _tuples(data) | parts, file.name)
    _check_words(read, file)
    _check_numbers(read, file)
    return read


def _check_words(read: Progression, file: Traversable) -> None:
    """Refuse a word that nothing knows, and a rule that is not there."""
    profiles, gates, rules = read.profiles.values(), read.gates, read.rules.values()
    cited: list[Any] = [*profiles, *gates, *rules, read.ladder, read.build, read.reading, read.judging]
    gaps = {name for rule in rules for _, name, _, _ in Formatter().parse(rule.says) if name}
    named = {
        "site": ({site for one in profiles for site in one.sites}, set(SITES)),
        "profile": ({name for gate in gates for name in gate.profiles}, set(read.profiles)),
        "gate kind": ({gate.kind for gate in gates}, set(GATE_KINDS)),
        "by": ({gate.by for gate in gates}, {"runner", "clinician"}),
        "finding": ({gate.finding for gate in gates if gate.kind == "diary"}, set(table("diary"))),
        "decision": ({rule.decision for rule in rules}, set(DECISIONS)),
        "rule": (set(read.rules), set(RULES)),
        "place": (gaps, PLACES),
        "evidence": (
            {source.id for source in read.sources} | {key for one in cited for key in one.evidence},
            set(evidence()),
        ),
    }
    for what, (used, known) in named.items():
        if used - known:
            word = min(used - known)
            raise _wrong(file, f"{what} {word!r} is not known; add it or mend the word", word)
    for what, wanted, there in (
        ("rule", set(RULES), set(read.rules)),
        ("site", set(SITES), {site for one in profiles for site in one.sites}),
        ("profile", {"unspecified"}, set(read.profiles)),
    ):
        if wanted - there:
            word = min(wanted - there)
            raise _wrong(file, f"{what} {word!r} is missing; add it", word)


def _check_numbers(read: Progression, file: Traversable) -> None:
    """Refuse a ladder or a build-up that could ask for more after pain, or for more than its own bound."""
    build = read.build
    runs = [stage.running_s for stage in read.stages]
    for holds, what, key in (
        (runs == sorted(set(runs)), "each stage asks for more running than the one before", "stage"),
        (len({s.name for s in read.stages}) == len(read.stages), "each stage has its own name", "stage"),
        (len(build.stages) == 3, "the build-up has three stages: distance, hills, speed", "stages"),
        (1.0 < build.longest_rise <= 1.10, "the longest run grows by at most a tenth", "longest_rise"),
        (build.longest_done * build.longest_rise > 1.0, "the longest run grows where it is done", "longest_done"),
        (build.hills_from <= build.speed_from <= 1.0, "hills come back before speed", "speed_from"),
        (list(build.hills_steps) == sorted(build.hills_steps), "hills grow from step to step", "hills_steps"),
        (list(build.speed_steps) == sorted(build.speed_steps), "speed grows from step to step", "speed_steps"),
        ([g.days for g in read.gaps] == sorted({g.days for g in read.gaps}), "gaps stand shortest first", "gap"),
        (all(p.calm <= p.during_max for p in read.profiles.values()), "calm lies below during_max", "calm"),
        (all(r.steps > 0 for r in read.rules.values() if r.id.startswith("regress-") and r.id != "regress-gap"),
         "a step back goes at least one step", "steps"),
    ):  # fmt: skip
        if not holds:
            raise _wrong(file, f"{what}; mend the numbers", key)


def _many(kind: type[Any], entries: list[dict[str, Any]], file: Traversable) -> tuple[Any, ...]:
    return tuple(_build(kind, _tuples(entry), file.name) for entry in entries)


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _wrong(file: Traversable, what: str, key: str) -> RuleError:
    return RuleError(f"{file.name}: {what}", file=file.name, key=key)
