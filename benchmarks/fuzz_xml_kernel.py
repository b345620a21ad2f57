"""Build the XML kernel with gcc's address and undefined-behaviour checks and feed it damaged documents.

python benchmarks/fuzz_xml_kernel.py [--rounds 20000] [--seed 1] [FILE OR FOLDER ...]

Every document is a made-up one, or one of the given TCX and GPX files, with some bytes replaced, taken out, doubled or
cut off; every grammar now and then has wrong numbers in it. A read or write outside memory stops the run with a report;
so does a document that the kernel reads otherwise than the strict parser.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "evengait" / "ingest" / "xml" / "_kernel.c"
SCRAPS = (
    b"", b"<", b">", b"/", b"&", b";", b'"', b"'", b"=", b"\x00", b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x8f",
    b"]]>", b"--", b"<!--", b"-->", b"<![CDATA[", b"<?", b"?>", b"&#x", b"&#65;", b"0",
    b"9" * 30, b"e99", b"<a>" * 250, b":",
)  # fmt: skip
LONGEST = 60_000
"""Bytes taken of a file: more only slows the run down."""


def build(folder: str) -> Path:
    """Compile the kernel with checks; returns the module."""
    out = Path(folder) / "_kernel.abi3.so"
    include = sysconfig.get_paths()["include"]
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
    command = ["gcc", "-shared", "-fPIC", "-O1", "-g", "-ffp-contract=off", *checks, f"-I{include}"]
    subprocess.run([*command, str(SOURCE), "-o", str(out)], check=True)
    return out


def under_checks(arguments: list[str]) -> int:
    """Run this file once more in a Python that loads the checks before all else; returns its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        kernel = build(folder)
        library = subprocess.run(
            ["gcc", "-print-file-name=libasan.so"], check=True, capture_output=True, text=True
        ).stdout.strip()
        environment = os.environ | {
            "LD_PRELOAD": library,
            "PYTHONMALLOC": "malloc",
            "ASAN_OPTIONS": "detect_leaks=0",
            "EVENGAIT_FUZZ_KERNEL": str(kernel),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        }
        return subprocess.run([sys.executable, __file__, *arguments], env=environment, check=False).returncode


def seeds(paths: list[Path]) -> list[bytes]:
    """Return whole documents: made-up ones and the given files."""
    from xml_files import activity, gpx, lap, tcx, tpx, trackpoint, trk, trkpt

    value = (
        "<HeartRateBpm><Value>141</Value></HeartRateBpm><Extensions><TPX><Watts>3</Watts></TPX></Extensions>"
    )
    title = "Run &amp; <!-- no --> ride <![CDATA[<fast>]]> é 走る"
    out = [
        gpx(trk("".join(trkpt(s, tpx()) for s in range(5)), name=title)),
        tcx(activity(lap(0, "".join(trackpoint(s, value, metres=s) for s in range(5))))),
    ]
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    for file in files:
        if file.name.lower().endswith((".gpx", ".tcx", ".gpx.gz", ".tcx.gz")):
            data = file.read_bytes()
            out.append((gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)[:LONGEST])
    return out


def damaged(data: bytes, chance: np.random.Generator) -> bytes:
    """Return a document with some damage."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 10, 50])):
        at, kind = int(chance.integers(len(out) + 1)), chance.random()
        if kind < 0.5:
            out[at : at + int(chance.choice([0, 1, 1, 4]))] = SCRAPS[chance.integers(len(SCRAPS))]
        elif kind < 0.8:
            out[at : at + 1] = chance.bytes(1)
        elif kind < 0.9:
            other = int(chance.integers(len(out) + 1))
            out[at:at] = out[other : other + int(chance.integers(200))]
        elif kind < 0.95:
            del out[at : at + int(chance.integers(300))]
        else:
            del out[at:]
    return bytes(out)


def documents(paths: list[Path], rounds: int, chance: np.random.Generator) -> Iterator[bytes]:
    """Give every seed whole, the made-up ones cut off at every byte, and then damaged ones."""
    whole = seeds(paths)
    yield from whole
    for data in whole[:2]:
        yield from (data[:size] for size in range(len(data)))
    for _ in range(rounds):
        yield damaged(whole[chance.integers(len(whole))], chance)


def fuzz(paths: list[Path], rounds: int, seed: int) -> None:
    """Feed the kernel that was built with checks."""
    spec = importlib.util.spec_from_file_location(
        "evengait.ingest.xml._kernel", os.environ["EVENGAIT_FUZZ_KERNEL"]
    )
    if spec is None or spec.loader is None:
        raise SystemExit("the kernel was not built")
    kernel: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kernel)
    sys.modules["evengait.ingest.xml._kernel"] = kernel
    import evengait.ingest.xml as room

    room._kernel = kernel  # type: ignore[attr-defined]  # so that the compiled parser uses this one
    from evengait.ingest.gpx._grammar import GPX
    from evengait.ingest.tcx._grammar import TCX
    from evengait.ingest.xml import _compiled, _strict
    from evengait.ingest.xml._engine import without_lead
    from xml_parsers import assert_same

    chance = np.random.default_rng(seed)
    fed = read = wrong_grammars = 0
    for document in documents(paths, rounds, chance):
        data = without_lead(document)
        grammar = TCX if b"<Training" in data else GPX
        found = _compiled.scan(data, grammar)
        fed += 1
        if found is not None:
            try:
                assert_same(found, _strict.scan(data, grammar))
            except AssertionError:
                Path("fuzz-failure.xml").write_bytes(data)
                print("a document is read otherwise than by the strict parser: see fuzz-failure.xml")
                raise
            read += 1
        if fed % 10 == 0:
            tables = bytearray(grammar.packed)
            for _ in range(chance.choice([1, 2, 20])):
                tables[chance.integers(len(tables))] = chance.integers(256)
            try:
                kernel.scan(data, 0, bytes(tables), 1000, 1000, 10_000)
            except ValueError:
                wrong_grammars += 1
    print(f"{fed:,} documents: {read:,} read and equal to the strict parser's, the others left to it;")
    print(f"{wrong_grammars:,} wrong grammars refused; no memory error, no undefined behaviour")


def main() -> None:
    """Build and run, or be run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if "EVENGAIT_FUZZ_KERNEL" not in os.environ:
        raise SystemExit(under_checks(sys.argv[1:]))
    fuzz(options.paths, options.rounds, options.seed)


if __name__ == "__main__":
    main()
