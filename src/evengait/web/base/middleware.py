"""The runner on the request; headers by which nobody on the way keeps, shows or embeds what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import add_never_cache_headers

from evengait.web.base.clock import by_the_clock_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evengait.core.runner import RunnerProfile


class HeadersMiddleware:
    """Puts the headers that keep pages private on every answer; outermost, so that refusals have them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self._next(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class PrivateMiddleware:
    """Puts ``request.runner`` there, and tells the time by her clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        runner = request.runner = _runner(request)  # type: ignore[attr-defined]
        with by_the_clock_of(runner.time_zone if runner else ""):
            return self._next(request)


def _runner(request: HttpRequest) -> RunnerProfile | None:
    if not request.user.is_authenticated:
        return None
    from evengait.storage.records.runners import runner_of
    from evengait.web.runners.demo import demo_of

    return demo_of(request) or runner_of(request.user.pk)
