"""The API's description: OpenAPI, from the operations themselves."""

from functools import cache
from typing import Any

from evengait.core.api_token import SCOPES
from evengait.core.language import speaking
from evengait.web.api.operations import api
from evengait.web.api.whole import HEADER, LONGEST
from evengait.web.base.problem import MEDIA, SAYS

_ALWAYS = (401, 403, 422, 429, 503)
_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Drawn anew for each request, such as a UUID. Sent again with the same key within an hour, a "
    "request is answered as it was and nothing is written twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}
_PROBLEM = {
    "type": "object",
    "title": "ProblemDocument",
    "description": "What went wrong (RFC 9457): one sentence in `detail`, no value of anybody.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "kind"],
                "properties": {"field": {"type": "string"}, "kind": {"type": "string"}},
            },
        },
    },
}


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document of version 1: in English, whoever reads it."""
    with speaking("en"):
        return _description()


def _description() -> dict[str, Any]:
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    told.pop("servers")
    parts = told["components"]
    parts["schemas"]["ProblemDocument"] = _PROBLEM
    parts["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token from You → Programs on the desk.",
        }
    }
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            scope = one.pop("x-scope")
            if scope.startswith("write:") and method == "post":
                one["parameters"] = [*one.get("parameters", []), _KEY]
            one["security"] = [{"token": [scope] if scope else []}]
            words = f"Scope: `{scope}`, {SCOPES[scope].lower()}." if scope else "Scope: none, any token may."
            about = one.get("description", "")
            about = "" if about.rstrip(".") == one["summary"] else about  # a docstring of one line
            one["description"] = f"{about}\n\n{words}".strip()
            body = [400, 413] if "requestBody" in one else []
            found = [404] if "{" in path else []
            for status in sorted({*_ALWAYS, *body, *found, *one.pop("x-also")}):
                one["responses"][str(status)] = _problem(status)
            one["responses"] = {str(status): answer for status, answer in one["responses"].items()}
    return told


def _problem(status: int) -> dict[str, Any]:
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {"description": SAYS[status], "content": content}
