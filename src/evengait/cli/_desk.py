"""A desk elsewhere, asked over HTTP: where its token lies, what it answers, what goes wrong."""

from __future__ import annotations

import json
import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evengait.core.errors import EvengaitError, UsageError
from evengait.core.language import say

if TYPE_CHECKING:
    import httpx

TOKEN = "EVENGAIT_DESK_TOKEN"  # noqa: S105 - the variable's name
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WAIT_S = 120.0
_AGAIN_AFTER_S = (0.5, 1.0, 2.0)
"""Waits before a request is sent again that nobody answered; a desk that is started anew is there in between."""


def checked_address(told: str) -> str:
    """Return a desk's address without a slash at its end.

    Raises
    ------
    UsageError
        It is no https address; plain http is for this computer alone, since a token would be read on the way.

    Examples
    --------
    >>> checked_address("https://desk.example.org/")
    'https://desk.example.org'
    """
    parts = urlsplit(told)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise UsageError("A desk's address begins with https:// and holds nothing but the desk's name.")
    return told.rstrip("/")


def token_file() -> Path:
    """Return where tokens are kept on this computer, readable by their owner alone."""
    from platformdirs import user_config_dir

    folder = os.environ.get("EVENGAIT_CONFIG") or user_config_dir("evengait", appauthor=False)
    return Path(folder) / "desk-tokens.json"


def kept_tokens() -> dict[str, str]:
    """Return the kept tokens by address.

    Raises
    ------
    UsageError
        Others could read the file.
    """
    file = token_file()
    if not file.exists():
        return {}
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise UsageError(
            say("Others can read the kept tokens. Revoke them on the desk, then remove {file}.", file=file)
        )
    kept: dict[str, str] = json.loads(file.read_text("utf-8"))
    return kept


def keep_token(address: str, token: str | None) -> None:
    """Keep a desk's token in place of the one before; None forgets it."""
    kept = {key: value for key, value in kept_tokens().items() if key != address}
    if token is not None:
        kept[address] = token
    file = token_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(kept, out)
    part.replace(file)


class Desk:
    """A desk elsewhere.

    Parameters
    ----------
    address : str
        ``https://desk.example.org``.
    token : str, optional
        Without it the one of the environment, else the one that was kept for this address.

    Raises
    ------
    UsageError
        The address is not safe, or there is no token.
    """

    def __init__(self, address: str, token: str | None = None) -> None:
        import httpx

        self.address = checked_address(address)
        secret = token or os.environ.get(TOKEN) or kept_tokens().get(self.address)
        if not secret:
            raise UsageError(
                say(
                    "There is no token for this desk. Make one there, then: evengait desk login {address}",
                    address=address,
                )
            )
        # No redirection is followed and no proxy of the environment is asked: the token goes to the desk alone.
        self._client = httpx.Client(
            base_url=f"{self.address}/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=_WAIT_S,
            follow_redirects=False, trust_env=False,
        )  # fmt: skip

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request and return its good answer; where none comes it is sent again, and counts once.

        Raises
        ------
        UsageError
            The desk refused it; in the desk's own sentence.
        EvengaitError
            The desk could not be reached, or failed.
        """
        import httpx

        try:
            answer = self._answer(method, path, more)
        except httpx.HTTPError as error:
            raise EvengaitError(
                say("The desk could not be reached ({name}). Check the address.", name=type(error).__name__)
            ) from None
        if answer.status_code < 300:
            return answer
        detail = _detail(answer)
        if answer.status_code == 401:
            raise UsageError(
                "The desk does not take this token. Make another there, then: evengait desk login"
            )
        if 400 <= answer.status_code < 500:
            raise UsageError(detail)
        raise EvengaitError(detail)

    def _answer(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        import httpx

        key = {"Idempotency-Key": uuid.uuid4().hex} if method == "POST" else {}
        for wait in _AGAIN_AFTER_S:
            try:
                answer = self._client.request(method, path, headers=key, **more)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer
            except httpx.TransportError:
                pass
            time.sleep(wait)
        return self._client.request(method, path, headers=key, **more)


def _detail(answer: httpx.Response) -> str:
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return str(answer.json()["detail"])
    return say("There is no desk at this address, or it failed. Check the address.")
