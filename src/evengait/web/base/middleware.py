"""The runner on the request; no page of a signed-in person is kept by any cache on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import add_never_cache_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evengait.core.runner import RunnerProfile


class PrivateMiddleware:
    """Puts ``request.runner`` there, and the headers that keep pages private."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        request.runner = _runner(request)  # type: ignore[attr-defined]
        response = self._next(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _runner(request: HttpRequest) -> RunnerProfile | None:
    if not request.user.is_authenticated:
        return None
    from evengait.storage.records.runners import runner_of
    from evengait.web.runners.demo import demo_of

    return demo_of(request) or runner_of(request.user.pk)
