"""How forms look: Django's own, in the desk's pieces."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class DeskRenderer(TemplatesSetting):
    """Every ``{{ form }}`` and ``{{ field }}`` of the desk, of the sign-in too."""

    form_template_name = "base/form.html"
    field_template_name = "base/field.html"


class Choices(forms.RadioSelect):
    """One of a few, side by side."""

    template_name = "base/choices.html"
    option_template_name = "django/forms/widgets/input.html"
    look = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the template which look."""
        context = super().get_context(name, value, attrs)
        context["widget"]["look"] = self.look
        return context


class Score(Choices):
    """A score from 0 to 10, side by side; the last choice is *not asked*."""

    look = "score"

    def __init__(self) -> None:
        super().__init__(choices=[*((str(n), str(n)) for n in range(11)), ("", "?")])


class Ticks(forms.CheckboxSelectMultiple):
    """Any of a few, side by side."""

    template_name = "base/choices.html"
    option_template_name = "django/forms/widgets/input.html"
