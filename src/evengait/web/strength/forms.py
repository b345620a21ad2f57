"""Forms of the strength block: how it fits into one's weeks, the sets of one exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.exercise import DEMANDS, KITS, MOVEMENTS
from evengait.core.language import say
from evengait.core.sites import SITES
from evengait.core.strength_setup import KG_A_POUND, StrengthSetup, kit_of
from evengait.core.units import SHORT_WEEKDAYS
from evengait.knowledge.strength_book import exercises
from evengait.report.words import where
from evengait.web.base.form_look import Choices, Ticks

if TYPE_CHECKING:
    from evengait.core.strength_setup import Weights

KIT_WORDS = {
    "none": _("Nothing but a step and a wall"), "bands": _("Bands"), "dumbbells": _("Dumbbells"),
    "gym": _("A whole gym"),
}  # fmt: skip
DAYS = [(str(n), _(name)) for n, name in enumerate(SHORT_WEEKDAYS)]
MOST_SETS = 12


def titled(word: str) -> str:
    """Return a word of the library as it stands at the beginning of a line."""
    text = say(word.replace("_", " "))
    return text[:1].upper() + text[1:]


def _sites() -> list[tuple[str, str]]:
    named = [(site, where(site, None)) for site in SITES]
    return [
        ("", say("Nowhere")),
        *((site, f"{name[:1].upper()}{name[1:]}" if name else say("Somewhere else")) for site, name in named),
    ]


class SetupForm(forms.Form):
    """How strength work fits into one's weeks."""

    equipment = forms.ChoiceField(
        label=_("What is at hand?"), widget=Choices, choices=[(key, KIT_WORDS[key]) for key in KITS]
    )
    site = forms.ChoiceField(
        label=_("Where does it hurt?"),
        help_text=_("It is spared, and its pain raises, holds or cuts the loads."),
        required=False,
        choices=_sites,
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Which days suit you?"),
        widget=Ticks,
        choices=DAYS,
        required=False,
        help_text=_("Any, where you choose none."),
    )
    hard_weekdays = forms.MultipleChoiceField(
        label=_("On which days do you usually run hard?"),
        widget=Ticks, choices=DAYS, required=False, help_text=_("Heavy lifting keeps away from them."),
    )  # fmt: skip
    sessions_a_week = forms.ChoiceField(
        label=_("Sessions a week"), widget=Choices, required=False,
        choices=[("", _("As the block says")), ("1", "1"), ("2", "2"), ("3", "3")],
    )  # fmt: skip
    running = forms.BooleanField(label=_("I run at present"), required=False)
    hurts = forms.MultipleChoiceField(
        label=_("What hurts when you do it?"), widget=Ticks, required=False,
        choices=lambda: [(word, titled(word)) for word in (*MOVEMENTS, *DEMANDS)],
        help_text=_("Never chosen then; something else takes its place."),
    )  # fmt: skip
    weights = forms.ChoiceField(label=_("Weights in"), widget=Choices, choices=[("kg", "kg"), ("lb", "lb")])

    def setup(self, before: StrengthSetup) -> StrengthSetup:
        """Return the setup as told; what the form does not ask stays as it was."""
        told = self.cleaned_data
        return StrengthSetup(
            kit=kit_of((told["equipment"],)),
            site=told["site"] or None,
            # An exercise that hurts is told elsewhere and stays.
            hurts=(*told["hurts"], *(word for word in before.hurts if word in exercises())),
            weekdays=tuple(int(day) for day in told["weekdays"]),
            hard_weekdays=tuple(int(day) for day in told["hard_weekdays"]),
            sessions_a_week=int(told["sessions_a_week"]) if told["sessions_a_week"] else None,
            running=told["running"],
            pain_limit_nprs=before.pain_limit_nprs,
            weights=told["weights"],
            one_sided=before.one_sided,
        )


def initial_of(setup: StrengthSetup) -> dict[str, Any]:
    """Return a form's values for a setup that is known."""
    kit = next((word for word, pieces in reversed(KITS.items()) if pieces and pieces <= setup.kit), "none")
    return {
        "equipment": kit,
        "site": setup.site or "",
        "hurts": list(setup.hurts),
        "weekdays": [str(day) for day in setup.weekdays],
        "hard_weekdays": [str(day) for day in setup.hard_weekdays],
        "sessions_a_week": str(setup.sessions_a_week or ""),
        "running": setup.running,
        "weights": setup.weights,
    }


class SetsForm(forms.Form):
    """The sets of one exercise: as many rows as were done; a row without repetitions is no set.

    ``reps``, ``load`` and ``rir`` come once for each row.
    """

    exercise = forms.CharField(max_length=120)
    side = forms.ChoiceField(
        choices=[("", _("Both")), ("left", _("Left")), ("right", _("Right"))], required=False
    )
    hold_s = forms.FloatField(required=False, min_value=1)
    pain = forms.FloatField(required=False, min_value=0, max_value=10)
    warm_up = forms.BooleanField(required=False)

    def __init__(self, sent: Any, *, weights: Weights) -> None:
        super().__init__(sent)
        self.weights = weights
        self.sent = sent
        self.reps: list[int | None] = []
        self.load_kg: list[float | None] = []
        self.rir: list[float | None] = []

    def clean(self) -> dict[str, Any]:
        """Read the rows."""
        told: dict[str, Any] = super().clean() or {}
        columns = [self.sent.getlist(name)[:MOST_SETS] for name in ("reps", "load", "rir")]
        factor = KG_A_POUND if self.weights == "lb" else 1.0
        try:
            for row, text in enumerate(columns[0]):
                if not text.strip():
                    continue
                load, rir = (_number(column[row] if row < len(column) else "") for column in columns[1:])
                self.reps.append(int(text) or None)
                self.load_kg.append(None if load is None else load * factor)
                self.rir.append(rir)
        except ValueError:
            raise forms.ValidationError(
                say("A set has whole repetitions; load and reserve are numbers.")
            ) from None
        if not self.reps:
            raise forms.ValidationError(say("Write the repetitions of a set, or 0 for a hold alone."))
        return told


def _number(text: str) -> float | None:
    return float(text.strip().replace(",", ".")) if text.strip() else None
