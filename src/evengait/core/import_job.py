"""An import that the desk does in the background: how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

JOB_KINDS = ("upload", "demo", "undo")
JOB_STATES = ("receiving", "waiting", "going", "done", "failed")
UNFINISHED = ("receiving", "waiting", "going")


@dataclass(frozen=True)
class ImportJob:
    """One import, or the taking back of one.

    Attributes
    ----------
    id, runner : UUID
    kind : {"upload", "demo", "undo"}
        ``demo``: a made-up runner's export; ``undo``: takes ``batch`` back.
    state : {"receiving", "waiting", "going", "done", "failed"}
        ``receiving``: files are still on their way; ``waiting``: for the worker.
    label : str
        What was given, in the runner's words: a file's name, "1,204 files".
    bytes_expected, bytes_received : int
        Of the upload.
    files_done, files_total, sessions : int
        So far; a total of 0 = not known yet.
    batch : str
        The import's name in the archive; empty = not begun.
    counts : dict of str to int
        Files by verdict, once it is done.
    runs, distance_m, first, last, without_file, problems
        As in the report of an import.
    reason : str
        Why it failed, a sentence for people.
    started_at, changed_at : datetime
        Instants (UTC).
    """

    id: UUID
    runner: UUID
    kind: str
    state: str
    label: str = ""
    bytes_expected: int = 0
    bytes_received: int = 0
    files_done: int = 0
    files_total: int = 0
    sessions: int = 0
    batch: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    distance_m: float = 0.0
    first: date | None = None
    last: date | None = None
    without_file: int = 0
    problems: tuple[str, ...] = ()
    reason: str = ""
    started_at: datetime | None = None
    changed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in JOB_KINDS or self.state not in JOB_STATES:
            raise UsageError("An import's kind or state is not known.")

    @property
    def unfinished(self) -> bool:
        """Whether there is more to come."""
        return self.state in UNFINISHED
