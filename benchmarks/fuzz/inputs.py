"""Input number i of a seed: always the same bytes, so that what was found can be found again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fuzz.breaking_fit import break_fit
from fuzz.breaking_text import break_csv, break_json, break_xml
from fuzz.breaking_zip import gzip_of, zip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzz.corpus import Seed

KINDS = ("fit", "gpx", "tcx", "csv", "json", "gz", "zip")
_OFTEN = (52, 13, 13, 6, 4, 4, 8)
_BREAK = {"fit": break_fit, "gpx": break_xml, "tcx": break_xml, "csv": break_csv, "json": break_json}
_RECORDINGS = ("fit", "fit", "fit", "gpx", "tcx")


@dataclass(frozen=True)
class Input:
    """A broken file as a runner would bring it."""

    number: int
    kind: str
    name: str
    data: bytes


class Inputs:
    """All inputs of a seed.

    Parameters
    ----------
    seeds : sequence of Seed
        Whole files; at least one of each kind but gz and zip.
    seed : int
    """

    def __init__(self, seeds: Sequence[Seed], seed: int) -> None:
        self._seed = seed
        self._whole = {kind: [one for one in seeds if one.kind == kind] for kind in _BREAK}

    def __getitem__(self, number: int) -> Input:
        rng = random.Random(f"{self._seed}:{number}")
        kind = rng.choices(KINDS, _OFTEN)[0]
        if kind in _BREAK:
            return Input(number, kind, f"{number}.{kind}", self._broken(rng, kind))
        if kind == "gz":
            inner = rng.choice(_RECORDINGS)
            return Input(number, kind, f"{number}.{inner}.gz", gzip_of(rng, self._file(rng, inner)))
        return Input(number, kind, f"{number}.zip", self._zip(rng, rng.choice((0, 0, 0, 1, 2))))

    def _broken(self, rng: random.Random, kind: str) -> bytes:
        whole = self._whole[kind]
        return _BREAK[kind](rng, rng.choice(whole).data, rng.choice(whole).data)

    def _file(self, rng: random.Random, kind: str) -> bytes:
        return self._broken(rng, kind) if rng.random() < 0.5 else rng.choice(self._whole[kind]).data

    def _zip(self, rng: random.Random, depth: int) -> bytes:
        members = []
        for i in range(rng.choice((1, 2, 4))):
            kind = rng.choice(_RECORDINGS)
            data = self._file(rng, kind)
            packed = rng.random() < 0.3
            name = f"activities/{i}.{kind}"
            members.append((f"{name}.gz", gzip_of(rng, data)) if packed else (name, data))
        if rng.random() < 0.4:
            members.append(("activities.csv", self._file(rng, "csv")))
        if rng.random() < 0.2:
            members.append(
                ("DI_CONNECT/DI-Connect-Fitness/a_summarizedActivities.json", self._file(rng, "json"))
            )
        if depth:
            members.append(
                (rng.choice(("a.zip", "UploadedFiles_0-_Part1.zip", "b.fit")), self._zip(rng, depth - 1))
            )
        rng.shuffle(members)
        return zip_of(rng, members)
