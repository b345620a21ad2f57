"""An exercise of the library: what moves, what it needs, how it is done, what it asks of the body."""

from __future__ import annotations

from dataclasses import dataclass

MOVEMENTS = ("squat", "hinge", "step", "calf", "bird_dog", "dead_bug", "side_plank", "carry")
EQUIPMENT = ("bands", "dumbbells", "barbell", "machine")
KITS: dict[str, frozenset[str]] = {
    "none": frozenset(),
    "bands": frozenset({"bands"}),
    "dumbbells": frozenset({"dumbbells"}),
    "gym": frozenset(EQUIPMENT),
}
"""What a runner has at hand, in one word; several are united. A step, a chair and a wall are always there."""
LOADS = ("body", "band", "dumbbell", "dumbbell_pair", "barbell", "machine")
DEMANDS = (
    "deep_knee_bend", "deep_hip_bend", "forward_bend", "loaded_spine", "long_hamstring", "one_leg", "calf_push",
    "heel_drop",
)  # fmt: skip
MEASURES = ("reps", "holds", "carry")


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    id, name : str
        Ids are small letters, digits and _; they never change.
    movement : str
        One of ``MOVEMENTS``: exercises of one movement stand in for one another.
    needs : tuple of str
        All of ``EQUIPMENT`` that it takes.
    load : str
        One of ``LOADS``: what a load in kg means, and in what steps it grows. ``body`` and ``band`` have none.
    muscles, also_muscles : tuple of str
        Worked most; worked too.
    demands : tuple of str
        Of ``DEMANDS``: what it asks of the body, so that a site that hurts can be spared.
    how : tuple of str
        How it is done, a sentence a step.
    origin : str
        Id in free-exercise-db (public domain), from which muscles and steps were taken; empty = written here.
    measure : {"reps", "holds", "carry"}
        Repetitions; repetitions held for some seconds; walking with a load for some seconds.
    each_side : bool
        One side after the other, both the same. Nothing in the library works one side alone.
    one_leg : str
        Id of the one-leg variant; empty = none.
    other_names : tuple of str
        What common strength apps call it.
    watch : (category, name)
        In the words of the FIT profile; the name is empty where the profile has none that fits.

    Examples
    --------
    >>> squat = Exercise("goblet_squat", "Goblet squat", "squat", ("dumbbells",), "dumbbell", ("quadriceps",))
    >>> squat.possible(KITS["none"]), squat.possible(KITS["gym"])
    (False, True)
    """

    id: str
    name: str
    movement: str
    needs: tuple[str, ...]
    load: str
    muscles: tuple[str, ...]
    also_muscles: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    origin: str = ""
    measure: str = "reps"
    each_side: bool = False
    one_leg: str = ""
    other_names: tuple[str, ...] = ()
    watch: tuple[str, str] = ("", "")

    @property
    def weighed(self) -> bool:
        """True where its load is written in kg."""
        return self.load not in {"body", "band"}

    def possible(self, kit: frozenset[str]) -> bool:
        """Tell whether this equipment is enough for it."""
        return kit.issuperset(self.needs)
