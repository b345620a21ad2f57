"""What a check of an archive found, for people and for ``--json``."""

from __future__ import annotations

from dataclasses import dataclass

REPAIR, IMPORT, BACKUP, UPDATE, ITSELF = "repair", "import", "backup", "update", "itself"
"""What mends it: `doctor --repair`; importing the file again; a backup; a newer program; the next import."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    kind : str
        ``home``, ``form``, ``sums``, ``log``, ``part``, ``original``, ``sessions``, ``records``, ``leftover`` or
        ``reading``.
    where : str
        The file, relative to the runner's folder; for an original its address.
    what : str
        A sentence for people.
    mend : str
        One of ``repair``, ``import``, ``backup``, ``update``, ``itself``.
    harm : bool
        Whether something is lost or could come out wrong; what does not is only told.
    sessions : tuple of str
        The sessions it touches, where they are known.
    """

    kind: str
    where: str
    what: str
    mend: str
    harm: bool = True
    sessions: tuple[str, ...] = ()


def counted(number: int, one: str, many: str, **values: object) -> str:
    """Return a sentence that is kept, in its form for one or for many."""
    return (one if number == 1 else many).format(n=number, **values)
