"""Race the FIT reader against every reader on PyPI that may be raced, in one run; print MB/s and ratios.

    python benchmarks/fit_race.py [--data FOLDER] [--rounds 9]

Files: the activities under FOLDER that every reader decodes; their bytes are in memory. Two tasks:

all messages
    Every field of every message decoded: scaled, invalid values told from valid ones. Here: ``decode`` and
    ``Message.columns`` of every message, which fills every column and its flags.
records
    The ``record`` messages as columns.

Time is processor time of this process (user and system), so that other programs disturb less; every round runs all
fast readers one after the other, and a ratio is the median of its rounds' ratios. Slow readers run in the first round
only. The official SDK is not raced: its licence forbids benchmarks. An earlier measurement, not made here, has it 1.74
times as fast as fitdecode, so "70 times the SDK" is 122 times fitdecode.

The reader keeps what it learns of a definition, as it does over an archive of one watch. The lines "first sight" show
it without: everything kept is thrown away before each round.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import statistics
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fitdecode
import fitfast
import fitparse
import numpy as np
import pyfitparsernative
import pyroparse

from evengait.ingest.fit import decode, sniff
from evengait.ingest.fit._layout import layout
from evengait.ingest.fit._plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[bytes], Any]

SMALLEST = 20_000
"""Bytes; shorter activities measure the start of a call and not the reading."""


def fitparse_all(data: bytes) -> Any:
    """Messages as dicts."""
    return [message.get_values() for message in fitparse.FitFile(io.BytesIO(data)).get_messages()]


def fitdecode_all(data: bytes) -> Any:
    """Frames with decoded fields; checksum checked."""
    with fitdecode.FitReader(io.BytesIO(data)) as reader:
        return [frame for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]


def fitparse_records(data: bytes) -> Any:
    """Messages as dicts, then lists."""
    return _lists([m.get_values() for m in fitparse.FitFile(io.BytesIO(data)).get_messages("record")])


def fitdecode_records(data: bytes) -> Any:
    """Frames, then lists."""
    with fitdecode.FitReader(io.BytesIO(data)) as reader:
        frames = [f for f in reader if f.frame_type == fitdecode.FIT_FRAME_DATA and f.name == "record"]
    return _lists([{field.name: field.value for field in frame.fields} for frame in frames])


def _lists(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def own_all(kernel: bool) -> Reader:
    """Every column of every message, values and flags."""
    return lambda data: [message.columns() for message in decode(data, kernel=kernel)]


def own_records(kernel: bool) -> Reader:
    """Every column of the record messages, values and flags."""
    return lambda data: decode(data, ["record"], kernel=kernel)["record"].columns()


FITFAST, FITDECODE = "fitfast 0.1.0", "fitdecode 0.11.0"
NUMPY, KERNEL = "evengait, NumPy only", "evengait, C kernel"

TASKS: dict[str, dict[str, Reader]] = {
    "all messages": {
        "fitparse 1.2.0": fitparse_all,
        FITDECODE: fitdecode_all,
        "pyroparse 0.11.0": pyroparse.all_messages,
        "pyfitparsernative 0.2.3": pyfitparsernative.parse_fit_bytes,
        FITFAST: lambda data: fitfast.parse(data, enum_names=False),
        NUMPY: own_all(kernel=False),
        KERNEL: own_all(kernel=True),
    },
    "records": {
        "fitparse 1.2.0": fitparse_records,
        FITDECODE: fitdecode_records,
        "pyroparse 0.11.0": lambda data: pyroparse.read_fit(data, deduplicate=False),
        FITFAST: lambda data: fitfast.records(data, degrees=False),
        NUMPY: own_records(kernel=False),
        KERNEL: own_records(kernel=True),
    },
}

SLOW = {"fitparse 1.2.0", FITDECODE, "pyroparse 0.11.0"}

BARS = [
    ("all messages", NUMPY, FITFAST, 5),
    ("all messages", NUMPY, FITDECODE, 122),
    ("records", NUMPY, FITFAST, 3),
    ("all messages", KERNEL, FITFAST, 12),
    ("records", KERNEL, FITFAST, 8),
]


def main() -> None:
    """Choose the files, race, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    beside = Path(__file__).parents[2] / "shared"
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("EVENGAIT_SHARED", beside)) / "data")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    files = _files(options.data)
    size = sum(map(len, files))
    messages = sum(len(message) for data in files for message in decode(data))
    print(f"{len(files)} activities that every reader decodes: {size / 1e6:.1f} MB, {messages:,} messages\n")
    for task, readers in TASKS.items():
        times = _race(files, readers, options.rounds)
        _table(task, times, size)
        _bars(task, times)


