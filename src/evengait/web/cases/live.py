"""What came in since a page was opened, for htmx: a few queries where nothing did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evengait.core.case import PAGE
from evengait.storage.records.notices import mark_read
from evengait.web.access import signed_in
from evengait.web.cases.page import lines, number_asked
from evengait.web.cases.seeing import seen_case

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.web.base.requests import DeskRequest


@signed_in
@require_safe
def new(request: DeskRequest, case: UUID) -> HttpResponse:
    """Return the replies behind a number, as far as they are on the same page; no content where there is none."""
    seen = seen_case(request, case)
    after, page = number_asked(request.GET, "after"), max(1, number_asked(request.GET, "page"))
    newest = seen.case.last_number
    if newest <= after:
        return HttpResponse(status=204)
    last = min(page * PAGE, newest)
    mark_read(request.user.pk, timezone.now(), case)
    told = {
        "case": seen.case, "seen": seen, "page": page, "lines": lines(seen, after + 1, last), "first": after + 1,
        "last": last, "more": newest - last, "next": page + 1,
    }  # fmt: skip
    return render(request, "cases/new.html", told)
