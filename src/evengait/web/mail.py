"""Mail of a desk on a server, from one address line; a desk without one sends nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from evengait.core.errors import UsageError

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(url: str, sender: str = "") -> dict[str, Any]:
    """Return Django's settings of mail.

    Parameters
    ----------
    url : str
        ``smtp+tls://user:password@host:587``, ``smtps://…`` or ``smtp://…``; empty = no mail.
    sender : str
        What stands under *From*; empty = ``desk@host``.

    Raises
    ------
    UsageError
        The address is none of these.

    Examples
    --------
    >>> mail_settings("smtp+tls://me:secret@mail.example.org")["EMAIL_PORT"]
    587
    >>> mail_settings("")
    {'EMAIL_BACKEND': 'django.core.mail.backends.dummy.EmailBackend'}
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UsageError("EVENGAIT_SMTP_URL reads smtp+tls://user:password@host, or smtps:// or smtp://.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender or f"desk@{parts.hostname}",
    }
