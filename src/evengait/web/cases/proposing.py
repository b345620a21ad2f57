"""A proposal beside a reply: the form, and the runner's click on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from evengait.actions.answer_proposal import decline_proposal, take_back
from evengait.actions.make_proposal import make_proposal
from evengait.core.case import BODY_LIMIT
from evengait.core.errors import UsageError
from evengait.core.language import Said, say
from evengait.core.plan_change import CHANGES
from evengait.core.proposal import CLINICIANS_ONLY, KINDS
from evengait.core.units import LONG_NAMES, METRES_A_MILE
from evengait.knowledge import trial_rules
from evengait.knowledge.plan_change_book import change_book
from evengait.storage.records.plans import active_plan
from evengait.storage.records.proposals import proposal_by, proposal_to, withdraw_open
from evengait.web.access import own_runner, signed_in
from evengait.web.cases.deciding import accept_told, answer_told
from evengait.web.cases.seeing import at_reply, own_reply

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.core.proposal import ProposalRecord
    from evengait.core.units import Units
    from evengait.web.base.requests import DeskRequest, RunnerRequest

SIDES = (("", _("Not said")), ("left", _("Left")), ("right", _("Right")))


class ProposalForm(forms.Form):
    """What is proposed; only the kind decides which of the rest counts.

    Parameters
    ----------
    is_clinician : bool
        Who is not is offered no one-sided exercise.
    units : {"km", "mi"}
        Of the distance, as who proposes thinks.
    """

    kind = forms.ChoiceField(label=_("What do you propose?"), required=False)
    text = forms.CharField(
        label=_("In one or two sentences"),
        help_text=_("The runner accepts this with one click; it then stands in her calendar in these words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        required=False,
    )
    treatment = forms.CharField(
        label=_("For a trial: what is tried"), help_text=_("In one or two words: belt, bird dog."), max_length=48,
        required=False,
    )  # fmt: skip
    treatment_kind = forms.ChoiceField(label=_("For a trial: what is it"), required=False)
    side = forms.ChoiceField(label=_("For a one-sided exercise: which side"), choices=SIDES, required=False)
    change = forms.ChoiceField(
        label=_("For a change of plan: what changes"),
        help_text=_("Accepted, her plan itself follows it. It can only hold back, never ask for more."),
        required=False,
    )
    distance = forms.FloatField(label=_("Longest run"), required=False)
    first_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False,
        help_text=_("Left open: from the day she accepts it."),
    )  # fmt: skip
    last_on = forms.DateField(
        label=_("Up to"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False,
        help_text=_("The last day. Left open: until she takes it back."),
    )  # fmt: skip
    every_days = forms.IntegerField(
        label=_("Every so many days"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Left open: once."),
    )

    def __init__(self, *args: Any, is_clinician: bool, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": "p"})
        self.metres = METRES_A_MILE if units == "mi" else 1000.0
        rules, book = change_book().rules, change_book()
        self.fields["change"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", say("Something else, in words alone")), *((one, say(rules[one].ask)) for one in CHANGES),
        ]  # fmt: skip
        far = self.fields["distance"]
        far.label = say("For that: the longest run, in {units}", units=say(LONG_NAMES[units]))
        far.widget.attrs |= {"step": "any"}
        far.validators += [
            MinValueValidator(1000 * book.least_km / self.metres), MaxValueValidator(1000 * book.most_km / self.metres)
        ]  # fmt: skip
        kinds = [(k, words) for k, words in KINDS.items() if is_clinician or k not in CLINICIANS_ONLY]
        self.fields["kind"].choices = [("", say("Nothing, only the reply")), *kinds]  # type: ignore[attr-defined]
        self.fields["treatment_kind"].choices = [  # type: ignore[attr-defined] # a choice field
            (kind.id, kind.label) for kind in trial_rules().kinds
        ]
        if not is_clinician:
            del self.fields["side"]

    def clean(self) -> dict[str, Any]:
        """Let the proposal itself refuse what does not fit."""
        told = super().clean() or self.cleaned_data
        ends, days = told.get("last_on"), change_book().longest_days
        if told.get("change") and ends and ends > timezone.now().date() + timedelta(days=days):
            self.add_error("last_on", say("No change is agreed on for longer than {days} days.", days=days))
        if told.get("kind") and not self.errors:
            try:
                self.proposal()
            except UsageError as error:
                raise forms.ValidationError(str(error)) from None
        return told

    def proposal(self) -> ProposalRecord | None:
        """Return what is proposed, None where nothing is.

        Raises
        ------
        UsageError
            Something is missing.
        """
        told = self.cleaned_data
        if not told.get("kind"):
            return None
        name = told["treatment"].strip().lower().replace(" ", "_").replace("-", "_")
        return make_proposal(
            told["kind"], told["text"], today=timezone.now().date(),
            treatment=f"{told['treatment_kind'] or trial_rules().kinds[0].id}:{name}", side=told.get("side", ""),
            first_on=told["first_on"], last_on=told["last_on"], every_days=told["every_days"], change=told["change"],
            distance_m=told["distance"] * self.metres if told["distance"] else None,
        )  # fmt: skip


class AnswerForm(forms.Form):
    """What the runner answers."""

    body = forms.CharField(max_length=BODY_LIMIT - 100)


@own_runner
@require_POST
def accept(request: RunnerRequest, proposal: UUID) -> HttpResponse:
    """Accept a proposal with one click."""
    told = _told(request, proposal)
    try:
        trial = accept_told(request.user.pk, request.runner, told)
    except UsageError as error:
        messages.error(request, str(error))
        return _back(told)
    if trial is not None:
        if told.status == "open":
            messages.success(request, DRAWN["trial"])
        return redirect("trials:show", trial)
    if told.status not in {"open", "accepted"}:
        messages.error(request, say("It was decided on already, so nothing was changed."))
        return _back(told)
    messages.success(
        request, ACCEPTED[bool(told.change)].format(plan=_stands(request) if told.change else "")
    )
    return _back(told)


ACCEPTED = Said(
    {
        False: "Accepted. It stands in your calendar; your plan's own rules go on.",
        True: "Accepted. {plan} You can take it back, on the page of your plan too.",
    }
)


DRAWN = Said(
    {
        "trial": "Accepted. Once the trial is over, whether it helped comes to stand in the case's ledger, without "
        "figures; you can change it there."
    }
)


def _stands(request: RunnerRequest) -> str:
    """Return what an accepted change does to the plan that runs, or does not."""
    plan = active_plan(request.runner.id)
    if plan is None or not plan.progression:
        return say("No plan runs, so it stands in your calendar alone.")
    return say("Your plan follows it from its first day on; what stops running goes before it.")


@own_runner
@require_POST
def decline(request: RunnerRequest, proposal: UUID) -> HttpResponse:
    """Decline a proposal."""
    told = _told(request, proposal)
    decline_proposal(request.runner.id, proposal, timezone.now())
    return _back(told)


@own_runner
@require_POST
def done(request: RunnerRequest, proposal: UUID) -> HttpResponse:
    """Say that something accepted is done, or no more wanted."""
    told = _told(request, proposal)
    if not take_back(settings.HOME, request.runner, proposal, timezone.now()):
        messages.success(
            request, say("You have run since, so the plan goes on from where your runs have brought it.")
        )
    elif told.change:
        messages.success(request, say("Taken back: from today on your plan goes by its own rules alone."))
    else:
        messages.success(request, say("It leaves your calendar from today on."))
    return _back(told)


@own_runner
@require_POST
def answer(request: RunnerRequest, proposal: UUID) -> HttpResponse:
    """Answer a question; where its case can be replied to, the answer is the next reply of it."""
    told, form = _told(request, proposal), AnswerForm(request.POST)
    if told.kind != "question":
        raise Http404
    if not form.is_valid():
        messages.error(request, say("Write your answer first."))
        return _back(told)
    try:
        added = answer_told(request.user.pk, request.runner, told, form.cleaned_data["body"])
    except UsageError as error:
        messages.error(request, str(error))
        return _back(told)
    return at_reply(added.case, added.number) if added else _back(told)


@signed_in
@require_POST
def withdraw(request: DeskRequest, proposal: UUID) -> HttpResponse:
    """Take one's own proposal back, as long as the runner has not decided on it."""
    try:
        told = proposal_by(request.user.pk, proposal)
    except UsageError:
        raise Http404 from None
    if told.reply is None:
        raise Http404
    own_reply(request, told.reply)
    withdraw_open(request.user.pk, proposal)
    return _back(told)


def _told(request: RunnerRequest, proposal: UUID) -> ProposalRecord:
    try:
        return proposal_to(request.runner.id, proposal)
    except UsageError:
        raise Http404 from None


def _back(told: ProposalRecord) -> HttpResponse:
    return at_reply(told.case, told.number) if told.case and told.number else redirect("runners:home")
