from typing import Any

def crc(data: Any, /) -> int: ...
def walk(
    data: Any, begin: int, end: int, most: int, /
) -> tuple[list[tuple[int, int]], list[int], bytes, int, int, bool]: ...
def fill(
    data: Any,
    offsets: Any,
    ranks: Any,
    size: int,
    spec: Any,
    scales: Any,
    table: Any,
    rows: int,
    flags_at: int,
    /,
) -> None: ...
