"""Whose a phrase is, and whether it is so: turned round, another person's, long past, or only feared.

After ConText (Harkema et al. 2009 J Biomed Inform 42:839): cues reach over the words that follow, up to a word that
ends them; the runner's own "I" ends another person's reach.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from evengait.analysis.story.text import Found, matcher, phrases_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from evengait.core.story import Lexicon

Status = Literal["yes", "no", "other", "past", "maybe"]
REACH = 9
"""Words a negation reaches over at the most; lists (no a, b or c) are as long as they are."""
AFTER = 4
"""Words between a phrase and a denial that follows it."""
FAR = 80
"""Words between a phrase and a cue of its sentence that say that the cue is not about it."""
SHORT_QUESTION = 8
IS_OR_HAS = frozenset(
    ("habe", "hab", "haben", "hatte", "ist", "sind", "war", "waren", "gibt", "gab", "geht", "ging", "gar", "überhaupt")
)  # fmt: skip
"""Words a German denial at the end of a clause may reach back over: *Fieber hatte ich nicht*."""
FILLS = frozenset(["mehr", "richtig", "wirklich", "ganz", "so", "gut"])
"""Words between such a denial and the end of its clause."""
BACK = 5
"""Words it reaches back over at the most."""
NAYS = frozenset(
    {"no", "none", "nope", "nah", "never", "negative", "nil", "not", "nein", "keine", "keins", "nie"}
)
YEAS = frozenset({"yes", "yep", "yeah", "yup", "sadly", "unfortunately", "ja", "leider"})
DENIES = frozenset({"nicht", "nie", "nix", "nichts"})
HARDLY = frozenset({"kaum", "nur", "schlecht", "schwer", "mühsam", "bedingt"})
LISTED = frozenset({",", "or", "and", "/", "nor", "any", "-", "&", "oder", "und", "noch"})


@dataclass(frozen=True)
class Context:
    """The cues of a story, by kind."""

    doc: Doc
    cues: tuple[Found, ...]

    @cached_property
    def _kinds(self) -> dict[str, tuple[list[int], list[Found]]]:
        """Return where the cues of each kind begin, in order, and the cues."""
        kinds: defaultdict[str, list[Found]] = defaultdict(list)
        for cue in sorted(self.cues, key=lambda cue: cue.start):
            kinds[cue.name].append(cue)
        return {kind: ([cue.start for cue in cues], cues) for kind, cues in kinds.items()}

    def _from(self, kind: str, first: int, last: int) -> list[Found]:
        """Return the cues of a kind that begin at one word or later, and before another."""
        starts, cues = self._kinds.get(kind, ([], []))
        return cues[bisect_left(starts, first) : bisect_left(starts, last)]

    def status(
        self, start: int, end: int, *, past_counts: bool = False, kin: bool = False, plain: bool = False
    ) -> Status:
        """Return what may be said of the phrase between two words.

        Parameters
        ----------
        past_counts : bool
            Long past is as good as now.
        kin : bool
            The phrase speaks of the family itself.
        plain : bool
            The phrase has no negation of its own: one among its words turns it round (calf is not swollen).
        """
        if plain and self.turned(start, end):
            own = self.status(start, end, past_counts=past_counts, kin=kin)
            return "no" if own == "yes" or (own == "no" and self.parted(start)) else "maybe"
        if not kin and self._of_others(start, end):
            return "other"
        answer = self._answered(start)
        if answer is not None:
            return answer
        if self._maybe(start, end):
            return "maybe"
        if not past_counts and self._past(start, end):
            return "past"
        return "no" if self._negated(start, end) else "yes"

    def turned(self, start: int, end: int) -> bool:
        """Tell whether a negation stands among the words of a phrase."""
        return any(cue.end < end for cue in self._from("negation", start + 1, end))

    def _excused(self, cue: Found) -> bool:
        """Tell whether a denial is none: *not only*, *nie weg*."""
        return any(no.end > cue.start for no in self._from("not_negation", cue.start - FAR, cue.start + 1))

    def hardly(self, start: int, end: int) -> bool:
        """Tell whether it is hardly so: *ich kann kaum auftreten*, *Gehen geht nur noch mit Krücken*."""
        return any(word.lower_ in HARDLY for word in self.doc[start : min(end + 1, self.doc[start].sent.end)])

    def parted(self, start: int) -> bool:
        """Tell whether a comma parts a phrase from the denial in front: *no fever, calf not swollen*."""
        return start > 0 and self.doc[start - 1].text == ","

    def _answered(self, start: int) -> Status | None:
        """Return the answer to a short question that the next sentence gives: Fever? No."""
        sent = self.doc[start].sent
        if sent[-1].text not in {"?", ":"} or len(sent) > SHORT_QUESTION or sent.end >= len(self.doc):
            return None
        word = self.doc[sent.end].lower_
        return "no" if word in NAYS else "yes" if word in YEAS else None

    def _near(self, kind: str, start: int, end: int) -> list[Found]:
        """Return the cues of a kind in the phrase's sentence and not far off, those inside the phrase left out."""
        sent = self.doc[start].sent
        around = self._from(kind, max(sent.start, start - FAR), min(sent.end, end + FAR))
        return [cue for cue in around if not (start <= cue.start and cue.end <= end)]

    def _any(self, kind: str, first: int, last: int) -> bool:
        return bool(self._from(kind, first, last))

    def _negated(self, start: int, end: int) -> bool:
        for cue in self._near("negation", start, end):
            if self._excused(cue) or cue.end > start:
                continue
            between = self.doc[cue.end : start]
            if between and between[0].text == ",":
                continue  # it denies what stands in front of it: sprinting I do not, walking is fine
            if self._any("ends", cue.end, start):
                continue
            listing = any(token.lower_ in LISTED for token in between)
            if len(between) <= REACH or (listing and len(between) <= 3 * REACH):
                return True
        after = self._from("negation_after", end, end + AFTER)
        return any(not self._any("ends", end, cue.start) for cue in after) or self.denied_behind(end)

    def denied_behind(self, end: int, *, at_once: bool = False) -> bool:
        """Tell whether a German clause denies at its end what it names first: *gehen geht nicht*.

        Parameters
        ----------
        at_once : bool
            Only the next word counts: *tape helps, the brace does not* (*Bandage nicht*).
        """
        if self.doc.vocab.lang != "de":
            return False
        for at in range(end, min(end + (1 if at_once else BACK), self.doc[end - 1].sent.end)):
            word = self.doc[at]
            if word.is_punct or word.lower_ in LISTED or self._any("ends", at, at + 1):
                return False
            if word.lower_ in DENIES:
                close = at + 1
                while close < len(self.doc) and self.doc[close].lower_ in FILLS:
                    close += 1
                first = self.doc[end].lower_
                last = close == len(self.doc) or self.doc[close].is_punct or self.doc[close].is_space
                return last and (at == end or first in IS_OR_HAS)
        return False

    def _of_others(self, start: int, end: int) -> bool:
        for cue in self._near("others", start, end):
            if 0 <= cue.start - end <= 1 and self.doc[cue.start].lower_ == "in":
                return True  # cancer in the family
            if cue.start >= start or self._reported(cue):
                continue
            if not self._any("self", cue.end, start):
                return True
        return any(
            cue.end <= start and self._about_them(cue.end, end)
            for cue in self._near("observers", start, end)
            if not self._reported(cue)
        )

    def _reported(self, cue: Found) -> bool:
        """Tell whether the person only says something, perhaps of the runner."""
        return self._any("reports", cue.end, cue.end + 2)

    def _about_them(self, first: int, last: int) -> bool:
        """Tell whether what follows an observer is had by the observer: my coach had."""
        return first < last and self.doc[first].lower_ in {
            "had",
            "has",
            "gets",
            "got",
            "tore",
            "suffered",
            "suffers",
            "broke",
            "hatte",
            "bekam",
        }

    def _past(self, start: int, end: int) -> bool:
        return any(
            not self._any("ends", *sorted((min(cue.end, end), max(cue.start, start))))
            for cue in self._near("past", start, end)
        )

    def _maybe(self, start: int, end: int) -> bool:
        sent = self.doc[start].sent
        asked = sent[-1].text == "?" and end < sent.end - 1
        if asked and not self._any("negation_after", end, end + AFTER):
            return True
        return any(
            cue.end <= start and not self._any("ends", cue.end, start)
            for cue in self._near("maybe", start, end)
        )


def read_context(doc: Doc, lexicon: Lexicon) -> Context:
    """Return the cues of a story."""
    return Context(doc, tuple(phrases_in(doc, matcher(lexicon, "cues"))))
