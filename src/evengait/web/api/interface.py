"""The API itself, and how an operation is added to it."""

import inspect
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router

from evengait.web.api.keys import Token, often, slowly
from evengait.web.api.problem import tell_problems
from evengait.web.api.shapes import Page
from evengait.web.api.whole import whole

T = TypeVar("T")
Call = TypeVar("Call", bound=Callable[..., HttpResponse])

ABOUT = (
    "What the command line prints, over HTTP: the same documents, so that a program that reads one reads the other. "
    "Values are SI, dates local, instants UTC; null is not asked or not known, never zero or no. A training log that "
    "compares a runner with herself: it does not diagnose, treat or predict."
)


class _Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name an operation as its function is named."""
        return str(operation.view_func.__name__)


api = _Api(
    title="evengait", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api",
    servers=[],
)  # fmt: skip
tell_problems(api)


def room(name: str) -> Router:
    """Return a new part of the API, whose operations are listed under this name."""
    router = Router(tags=[name])
    api.add_router("", router)
    return router


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    scope: str,
    gives: Any,
    status: int = 200,
    slow: bool = False,
    runner: bool = True,
    also: tuple[int, ...] = (),
) -> Callable[[Call], Call]:
    """Add a function to the API.

    Parameters
    ----------
    router : Router
    method, path : str
        ``{uuid:problem}`` in a path is an id; nothing else may stand there.
    scope : str
        What its token must be allowed.
    gives : type or dict
        The shape of its answer; shapes by status where there are several.
    status : int
        Of a good answer.
    slow : bool
        It takes seconds, so it may be asked less often.
    runner : bool
        Only a runner's token has use of it.
    also : statuses
        That it may answer with beside those of every operation.
    """
    limits = [*often(), *slowly()] if slow else often()
    answers = gives if isinstance(gives, dict) else {status: gives}
    told = {"x-scope": scope, "x-also": list(also)}

    def add(call: Call) -> Call:
        summary, _, about = inspect.cleandoc(call.__doc__ or "").partition("\n\n")
        return router.api_operation(
            [method], path, auth=Token(scope, runner=runner), response=answers, throttle=limits,
            summary=summary.rstrip("."), description=about, openapi_extra=told,
        )(whole(call) if scope.startswith("write:") else call)  # fmt: skip

    return add


def given(data: Any, status: int = 200) -> HttpResponse:
    """Return a document as it is: what the command line prints, byte for byte the same values."""
    return HttpResponse(
        json.dumps(data, ensure_ascii=False, allow_nan=False), status=status, content_type="application/json"
    )


def listed(request: HttpRequest, rows: Sequence[T], page: Page, document: Callable[[T], Any]) -> HttpResponse:
    """Return a page of rows, each as its document."""
    some = rows[page.offset : page.offset + page.limit]
    return given_page(request, [document(one) for one in some], len(rows), page)


def given_page(request: HttpRequest, data: Any, total: int, page: Page) -> HttpResponse:
    """Return a page of a list: how many there are in all, and where the next page is."""
    answer = given(data)
    answer.headers["X-Total-Count"] = str(total)
    if page.offset + page.limit < total:
        following = request.GET.copy()
        following["offset"] = str(page.offset + page.limit)
        there = f"{request.build_absolute_uri(request.path)}?{following.urlencode()}"
        answer.headers["Link"] = f'<{there}>; rel="next"'
    return answer
