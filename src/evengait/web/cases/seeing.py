"""The one door to a case: who asks, what she may see, else it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from evengait.core.sharing import is_hers
from evengait.storage.records.replies import reply_by_id
from evengait.storage.records.viewing import seen_of, viewers_among

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseRedirect

    from evengait.core.case import CaseRecord, Reply
    from evengait.core.sharing import Viewer
    from evengait.web.base.requests import DeskRequest


class Seen:
    """A case as one person sees it.

    Attributes
    ----------
    case : CaseRecord
    viewer : Viewer
    fields : frozenset of str
        What of it she may see; never empty.
    hers : bool
        It is her own.
    """

    def __init__(self, case: CaseRecord, viewer: Viewer, fields: frozenset[str]) -> None:
        self.case, self.viewer, self.fields = case, viewer, fields
        self.hers = is_hers(viewer, case.shown)

    @property
    def can_reply(self) -> bool:
        """Whether she may write in it now."""
        return self.case.status == "open" and not self.case.hidden


def viewer(request: DeskRequest) -> Viewer:
    """Return who asks."""
    me = request.user
    return viewers_among([me], request.runner.id if request.runner else None)[me.pk]


def seen_case(request: DeskRequest, case: UUID) -> Seen:
    """Return a case as this person sees it.

    Raises
    ------
    Http404
        There is none, or it was not shared with her: nobody learns which.
    """
    who = viewer(request)
    found = seen_of(who, case, timezone.now())
    if found is None:
        raise Http404
    return Seen(found[0], who, found[1])


def own_case(request: DeskRequest, case: UUID) -> Seen:
    """Return a case of this person's own; another's is not there."""
    seen = seen_case(request, case)
    if not seen.hers:
        raise Http404
    return seen


def seen_reply(request: DeskRequest, reply: UUID) -> tuple[Seen, Reply]:
    """Return a reply in a case that this person sees; one that moderators hid is there for its author alone."""
    found = reply_by_id(reply)
    if found is None or found.deleted or (found.hidden and found.author != request.user.pk):
        raise Http404
    return seen_case(request, found.case), found


def own_reply(request: DeskRequest, reply: UUID) -> tuple[Seen, Reply]:
    """Return a reply that this person wrote, in a case that she still sees."""
    seen, found = seen_reply(request, reply)
    if found.author != request.user.pk:
        raise Http404
    return seen, found


def at_reply(case: UUID, number: int) -> HttpResponseRedirect:
    """Lead to a reply on its page."""
    return redirect(f"{reverse('cases:show', args=[case])}?reply={number}#reply-{number}")
