"""An intake: what somebody has answered about one pain. What was not asked is not there; it is never a no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evengait.core.errors import UsageError
from evengait.core.intake_form import IntakeField, intake_fields, known_words
from evengait.core.language import say


@dataclass(frozen=True)
class Tried:
    """One thing that was tried. ``days`` and ``helped`` are None where nobody asked."""

    what: str
    days: float | None = None
    helped: bool | None = None


Value = (
    bool
    | int
    | float
    | str
    | date
    | tuple[str, ...]
    | tuple[float, float]
    | dict[str, float]
    | tuple[Tried, ...]
)


@dataclass(frozen=True)
class Intake:
    """Answers by path (``age``, ``pain.rest``, ``findings.limp``); only what was answered is in it.

    Attributes
    ----------
    values : mapping of str to value
        Keys are paths of :func:`evengait.core.intake_form.intake_fields`; no value is None. Not to be changed:
        ``with_answer`` returns a new intake.

    Examples
    --------
    >>> intake = read_intake({"site": "shin", "findings": {"limp": True, "fever": None}}).intake
    >>> intake.get("findings.limp"), intake.get("findings.fever")
    (True, None)
    >>> intake.with_answer("findings.fever", False).get("findings.fever")
    False
    """

    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, path: str) -> Any:
        """Return the answer, or None where it was not asked.

        Raises
        ------
        KeyError
            The form has no such field.
        """
        intake_fields()[path]
        return self.values.get(path)

    def words(self, path: str) -> frozenset[str]:
        """Return the form's known words in an open list such as ``worse_with``; empty where none was given."""
        return known_words(path, self.values.get(path, ()))  # type: ignore[arg-type]

    def with_answer(self, path: str, value: Value | None) -> Intake:
        """Return a copy with this answer; None takes it back to *not asked*.

        Raises
        ------
        UsageError
            The value does not fit the field.
        """
        rest = {k: v for k, v in self.values.items() if k != path}
        checked = None if value is None else _checked(intake_fields()[path], _plain(value))
        return Intake(rest if checked is None else {**rest, path: checked})

    @property
    def site(self) -> str | None:
        """Where it hurts, in the words of ``core/sites.py``."""
        return self.get("site")  # type: ignore[no-any-return]

    @property
    def tried(self) -> tuple[Tried, ...]:
        """What was tried; empty where nobody asked."""
        return self.get("tried") or ()

    def to_json(self) -> dict[str, Any]:
        """Return the whole form as JSON data: every field is there, null where it was not asked."""
        out: dict[str, Any] = {}
        for path in intake_fields():
            group, _, name = path.rpartition(".")
            place = out.setdefault(group, {}) if group else out
            value = self.values.get(path)
            place[name] = None if value is None else _plain(value)
        return out


STORY_KEYS = frozenset({"confirmed", "marks"})
"""Keys beside the answers in an intake that was read from a story."""


@dataclass(frozen=True)
class Reading:
    """An intake as it was read.

    Attributes
    ----------
    ignored : tuple of str
        Keys that were left out because the form does not know them.
    confirmed : bool
        False where it was read from a story and the runner has not said yet that it is so.
    """

    intake: Intake
    ignored: tuple[str, ...] = ()
    confirmed: bool = True


def read_intake(data: Any) -> Reading:
    """Read an intake from JSON data.

    Every key may be absent or null, which means *not asked*. Unknown keys are left out and named in ``ignored``.

    Raises
    ------
    UsageError
        Not an object, or a value that does not fit its field: the message names the field, never the value.

    Examples
    --------
    >>> read_intake({"age": 34, "shoe_size": 42}).ignored
    ('shoe_size',)
    """
    if not isinstance(data, Mapping):
        raise UsageError(
            'The intake must be one JSON object, such as {"site": "shin", "findings": {"limp": true}}.'
        )
    fields = intake_fields()
    groups = {spec.group for spec in fields.values() if spec.group}
    values: dict[str, Value] = {}
    ignored: list[str] = []
    for key, entry in data.items():
        if key in STORY_KEYS:
            continue
        if key in groups and entry is not None and not isinstance(entry, Mapping):
            raise UsageError(say("Intake: {key} must be an object or null.", key=key))
        inner = (
            {f"{key}.{name}": value for name, value in (entry or {}).items()}
            if key in groups
            else {key: entry}
        )
        for path, value in inner.items():
            if path not in fields:
                ignored.append(path)
            elif value is not None and (checked := _checked(fields[path], value)) is not None:
                values[path] = checked
    return Reading(Intake(values), tuple(ignored), data.get("confirmed") is not False)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Tried):
        return {"what": value.what, "days": value.days, "helped": value.helped}
    return value


