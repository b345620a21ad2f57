"""Generated files: what is written comes back, both engines agree to the bit, and nothing makes them crash."""

from __future__ import annotations

from typing import Any

import numpy as np
from fit_engines import ENGINES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evengait.core.columns import table
from evengait.core.errors import IngestError
from evengait.ingest.fit import FitFile, decode, read
from evengait.ingest.fit._profile import BASE_TYPES
from evengait.ingest.fit.encode import MessageSpec, definition, encode_messages, wrap

COMMON = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NUMBERS = st.sampled_from([0, 18, 19, 20, 21, 23, 49, 78, 132, 206, 207, 300, 0xFF00])


def integers(base: str) -> st.SearchStrategy[int]:
    bits = {"8": 8, "6": 16, "2": 32, "4": 64}[base.rstrip("z")[-1]] if base not in ("enum", "byte") else 8
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if base.startswith("s") else (0, 2**bits - 1)
    return st.integers(low, high)


@st.composite
def fields(draw: st.DrawFn, rows: int) -> tuple[str, list[Any]]:
    base = draw(st.sampled_from(sorted(BASE_TYPES)))
    if base == "string":
        text = st.text(
            st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1, max_size=9
        )
        return base, draw(st.lists(st.none() | text, min_size=rows, max_size=rows))
    cell: st.SearchStrategy[Any]
    if base == "float32":
        cell = st.none() | st.floats(width=32, allow_nan=False)
    elif base == "float64":
        cell = st.none() | st.floats(allow_nan=False)
    else:
        cell = st.none() | integers(base)
    width = draw(st.sampled_from([1, 1, 1, 2, 5]))
    if width > 1:
        cell = st.lists(cell, min_size=width, max_size=width)
    return base, draw(st.lists(cell, min_size=rows, max_size=rows))


@st.composite
def messages(draw: st.DrawFn, local: int) -> MessageSpec:
    rows = draw(st.integers(1, 30))
    numbers = draw(st.lists(st.integers(0, 255), unique=True, max_size=6))
    seconds = st.lists(st.integers(0, 31), min_size=rows, max_size=rows)
    return MessageSpec(
        draw(NUMBERS),
        {number: draw(fields(rows)) for number in numbers},
        {(0, number): draw(fields(rows)) for number in draw(st.sets(st.integers(0, 3), max_size=2))},
        local,
        draw(st.booleans()),
        draw(st.none() | seconds) if local < 4 else None if numbers else [0] * rows,
    )


@st.composite
def files(draw: st.DrawFn) -> bytes:
    count = draw(st.integers(1, 5))
    specs = [draw(messages(local)) for local in range(count)]
    # Without any field the number of messages is known from the headers alone.
    specs = [s for s in specs if s.fields or s.developer or (s.local < 4 and s.header_seconds)]
    data = encode_messages(specs, interleave=draw(st.booleans()))
    return data + encode_messages(specs[:1]) if draw(st.booleans()) else data


def everything(file: FitFile) -> list[Any]:
    """Return all values and flags of a file, as bytes where they are numbers."""
    out: list[Any] = [file.problems, file.parts]
    for message in file:
        out.append((message.name, message.offsets.tobytes()))
        for name, (values, valid) in message.columns().items():
            raw = values.tolist() if values.dtype == object else values.tobytes()
            flags = None if valid is None else valid.tobytes()
            out.append((name, str(values.dtype), values.shape, raw, flags))
    return out


def outcome(data: bytes, *, kernel: bool) -> Any:
    try:
        return everything(decode(data, kernel=kernel))
    except IngestError as error:
        return str(error)


@given(files())
@COMMON
def test_both_engines_give_the_same_to_the_bit(data: bytes) -> None:
    results = [outcome(data, kernel=kernel) for kernel in ENGINES]
    assert all(result == results[0] for result in results)


