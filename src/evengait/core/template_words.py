"""The words of a page's template: found where they stand, said in another language, put back.

Templates (Django's and Jinja's look alike to this room) carry no marks for translation. A *message* is the text of a
block with its inline elements and its template's own tags; attributes are left out of it::

    <p>Since {{ day }}. <a href="{% url 'edit' %}">Change</a></p>   →   Since {{ day }}. <a>Change</a>

A translation may move, double or leave out what stands in braces, so that it can follow its own grammar. Where a
block holds elements with nothing between them, each is a message of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Say = Callable[[str], str]

INLINE = frozenset({
    "a", "abbr", "b", "br", "cite", "code", "em", "i", "input", "kbd", "q", "s", "small", "span", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
})  # fmt: skip
VOID = frozenset(["br", "input", "wbr"])
SPEAKING = (
    "alt", "aria-label", "aria-description", "aria-roledescription", "data-sure", "data-words", "placeholder", "title",
)  # fmt: skip
"""Attributes that people read or hear."""

_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>|\{%-?\s*comment\b.*?endcomment\s*-?%\}", re.DOTALL)
_BRACES = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_TOKEN = re.compile(
    rf"(?P<braces>{_BRACES})|(?P<note><!.*?>|</?\{{\{{.*?\}}\}}[^<>]*>)"
    rf"|(?P<tag></?(?P<name>[a-zA-Z][\w-]*)(?:{_BRACES}|\"(?:{_BRACES}|[^\"])*\"|'(?:{_BRACES}|[^'])*'|[^<>\"'])*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"(\s(?:{'|'.join(SPEAKING)})=\")((?:{_BRACES}|[^\"])*)(\")", re.DOTALL)
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")
_OPENS = frozenset({"if", "for"})
_MIDDLE = frozenset({"else", "elif", "empty"})
_BOUNDS = frozenset({
    "autoescape", "block", "call", "comment", "endautoescape", "endblock", "endcall", "endfilter", "endmacro", "endraw",
    "endspaceless", "endwith", "extends", "filter", "include", "load", "macro", "raw", "set", "spaceless", "with",
})  # fmt: skip
_PLACE = re.compile(r"</?([a-z]+)((?:\.\d+)?)/?>")
_LETTERS = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&#?\w+;")
_UNSAID = frozenset({"code", "kbd", "var"})


@dataclass(frozen=True)
class _Token:
    """A piece of a template: ``text``, ``value`` {{ }}, ``statement`` {% %}, ``tag`` or ``silent``."""

    kind: str
    text: str
    name: str = ""


def messages(source: str) -> list[str]:
    """Return the messages of a template in their order, each as often as it stands there.

    Examples
    --------
    >>> messages('<p>Since {{ day }}. <a href="{% url "edit" %}">Change</a></p><p><b>{{ n }}</b></p>')
    ['Since {{ day }}. <a>Change</a>']
    >>> messages('<ul aria-label="Days">{% for d in days %}<li><b>Run</b> <i>Rest</i></li>{% endfor %}</ul>')
    ['Days', 'Run', 'Rest']
    """
    found: list[str] = []

    def note(message: str) -> str:
        found.append(message)
        return message

    in_words(source, note)
    return found


def in_words(source: str, said: Say) -> str:
    """Return a template whose messages are what ``said`` makes of them.

    Examples
    --------
    >>> in_words('<p>Since {{ day }}. <a href="/">Change</a></p>', {
    ...     "Since {{ day }}. <a>Change</a>": "<a>Ändern</a>, seit {{ day }}"}.__getitem__)
    '<p><a href="/">Ändern</a>, seit {{ day }}</p>'
    """
    return "".join(_run(run, said) for run in _runs(list(_tokens(source))))


def _tokens(source: str) -> Iterator[_Token]:
    place = 0
    for silent in _SILENT.finditer(source):
        yield from _plain_tokens(source[place : silent.start()])
        yield _Token("bound", silent.group())
        place = silent.end()
    yield from _plain_tokens(source[place:])


def _plain_tokens(source: str) -> Iterator[_Token]:
    place = 0
    for match in _TOKEN.finditer(source):
        if match.start() > place:
            yield _Token("text", source[place : match.start()])
        yield _token(match)
        place = match.end()
    if place < len(source):
        yield _Token("text", source[place:])


def _token(match: re.Match[str]) -> _Token:
    text = match.group()
    if match["note"] or text.startswith("{#"):
        return _Token("bound", text)
    if match["tag"]:
        name = match["name"].lower()
        return _Token("tag" if name in INLINE else "bound", text, name)
    if text.startswith("{{"):
        return _Token("value", text)
    word = _STATEMENT.match(text)
    name = word[1] if word else ""
    return _Token("bound" if name in _BOUNDS else "statement", text, name)


def _runs(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Yield pieces without a bound inside; a bound is a piece of its own, as is what has no partner in its piece."""
    run: list[_Token] = []
    for token in [*tokens, _Token("bound", "")]:
        if token.kind != "bound":
            run.append(token)
            continue
        yield from _balanced(run)
        yield [token]
        run = []


