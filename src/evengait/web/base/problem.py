"""What went wrong, for programs: a problem document (RFC 9457), one sentence, no value of anybody."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA = "application/problem+json"

SAYS = {
    400: "The request could not be read. Send JSON in UTF-8.",
    401: "A token is needed that has not expired and was not revoked: Authorization: Bearer.",
    403: "This token may not do that.",
    404: "There is no such thing here, or it is not this token's to see.",
    405: "This address does not take that method.",
    409: "This cannot be done as things stand.",
    413: "That is more than this desk takes at once.",
    422: "A value does not fit.",
    429: "Too many requests. Wait as long as Retry-After says.",
    500: "The program failed. Nothing that was kept is lost.",
    503: "The desk cannot reach its database. Nothing that was kept is lost. Wait as long as Retry-After says.",
    507: "The disk of the desk is full. Nothing that was kept is lost.",
}
"""What each status says where nothing closer is known."""


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return a problem document. ``detail``: one sentence, the status's own where it is left out."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    text = json.dumps(told | {"detail": detail or SAYS[status]} | more, ensure_ascii=False)
    answer = HttpResponse(text, status=status, content_type=MEDIA)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="evengait"'
    return answer
