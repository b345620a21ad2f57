"""What a definition says of its messages: the fields, their places and types. Kept by the definition's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from evengait.ingest.fit._profile import BYTE, STRING, FieldProfile, MessageProfile, message_profile

CODES = ("u1", "i1", "u1", "i2", "u2", "i4", "u4", "S1", "f4", "f8", "u1", "u2", "u4", "u1", "i8", "u8", "u8")
"""NumPy type of each base type number, 0 to 16."""

SIZES = tuple(int(code[1]) for code in CODES)

INVALID: tuple[int | None, ...] = (
    0xFF, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, None, None, None, 0, 0, 0, 0xFF,
    0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0,
)  # fmt: skip
"""The raw value that means "no value", by base type number; strings are empty, floats not a number."""


class Developer(NamedTuple):
    """What a ``field_description`` message says of a developer field.

    ``native_field`` is the field of the profile that it stands in for, as its maker says; None = none.
    """

    data_index: int
    number: int
    name: str | None
    base: int | None
    units: str | None
    native_message: int | None
    native_field: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of a definition: its place in the message, its type and what the profile says of it."""

    name: str
    at: int
    base: int
    count: int
    profile: FieldProfile | None
    developer: Developer | None = None

    @property
    def scaled(self) -> bool:
        """Whether the profile gives it a scale or offset."""
        return self.profile is not None and (self.profile.scale != 1 or self.profile.offset != 0)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One definition: message number, byte order, fields by column name, bytes of a message with its header."""

    message: MessageProfile
    big_endian: bool
    fields: dict[str, Field]
    size: int


def number_of(content: bytes) -> int:
    """Return the message number of a definition's content."""
    return int.from_bytes(content[2:4], "big" if content[1] else "little")


@lru_cache(maxsize=4096)
def layout(content: bytes, developers: tuple[Developer | None, ...] = ()) -> Layout:
    """Return the layout of a definition.

    Parameters
    ----------
    content : bytes
        The definition without its header byte.
    developers : tuple
        What is known of each developer field, in order; None = it was never described.

    Examples
    --------
    >>> list(layout(bytes([0, 0, 20, 0, 1, 3, 1, 2])).fields)
    ['heart_rate']
    """
    message = message_profile(number_of(content))
    fields: dict[str, Field] = {}
    at = 1
    stop = 5 + 3 * content[4]
    for num, size, base in zip(content[5:stop:3], content[6:stop:3], content[7:stop:3], strict=True):
        profile = message.fields.get(num)
        name = profile.name if profile else f"unknown_{num}"
        fields[name] = Field(name, at, *_shape(base, size), profile)
        at += size
    for size, developer, raw in zip(
        content[stop + 2 :: 3], developers, developer_fields(content), strict=False
    ):
        name = _developer_name(developer, raw, fields)
        base = BYTE if developer is None or developer.base is None else developer.base
        fields[name] = Field(name, at, *_shape(base, size), None, developer or _undescribed(raw))
        at += size
    return Layout(message, bool(content[1]), fields, at)


def developer_fields(content: bytes) -> list[tuple[int, int]]:
    """Return (developer data index, field number) of each developer field of a definition."""
    stop = 6 + 3 * content[4]
    return list(zip(content[stop + 2 :: 3], content[stop::3], strict=True))


def _shape(base: int, size: int) -> tuple[int, int]:
    """Return base type number and count; a size that its type does not divide is read as plain bytes."""
    base &= 0x1F
    if base >= len(SIZES):
        base = BYTE
    if size % SIZES[base]:
        base = 2
    return base, size if base == STRING else size // SIZES[base]


def _developer_name(developer: Developer | None, raw: tuple[int, int], taken: dict[str, Field]) -> str:
    plain = developer.name if developer and developer.name else f"unknown_{raw[0]}_{raw[1]}"
    name = f"developer_{plain}"
    return name if name not in taken else f"{name}_{raw[0]}_{raw[1]}"


def _undescribed(raw: tuple[int, int]) -> Developer:
    return Developer(raw[0], raw[1], None, None, None, None, None)
