"""At home there are no passwords: the pages for them are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class HomeMiddleware:
    """Hides what belongs to a server from a desk at home."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if settings.AT_HOME and request.path_info.startswith("/account/"):
            raise Http404
        return self._next(request)
