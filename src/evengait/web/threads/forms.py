"""Forms of bringing a thread in: the thread, then what of it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.actions.bring_thread import Edits, PostEdit, advice_key
from evengait.core.case import BODY_LIMIT
from evengait.core.language import say
from evengait.ingest.thread import PAGE_BYTES
from evengait.knowledge.advice_book import advice_book

if TYPE_CHECKING:
    from evengait.actions.take_thread import ThreadReading
    from evengait.core.thread import Post


class ThreadForm(forms.Form):
    """Pasted text or a saved page."""

    text = forms.CharField(
        label=_("Paste the thread"),
        help_text=_("Mark it all in the browser, from the title to the last reply, and copy it in here."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=500_000,
        required=False,
    )
    page = forms.FileField(
        label=_("Or choose a page you saved"),
        help_text=_("Of bbPress, Discourse or phpBB: .html or .mhtml, up to 8 MB."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two; a page that is too large is not read."""
        told: dict[str, Any] = super().clean() or {}
        page = told.get("page")
        if page is not None and page.size > PAGE_BYTES:
            self.add_error(
                "page",
                say(
                    "The page is larger than {page_bytes} MB. Paste the text instead.",
                    page_bytes=PAGE_BYTES // 1000000,
                ),
            )
        elif page is None and not told.get("text", "").strip():
            raise forms.ValidationError(say("Paste the thread, or choose a page."))
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

    def edits(self, reading: ThreadReading) -> Edits:
        """Return what was corrected; a field that was not sent stays as it was read."""
        posts = {post.number: self._edit(post) for post in reading.thread.posts}
        advice = {}
        for one in reading.advice:
            key = advice_key(one)
            topic, stance = (
                self.data.get(f"topic-{key}", one.topic.id),
                self.data.get(f"stance-{key}", one.stance),
            )
            if topic in advice_book().topics and stance in {"for", "against"}:
                advice[key] = (topic, stance)
        return Edits({number: edit for number, edit in posts.items() if edit != PostEdit()}, advice)

    def _edit(self, post: Post) -> PostEdit:
        author, role, text = (self.data.get(f"{name}-{post.number}") for name in ("author", "role", "text"))
        plain = None if text is None else text.replace("\r\n", "\n").replace("\x00", "").strip()
        return PostEdit(
            None if author is None or author.strip() == (post.author or "") else author.strip()[:120],
            None if role is None or role.strip() == (post.role or "") else role.strip()[:32],
            None if plain is None or plain == post.text.strip() else plain[:BODY_LIMIT],
        )
