"""What to do with each file of an import: a session of its own, one with others, or nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions._chunk import Ruling, Seen
from evengait.actions._known import KEPT_ANEW, SAME_FILE, Known
from evengait.actions._runs import Recorded, Runs
from evengait.analysis.same_run.best import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evengait.actions._words import Words
    from evengait.core.label import Said
    from evengait.core.same_run import Brief, Limits

_COLUMN_WORDS = {
    "balance_left_pct_x100": "left/right balance",
    "contact_time_ms_x10": "ground contact time",
    "vertical_oscillation_mm_x10": "vertical movement",
    "step_length_mm_x10": "step length",
    "step_rate_spm_x64": "step rate",
    "heart_rate_bpm": "heart rate",
    "lat_semicircles": "positions",
    "altitude_m_x5": "altitude",
    "distance_m_x100": "distance",
    "speed_m_s_x1000": "speed",
    "power_w": "power",
    "temperature_c": "temperature",
}


class Rules:
    """Rules on files one chunk after another, and claims what is new.

    Parameters
    ----------
    known : Known
    runs : Runs
    words : Words
    batch : str
    limits : Limits
    unsettle : callable
        Called before a recording comes in that is no session of its own.
    """

    def __init__(
        self, known: Known, runs: Runs, words: Words, batch: str, limits: Limits, unsettle: Callable[[], None]
    ) -> None:
        self._known = known
        self._runs = runs
        self._words = words
        self._batch = batch
        self._limits = limits
        self._unsettle = unsettle
        self.touched: set[str] = set()
        self.new: set[str] = set()
        self.news = False

    def rule(self, seen: Sequence[Seen]) -> list[Ruling]:
        """Rule on a chunk's files."""
        rulings = [self._rule_one(one) for one in seen]
        self.news = self.news or any(ruling.row for ruling in rulings)
        return rulings

    def _rule_one(self, one: Seen) -> Ruling:
        if not one.briefs:
            return Ruling((), row=self._known.is_news(one.outcome))
        sha = one.outcome.sha256 or ""
        already = self._known.recordings_of(sha)
        if one.said is not None:
            self._words.learn(one.said, sha, written=already is None)
        if already is not None:
            self.touched |= set(already) if one.said is not None else set()
            if self._known.lacks_original(sha):
                no = (False,) * len(one.briefs)
                return Ruling(no, already, KEPT_ANEW, original=True, again=True)
            row = self._known.row_of(one.outcome) is None
            return Ruling((False,) * len(one.briefs), already, SAME_FILE, row=row)
        keep: list[bool] = []
        merged: str | None = None
        for place, brief in enumerate(one.briefs):
            same = self._runs.same(brief)
            self._runs.add(Recorded(brief, sha, place, one.outcome.member.source, self._batch))
            self.new.add(brief.recording)
            keep.append(not same)
            if same:
                self._unsettle()
                self.touched.add(brief.recording)
                merged = merged or brief.recording
        names = tuple(brief.recording for brief in one.briefs)
        self._known.claim(sha, names)
        sentence = self.sentence(merged, some=any(keep)) if merged is not None else None
        return Ruling(tuple(keep), names, sentence, original=True, said=self._said(one.briefs, sha))

    def _said(self, briefs: Sequence[Brief], sha: str) -> tuple[tuple[Said, ...], ...]:
        return tuple(tuple(self._words.on(brief, sha)) for brief in briefs)

    def sentence(self, recording: str, *, some: bool) -> str:
        """Say what one session takes from a recording that is not alone in it.

        Parameters
        ----------
        recording : str
        some : bool
            Whether other bouts of its file are sessions of their own.
        """
        already = f"{'A part of it is' if some else 'It is'} in the archive already, from another recording"
        for together in self._runs.together([recording]):
            choice = choose(together, self._limits)
            if choice.samples == recording:
                return f"{already}; now one session, with the samples of this one."
            if recording in choice.columns:
                words = [_COLUMN_WORDS[name] for name in choice.columns[recording] if name in _COLUMN_WORDS]
                return f"{already}; now one session, with {_listed(words)} from this one."
        return f"{already}; one session, and this one has nothing that the other lacks."


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
