"""Who asks: the token in the Authorization header, never in an address; how often it may."""

import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import Throttled
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle, SimpleRateThrottle

from evengait.core.api_token import ApiToken
from evengait.core.runner import RunnerProfile
from evengait.storage.records.api_tokens import use_token
from evengait.storage.records.runners import runner_of
from evengait.web.api.problem import Refused


class ApiRequest(HttpRequest):
    """For annotations: a request behind a token of a runner."""

    auth: ApiToken
    runner: RunnerProfile


class _ByToken(SimpleRateThrottle):
    """So many requests a minute with one token."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return f"api_token_{request.auth.id}"  # type: ignore[attr-defined] # asked after the token is known


class _Slow(_ByToken):
    """For what takes seconds to work out."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return f"api_slow_{request.auth.id}"  # type: ignore[attr-defined] # asked after the token is known


class _Failed(SimpleRateThrottle):
    """Requests without a good token, by the address they come from."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return f"api_failed_{self.get_ident(request)}"

    def get_ident(self, request: HttpRequest) -> str | None:
        """Return the address of who asks: past as many proxies as are ours, and no further."""
        if settings.AT_HOME:
            return str(request.META.get("REMOTE_ADDR"))
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        return told[-min(settings.ALLAUTH_TRUSTED_PROXY_COUNT, len(told))].strip()


def often() -> list[BaseThrottle]:
    """Return how often a token may ask: more than any program needs that is not broken."""
    return [_ByToken(settings.API_RATE)]


def slowly() -> list[BaseThrottle]:
    """Return how often a token may ask for what takes seconds."""
    return [_Slow(settings.API_SLOW_RATE)]


class Token(HttpBearer):
    """A token that may do one thing of ``SCOPES``; empty: any token. ``runner``: only a runner's has use of it."""

    def __init__(self, scope: str, *, runner: bool = True) -> None:
        super().__init__()
        self.scope, self._runner = scope, runner

    def __call__(self, request: HttpRequest) -> Any:
        """Return the token; without one that is good the request is refused, and counted."""
        found = super().__call__(request)
        if found:
            return found
        failed = _Failed(settings.API_FAILED_RATE)
        if not failed.allow_request(request):
            raise Throttled(math.ceil(failed.wait() or 1))
        raise Refused(401)

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token of this secret, the runner on the request."""
        known = use_token(token, today=timezone.now().date())
        if known is None:
            return None
        if self.scope and self.scope not in known.scopes:
            raise Refused(403, f"This token may not do that: it lacks the scope {self.scope}.")
        runner = runner_of(known.account)
        if runner is None and self._runner:
            raise Refused(403, "This account is no runner's, so there is nothing here to read or to write.")
        request.runner = runner  # type: ignore[attr-defined]
        return known
