"""A request of somebody who is signed in, and the runner that is hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from evengait.core.runner import RunnerProfile
    from evengait.storage.records.models import Account


class DeskRequest(HttpRequest):
    """For annotations: what the middleware leaves on every request.

    Attributes
    ----------
    runner : RunnerProfile or None
        The runner whom this account is; None for people who only answer, and for nobody.
    """

    user: Account
    runner: RunnerProfile | None
    htmx: HtmxDetails


class RunnerRequest(DeskRequest):
    """For annotations: a request behind ``own_runner``."""

    runner: RunnerProfile
