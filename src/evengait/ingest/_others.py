"""Formats that other packages bring, through the entry point group ``evengait.formats``.

Their code is not ours: whatever it raises ends here, and what it gives is checked before it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from evengait.core.recording import Recording

GROUP = "evengait.formats"


@dataclass(frozen=True)
class Other:
    """A format of another package.

    Attributes
    ----------
    name : str
    package : str
        The package with its version, for people.
    module : object
        It has ``sniff(head)`` and ``read(data)``; None where it could not be loaded.
    problem : str or None
        Why not.
    """

    name: str
    package: str
    module: Any = None
    problem: str | None = None


@cache
def others(taken: tuple[str, ...]) -> dict[str, Other]:
    """Return the formats of other packages by name.

    Parameters
    ----------
    taken : tuple of str
        Names of our own formats; no other package can have them.
    """
    out: dict[str, Other] = {}
    for entry in entry_points(group=GROUP):
        found = entry.dist
        package = f"{found.name} {found.version}" if found is not None else "an unknown package"
        if entry.name in taken or entry.name in out:
            out[f"{entry.name} ({package})"] = Other(entry.name, package, problem=kept("its name is taken"))
        else:
            out[entry.name] = _load(entry, package)
    return out


def _load(entry: Any, package: str) -> Other:
    try:
        module = entry.load()
    except Exception as error:  # noqa: BLE001  another package's code; one that is broken must not stop an import
        return Other(
            entry.name, package, problem=kept("it cannot be loaded ({kind})", kind=type(error).__name__)
        )
    if not callable(getattr(module, "sniff", None)) or not callable(getattr(module, "read", None)):
        return Other(entry.name, package, problem=kept("it has no sniff and read"))
    return Other(entry.name, package, module)


def knows(other: Other, head: bytes) -> bool:
    """Return whether a format recognises a file's first bytes; a sniffer that stumbles does not."""
    if other.module is None:
        return False
    try:
        return bool(other.module.sniff(head))
    except Exception:  # noqa: BLE001  another package's code
        return False


def read(other: Other, data: bytes) -> Recording:
    """Read a file by another package's reader, and check what it gave.

    Raises
    ------
    IngestError
        The reader refused the file, stumbled over it, or gave something that is no recording.
    """
    from evengait.core.recording_rules import broken_rules

    try:
        recording: Recording = other.module.read(data)
    except IngestError:
        raise
    except Exception as error:
        raise IngestError(
            kept(
                "It could not be read: the {name} reader of {package} stumbled over it ({error}).",
                name=other.name,
                package=other.package,
                error=type(error).__name__,
            )
        ) from error
    wrong = broken_rules(recording)
    if wrong:
        raise IngestError(
            kept(
                "The {name} reader of {package} gave what is no recording; tell its author: {wrong}",
                name=other.name,
                package=other.package,
                wrong=wrong[0],
            )
        )
    return recording
