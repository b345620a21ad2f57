"""A place in the site's navigation for pages that mkdocs.yml does not name: decisions, and pages that came later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SECTIONS = {"how-to": "How to", "decisions": "Decisions", "explanation": "Explanation"}
ELSEWHERE = "Reference"


def on_config(config: Any) -> Any:
    """Put every page that the navigation leaves out at the end of the section of its folder."""
    docs, sections = Path(config.docs_dir), {}
    for entry in config.nav:
        sections.update(entry)
    named = set(_pages(config.nav))
    for file in sorted(docs.rglob("*.md")):
        page = file.relative_to(docs)
        if page.as_posix() not in named:
            folder = page.parts[0] if len(page.parts) > 1 else ""
            sections[SECTIONS.get(folder, ELSEWHERE)].append(page.as_posix())
    return config


def _pages(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    inner = entry.values() if isinstance(entry, dict) else entry
    return [page for part in inner for page in _pages(part)]
