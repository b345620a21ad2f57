"""Run the notebooks of the docs and write each as a page with what its cells show.

python tools/make_notebook.py    runs docs/notebooks/*.ipynb and writes the page and the pictures beside each
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"
NOTE = "<!-- Made by `python tools/make_notebook.py` from {name}. Change the notebook, not this page. -->"


def run(notebook: Path, folder: Path) -> Any:
    """Run a notebook in a folder and return it with what its cells show.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell failed.
    """
    import nbformat
    from nbclient import NotebookClient

    cells = nbformat.read(notebook, as_version=4)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    NotebookClient(cells, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return cells


def page(cells: Any, name: str) -> tuple[str, dict[str, bytes]]:
    """Return a notebook as Markdown, and its pictures by their file names."""
    title, parts, pictures = "", [], {}
    for cell in cells.cells:
        if cell.cell_type == "markdown":
            if not title:
                title, _, rest = cell.source.partition("\n")
                link = f"[This page as a notebook]({name}.ipynb), to run on your own export."
                parts += [title, NOTE.format(name=f"{name}.ipynb"), rest.strip(), link]
            else:
                parts.append(cell.source)
            continue
        parts.append(
            f"<!-- not run: tests/docs/test_notebooks.py runs it -->\n\n```python\n{cell.source}\n```"
        )
        for shown in cell.outputs:
            if shown.output_type == "stream" and shown.name == "stderr":
                continue
            data = shown.get("data", {"text/plain": shown.get("text", "")})
            if "image/png" in data:
                file = f"{name}-{len(pictures) + 1}.png"
                pictures[file] = base64.b64decode(data["image/png"])
                parts.append(f"![What the cell above draws]({file})")
            else:
                parts.append(
                    "```text\n"
                    + re.sub(r"[ \t]+$", "", data["text/plain"], flags=re.MULTILINE).rstrip("\n")
                    + "\n```"
                )
    return "\n\n".join(parts) + "\n", pictures


def main() -> None:
    """Run every notebook; an export given as the only argument saves making one up."""
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        with TemporaryDirectory() as folder:
            if sys.argv[1:]:
                shutil.copy(sys.argv[1], Path(folder) / "export.zip")
            text, pictures = page(run(notebook, Path(folder)), notebook.stem)
        notebook.with_suffix(".md").write_text(text, "utf-8")
        for name, data in pictures.items():
            (NOTEBOOKS / name).write_bytes(data)


if __name__ == "__main__":
    main()
