"""The pages for what went wrong: they say what to do, and nothing about anybody."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from evengait.core.language import speaking
from evengait.web.access import anybody
from evengait.web.base.language import language_without_database
from evengait.web.base.problem import problem
from evengait.web.base.standstill import AGAIN_S, standstill

API = "/api/v1/"
"""Below it, programs ask: what goes wrong is told to them as a document."""

if TYPE_CHECKING:
    from django.http import HttpRequest


@anybody
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's call
    """Say that there is nothing here, or nothing for this person."""
    if request.path_info.startswith(API):
        return problem(404)
    return render(request, "404.html", status=404)


@anybody
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent cannot be read, or is more than is taken at once."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    if request.path_info.startswith(API):
        return problem(status)
    if hasattr(request, "user"):
        return render(request, "400.html", {"too_much": status == 413}, status=status)
    language = language_without_database(request)  # refused at the door, as under another host's name
    with speaking(language):
        answer = HttpResponse(
            render_to_string("500.html", {"unread": True, "language": language}), status=status
        )
    answer.headers["Content-Language"] = language
    return answer


@anybody
def too_often(request: HttpRequest) -> HttpResponse:
    """Say that the same was tried too often, as the sign-in counts it."""
    return render(request, "429.html", status=429)


@anybody
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's call
    """Say that this person may not do this."""
    return render(request, "403.html", status=403)


@anybody
def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's call
    """Say that a form came without its proof of origin: from an old tab, or another site."""
    return render(request, "403.html", {"old_form": True}, status=403)


@anybody
def failed(request: HttpRequest) -> HttpResponse:
    """Say that the program failed, or what stands still; the page asks nothing of the database."""
    language = language_without_database(request)
    with speaking(language):
        found = standstill(sys.exc_info()[1])
        status, sentence = (found.status, found.sentence) if found else (500, "")
        if request.path_info.startswith(API):
            answer = problem(status, sentence)
        else:
            words = {"sentence": sentence, "language": language}
            answer = HttpResponse(render_to_string("500.html", words), status=status)
            answer.headers["Content-Language"] = language
    if found:
        answer.headers["Retry-After"] = str(AGAIN_S)
    return answer
