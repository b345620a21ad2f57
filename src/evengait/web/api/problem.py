"""Every error of an operation becomes a problem document."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from evengait.core.errors import EvengaitError, NotAllowed, RuleError
from evengait.web.base.problem import problem


class Refused(Exception):
    """A request that is refused with a status and a sentence of its own."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(status)
        self.status, self.detail = status, detail


def sentence(error: Exception) -> str:
    """Return an error's message as a sentence."""
    text = str(error)
    return text[:1].upper() + text[1:].rstrip(".") + "."


def tell_problems(api: NinjaAPI) -> None:
    """Have every error answered with a problem document."""

    @api.exception_handler(Refused)
    def _(request: HttpRequest, error: Refused) -> HttpResponse:  # noqa: ARG001 - ninja's call
        return problem(error.status, error.detail)

    @api.exception_handler(Http404)
    def _(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - ninja's call
        return problem(404)

    @api.exception_handler(Throttled)
    def _(request: HttpRequest, error: Throttled) -> HttpResponse:  # noqa: ARG001 - ninja's call
        answer = problem(429)
        answer.headers["Retry-After"] = str(max(1, round(error.wait or 1)))
        return answer

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 - ninja's call
        return problem(error.status_code)

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - ninja's call
        return problem(
            422, _fields(error), errors=[{"field": _field(one), "kind": one["type"]} for one in error.errors]
        )

    @api.exception_handler(EvengaitError)
    def _(request: HttpRequest, error: EvengaitError) -> HttpResponse:  # noqa: ARG001 - ninja's call
        if isinstance(error, RuleError):
            return problem(500)
        return problem(403 if isinstance(error, NotAllowed) else 422, sentence(error))


def _field(error: dict[str, Any]) -> str:
    """Return which field it is: the request's own name for it, never its value."""
    source, *rest = [str(part) for part in error["loc"]]
    return ".".join([source, *rest[1:]] if source == "body" else [source, *rest])[:100]


def _fields(error: ValidationError) -> str:
    names = list(dict.fromkeys(_field(one).partition(".")[2] or "body" for one in error.errors))
    if names == ["body"]:
        return "The request's body does not fit. The API's description says what it holds."
    if len(names) == 1:
        return f"{names[0]} does not fit. The API's description says what it may be."
    return f"{', '.join(names[:5])}{' and more' if len(names) > 5 else ''} do not fit. See the API's description."
