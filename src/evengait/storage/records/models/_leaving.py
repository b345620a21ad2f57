"""What stays when the author of something goes: nothing of what was said, but the place it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CASCADE, SET_NULL
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import Field
    from django.db.models.deletion import Collector


def leave_tombstone(collector: Collector, field: Field[Any, Any], found: Any, using: str) -> None:
    """Empty a reply whose author's account is deleted; its number stays, so that links to later ones still lead there.

    An ``on_delete`` of Django: it holds however the account is deleted, on the desk or in the admin.
    """
    SET_NULL(collector, field, found, using)
    for name, value in (("body", ""), ("deleted_at", timezone.now())):
        collector.add_field_update(field.model._meta.get_field(name), value, found)  # type: ignore[arg-type]


def keep_what_was_accepted(collector: Collector, field: Field[Any, Any], found: Any, using: str) -> None:
    """Keep the proposals that the runner has accepted, which are hers now; delete the others with their author."""
    accepted = [one for one in found if one.status == "accepted"]
    others = [one for one in found if one.status != "accepted"]
    if accepted:
        SET_NULL(collector, field, accepted, using)  # type: ignore[arg-type] # any sequence of rows
    if others:
        CASCADE(collector, field, others, using)  # type: ignore[arg-type] # any sequence of rows


for _on_delete in (leave_tombstone, keep_what_was_accepted):
    _on_delete.lazy_sub_objs = False  # type: ignore[attr-defined] # Django asks for rows, not for a query
