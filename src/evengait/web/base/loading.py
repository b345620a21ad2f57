"""Templates in the language that is spoken: our own are put into its words once, then kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.template.loaders import app_directories, cached

from evengait.core.language import CATALOGUES, say, spoken
from evengait.core.template_words import in_words

if TYPE_CHECKING:
    from django.template import Origin


class KeptLoader(cached.Loader):
    """Keeps a template for each language."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """Return what a template is kept under."""
        return f"{spoken()}:{super().cache_key(template_name, skip)}"


class Loader(app_directories.Loader):
    """Reads a template from its room and puts it into the language that is spoken."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source; those of other packages bring their own words."""
        source = super().get_contents(origin)
        ours = (
            origin.name.startswith(str(CATALOGUES.parent)) and f"{os.sep}allauth{os.sep}" not in origin.name
        )
        if spoken() == "en" or not ours:
            return source
        return in_words(source, say)
