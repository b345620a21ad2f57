"""What can be said of a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.language import say
from evengait.core.shoe import MOST_KM
from evengait.core.units import METRES_A_MILE, not_known, plain_day

if TYPE_CHECKING:
    from evengait.actions.tell_shoes import Pair
    from evengait.core.units import Units


class PairForm(forms.Form):
    """What it had done before it first shows up, and since when it is retired."""

    before = forms.FloatField(
        required=False, min_value=0, help_text=_("Leave it open where you do not know.")
    )
    retired_on = forms.DateField(
        label=_("Retired since"),
        help_text=_("Its kilometres stay. Empty: in use."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, pair: Pair, units: Units, **kwargs: Any) -> None:
        self.factor = METRES_A_MILE / 1000 if units == "mi" else 1.0
        before = None if pair.before_km is None else round(pair.before_km / self.factor, 1)
        kwargs["initial"] = {"before": before, "retired_on": pair.retired_on}
        super().__init__(*args, **kwargs)
        name = say("Miles") if units == "mi" else say("Kilometres")
        first = plain_day(pair.first) if pair.first else not_known()
        self.fields["before"].label = say("{name} it had done before {first}", name=name, first=first)

    def clean_before(self) -> float | None:
        """Return kilometres."""
        told: float | None = self.cleaned_data["before"]
        if told is not None and told * self.factor > MOST_KM:
            raise forms.ValidationError(say("No shoe has done that many. Check the number."))
        return None if told is None else told * self.factor
