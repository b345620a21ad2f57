"""evengait: the injury desk for runners.

>>> import evengait
>>> sorted(evengait.__all__)
['Answer', 'EvengaitError', 'Runner', '__version__', 'read_fit']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from evengait.core.errors import EvengaitError
    from evengait.library import Answer, Runner, read_fit

__all__ = ["Answer", "EvengaitError", "Runner", "__version__", "read_fit"]

_HOMES = {
    "Answer": "evengait.library",
    "EvengaitError": "evengait.core.errors",
    "Runner": "evengait.library",
    "read_fit": "evengait.library",
}


def __getattr__(name: str) -> Any:
    # Nothing is imported before it is asked for: every command line pays for this file.
    if name not in _HOMES:
        raise AttributeError(f"module 'evengait' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
