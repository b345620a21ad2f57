"""What came in or changed since a page was opened, for htmx: a few queries where nothing did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evengait.actions.show_case import MARK_LENGTH, head_mark, marks_of
from evengait.core.case import PAGE, page_of
from evengait.storage.records.notices import mark_read
from evengait.web.access import signed_in
from evengait.web.cases.page import lines, number_asked
from evengait.web.cases.seeing import seen_case

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.web.base.requests import DeskRequest
    from evengait.web.cases.page import Line
    from evengait.web.cases.seeing import Seen


@signed_in
@require_safe
def new(request: DeskRequest, case: UUID) -> HttpResponse:
    """Return the replies of one page that are new or changed, and the case's head where it has; else no content.

    ``after``: the last number that the page shows; ``known``: the last one there was when it was opened; ``told``:
    the last one that it has been told of; ``marks``: of what it shows, in order; ``head``: that of the case itself.
    """
    seen, asked = seen_case(request, case), request.GET
    after, page = number_asked(asked, "after"), max(1, number_asked(asked, "page"))
    known = max(after, number_asked(asked, "known"))
    told = max(known, number_asked(asked, "told"))
    newest = seen.case.last_number
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, newest)
    marks = marks_of(seen.case, seen.viewer, first, last)
    changed = _changed(seen, first, after, marks, asked.get("marks", ""))
    head = head_mark(seen.case)
    head_changed = asked.get("head", head) != head
    if newest <= told and not changed and not head_changed:
        return HttpResponse(status=204)
    if newest > told:
        mark_read(request.user.pk, timezone.now(), case)
    behind = max(last, known)
    found = {
        "case": seen.case, "seen": seen, "page": page, "lines": lines(seen, after + 1, last), "first": after + 1,
        "last": last, "more": newest - behind, "next": page_of(behind + 1), "changed": changed,
        "marks": "".join(marks), "known": known, "head": head, "head_changed": head_changed,
    }  # fmt: skip
    return render(request, "cases/new.html", found)


def _changed(seen: Seen, first: int, after: int, now: list[str], shown: str) -> list[Line]:
    """Return the replies that a page shows otherwise than they are now; none where it does not say what it shows."""
    before = [shown[at : at + MARK_LENGTH] for at in range(0, len(shown), MARK_LENGTH)][: after - first + 1]
    changed = {first + at for at, (old, new) in enumerate(zip(before, now, strict=False)) if old != new}
    if not changed:
        return []
    return [one for one in lines(seen, min(changed), max(changed)) if one.reply.number in changed]
