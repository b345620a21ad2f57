"""Options of ``evengait strength``: repetitions and loads a set, equipment, site, weekdays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from evengait.core.language import say
from evengait.core.sites import SITES

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.strength_setup import StrengthSetup, Weights

weights_option: Callable[..., Any] = click.option(
    "--weights",
    type=click.Choice(["kg", "lb"]),
    help="Unit of weights. [default: as the block has it, else kg]",
)


class Reps(click.ParamType[list[int | None]]):
    """Repetitions a set: ``12,12,11``; ``0`` = a hold without repetitions."""

    name = "reps"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[int | None]:
        """Return one number a set, or fail with a sentence."""
        if isinstance(value, list):
            return value
        try:
            return [int(word) or None for word in str(value).split(",")]
        except ValueError:
            self.fail(
                say("repetitions are whole numbers, one a set, such as 12,12,11; 0 for a hold alone"),
                param,
                ctx,
            )


class _PerSet(click.ParamType[list[float]]):
    name = "number[,…]"

    def __init__(self, what: str) -> None:
        self.what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[float]:
        """Return the numbers, or fail with a sentence."""
        if isinstance(value, list):
            return value
        try:
            return [float(word) for word in str(value).split(",")]
        except ValueError:
            self.fail(
                say(
                    "it is {what}, for all sets or one for each, such as 60 or 55,60,60", what=say(self.what)
                ),
                param,
                ctx,
            )


def per_set(what: str) -> click.ParamType[list[float]]:
    """Return the type of an option that holds one number for all sets, or one for each."""
    return _PerSet(what)


def in_kg(load: float, weights: Weights) -> float:
    """Return a load in kilograms."""
    from evengait.core.strength_setup import KG_A_POUND

    return load * KG_A_POUND if weights == "lb" else load


_HELP = {
    "--equipment": "none, bands, dumbbells, gym; several times. [default: none]",
    "--site": "Where it hurts: spares it, and pain moves the loads.",
    "--hurts": "An exercise or movement that hurts, e.g. hinge; several times.",
    "--day": "Preferred day, e.g. mon; several times.",
    "--hard-day": "Day on which you usually run hard; several times.",
    "--sessions": "Sessions a week. [default: 2; 3 without running]",
    "--running/--no-running": "Whether you run at present. [default: running]",
    "--pain-limit": "The most an exercise may hurt. [default: 2]",
}


def _option(*names: str, **more: Any) -> Callable[..., Any]:
    made: Callable[..., Any] = click.option(*names, help=_HELP[names[0]], **more)
    return made


_OPTIONS = (
    _option("--equipment", multiple=True, metavar="KIT"),
    _option("--site", type=click.Choice([*SITES, "none"])),
    _option("--hurts", multiple=True, metavar="WORD"),
    _option("--day", "weekdays", multiple=True, metavar="WEEKDAY"),
    _option("--hard-day", "hard_weekdays", multiple=True, metavar="WEEKDAY"),
    _option("--sessions", "sessions_a_week", type=click.IntRange(1, 3)),
    _option("--running/--no-running", default=None),
    _option("--pain-limit", "pain_limit_nprs", type=click.FloatRange(0, 10)),
    weights_option,
)


def setup_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add every option of the setup."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def setup_of(said: dict[str, Any], before: StrengthSetup) -> StrengthSetup:
    """Return the setup as said; what was not said stays as it was before.

    Raises
    ------
    UsageError
        A word is not known.
    """
    from evengait.core.strength_setup import kit_of, weekday_of

    given = {key: value for key, value in said.items() if value not in (None, ())}
    if "equipment" in given:
        given["kit"] = kit_of(given.pop("equipment"))
    if given.get("site") == "none":
        given["site"] = None
    for key in ("weekdays", "hard_weekdays"):
        if key in given:
            given[key] = tuple(sorted({weekday_of(word) for word in given[key]}))
    if "hurts" in given:
        given["hurts"] = tuple(_hurts(word) for word in given["hurts"])
    return replace(before, **given)


def _hurts(word: str) -> str:
    from evengait.actions._exercise_names import exercise_id
    from evengait.core.exercise import DEMANDS, MOVEMENTS

    plain = word.strip().casefold().replace(" ", "_")
    return plain if plain in {*MOVEMENTS, *DEMANDS} else exercise_id(word)
