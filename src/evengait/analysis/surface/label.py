"""The runner's own word for the ground, from the title or note of a run."""

from __future__ import annotations

import re

from evengait.analysis.surface.paved_share import LABELS

_SHARE = re.compile(r"#paved[ =:]?(\d{1,3})\s?%", re.IGNORECASE)
_WORD = re.compile(rf"#({'|'.join(LABELS)})\b(?!\s?[=:]?\s?\d)", re.IGNORECASE)


def surface_label(*texts: str | None) -> str | float | None:
    """Find the runner's label for the ground: ``#trail``, ``#road``, ``#mixed``, or ``#paved 60%``.

    Parameters
    ----------
    texts : str or None
        Title and note, the first that says something counts.

    Returns
    -------
    str, float or None
        A key of ``LABELS``, a share from 0 to 1, or null = nothing said. Only a word behind a ``#`` counts: "trail"
        alone may be a place or a wish.

    Examples
    --------
    >>> surface_label("Long one #trail", None), surface_label(None, "#paved 60%"), surface_label("Trail shoes")
    ('trail', 0.6, None)
    """
    for text in texts:
        share = _SHARE.search(text or "")
        if share and int(share.group(1)) <= 100:
            return int(share.group(1)) / 100
        word = _WORD.search(text or "")
        if word:
            return word.group(1).lower()
    return None
