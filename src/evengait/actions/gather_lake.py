"""Gather the archives of runners who agreed into a lake, under pseudonyms; what did not change is not sent again."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.actions.agree_research import has_agreed
from evengait.cohort.lake import KINDS, Lake, part_of
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from evengait.core.health_problem import HealthProblem

FORM = "1"
"""Of the rows in the lake; another one sends everything again."""


@dataclass
class Gathered:
    """What a gathering did: runners who agreed, who did not, and parts written anew or left as they were."""

    agreed: int = 0
    not_agreed: int = 0
    written: int = 0
    unchanged: int = 0


def gather_lake(place: str, homes: Sequence[Path]) -> Gathered:
    """Bring a lake up to date with some homes.

    Raises
    ------
    UsageError
        A home is not there, or the lake's address cannot be read.
    EvengaitError
        The lake's storage refused.
    """
    for home in homes:
        if not (home / "runners").is_dir():
            raise UsageError(
                "One of these homes has no runner. Name folders in which evengait keeps archives."
            )
    lake, told = Lake(place), Gathered()
    for home in homes:
        _gather_home(lake, hashlib.sha256(place.encode()).hexdigest()[:16], home, told)
    return told


def _gather_home(lake: Lake, lake_id: str, home: Path, told: Gathered) -> None:
    key = _key(home)
    source = _hashed(key, "home")
    state = home / "research" / f"sent-{lake_id}.json"
    sent: dict[str, dict[str, str]] = json.loads(state.read_bytes()) if state.is_file() else {}
    folders = {}
    for folder in sorted(path for path in (home / "runners").iterdir() if path.is_dir()):
        if has_agreed(folder):
            folders[_hashed(key, folder.name)] = folder
    told.agreed += len(folders)
    told.not_agreed += sum(path.is_dir() for path in (home / "runners").iterdir()) - len(folders)
    problems = _problems(home, list(folders.values()))
    stamps: dict[str, dict[str, str]] = {part: {} for part in sent}
    for pseudonym, folder in folders.items():
        stamps.setdefault(part_of(pseudonym), {})[pseudonym] = _stamp(folder, problems[folder.name])
    for part, now in sorted(stamps.items()):
        if now == sent.get(part) and (not now or lake.has("runners", part, source)):
            told.unchanged += 1
            continue
        rows = [_rows(key, name, folders[name], problems[folders[name].name]) for name in sorted(now)]
        for kind, schema in KINDS.items():
            frames = [one[kind] for one in rows]
            lake.put(kind, part, source, pl.concat(frames) if frames else pl.DataFrame(schema=schema))
        told.written += 1
        sent[part] = now
        _keep(state, {name: one for name, one in sent.items() if one})


def _keep(state: Path, sent: dict[str, dict[str, str]]) -> None:
    part = state.with_name(state.name + ".part")
    part.write_text(json.dumps(sent), "utf-8")
    part.replace(state)


def _key(home: Path) -> bytes:
    """Return the key of the pseudonyms, made once; it never leaves the home."""
    file = home / "research" / "pseudonyms.key"
    if not file.is_file():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        part = file.with_name("pseudonyms.key.part")
        part.touch(mode=0o600)
        part.write_bytes(secrets.token_bytes(32))
        part.replace(file)
    return file.read_bytes()


def _hashed(key: bytes, word: str) -> str:
    return hmac.new(key, word.encode(), hashlib.sha256).hexdigest()[:32]


def _problems(home: Path, folders: list[Path]) -> dict[str, list[HealthProblem]]:
    from evengait.storage.records.opening import open_records

    open_records(home)
    from evengait.storage.records.problems import problems_of
    from evengait.storage.records.runners import runner_by_name

    found = {}
    for folder in folders:
        profile = runner_by_name(folder.name)
        found[folder.name] = sorted(problems_of(profile.id), key=lambda one: one.onset) if profile else []
    return found


def _stamp(folder: Path, problems: list[HealthProblem]) -> str:
    from evengait.storage.archive import Archive

    text = "|".join((FORM, Archive(folder).version(), *map(repr, problems)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rows(key: bytes, name: str, folder: Path, problems: list[HealthProblem]) -> dict[str, pl.DataFrame]:
    """Return one runner's rows of every table: no position, no name, no note, no time of day."""
    from evengait.storage.archive import Archive

    sessions = Archive(folder).sessions().sort("start").with_columns(runner=pl.lit(name))
    shoes = {shoe: _hashed(key, f"{name} {shoe}")[:8] for shoe in sessions["shoe"].drop_nulls().unique()}
    sessions = sessions.with_columns(
        shoe=pl.col("shoe").replace_strict(shoes, default=None, return_dtype=pl.String)
    )
    found = {"sessions": _shaped(sessions, "sessions")}
    kept = [
        {"runner": name, **{c: getattr(one, c) for c in KINDS["problems"] if c != "runner"}}
        for one in problems
    ]
    found["problems"] = pl.DataFrame(kept, schema=KINDS["problems"])
    found["runners"] = pl.DataFrame(_follow_up(name, sessions, problems), schema=KINDS["runners"])
    return found


def _shaped(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    return rows.select(pl.col(column).cast(dtype) for column, dtype in KINDS[kind].items())


def _follow_up(name: str, sessions: pl.DataFrame, problems: list[HealthProblem]) -> list[dict[str, Any]]:
    """Return when follow-up began and ended: with the first problem, an injury where its onset was gradual."""
    runs = sessions.filter(pl.col("sport") == "running")["local_date"]
    if not len(runs):
        return []
    dates: list[date] = runs.to_list()
    first, last = min(dates), max(dates)
    later = [one for one in problems if one.onset > first]
    ended = min(later[0].onset, last) if later else last
    injured = bool(later) and later[0].mode == "gradual"
    return [{"runner": name, "entered": first, "ended": ended, "injured": injured}]