@given(st.data())
@COMMON
def test_what_was_written_comes_back(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 500))
    base, cells = data.draw(fields(rows)) if rows < 40 else ("uint16", list(range(rows)))
    # 251 is in no message's profile: no scale, no parts.
    spec = MessageSpec(0xFF00, {251: (base, cells)}, big_endian=data.draw(st.booleans()))
    for kernel in ENGINES:
        pair = decode(encode_messages([spec]), kernel=kernel)["unknown_65280"].column("unknown_251")
        assert pair is not None
        values, valid = pair
        known = np.ones(values.shape, bool) if valid is None else valid
        for cell, value, ok in zip(cells, values.tolist(), known.tolist(), strict=True):
            expected = cell if isinstance(cell, list) else [cell]
            found = value if isinstance(value, list) else [value]
            flags = ok if isinstance(ok, list) else [ok]
            if base == "byte" and any(flags):
                # Of a byte array all are valid together; 255 among them is a value.
                assert found == [255 if x is None else x for x in expected]
                continue
            seen = [x if y else None for x, y in zip(found, flags, strict=True)]
            invalid = {"sint": lambda b: 2 ** (b - 1) - 1, "uint": lambda b: 2**b - 1}
            missing = 0 if base.endswith("z") else None
            if base not in ("string", "float32", "float64") and not base.endswith("z"):
                bits = 8 if base in ("enum", "byte") else int(base[4:])
                missing = invalid["sint" if base.startswith("s") else "uint"](bits)
            assert seen == [None if x == missing else x for x in expected]


@given(files(), st.data())
@COMMON
def test_cut_anywhere_a_prefix_is_kept(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    for kernel in ENGINES:
        try:
            cut = decode(data[:at], kernel=kernel)
        except IngestError:
            assert at < 12
            continue
        whole = decode(data, kernel=kernel)
        for message in cut:
            offsets = message.offsets.tolist()
            assert offsets == whole[message.name].offsets.tolist()[: len(offsets)]
            everything(cut)
        # Everything that ends before the cut is there.
        for message in whole:
            kept = cut.get(message.name)
            before = [offset for offset in message.offsets.tolist() if offset + 65_536 <= at]
            assert not before or (kept is not None and len(kept) >= len(before))


@given(files(), st.data())
@settings(COMMON, max_examples=120)
def test_changed_bytes_never_do_more_than_change_the_result(data: bytes, draw: st.DataObject) -> None:
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 12))):
        broken[draw.draw(st.integers(12, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    results = [outcome(bytes(broken), kernel=kernel) for kernel in ENGINES]
    assert all(result == results[0] for result in results)
    for kernel in ENGINES:
        try:
            read(bytes(broken), kernel=kernel)
        except IngestError:
            continue


USED = {
    0: [0, 1, 2, 8],
    18: [253, 2, 5, 6, 7, 8, 9, 10, 16, 22, 23, 26],
    20: [253, 0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 39, 41, 53, 73, 78, 84, 85],
    21: [253, 0, 1, 3],
    23: [0, 2, 4, 27],
    34: [253, 5],
    206: [0, 1, 2, 3, 8, 14, 15],
}
"""Fields that a recording is made from, by message."""


@st.composite
def odd_activities(draw: st.DrawFn) -> bytes:
    specs = [MessageSpec(0, {0: ("enum", [4])})]
    for local in range(1, draw(st.integers(2, 6))):
        rows = draw(st.integers(1, 8))
        num = draw(st.sampled_from(sorted(USED)))
        numbers = draw(st.lists(st.sampled_from(USED[num]), unique=True, min_size=1, max_size=8))
        columns = {number: draw(fields(rows)) for number in numbers}
        if 253 in columns and draw(st.booleans()):
            start = draw(st.integers(0x10000000, 0x20000000))
            columns[253] = ("uint32", [start + i for i in range(rows)])
        specs.append(MessageSpec(num, columns, local=local, big_endian=draw(st.booleans())))
    return encode_messages(specs)


@given(odd_activities())
@settings(COMMON, max_examples=120)
def test_an_activity_of_odd_types_is_read_into_what_the_house_allows(data: bytes) -> None:
    for kernel in ENGINES:
        for bout in read(data, kernel=kernel).bouts:
            samples = bout.samples
            assert (np.diff(samples.timestamp_us) >= 0).all()
            for name, (values, valid) in samples.columns.items():
                told = table("samples")[name]
                assert str(values.dtype) == told.dtype
                known = values if valid is None else values[valid]
                low, high = told.range or (-(2**31), 2**31)
                assert len(known)
                assert known.min() >= low * told.scale
                assert known.max() <= high * told.scale


@given(
    st.binary(max_size=600),
    st.lists(st.tuples(st.integers(0, 255), st.integers(0, 12), st.integers(0, 31)), max_size=8),
)
@COMMON
def test_any_bytes_behind_a_header_are_survived(noise: bytes, shape: list[tuple[int, int, int]]) -> None:
    body = definition(20, shape) + bytes(1 + sum(size for _, size, _ in shape)) + noise
    results = [outcome(wrap(body), kernel=kernel) for kernel in ENGINES]
    assert all(result == results[0] for result in results)
    for kernel in ENGINES:
        read(wrap(body), kernel=kernel)
