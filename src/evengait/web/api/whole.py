"""What a program asks to be written is written whole or not at all; with a key of its own, once."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.db import transaction
from django.http import HttpResponse

from evengait.storage.records.sent import begin_once, digest_of, end_once
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused

HEADER = "Idempotency-Key"
LONGEST = 200
Call = TypeVar("Call", bound=Callable[..., HttpResponse])


def whole(call: Call) -> Call:
    """Run an operation that writes in one transaction; a request that comes again is answered as it was.

    Raises
    ------
    Refused
        The key is no key, or was used for something else.
    """

    @functools.wraps(call)
    def inner(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            key = request.headers.get(HEADER)
            return call(request, *args, **kwargs) if key is None else _once(request, key, args, kwargs)

    def _once(request: ApiRequest, key: str, args: Any, kwargs: Any) -> HttpResponse:
        if not 0 < len(key) <= LONGEST:
            raise Refused(422, f"An {HEADER} has up to {LONGEST} signs.")
        account, digest = request.auth.account, digest_of("api", key)
        json = request.content_type == "application/json"
        about = digest_of(str(request.method), request.path_info, request.body.hex() if json else "")
        before = begin_once(account, digest, about)
        if before is None:
            answer = call(request, *args, **kwargs)
            end_once(account, digest, answer.status_code, answer.content.decode())
            return answer
        if before.about != about:
            raise Refused(422, f"This {HEADER} was used for another request. Draw a new one for each.")
        return HttpResponse(before.answer, status=before.status, content_type="application/json")

    return cast("Call", inner)
