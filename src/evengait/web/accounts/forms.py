"""What a person may change about herself."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.language import LANGUAGES, OFFERED, Said, say
from evengait.web.base.form_look import Choices


class MeForm(forms.Form):
    """How others read her name; how she reads numbers; her calendar."""

    display_name = forms.CharField(
        label=_("Your name here"), help_text=_("What others read beside your words, where you share something."),
        max_length=80, required=False,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False, widget=Choices, choices=[])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own
        if len(OFFERED) == 1:
            del self.fields["language"]
            return
        self.fields["language"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            ("", say("As the browser says")), *((name, LANGUAGES[name]) for name in OFFERED)
        ]  # fmt: skip


class RunnerForm(MeForm):
    """For a runner, also units and time zone."""

    units = forms.ChoiceField(
        label=_("Distances in"), choices=[("km", _("Kilometres")), ("mi", _("Miles"))], widget=Choices
    )
    time_zone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("Decides which day is today."), required=False, choices=[]
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(
            name
            for name in available_timezones()
            if "/" in name and not name.startswith(("Etc/", "SystemV/"))
        )
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            ("", say("This computer's own")), *((zone, zone.replace("_", " ")) for zone in zones)
        ]  # fmt: skip


THE_WORD = Said({"delete": "delete"}, context="the word to write")


class SureForm(forms.Form):
    """A word typed before everything is deleted."""

    word = forms.CharField(label=_('To delete everything, write "delete"'))

    def clean_word(self) -> str:
        """Refuse anything else."""
        word: str = self.cleaned_data["word"]
        if word.strip().lower() not in {"delete", THE_WORD["delete"]}:
            raise forms.ValidationError(say('Write the word "delete". Nothing was deleted.'))
        return word