def _checked(spec: IntakeField, value: Any) -> Value | None:
    """Return the value in the type of its field; None where an open list is empty."""
    checked = _CHECKS[spec.kind](spec, value)
    if checked is None:
        raise UsageError(
            say(
                "Intake: {path} must be {expected}, or null where it was not asked.",
                path=spec.path,
                expected=_expected(spec),
            )
        )
    return checked or (None if isinstance(checked, tuple | dict) else checked)


def _expected(spec: IntakeField) -> str:
    low, high = spec.range or (0, 0)
    return {
        "flag": "true or false",
        "whole": f"a whole number from {low:g} to {high:g}",
        "number": f"a number from {low:g} to {high:g}",
        "score": f"a number from {low:g} to {high:g}",
        "choice": "one of " + ", ".join(spec.choices),
        "result": "positive or negative",
        "words": "a list of words",
        "date": "a date as 2026-11-08",
        "span": f"two numbers from {low:g} to {high:g}, the lower first",
        "shares": "an object of names with shares from 0 to 1",
        "tries": 'a list of objects such as {"what": "rest", "days": 3, "helped": false}',
    }[spec.kind]


def _is_number(value: Any, low: float = float("-inf"), high: float = float("inf")) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _flag(_spec: IntakeField, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(spec: IntakeField, value: Any) -> float | None:
    if not _is_number(value, *(spec.range or ())):
        return None
    if spec.kind == "whole":
        return int(value) if value == int(value) else None
    return value  # type: ignore[no-any-return]


def _choice(spec: IntakeField, value: Any) -> str | None:
    return value if isinstance(value, str) and value in spec.choices else None


def _words(_spec: IntakeField, value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return None
    return tuple(value)


def _date(_spec: IntakeField, value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _span(spec: IntakeField, value: Any) -> tuple[float, float] | None:
    pair = [value, value] if _is_number(value) else value
    if (
        not isinstance(pair, list)
        or len(pair) != 2
        or not all(_is_number(v, *(spec.range or ())) for v in pair)
    ):
        return None
    return (pair[0], pair[1]) if pair[0] <= pair[1] else None


def _shares(_spec: IntakeField, value: Any) -> dict[str, float] | None:
    if not isinstance(value, Mapping):
        return None
    known = {str(name): share for name, share in value.items() if share is not None}
    return known if all(_is_number(share, 0, 1) for share in known.values()) else None


def _tries(_spec: IntakeField, value: Any) -> tuple[Tried, ...] | None:
    if not isinstance(value, list):
        return None
    found = []
    for item in value:
        entry: Any = {"what": item} if isinstance(item, str) else item
        if not isinstance(entry, Mapping) or not isinstance(entry.get("what"), str):
            return None
        days, helped = entry.get("days"), entry.get("helped")
        if not (days is None or _is_number(days, 0, 36500)) or not (
            helped is None or isinstance(helped, bool)
        ):
            return None
        found.append(Tried(entry["what"], days, helped))
    return tuple(found)


_CHECKS: dict[str, Any] = {
    "flag": _flag, "whole": _number, "number": _number, "score": _number, "choice": _choice, "result": _choice,
    "words": _words, "date": _date, "span": _span, "shares": _shares, "tries": _tries,
}  # fmt: skip
