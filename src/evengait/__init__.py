"""evengait: the injury desk for runners."""

from __future__ import annotations

__version__ = "0.1.0"
