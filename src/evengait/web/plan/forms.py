"""Forms of the way back: for which problem, which week before it, what was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.actions.begin_plan import MOST_KM, PlanWish
from evengait.core.language import say
from evengait.core.units import LONG_NAMES, METRES_A_MILE
from evengait.knowledge.progression_book import progression
from evengait.web.base.form_look import Choices
from evengait.web.base.templatetags.desk import problem_name

if TYPE_CHECKING:
    from evengait.core.health_problem import HealthProblem
    from evengait.core.units import Units

KM_A_MILE = METRES_A_MILE / 1000
RUNS = [("", _("Not said")), *((str(n), str(n)) for n in range(1, 8))]


class FormerForm(forms.Form):
    """The week before the pain, where the archive does not tell."""

    former = forms.FloatField(required=False, min_value=0.5)
    runs = forms.ChoiceField(label=_("In how many runs?"), choices=RUNS, required=False)

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        field = self.fields["former"]
        field.label = say("A usual week before the pain, in {units}", units=LONG_NAMES[units])
        field.help_text = say("Leave it open where your runs are in the archive: it knows better.")

    def clean(self) -> dict[str, Any]:
        """Refuse what no week has, and a number of runs without a distance."""
        told: dict[str, Any] = super().clean() or {}
        if (self.km or 0) > MOST_KM:
            self.add_error(
                "former", say("No week has more than {most_km:.0f} of them.", most_km=MOST_KM / self._factor)
            )
        if told.get("runs") and not told.get("former"):
            self.add_error("former", say("The number of runs says little without the distance."))
        return told

    @property
    def _factor(self) -> float:
        return KM_A_MILE if self.units == "mi" else 1.0

    @property
    def km(self) -> float | None:
        """Kilometres of the week, None where it was not told."""
        told = self.cleaned_data.get("former")
        return None if told is None else told * self._factor

    @property
    def wish(self) -> PlanWish:
        """What was told of the week."""
        runs = self.cleaned_data["runs"]
        return PlanWish(former_km=self.km, former_runs=int(runs) if runs else None)


class BeginForm(FormerForm):
    """A way back for a problem that is kept already."""

    problem = forms.ChoiceField(
        label=_("For what?"), widget=Choices, error_messages={"required": _("Choose what the plan is for.")}
    )
    profile = forms.ChoiceField(
        label=_("Which pain profile?"),
        help_text=_(
            "How much pain the plan accepts. Left open, your answers to the questions and the place choose it."
        ),
        required=False,
    )
    strength = forms.BooleanField(label=_("With the six-week strength block beside it"), required=False)

    def __init__(self, *args: Any, problems: list[HealthProblem], units: Units, **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        self.fields["problem"].choices = [(str(one.id), problem_name(one)) for one in problems]  # type: ignore[attr-defined] # a choice field
        self.fields["profile"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", say("As the questions and the place say")),
            *((key, one.name) for key, one in progression().profiles.items()),
        ]
        self.order_fields(["problem", "former", "runs", "profile", "strength"])

    @property
    def whole_wish(self) -> PlanWish:
        """What was told, to begin with."""
        told, week = self.cleaned_data, self.wish
        return PlanWish(
            problem=told["problem"], profile=told["profile"] or None, former_km=week.former_km,
            former_runs=week.former_runs, strength=told["strength"],
        )  # fmt: skip


class GateForm(forms.Form):
    """A gate that is passed, and who says so."""

    gate = forms.ChoiceField()
    on = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].choices = [(gate.id, gate.id) for gate in progression().gates]  # type: ignore[attr-defined] # a choice field
