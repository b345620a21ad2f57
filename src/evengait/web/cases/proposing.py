"""A proposal beside a reply: the form, and the runner's click on it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from evengait.actions.answer_proposal import accept_proposal, decline_proposal
from evengait.core.diary import is_id
from evengait.core.errors import UsageError
from evengait.core.proposal import CLINICIANS_ONLY, KINDS, ProposalRecord
from evengait.core.trial import Schedule
from evengait.knowledge import trial_rules
from evengait.storage.records.proposals import finish, proposal_to
from evengait.storage.records.trials import trials_of
from evengait.web.access import own_runner
from evengait.web.cases.tasks import settle
from evengait.web.notices.telling import tell_all

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import RunnerRequest

SIDES = (("", "Not said"), ("left", "Left"), ("right", "Right"))


class ProposalForm(forms.Form):
    """What is proposed; only the kind decides which of the rest counts.

    Parameters
    ----------
    is_clinician : bool
        Who is not is offered no one-sided exercise.
    """

    kind = forms.ChoiceField(label="What do you propose?", required=False)
    text = forms.CharField(
        label="In one or two sentences",
        help_text="The runner accepts this with one click; it then stands in her calendar in these words.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        required=False,
    )
    treatment = forms.CharField(
        label="For a trial: what is tried", help_text="In one or two words: belt, bird dog.", max_length=48,
        required=False,
    )  # fmt: skip
    treatment_kind = forms.ChoiceField(label="For a trial: what is it", required=False)
    side = forms.ChoiceField(label="For a one-sided exercise: which side", choices=SIDES, required=False)
    first_on = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False,
        help_text="Left open: from the day she accepts it.",
    )  # fmt: skip
    every_days = forms.IntegerField(
        label="Every so many days", min_value=1, max_value=60, required=False, help_text="Left open: once."
    )

    def __init__(self, *args: Any, is_clinician: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": "p"})
        kinds = [(k, words) for k, words in KINDS.items() if is_clinician or k not in CLINICIANS_ONLY]
        self.fields["kind"].choices = [("", "Nothing, only the reply"), *kinds]  # type: ignore[attr-defined]
        self.fields["treatment_kind"].choices = [  # type: ignore[attr-defined] # a choice field
            (kind.id, kind.label) for kind in trial_rules().kinds
        ]
        if not is_clinician:
            del self.fields["side"]

    def clean(self) -> dict[str, Any]:
        """Let the proposal itself refuse what does not fit."""
        told = super().clean() or self.cleaned_data
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
        treatment = ""
        if told["kind"] == "trial":
            name = told["treatment"].strip().lower().replace(" ", "_").replace("-", "_")
            if not is_id(name):
                raise UsageError("Name what is tried in one or two plain words, such as belt or bird dog.")
            treatment = f"{told['treatment_kind'] or trial_rules().kinds[0].id}:{name}"
        side = told.get("side", "") if told["kind"] == "one_sided_exercise" else ""
        return ProposalRecord(
            told["kind"], told["text"].strip(), treatment, side, told["first_on"], None, told["every_days"]
        )


@own_runner
@require_POST
def accept(request: RunnerRequest, proposal: UUID) -> HttpResponse:
    """Accept a proposal with one click."""
    told = _told(request, proposal)
    try:
        trial = accept_proposal(settings.HOME, request.runner, proposal, timezone.now())
    except UsageError as error:
        messages.error(request, str(error))
        return _back(told)
    if told.status == "open" and told.case and told.author:
        tell_all(told.case, "accepted", request.user.pk, number=told.number, to=told.author)
    if trial is not None:
        if told.status == "open":
            _settle_after(request, trial)
        return redirect("trials:show", trial)
    messages.success(request, "Accepted. It stands in your calendar; your plan's own rules go on.")
    return _back(told)


def _settle_after(request: RunnerRequest, trial: UUID) -> None:
    """Let the worker look two days after the last day: it is over in every zone then, the morning after told."""
    design = next(one.design for one in trials_of(request.runner.id) if one.id == trial)
    over = Schedule.from_data(design).end + timedelta(days=2)
    settle.using(run_after=datetime.combine(over, time(), UTC)).enqueue(str(request.runner.id), str(trial))
    messages.success(
        request,
        "Accepted. Once the trial is over, whether it helped comes to stand in the case's ledger, without "
        "figures; you can change it there.",
    )


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
    finish(request.runner.id, proposal, request.runner.today(timezone.now()))
    messages.success(request, "It leaves your calendar from today on.")
    return _back(told)


def _told(request: RunnerRequest, proposal: UUID) -> ProposalRecord:
    try:
        return proposal_to(request.runner.id, proposal)
    except UsageError:
        raise Http404 from None


def _back(told: ProposalRecord) -> HttpResponse:
    from evengait.web.cases.views import at_reply

    return at_reply(told.case, told.number) if told.case and told.number else redirect("runners:home")
