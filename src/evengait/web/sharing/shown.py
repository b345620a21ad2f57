"""What of a case is shown to whom: the kept states as HTML, and the list of what is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from evengait.core.language import say
from evengait.core.sharing import DATA_FIELDS, FIELDS, ROLES
from evengait.report.shared import render_shared
from evengait.storage.records.grants import grants_of, shared_parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from evengait.core.sharing import Grant
    from evengait.storage.records.relations import Beside
    from evengait.web.cases.seeing import Seen


@dataclass(frozen=True)
class Piece:
    """One shared field, ready for the page; ``taken_at`` None = in a preview."""

    field: str
    title: str
    html: SafeString
    taken_at: datetime | None = None


@dataclass(frozen=True)
class Audience:
    """Everything that is shared with one person or one role."""

    name: str
    grants: list[tuple[str, Grant]]


def pieces_of(seen: Seen, *, wide: bool) -> list[Piece]:
    """Return the shared data of a case that this person may see, in the order of the fields."""
    wanted = [field for field in DATA_FIELDS if field in seen.fields]
    kept = shared_parts(seen.case.id, wanted)
    return [_piece(field, *kept[field], wide=wide) for field in wanted if field in kept]


def preview(states: Mapping[str, Mapping[str, Any]]) -> list[Piece]:
    """Return what would be shown, through the same function as what is."""
    return [_piece(field, states[field], None, wide=True) for field in DATA_FIELDS if field in states]


def _piece(field: str, state: Mapping[str, Any], taken_at: datetime | None, *, wide: bool) -> Piece:
    html = SafeString(render_shared(field, state, wide=wide))  # escaped there
    return Piece(field, FIELDS[field].partition(":")[0], html, taken_at)


def audiences(case: UUID, people: list[Beside], now: datetime) -> list[Audience]:
    """Return who sees what of a case now, roles first."""
    names = {one.account: one.name for one in people}
    found: dict[str, list[tuple[str, Grant]]] = {}
    held = [grant for grant in grants_of(case) if grant.holds(now)]
    for grant in sorted(held, key=lambda g: (not g.role, list(FIELDS).index(g.field))):
        who = ROLES[grant.role] if grant.role else names.get(grant.account, say("Somebody"))  # type: ignore[arg-type]
        found.setdefault(who, []).append((FIELDS[grant.field].partition(":")[0], grant))
    return [Audience(name, grants) for name, grants in found.items()]
