"""Addresses of the API: its operations below ``api/v1/``, its description, the page of tokens."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, include, path

from evengait.web.api import views
from evengait.web.api.operations import api
from evengait.web.base.problem import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _by_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open an operation to tokens alone: no cookie counts, so no other site can ask in somebody's name."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.content_type == "application/json" and _unkeepable(request.body):
            return problem(422, "A text holds a sign that cannot be kept. Leave it out.")
        answer = view(request, *args, **kwargs)
        if answer.status_code != 405:
            return answer
        told = problem(405)
        told.headers["Allow"] = ", ".join(sorted(answer.headers["Allow"].split(", ")))
        return told

    inner.access = "token"  # type: ignore[attr-defined] # read by the access-matrix test
    return login_not_required(inner)


def _unkeepable(body: bytes) -> bool:
    """Tell whether a text holds NUL, which no database keeps."""
    return b"\\u0000" in body or b"\0" in body


_operations = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
for _one in _operations:
    _one.callback = _by_token(_one.callback)

app_name = "api"
urlpatterns = [
    path("api/", views.read, name="read"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include(_operations)),
    path("you/programs/", views.programs, name="programs"),
    path("you/programs/<uuid:token>/revoke/", views.revoke, name="revoke"),
]
