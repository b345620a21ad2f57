"""Yes and no, as people answer them in the language that is spoken, or in English."""

from __future__ import annotations

import click

from evengait.core.language import marked, say

_YES, _NO = (marked("y yes"), marked("n no"))


def yes_or_no(said: str) -> bool | None:
    """Return what an answer says; None where it is neither.

    Examples
    --------
    >>> yes_or_no("Yes"), yes_or_no("n"), yes_or_no("perhaps")
    (True, False, None)
    """
    word = said.strip().lower()
    for words, meant in ((_YES, True), (_NO, False)):
        if word in {*words.split(), *say(words).split()}:
            return meant
    return None


def hint() -> str:
    """Return the two letters that may be typed: ``y/n``."""
    return "/".join(say(words).split()[0] for words in (_YES, _NO))


def confirmed(question: str) -> bool:
    """Ask on standard error until it is answered; Enter alone is no."""
    while True:
        said = click.prompt(f"{question} [{hint()}]", default="", show_default=False, err=True)
        answer = yes_or_no(said) if said else False
        if answer is not None:
            return answer