def _balanced(run: list[_Token]) -> Iterator[list[_Token]]:
    alone = set(range(len(run))) - _partners(run)
    piece: list[_Token] = []
    for place, token in enumerate(run):
        if place in alone:
            yield piece
            yield [token]
            piece = []
        else:
            piece.append(token)
    yield piece


def _partners(run: list[_Token]) -> set[int]:
    """Return the places of everything that needs no partner, or has it in this run."""
    fine: set[int] = set()
    waiting: list[tuple[str, list[int]]] = []
    for place, token in enumerate(run):
        kind, name = _role(token)
        if kind == "open":
            waiting.append((name, [place]))
        elif kind == "middle":
            if waiting and waiting[-1][0] in _OPENS:
                waiting[-1][1].append(place)
        elif kind == "close":
            if waiting and waiting[-1][0] == name:
                fine |= {*waiting.pop()[1], place}
        else:
            fine.add(place)
    return fine


def _role(token: _Token) -> tuple[str, str]:
    """Return open, middle, close or leaf, and the name that its partner shares."""
    if token.kind == "tag" and token.name not in VOID and not token.text.endswith("/>"):
        return ("close" if token.text.startswith("</") else "open"), token.name
    if token.kind == "statement":
        if token.name in _OPENS:
            return "open", token.name
        if token.name in _MIDDLE:
            return "middle", token.name
        if token.name.startswith("end"):
            return "close", token.name[3:]
    return "leaf", token.name


def _run(run: list[_Token], said: Say) -> str:
    """Return a piece in words: one message where letters stand in its top level, else its parts, each by itself."""
    first, last = 0, len(run)
    while first < last and _edge(run[first]):
        first += 1
    while last > first and _edge(run[last - 1]):
        last -= 1
    core = run[first:last]
    before, after = (_verbatim(part, said) for part in (run[:first], run[last:]))
    parts = _parts(core)
    if any(len(part) == 1 and _has_letters(part[0]) for part in parts):
        return before + _message(core, said) + after
    return before + "".join(_inside(part, said) for part in parts) + after


def _edge(token: _Token) -> bool:
    """Tell whether a piece is better off without this token at its end."""
    leaf = _role(token)[0] == "leaf"
    return (token.kind == "text" and not token.text.strip()) or (
        leaf and (token.kind in {"statement", "bound"} or token.name in VOID)
    )


def _parts(run: list[_Token]) -> list[list[_Token]]:
    """Return the top level: single tokens, and whole elements or statements with what they hold."""
    parts: list[list[_Token]] = []
    depth = 0
    for token in run:
        kind = _role(token)[0]
        if depth:
            parts[-1].append(token)
        else:
            parts.append([token])
        depth += {"open": 1, "close": -1}.get(kind, 0)
    return parts


def _inside(part: list[_Token], said: Say) -> str:
    """Return an element or a statement with what it holds in words."""
    if len(part) == 1 or part[0].name in _UNSAID:
        return _verbatim(part, said)
    done = _verbatim(part[:1], said)
    branch: list[_Token] = []
    depth = 0
    for token in part[1:]:
        kind = _role(token)[0]
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth < 0 or (depth == 0 and kind == "middle"):
            done += _run(branch, said) + token.text
            branch = []
        else:
            branch.append(token)
    return done


def _verbatim(tokens: list[_Token], said: Say) -> str:
    return "".join(
        _attributes(token.text, said) if token.text.startswith("<") else token.text for token in tokens
    )


def _attributes(tag: str, said: Say) -> str:
    def speak(match: re.Match[str]) -> str:
        return match[1] + in_words(match[2], said) + match[3]

    return _ATTRIBUTE.sub(speak, tag) if not tag.startswith(("<script", "<style", "<!")) else tag


def _has_letters(token: _Token) -> bool:
    return token.kind == "text" and bool(_LETTERS.search(_ENTITY.sub("", token.text)))


def _message(run: list[_Token], said: Say) -> str:
    """Return a piece as its translation has it, with the attributes of its elements back in their places."""
    text, places = _with_places(run)
    whole = " ".join(text.split())
    done = said(whole)
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    return (
        lead
        + _PLACE.sub(lambda match: _attributes(places.get(match.group(), match.group()), said), done)
        + trail
    )


def _with_places(run: list[_Token]) -> tuple[str, dict[str, str]]:
    """Return a piece with bare elements, and what each stands for: ``<a>``, ``<a.2>``, ``<input/>``."""
    text, places = "", {}
    seen: dict[str, int] = {}
    stack: list[str] = []
    for token in run:
        if token.kind != "tag":
            text += token.text
            continue
        if token.text.startswith("</"):
            place = f"</{stack.pop()}>"
        else:
            seen[token.name] = seen.get(token.name, 0) + 1
            name = token.name if seen[token.name] == 1 else f"{token.name}.{seen[token.name]}"
            void = _role(token)[0] == "leaf"
            place = f"<{name}/>" if void else f"<{name}>"
            if not void:
                stack.append(name)
        places[place] = token.text
        text += place
    return text, places
