"""What can be agreed on beside a plan's own rules, from ``plan_changes/``: one file a version."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from evengait.core.errors import RuleError
from evengait.core.plan import DECISIONS
from evengait.core.plan_change import CHANGES, ChangeBook, ChangeRule
from evengait.knowledge import _build, _files, _read, evidence


@cache
def change_book() -> ChangeBook:
    """Return the newest version.

    Raises
    ------
    RuleError
        A change is missing or not known, or a source has no entry.

    Examples
    --------
    >>> sorted(change_book().rules)
    ['back', 'cap', 'hold', 'rest']
    """
    newest = max(_files("plan_changes"), key=lambda file: file.name)
    data = _read(files("evengait.knowledge").joinpath(f"plan_changes/{newest.name}"))
    rules = [
        _build(ChangeRule, one | {"evidence": tuple(one["evidence"])}, newest.name)
        for one in data.pop("change")
    ]
    named = {"version": str(data["version"]), "reviewed_by": tuple(data["reviewed_by"])}
    told = data | named | {"sources": tuple(data["sources"]), "rules": {one.id: one for one in rules}}
    book: ChangeBook = _build(ChangeBook, told, newest.name)
    cited = {*book.sources, *(key for one in rules for key in one.evidence)}
    for what, wrong in (
        ("change", set(book.rules) ^ set(CHANGES)),
        ("evidence", cited - set(evidence())),
        ("decision", {one.decision for one in rules} - set(DECISIONS)),
    ):
        if wrong:
            word = min(wrong)
            raise RuleError(
                f"{newest.name}: {what} {word!r} is missing or not known", file=newest.name, key=word
            )
    return book
