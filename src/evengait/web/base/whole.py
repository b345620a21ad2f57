"""What a form asks for is done whole or not at all, and once, however often it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from evengait.storage.records.sent import begin_once, digest_of, end_once, not_done
from evengait.web.base.errors import API

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

FIELD = "once"
"""The hidden value of a form that adds something (``{% once %}``): another one each time the form is shown."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_JSON = "application/json"


class WholeMiddleware:
    """Does what changes something in one transaction; the API's operations see to it themselves.

    A form that came before, with the same key and the same values, is answered as it was then: a browser that heard
    no answer sends it again. Other values are another form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer what changes something; None leaves the rest to Django."""
        if request.method in _SAFE or request.path_info.startswith(API) or hasattr(view, "in_pieces"):
            return None
        with transaction.atomic():
            answer = _once(request, lambda: view(request, *args, **kwargs))
            if answer.status_code >= 500:
                transaction.set_rollback(True)
        return answer


def in_pieces(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Leave a view its own transactions: it does something beside them, in an order that matters."""
    view.in_pieces = True  # type: ignore[attr-defined] # read above
    return view


def _once(request: HttpRequest, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    key, account = request.POST.get(FIELD, ""), request.user.pk
    if not key or account is None:
        return do()
    about = digest_of(request.path_info, *_values(request))
    digest = digest_of(key, about)
    before = begin_once(account, digest, about)
    if before is not None:
        if before.status == 200:
            return HttpResponse(before.answer, content_type=_JSON)
        return HttpResponseRedirect(before.answer)
    answer = do()
    if answer.status_code == 302:
        end_once(account, digest, 302, answer.headers["Location"])
    elif answer.status_code == 200 and answer.headers.get("Content-Type") == _JSON:
        end_once(account, digest, 200, answer.content.decode())  # type: ignore[attr-defined] # JSON is never streamed
    else:
        not_done(account, digest)
    return answer


def _values(request: HttpRequest) -> list[str]:
    sent = [
        (name, *request.POST.getlist(name)) for name in sorted(request.POST) if name != "csrfmiddlewaretoken"
    ]
    files = [
        (name, f"{file.name} {file.size}") for name in request.FILES for file in request.FILES.getlist(name)
    ]
    return [repr(one) for one in (*sent, *files)]
