"""Forms of bringing a thread in: the thread, then what of it is wanted."""

from __future__ import annotations

from typing import Any

from django import forms

from evengait.ingest.thread import PAGE_BYTES


class ThreadForm(forms.Form):
    """Pasted text or a saved page."""

    text = forms.CharField(
        label="Paste the thread",
        help_text="Mark it all in the browser, from the title to the last reply, and copy it in here.",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=500_000,
        required=False,
    )
    page = forms.FileField(
        label="Or choose a page you saved",
        help_text="Of bbPress, Discourse or phpBB: .html or .mhtml, up to 8 MB.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two; a page that is too large is not read."""
        told: dict[str, Any] = super().clean() or {}
        page = told.get("page")
        if page is not None and page.size > PAGE_BYTES:
            self.add_error(
                "page", f"The page is larger than {PAGE_BYTES // 1_000_000} MB. Paste the text instead."
            )
        elif page is None and not told.get("text", "").strip():
            raise forms.ValidationError("Paste the thread, or choose a page.")
        return told

    def data_bytes(self) -> bytes:
        """Return what was brought."""
        page = self.cleaned_data["page"]
        return bytes(page.read()) if page is not None else self.cleaned_data["text"].encode()


class TakeForm(forms.Form):
    """What of a thread is wanted: ``post`` and ``advice`` once for each."""

    thread = forms.CharField(max_length=1_500_000)

    def posts(self) -> set[int]:
        """Return the numbers of the posts that are wanted."""
        data: Any = self.data
        return {
            int(number)
            for number in data.getlist("post")
            if number.isascii() and number.isdigit() and len(number) < 6
        }

    def advice(self) -> set[str]:
        """Return the keys of the advice that is wanted."""
        data: Any = self.data
        return set(data.getlist("advice"))
