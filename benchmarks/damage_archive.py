"""Harm archives in every kind of file; see whether it is found, and whether all is there after the repair.

    python benchmarks/damage_archive.py            # 400 harms, as in the table of docs/unharmed.md (--write)
    python benchmarks/damage_archive.py 20

Each time a whole archive is copied, one file of it is harmed, and the doctor looks. Then `doctor --repair`, and where
that names lost files they are imported again. In the end every session and sample must be as it was.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.repair_archive import repair_archive
from evengait.actions.simulate_export import simulate_export
from evengait.storage.archive import Archive
from evengait.storage.archive.sums import names

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

DOCS = Path(__file__).parents[1] / "docs" / "unharmed.md"
BEGIN, END = "<!-- damage begin -->", "<!-- damage end -->"


def main() -> int:
    """Harm, look, repair; print."""
    options = _options()
    rng = random.Random(options.seed)
    seen: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        export = folder / "export.zip"
        simulate_export(export, seed=1, days=200, runs=options.runs)
        import_archive(folder / "whole", [export])
        before = _told(folder / "whole")
        kinds = _kinds(folder / "whole")
        for i in range(options.count):
            kind = list(kinds)[i % len(kinds)]
            harm = list(HARMS)[i // len(kinds) % len(HARMS)]
            home = folder / "home"
            shutil.copytree(folder / "whole", home)
            name = rng.choice(kinds[kind])
            HARMS[harm](home / name, rng)
            if _same(home / name, folder / "whole" / name):
                shutil.rmtree(home)
                continue
            seen[kind, "harmed"] += 1
            found = _looked_after(home, export, before, kind, seen)
            wrong += [f"{name} {harm}: {what}" for what in found]
            shutil.rmtree(home)
    text = _table(kinds, seen, wrong, options)
    print(text)
    for what in wrong:
        print("WRONG", what)
    if options.write and not wrong:
        head, rest = DOCS.read_text("utf-8").split(BEGIN)
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")
    return 1 if wrong else 0


def _looked_after(
    home: Path, export: Path, before: list[pl.DataFrame], kind: str, seen: Counter[tuple[str, str]]
) -> list[str]:
    wrong = []
    if check_archive(home, home).findings:
        seen[kind, "found"] += 1
    else:
        wrong.append("not found")
    repair_archive(home)
    found = check_archive(home, home)
    left = {finding.mend for finding in found.findings if finding.harm}
    if not left <= {"import"}:
        wrong.append(f"not mended: {found.damaged[:2]}")
    seen[kind, "import" if left else "repair"] += 1
    import_archive(home, [export], workers=1)
    if not check_archive(home, home).sound:
        wrong.append("not sound in the end")
    now = _told(home)
    if all(one.equals(other) for one, other in zip(now, before, strict=True)):
        seen[kind, "whole"] += 1
    else:
        wrong.append("not everything is there in the end")
    return wrong


def _flipped(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def _cut(path: Path, rng: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: rng.randrange(len(data))])


def _overwritten(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    at = rng.randrange(len(data))
    data[at : at + 512] = rng.randbytes(len(data[at : at + 512]))
    path.write_bytes(data)


def _gone(path: Path, _: random.Random) -> None:
    path.unlink()


HARMS: dict[str, Callable[[Path, random.Random], None]] = {
    "one bit flipped": _flipped,
    "gone": _gone,
    "cut short": _cut,
    "512 bytes overwritten": _overwritten,
}


def _kinds(home: Path) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for name in [*names(home), "SHA256SUMS"]:
        folder, _, file = name.rpartition("/")
        kinds.setdefault(folder or file, []).append(name)
    return kinds


def _told(home: Path) -> list[pl.DataFrame]:
    archive = Archive(home)
    return [archive.sessions(), archive.samples().collect().sort("session", "timestamp", maintain_order=True)]


def _same(path: Path, whole: Path) -> bool:
    return path.exists() and path.read_bytes() == whole.read_bytes()


def _table(
    kinds: dict[str, list[str]], seen: Counter[tuple[str, str]], wrong: list[str], options: argparse.Namespace
) -> str:
    lines = [
        "| file in | harmed | found | whole after `--repair` | after importing again | everything as it was |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    columns = ("harmed", "found", "repair", "import", "whole")
    lines += [
        f"| `{kind}` | " + " | ".join(str(seen[kind, what]) for what in columns) + " |" for kind in kinds
    ]
    total = {what: sum(seen[kind, what] for kind in kinds) for what in columns}
    lines.append("| **all** | " + " | ".join(f"**{total[what]}**" for what in columns) + " |")
    about = f"An archive of {options.runs} runs, seed {options.seed}; harms in turn: {', '.join(HARMS)}"
    lines += ["", f"{about}. Wrong: {len(wrong)}."]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=400)
    parser.add_argument("--runs", type=int, default=20, help="runs in the archive")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCS.name}")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
