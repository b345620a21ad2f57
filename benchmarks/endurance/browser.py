"""A browser without scripts, and a program with a token, behind a proxy that speaks TLS."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from endurance.processes import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

WAIT_S = 180.0


class NoAnswerError(Exception):
    """The line broke before an answer came: nobody knows whether it was done."""


@dataclass(frozen=True)
class Answer:
    """Status, headers that matter, and text of one answer."""

    status: int
    location: str
    text: str

    @property
    def good(self) -> bool:
        """Whether it says that it was done."""
        return self.status < 400 and "/account/login" not in self.location


class _Forms(HTMLParser):
    """The forms of a page: their hidden values by address."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._page = page
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((urlsplit(urljoin(self._page, told.get("action", ""))).path, {}))
            self._open = True
        elif tag == "input" and self._open and told.get("type") == "hidden":
            self.found[-1][1][told.get("name", "")] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


class Browser:
    """One person's browser: cookies, forms, no scripts. ``address``: where she seems to come from."""

    def __init__(self, port: int, address: str, *, token: str = "") -> None:
        self._port, self._address, self._token = port, address, token
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._send("GET", path, b"", {})

    def form(self, page: str, action: str) -> tuple[Answer, dict[str, str]]:
        """Open a page and return it with the hidden values of its form that leads to an address."""
        answer = self.get(page)
        forms = _Forms(page)
        forms.feed(answer.text)
        return answer, next((dict(hidden) for path, hidden in forms.found if path == action), {})

    def send(self, path: str, form: Mapping[str, str | list[str]]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(form, doseq=True).encode(), kind)

    def send_file(self, path: str, form: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a form with one file."""
        edge = secrets.token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in form.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="piece"; filename="{name}"\r\n'
        parts += [
            head.encode(),
            b"Content-Type: application/zip\r\n\r\n",
            content,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        return self._send(
            "POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )

    def ask(self, method: str, path: str, data: object = None, key: str = "") -> Answer:
        """Ask the API. ``key``: by which a repeated request is known."""
        headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
        body = b"" if data is None else json.dumps(data).encode()
        return self._send(method, f"/api/v1{path}", body, headers)

    def _send(self, method: str, path: str, body: bytes, more: dict[str, str]) -> Answer:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": self._address}
        headers |= {"Origin": f"https://{HOST}"} if method == "POST" else {}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        elif self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self._port, timeout=WAIT_S)
        try:
            connection.request(method, path, body or None, headers | more)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", errors="replace")
        except (OSError, HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from None
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, answer.headers.get("Location", ""), text)
