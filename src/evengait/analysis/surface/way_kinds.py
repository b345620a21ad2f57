"""What a way's tags say of the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.ground import WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.core.ground import GroundRules, TagRule

_SURFACE_KEYS = ("surface", "footway:surface", "cycleway:surface", "surface:middle")
"""A way's own tag first; the others are set where one line stands for a footway and a cycleway side by side."""


class WayKinds:
    """Sorts ways by their tags into kinds, and numbers the kinds as they come.

    Parameters
    ----------
    rules : GroundRules
        Handed over by whoever asks.

    Attributes
    ----------
    kinds : list of WayKind
        Those met so far.

    Examples
    --------
    >>> from evengait.knowledge.ground_rules import ground_rules
    >>> kinds = WayKinds(ground_rules())
    >>> kinds.of({"highway": "path", "surface": "asphalt"}), kinds.of({"highway": "motorway"})
    (0, None)
    >>> kinds.kinds[0].ground, kinds.kinds[0].tagged
    ('paved', True)
    """

    def __init__(self, rules: GroundRules) -> None:
        self.kinds: list[WayKind] = []
        self._number: dict[WayKind, int] = {}
        self._surface = _by_value(rules.surface)
        self._tracktype = _by_value(rules.tracktype)
        self._hint = _by_value(rules.hint)
        self._run_on = _by_value(rules.run_on)
        self._hint_keys = tuple(dict.fromkeys(rule.key for rule in rules.hint))
        self.run_on = tuple(self._run_on)
        """Tag and value of everything that is run on, for a reader that can skip the rest."""

    def of(self, tags: Mapping[str, str]) -> int | None:
        """Return the number of a way's kind; None = nobody runs there.

        Parameters
        ----------
        tags : mapping of str to str
        """
        base = self._run_on.get(("highway", tags.get("highway", ""))) or self._run_on.get(
            ("leisure", tags.get("leisure", ""))
        )
        if base is None or (tags.get("foot") == "no" and not tags.get("sidewalk")):
            return None
        said = self._said(tags)
        speaks = said or self._inferred(tags) or base
        kind = WayKind(speaks.ground, speaks.sure, said is not None, base.aside_m or 0.0, base.liked or 0.0)
        if kind not in self._number:
            self._number[kind] = len(self.kinds)
            self.kinds.append(kind)
        return self._number[kind]

    def inferred(self, tags: Mapping[str, str]) -> TagRule | None:
        """Return the rule that would speak if no surface were given; None = nobody runs there, or nothing says."""
        return self._inferred(tags) or self._run_on.get(("highway", tags.get("highway", "")))

    def said(self, tags: Mapping[str, str]) -> TagRule | None:
        """Return the rule for the surface that is given; None = none, or a word nobody knows."""
        return self._said(tags)

    def _said(self, tags: Mapping[str, str]) -> TagRule | None:
        for key in _SURFACE_KEYS:
            value = tags.get(key)
            if value:
                word = value.partition(";")[0].strip().lower()
                found = self._surface.get(("surface", word)) or self._surface.get(
                    ("surface", word.partition(":")[0])
                )
                if found is not None:
                    return found
        return None

    def _inferred(self, tags: Mapping[str, str]) -> TagRule | None:
        grade = tags.get("tracktype")
        if grade and (found := self._tracktype.get(("tracktype", grade))):
            return found
        for key in self._hint_keys:
            value = tags.get(key)
            if value and (found := self._hint.get((key, value))):
                return found
        return None


def _by_value(rules: tuple[TagRule, ...]) -> dict[tuple[str, str], TagRule]:
    return {(rule.key, value): rule for rule in rules for value in rule.values}
