"""Which language a request is answered in: the account's, else the browser's, else English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from evengait.core.language import OFFERED, offered, speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

IN_ENGLISH = "/api/v1/"
"""Programs read these: their words stay as the documents of the interface have them."""


class LanguageMiddleware:
    """Speaks one language while a request is answered, Django's own words too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        language = language_of(request)
        request.language = language  # type: ignore[attr-defined] # for the page that says what failed, further out
        with speaking(language), translation.override(language):
            response = self._next(request)
            response.headers.setdefault("Content-Language", language)
            return response


def language_without_database(request: HttpRequest) -> str:
    """Return the language of a page that may ask nothing of the database: what was found before, else the browser's."""
    if request.path_info.startswith(IN_ENGLISH):
        return "en"
    found: str | None = getattr(request, "language", None)
    return found or offered(request.headers.get("Accept-Language", ""))


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in."""
    if request.path_info.startswith(IN_ENGLISH):
        return "en"
    chosen = getattr(request.user, "language", "")
    return chosen if chosen in OFFERED else offered(request.headers.get("Accept-Language", ""))
