"""What a person may change about herself: the form with what is known, and keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY

from evengait.storage.records.runners import change_runner
from evengait.web.accounts.forms import MeForm, RunnerForm

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.web.base.requests import DeskRequest


def me_form(request: DeskRequest, *, fresh: bool = False) -> MeForm:
    """Return the form for this person; ``fresh``: without what was sent."""
    sent = request.POST if request.method == "POST" and not fresh else None
    known: dict[str, Any] = {
        "display_name": request.user.display_name, "language": request.user.language,
    }  # fmt: skip
    if request.runner is None:
        return MeForm(sent, initial=known)
    return RunnerForm(
        sent, initial=known | {"units": request.runner.units, "time_zone": request.runner.time_zone}
    )


def change_me(request: DeskRequest, told: dict[str, Any]) -> None:
    """Keep what was told: name and language with the account, the name and the rest with the runner."""
    request.user.display_name = told["display_name"]
    request.user.language = told.pop("language", request.user.language)
    kept = ["display_name", "language"]
    request.user.save(update_fields=kept)
    if request.runner is not None:
        change_runner(request.runner.id, **told)


def forget_sessions(account: UUID) -> None:
    """Sign an account out of every browser, and delete what its sessions kept between two pages."""
    from django.contrib.sessions.models import Session

    hers = [
        one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == str(account)
    ]
    Session.objects.filter(pk__in=hers).delete()
