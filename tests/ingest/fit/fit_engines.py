"""Which engines there are here."""

from __future__ import annotations

from evengait.ingest.fit._engine import _compiled

ENGINES = [False] if _compiled() is None else [False, True]
"""What to pass as ``kernel``: NumPy always, the kernel where it was built."""
