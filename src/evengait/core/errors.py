"""The error tree: one root, five branches, one sentence each for people.

::

    EvengaitError
    ├── IngestError    a file could not be read        (format, offset)
    ├── TableError     a table is not as it should be  (column, row)
    ├── RuleError      a knowledge file is wrong       (file, key)
    ├── NotAllowed     this role may not do this       (role, action)
    └── UsageError     the question cannot be asked so

A message says what, where and what next. It never carries a name, a place, free text or a measured value.
"""

from __future__ import annotations

from evengait.core.reasons import reason_in_words


class EvengaitError(Exception):
    """The root of every error raised on purpose; its text is fit to be shown to a person."""


class IngestError(EvengaitError):
    """A file, or a part of one, could not be read."""

    def __init__(self, message: str, *, format: str | None = None, offset: int | None = None) -> None:  # noqa: A002
        super().__init__(message)
        self.format = format
        self.offset = offset


class TableError(EvengaitError):
    """A table lacks a column, or holds a value its column does not allow."""

    def __init__(self, message: str, *, column: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.column = column
        self.row = row


class RuleError(EvengaitError):
    """A knowledge file is wrong: an unknown key, a missing source, a duplicate id."""

    def __init__(self, message: str, *, file: str | None = None, key: str | None = None) -> None:
        super().__init__(message)
        self.file = file
        self.key = key


class NotAllowed(EvengaitError):
    """A role may not do this."""

    def __init__(self, message: str, *, role: str | None = None, action: str | None = None) -> None:
        super().__init__(message)
        self.role = role
        self.action = action


class UsageError(EvengaitError):
    """The question cannot be asked like this: a date in the future, a path that is not there.

    Said in the language that is spoken where it is raised.
    """

    def __init__(self, message: str) -> None:
        super().__init__(reason_in_words(message))
