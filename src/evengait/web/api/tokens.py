"""The token that asks: what it may do, until when."""

from datetime import date

from django.http import HttpResponse

from evengait.web.api.interface import given, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.shapes import Told

router = room("This token")


class TokenTold(Told):
    """A token, without its secret."""

    name: str
    scopes: list[str]
    expires_on: date


@operation(router, "GET", "/token", scope="", gives=TokenTold, runner=False)
def read_token(request: ApiRequest) -> HttpResponse:
    """Read what this token may do, and until when."""
    told = request.auth
    return given({"name": told.name, "scopes": list(told.scopes), "expires_on": told.expires_on.isoformat()})
