"""What a runner says of strength work: equipment, where it hurts, which days; and what a clinician entered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from evengait.core.errors import NotAllowed, UsageError
from evengait.core.exercise import EQUIPMENT, KITS
from evengait.core.language import say
from evengait.core.sites import SIDES, SITES
from evengait.core.units import NBSP, NOT_KNOWN, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

Weights = Literal["kg", "lb"]
KG_A_POUND = 0.45359237


@dataclass(frozen=True)
class OneSided:
    """An exercise for one side alone. Only a clinician enters one; no library and no block ever makes one.

    Attributes
    ----------
    exercise : str
        Id of the library, or ``own:<name>``.
    side : {"left", "right"}
    sets, reps : int
    hold_s : int or None
        Seconds each repetition is held.
    entered_by : str
        The role of who entered it.

    Raises
    ------
    NotAllowed
        Entered by anybody but a clinician.

    Examples
    --------
    >>> OneSided("side_plank", "left", 3, 6, entered_by="clinician").side
    'left'
    """

    exercise: str
    side: str
    sets: int
    reps: int
    hold_s: int | None = None
    entered_by: str = "runner"

    def __post_init__(self) -> None:
        if self.entered_by != "clinician":
            raise NotAllowed(
                "A one-sided exercise is entered by a clinician. Ask one, or take the exercise for both sides.",
                role=self.entered_by,
                action="enter_one_sided_exercise",
            )
        if self.side not in SIDES:
            raise UsageError("side is left or right")
        if self.sets < 1 or self.reps < 1:
            raise UsageError("An exercise has at least one set of one repetition.")


@dataclass(frozen=True)
class StrengthSetup:
    """How strength work fits into one runner's weeks.

    Attributes
    ----------
    kit : frozenset of str
        Of ``EQUIPMENT``.
    site : str or None
        Where it hurts; None = nowhere, and pain does not move loads.
    hurts : tuple of str
        Exercise ids, movements or demands that hurt whatever the site: never chosen.
    weekdays : tuple of int
        Preferred days, 0 = Monday; empty = any.
    hard_weekdays : tuple of int
        Weekdays on which the runner usually runs hard, 0 = Monday.
    sessions_a_week : int or None
        None = as the block says.
    running : bool
        False where no running is done at present.
    pain_limit_nprs : float or None
        The most that an exercise may hurt; None = as the block says.
    weights : {"kg", "lb"}
        The steps of the gym; stored loads are kg either way.
    one_sided : tuple of OneSided

    Examples
    --------
    >>> setup = StrengthSetup.of({"equipment": ["dumbbells"], "site": "knee", "weekdays": [0, 3]})
    >>> sorted(setup.kit), StrengthSetup.of(setup.document()) == setup
    (['dumbbells'], True)
    """

    kit: frozenset[str] = frozenset()
    site: str | None = None
    hurts: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    hard_weekdays: tuple[int, ...] = ()
    sessions_a_week: int | None = None
    running: bool = True
    pain_limit_nprs: float | None = None
    weights: Weights = "kg"
    one_sided: tuple[OneSided, ...] = ()

    def __post_init__(self) -> None:
        if self.site is not None and self.site not in SITES:
            raise UsageError(say("site is one of: {join}", join=", ".join(SITES)))
        if self.weights not in {"kg", "lb"}:
            raise UsageError("weights are kg or lb")
        if self.sessions_a_week is not None and not 1 <= self.sessions_a_week <= 3:
            raise UsageError("Heavy sessions are 1, 2 or 3 a week: at least 48 hours lie between them.")

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> StrengthSetup:
        """Return the setup that a plan's inputs keep; absent keys are not said.

        Raises
        ------
        UsageError
            A word that is not known.
        NotAllowed
            A one-sided exercise that no clinician entered.
        """
        return cls(
            kit=kit_of(inputs.get("equipment", ())),
            site=inputs.get("site"),
            hurts=tuple(inputs.get("hurts", ())),
            weekdays=tuple(inputs.get("weekdays", ())),
            hard_weekdays=tuple(inputs.get("hard_weekdays", ())),
            sessions_a_week=inputs.get("sessions_a_week"),
            running=inputs.get("running", True),
            pain_limit_nprs=inputs.get("pain_limit_nprs"),
            weights=inputs.get("weights", "kg"),
            one_sided=tuple(OneSided(**entry) for entry in inputs.get("one_sided", ())),
        )

    def document(self) -> dict[str, Any]:
        """Return what ``of`` reads, as JSON keeps it."""
        return {
            "equipment": sorted(self.kit),
            "site": self.site,
            "hurts": list(self.hurts),
            "weekdays": list(self.weekdays),
            "hard_weekdays": list(self.hard_weekdays),
            "sessions_a_week": self.sessions_a_week,
            "running": self.running,
            "pain_limit_nprs": self.pain_limit_nprs,
            "weights": self.weights,
            "one_sided": [dict(vars(entry)) for entry in self.one_sided],
        }


def kit_of(words: Mapping[str, Any] | tuple[str, ...] | list[str]) -> frozenset[str]:
    """Return the equipment that some words name: none, bands, dumbbells, gym, or a piece of it.

    Raises
    ------
    UsageError
        A word is not known.

    Examples
    --------
    >>> sorted(kit_of(["bands", "dumbbells"]))
    ['bands', 'dumbbells']
    """
    kit: set[str] = set()
    for word in words:
        if word in KITS:
            kit |= KITS[word]
        elif word in EQUIPMENT:
            kit.add(word)
        else:
            raise UsageError(
                say("Equipment is named by: {names}.", names=", ".join([*KITS, "barbell", "machine"]))
            )
    return frozenset(kit)


def weekday_of(word: str) -> int:
    """Return a weekday's number (0 = Monday) from its name or the first letters of it.

    Raises
    ------
    UsageError
        No weekday begins so, or more than one.

    Examples
    --------
    >>> weekday_of("thu"), weekday_of("Monday")
    (3, 0)
    """
    found = [i for i, name in enumerate(WEEKDAYS) if name.casefold().startswith(word.strip().casefold())]
    if len(found) != 1 or not word.strip():
        raise UsageError("Weekdays are named by their first letters: mon, tue, wed, thu, fri, sat, sun.")
    return found[0]


def in_weights(kg: float, weights: Weights) -> float:
    """Return a load in the unit of the gym.

    Examples
    --------
    >>> round(in_weights(60.0, "lb"), 1)
    132.3
    """
    return kg / KG_A_POUND if weights == "lb" else kg


def weight(kg: float | None, weights: Weights) -> str:
    r"""Return a load as it is read at the gym, to half a unit.

    Examples
    --------
    >>> weight(62.5, "kg"), weight(61.2349, "lb"), weight(None, "kg")
    ('62.5\xa0kg', '135\xa0lb', 'not known')
    """
    if kg is None:
        return NOT_KNOWN
    return f"{round(2 * in_weights(kg, weights)) / 2:g}{NBSP}{weights}"