def _files(folder: Path) -> list[bytes]:
    """Return the activities that every reader decodes, each once."""
    found: dict[bytes, None] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".fit" and path.stat().st_size >= SMALLEST and sniff(path.read_bytes()):
            found[path.read_bytes()] = None
    kept, refused = [], dict.fromkeys(TASKS["all messages"], 0)
    for data in found:
        if "record" not in decode(data):
            continue
        failed = [name for name in refused if not _reads(name, data)]
        for name in failed:
            refused[name] += 1
        if not failed:
            kept.append(data)
    said = ", ".join(f"{name} {count}" for name, count in refused.items() if count)
    print(f"refused or read empty: {said}")
    return kept


def _reads(name: str, data: bytes) -> bool:
    for task in ("records", "all messages"):
        reader = TASKS[task].get(name)
        if reader is None:
            continue
        try:
            if not len(reader(data)):
                return False
        except Exception:  # noqa: BLE001  whatever a peer raises, it has not read the file
            return False
        if name in SLOW:
            # One task is enough to know, and the other would take as long again.
            return name != "pyroparse 0.11.0" or _all_too(data)
    return True


def _all_too(data: bytes) -> bool:
    with contextlib.suppress(Exception):
        return bool(pyroparse.all_messages(data))
    return False


def _race(files: list[bytes], readers: dict[str, Reader], rounds: int) -> dict[str, list[float]]:
    """Return seconds of processor time per round and reader; nan where a slow reader sat a round out."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    cold = {f"{name}, first sight": (name, readers[name]) for name in (NUMPY, KERNEL)}
    times |= {name: [] for name in cold}
    for turn in range(rounds):
        for name, reader in readers.items():
            times[name].append(np.nan if name in SLOW and turn else _time(reader, files))
        for label, (_, reader) in cold.items():
            layout.cache_clear()
            plan.cache_clear()
            times[label].append(_time(reader, files))
        for name in (NUMPY, KERNEL):
            # What was thrown away is learned again before the next round.
            _time(readers[name], files)
    return times


def _time(reader: Reader, files: list[bytes]) -> float:
    start = time.process_time()
    for data in files:
        reader(data)
    return time.process_time() - start


def _ratio(times: dict[str, list[float]], slow: str, fast: str) -> float:
    pairs = zip(times[slow], times[fast], strict=True)
    return statistics.median(a / b for a, b in pairs if not np.isnan(a) and not np.isnan(b))


def _table(task: str, times: dict[str, list[float]], size: int) -> None:
    print(f"{task:<38} {'MB/s':>8} {'NumPy is × faster':>18} {'C is × faster':>14}")
    for name, seconds in times.items():
        speed = size / 1e6 / float(np.nanmedian(seconds))
        print(
            f"  {name:<36} {speed:>8.2f} {_ratio(times, name, NUMPY):>18.1f} {_ratio(times, name, KERNEL):>14.1f}"
        )
    print()


def _bars(task: str, times: dict[str, list[float]]) -> None:
    for bar_task, own, peer, bar in BARS:
        if bar_task == task:
            ratio = _ratio(times, peer, own)
            print(f"  {own}: {ratio:.1f} × {peer}, bar {bar}: {'reached' if ratio >= bar else 'MISSED'}")
    print()


if __name__ == "__main__":
    main()
