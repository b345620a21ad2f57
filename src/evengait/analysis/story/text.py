"""A story as sentences of words (spaCy, rules alone), and phrases found in it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

    from evengait.core.story import Lexicon

P = ParamSpec("P")
T = TypeVar("T")

MOST_WORDS = 40_000
"""Different words that a process remembers of all it has read, until it forgets them and begins anew."""
GAP = 3
"""Words of any kind that ``..`` stands for at the most."""
_NEGATED = re.compile(
    r"(?:^|[\s|(])(?:no|not|n't|ca|cannot|never|without|nothing|unable|have n't|nicht|nichts|nix|nie|ohne|kein\w*\*?)"
    r"(?:$|[\s|)])"
)
_SPELLED = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
"""How letters are written where a keyboard lacks them."""
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " "}
)


@dataclass(frozen=True)
class Found:
    """A phrase found: its name and its first and last word, the end exclusive."""

    name: str
    start: int
    end: int


_turn = RLock()
_made: dict[tuple[Hashable, ...], Any] = {}


@contextmanager
def reading() -> Iterator[None]:
    """Read one text at a time; words of texts are forgotten before they fill a process that reads for weeks."""
    with _turn:
        yield
        if sum(len(one.vocab.strings) for key, one in _made.items() if key[0] == "language") > MOST_WORDS:
            forget_words()


def forget_words() -> None:
    """Forget every word that this process has read in a text."""
    with _turn:
        _made.clear()


def of_words(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what is made of a language's words for as long as these are kept."""

    @wraps(make)
    def kept(*given: P.args, **named: P.kwargs) -> T:
        key = (make.__name__, *given, *named.items())
        if key not in _made:
            _made[key] = make(*given, **named)
        found: T = _made[key]
        return found

    return kept


@of_words
def language(name: str = "en") -> Language:
    """Return a language: tokens and sentences by rules, no model."""
    import spacy

    found = spacy.blank(name)
    found.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "\n", ";", "•"]})
    return found


_SHORT = re.compile(
    r"\b(?:li|re|ca|bds|evtl|bzw|ggf|inkl|std|min|sek|tgl|max|mind|männl|weibl|j|nr|\d{1,2}\.\d{1,2})\.(?=\s+\S)(?!\s*\n)",
    re.IGNORECASE,
)
"""German short words, and days such as 2.11., whose stop is not a sentence's."""
_SCORE_ENDS = re.compile(r"(?<=/10)\.(?=\s|$)|(?<=von 10)\.(?=\s|$)")
"""Behind a score the stop is a sentence's, not an ordinal's."""
_SIDE_ENDS = re.compile(
    r"(?:li|re)\.\s+(?:Seit|Ich|Es|Am|Im|Nach|Vor|Bei|Beim|Das|Der|Die|Heute|Gestern|Morgens|Kein)\b"
)


def read_text(story: str, tongue: str = "en") -> Doc:
    """Return the story's words and sentences; typographic quotes and dashes are made plain, one for one.

    In German the stop of a short word (*am re. Bein*) becomes a quotation mark, so that it ends no sentence.
    """
    plain = story.translate(_PLAIN)
    if tongue == "de":
        plain = _SCORE_ENDS.sub("!", _SHORT.sub(lambda found: _without_stop(found, plain), plain))
    return language(tongue)(plain)


def _without_stop(found: re.Match[str], text: str) -> str:
    return found.group() if _SIDE_ENDS.match(text, found.start()) else found.group()[:-1] + '"'


@of_words
def matcher(
    lexicon: Lexicon,
    table: Literal[
        "cues",
        "yes",
        "no",
        "denied",
        "places",
        "tries",
        "helped",
        "mode",
        "quality",
        "worse_with",
        "better_with",
    ],
) -> Matcher:
    """Return a matcher for a table of a lexicon: phrases by name, in the small language of ``knowledge/story``."""
    phrases: Mapping[str, tuple[str, ...]] = {
        "cues": lexicon.cues,
        "yes": _by_negation({path: flag.yes for path, flag in lexicon.flags.items()}),
        "no": _by_negation({path: flag.no for path, flag in lexicon.flags.items()}),
        "denied": {path: flag.denied for path, flag in lexicon.flags.items() if flag.denied},
        "places": dict(lexicon.places),
        "tries": lexicon.tries,
        "helped": lexicon.helped,
        "mode": lexicon.mode,
        "quality": lexicon.quality,
        "worse_with": lexicon.worse_with,
        "better_with": lexicon.better_with,
    }[table]
    return phrase_matcher(phrases, lexicon.language)


def phrase_matcher(phrases: Mapping[str, tuple[str, ...]], tongue: str = "en") -> Matcher:
    """Return a matcher for phrases by name, in the small language of ``knowledge/story``."""
    from spacy.matcher import Matcher

    found = Matcher(language(tongue).vocab)
    for name, texts in phrases.items():
        found.add(name, [_pattern(text) for text in texts])
    return found


def _by_negation(phrases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the phrases, those with a negation of their own under their name and a ``!``."""
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in phrases.items():
        for text in texts:
            key = f"{name}!" if _NEGATED.search(text) else name
            found[key] = (*found.get(key, ()), text)
    return found


def phrases_in(doc: Doc, where: Matcher) -> Iterator[Found]:
    """Yield the phrases found, longest first where they begin together; a phrase never crosses a sentence's end."""
    names = doc.vocab.strings
    kept: dict[tuple[str, int], int] = {}
    for key, start, end in where(doc):
        name = names[key]
        kept[name, start] = max(kept.get((name, start), 0), end)
    for (name, start), end in sorted(kept.items(), key=lambda item: (item[0][1], -item[1])):
        if doc[start].sent.end >= end:
            yield Found(name, start, end)


def _pattern(text: str) -> list[dict[str, Any]]:
    pattern: list[dict[str, Any]] = []
    for optional, word in _words(text):
        if word == "..":
            pattern += [{"IS_SPACE": False, "OP": "?"}] * GAP
            continue
        if pattern and "LOWER" in pattern[-1]:
            pattern.append({"ORTH": {"IN": ["-", '"', "'"]}, "OP": "?"})
        token: dict[str, Any] = {
            "LOWER": {"REGEX": f"^(?:{'|'.join(_alternative(w) for w in word.split('|'))})$"}
        }
        if optional:
            token["OP"] = "?"
        pattern.append(token)
    return pattern


def _words(text: str) -> Iterator[tuple[bool, str]]:
    # The tokens of "cannot" and "can't" are can, not and ca, n't.
    for part in re.findall(r"\([^)]*\)\??|\S+", text.replace("cannot", "ca n't|not")):
        if part.startswith("(") and part.rstrip("?").endswith(")"):
            inner = part.rstrip("?")[1:-1].split()
            for word in inner:
                yield True, word
        else:
            yield False, part


def _alternative(word: str) -> str:
    if word == "ca":
        return "can?"
    pattern = re.escape(word).replace(r"\*", ".*").replace("n't", "n'?t")
    return "".join(_SPELLED.get(letter, letter) for letter in pattern)
