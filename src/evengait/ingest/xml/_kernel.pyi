from typing import Literal

def scan(
    document: bytes, begin: int, grammar: bytes, most_points: int, most_marks: int, most_elements: int, /
) -> tuple[bytearray, bytearray] | Literal[False] | None: ...
