"""A runner's archive: samples and sessions in Delta tables, the files as they came beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evengait.storage.archive.archive import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> Any:
    """Load the reader, and Polars with it, only when it is asked for: an import does without."""
    if name == "Archive":
        from evengait.storage.archive.archive import Archive

        return Archive
    raise AttributeError(name)
