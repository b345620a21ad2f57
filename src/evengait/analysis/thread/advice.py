"""The advice in a thread: what, by whom, for or against; never whether it is right.

A post's sentences are read as a story's are (``analysis/story``): phrases of topics, and cues in front of and behind
them. What the opener says is no advice; nor is what is only told, asked, quoted or meant for somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.analysis.story.text import Found, of_words, phrase_matcher, phrases_in, read_text, reading
from evengait.analysis.story.tongue import tongue_of
from evengait.core.advice_topic import Advised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span

    from evengait.analysis.story.tongue import Tongue
    from evengait.core.advice_topic import AdviceBook, AdviceWords, Stance
    from evengait.core.thread import Post, Thread

REACH = 6
"""Words over which *don't* reaches forward."""
LIST_REACH = 14
"""The same in a list: no yoga, stretching or massage."""
ASKED = 6
"""Words of a question so short that the next sentence answers it: *Compression socks? Placebo.*"""
LISTED = frozenset({",", "or", "and", "/", "nor", "any", "&", "oder", "und", "noch"})
DENIALS = frozenset({"against", "against_after"})
WORDS_SHOWN = 400


def advice_in(thread: Thread, book: AdviceBook) -> tuple[Advised, ...]:
    """Return every distinct piece of advice in a thread, in its order.

    Of a post each topic counts once for and once against it.
    """
    spoken = tongue_of("\n".join(post.text for post in thread.posts))
    return tuple(found for post in thread.posts if not post.opener for found in advice_of(post, book, spoken))


@reading()
def advice_of(post: Post, book: AdviceBook, spoken: Tongue = "en") -> tuple[Advised, ...]:
    """Return every distinct piece of advice in one post, whoever wrote it.

    Parameters
    ----------
    spoken : {"en", "de"}
        The language of the thread: that of a post too short to tell.
    """
    words_of = book.words[tongue_of(post.text, spoken)]
    doc = read_text(post.text, words_of.language)
    cues = tuple(phrases_in(doc, _cues(words_of)))
    found: dict[tuple[str, Stance], Advised] = {}
    topics = list(_topics_in(doc, words_of))
    # What a topic's own words deny (no running) turns round no other topic beside it.
    cues = tuple(cue for cue in cues if cue.name not in DENIALS or not _within(cue, topics))
    for phrase in topics:
        stance = stance_of(doc, phrase, cues, topics)
        if stance is None or (phrase.name, stance) in found:
            continue
        span = doc[phrase.start : phrase.end]
        words = " ".join(post.text[span.sent.start_char : span.sent.end_char].split())[:WORDS_SHOWN]
        found[phrase.name, stance] = Advised(
            post.number, post.author, book.topics[phrase.name], stance, words, span.start_char, span.end_char
        )
    return tuple(found.values())


@of_words
def _cues(words_of: AdviceWords) -> Matcher:
    return phrase_matcher(words_of.cues, words_of.language)


@of_words
def _phrases(words_of: AdviceWords) -> Matcher:
    return phrase_matcher(words_of.phrases, words_of.language)


def _topics_in(doc: Doc, words_of: AdviceWords) -> Iterator[Found]:
    """Yield the topics' phrases; where two share a word, the longer one."""
    taken: set[int] = set()
    kept = []
    for phrase in sorted(phrases_in(doc, _phrases(words_of)), key=lambda f: (f.start - f.end, f.start)):
        words = set(range(phrase.start, phrase.end))
        if not words & taken:
            taken |= words
            kept.append(phrase)
    yield from sorted(kept, key=lambda f: f.start)


def stance_of(
    doc: Doc, phrase: Found, cues: tuple[Found, ...], topics: Sequence[Found] = ()
) -> Stance | None:
    """Return whether a phrase is advised or advised against; None where it is neither.

    Parameters
    ----------
    topics : sequence of Found
        Every topic of the post: what is said behind another one may be said of that.
    """
    sent = doc[phrase.start].sent
    near = [
        cue
        for cue in cues
        if sent.start <= cue.start < sent.end and not (phrase.start <= cue.start and cue.end <= phrase.end)
    ]
    if _meant_for_others(phrase, near):
        return None
    if sent[-1].text == "?" and phrase.end < sent.end:
        return _asked(doc, sent, near, cues)
    if _against(doc, phrase, near, topics):
        return "against"
    liked = any(cue.name == "for" for cue in near)
    if not liked and any(cue.name == "told" and cue.start <= phrase.start for cue in near):
        return None
    return "for"


def _within(cue: Found, topics: Sequence[Found]) -> bool:
    return any(topic.start <= cue.start and cue.end <= topic.end for topic in topics)


def _asked(doc: Doc, sent: Span, near: list[Found], cues: tuple[Found, ...]) -> Stance | None:
    """Return what a question advises: *have you tried* does; *Socks? Placebo.* is answered by the next sentence."""
    if any(cue.name == "suggests" for cue in near):
        return "for"
    if len(sent) > ASKED or sent.end >= len(doc):
        return None
    answer = doc[sent.end].sent
    said = {cue.name for cue in cues if answer.start <= cue.start < answer.end}
    return "against" if said & {"against", "against_after"} else "for" if "for" in said else None


def _meant_for_others(phrase: Found, near: list[Found]) -> bool:
    """Tell whether somebody else did it: my mate went to one; the writer's own *I* takes it back."""
    before = [cue for cue in near if cue.start < phrase.start]
    other = max((cue.start for cue in before if cue.name == "others"), default=-1)
    own = max((cue.start for cue in before if cue.name == "self"), default=-1)
    return other >= 0 and other >= own


def _said_of_another(doc: Doc, phrase: Found, cue: Found, near: list[Found], topics: Sequence[Found]) -> bool:
    """Tell whether a denial belongs to a later topic: *rolling helped, ice did nothing*."""
    for word in near:
        if word.name != "for" or not phrase.end <= word.start or not word.end <= cue.start:
            continue
        if (
            any(word.end <= topic.start < cue.start for topic in topics)
            and "," in doc[word.end : cue.start].text
        ):
            return True
    return False


def _against(doc: Doc, phrase: Found, near: list[Found], topics: Sequence[Found]) -> bool:
    excused = [cue for cue in near if cue.name == "not_against"]
    for cue in near:
        if any(no.start <= cue.start < no.end for no in excused):
            continue
        if cue.name == "against" and cue.end <= phrase.start:
            between = doc[cue.end : phrase.start]
            listing = any(token.lower_ in LISTED for token in between)
            reach = LIST_REACH if listing else REACH
            ended = any(
                end.name == "ends" and cue.end <= end.start < phrase.start and cue.end != end.start
                for end in near
            )
            if len(between) <= reach and not ended:
                return True
        if cue.name == "against_after" and cue.start >= phrase.start:
            parted = (end.name == "ends_after" and phrase.end <= end.start < cue.start for end in near)
            if not any(parted) and not _said_of_another(doc, phrase, cue, near, topics):
                return True
    return False
