"""What to share, with whom, until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.case import INVITED_AS
from evengait.core.sharing import FIELDS, ROLES
from evengait.web.base.form_look import Choices, Ticks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from evengait.storage.records.relations import Beside

UNTIL = {"14": _("For two weeks"), "90": _("For three months"), "": _("Until I take it back")}


class ShareForm(forms.Form):
    """Fields, one person or one role, and how long.

    Parameters
    ----------
    people : iterable of Beside
        Who stands beside the runner; nobody else can be named.
    """

    fields_ = forms.MultipleChoiceField(
        label=_("What they will see"),
        help_text=_("Who sees anything of this sees the case too."),
        choices=FIELDS.items,
        widget=Ticks,
        error_messages={"required": _("Choose at least one thing.")},
    )
    whom = forms.ChoiceField(
        label=_("Who will see it"), widget=Choices, error_messages={"required": _("Choose who will see it.")}
    )
    until = forms.ChoiceField(
        label=_("How long"), choices=list(UNTIL.items()), widget=Choices, required=False, initial="14"
    )

    def __init__(self, *args: Any, people: Iterable[Beside], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons = {one.account: f"{one.name}, {INVITED_AS[one.kind]}" for one in people}
        self.fields["whom"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            *((str(account), name) for account, name in persons.items()), *ROLES.items()
        ]  # fmt: skip

    def names(self) -> list[str]:
        """Return the fields that were chosen, in their order."""
        return [name for name in FIELDS if name in self.cleaned_data["fields_"]]

    def to(self) -> dict[str, Any]:
        """Return with whom, as ``share_as_seen`` takes it."""
        whom: str = self.cleaned_data["whom"]
        return {"role": whom} if whom in ROLES else {"account": UUID(whom)}

    def ends(self, now: datetime) -> datetime | None:
        """Return the instant at which it ends, None = without end."""
        days = self.cleaned_data["until"]
        return now + timedelta(days=int(days)) if days else None

    def whom_words(self) -> str:
        """Return with whom, in words."""
        return str(dict(self.fields["whom"].choices)[self.cleaned_data["whom"]])  # type: ignore[attr-defined]
