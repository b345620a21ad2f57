"""Write a made-up runner's history as a Garmin account archive: the zip a real runner would be sent."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from evengait.actions.simulate_export import ExportSummary, fixed_member, rows_to_write
from evengait.ingest.fit.encode import MessageSpec, encode_activity, encode_messages
from evengait.simulation.garmin_lists import UPLOADED, USER, lists
from evengait.simulation.samples import simulate_bout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evengait.simulation.history import SimulatedHistory

_IN_A_ZIP = 2000
_OTHERS = (32, 44, 49, 2, 68)
"""File types of what a watch sends besides: health data, settings, and kinds that the format does not document."""


def simulate_garmin(
    path: Path,
    *,
    seed: int,
    days: int = 760,
    runs: int | None = None,
    history: SimulatedHistory | None = None,
    others_per_session: int = 12,
) -> ExportSummary:
    """Write a Garmin-like account archive: recordings among many other files, in zips in the zip; lists beside.

    Parameters
    ----------
    path : Path
        The zip to write; it appears only when it is whole.
    seed : int
        The same seed gives the same bytes.
    days : int
        Length of the history, if none is given.  [d]
    runs : int, optional
        Keep so many runs, the newest.
    history : SimulatedHistory, optional
        Default: made from the seed.
    others_per_session : int
        Files of other kinds for each session; in real archives one file in ten to twenty-five is a session.

    Returns
    -------
    ExportSummary

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     simulate_garmin(Path(folder) / "garmin.zip", seed=1, days=180, runs=2).runs
    2
    """
    rows = rows_to_write(history, seed, days, runs, None)
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for name, text in lists(rows).items():
            archive.writestr(fixed_member(name), text, zipfile.ZIP_DEFLATED)
        for number, content in enumerate(_zips(_uploaded(rows, seed, others_per_session)), start=1):
            archive.writestr(fixed_member(f"{UPLOADED}/UploadedFiles_0-_Part{number}.zip"), content)
    part.replace(path)
    return ExportSummary(
        path,
        sum(row["sport"] == "running" for row in rows),
        len(rows),
        path.stat().st_size,
        sum(row["moving_s"] for row in rows) / 3600,
        rows[0]["local_date"],
        rows[-1]["local_date"],
    )


def _uploaded(rows: list[dict[str, Any]], seed: int, others: int) -> Iterator[bytes]:
    """Yield every file that the watch sent: for each session itself, and what else came on those days."""
    for row in rows:
        for number in range(others):
            kind = _OTHERS[number % len(_OTHERS)]
            when = int(row["start"].timestamp()) - 631_065_600 + number
            yield encode_messages([MessageSpec(0, {0: ("enum", [kind]), 4: ("uint32", [when])})])
        yield encode_activity(simulate_bout(row, seed))


def _zips(files: Iterator[bytes]) -> Iterator[bytes]:
    """Yield zips of some files each; a file is called after the runner's address and a number that says nothing."""
    number, waiting = 0, True
    while waiting:
        waiting = False
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for content in files:
                waiting = True
                archive.writestr(
                    fixed_member(f"{USER}_{3_000_000_000 + 7 * number}.fit"), content, zipfile.ZIP_DEFLATED
                )
                number += 1
                if number % _IN_A_ZIP == 0:
                    break
        if waiting:
            yield out.getvalue()
