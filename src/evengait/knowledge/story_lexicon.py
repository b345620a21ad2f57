"""The phrases by which stories are read, from the newest file in ``story/``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.intake_form import intake_fields, path_of
from evengait.core.sites import SITES
from evengait.core.story import FlagPhrases, Lexicon

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CUES = (
    "negation",
    "negation_after",
    "not_negation",
    "others",
    "observers",
    "reports",
    "past",
    "maybe",
    "ends",
    "self",
)
LISTS = ("quality", "worse_with", "better_with")
"""Lists of the form whose words a lexicon may name."""


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Return the phrases of a language, en or de, in the newest version.

    Raises
    ------
    RuleError
        The file is not valid, or it names a field or place that is not there.
    """
    folder = files("evengait.knowledge").joinpath("story")
    if language != "en":
        folder = folder.joinpath(language)
    return read_lexicon(max((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name))


def read_lexicon(file: Traversable) -> Lexicon:
    """Return the phrases of one file.

    Raises
    ------
    RuleError
        It is not valid TOML, lacks a table, or names a field or place that is not there.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        flags = {_flag(name, file.name): _phrases(entry) for name, entry in data["flags"].items()}
        places = tuple((entry["site"], tuple(entry["words"])) for entry in data["place"])
        tables = {
            name: {key: tuple(words) for key, words in data[name].items()}
            for name in ("cues", "tries", "helped", "mode", *(name for name in LISTS if name in data))
        }
        tongue = str(data.get("language", "en"))
        found = Lexicon(str(data["version"]), data["status"], flags, places=places, language=tongue, **tables)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file.name} is not valid TOML: {error}", file=file.name) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleError(f"{file.name}: a table is not complete: {error}", file=file.name) from None
    for key in CUES:
        if key not in found.cues:
            raise RuleError(f"{file.name}: the cues {key!r} are missing", file=file.name, key=key)
    for name in LISTS:
        for word in getattr(found, name):
            if word not in intake_fields()[name].words:
                raise RuleError(f"{file.name}: {name} has no word {word!r}", file=file.name, key=word)
    for site, _ in places:
        if site not in SITES:
            raise RuleError(f"{file.name}: the place {site!r} is not known", file=file.name, key=site)
    return found


def _flag(name: str, file: str) -> str:
    try:
        path = path_of(name)
    except KeyError:
        raise RuleError(f"{file}: the form has no field {name!r}", file=file, key=name) from None
    if intake_fields()[path].kind != "flag":
        raise RuleError(f"{file}: the field {name!r} is not answered by yes or no", file=file, key=name)
    return path


def _phrases(entry: dict[str, Any]) -> FlagPhrases:
    yes, no, denied = (tuple(entry.get(name, ())) for name in ("yes", "no", "denied"))
    return FlagPhrases(yes, no, denied, past=bool(entry.get("past")), kin=bool(entry.get("kin")))
