"""A verdict as the page, the terminal and other programs show it: the shape that ``screen --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.analysis.screening.words import sentence
from evengait.core.intake_form import intake_fields
from evengait.core.language import Said, marked, say
from evengait.report.safety import safety_net

if TYPE_CHECKING:
    from evengait.analysis.screening.questions import Question
    from evengait.analysis.screening.screen import Fired, Verdict
    from evengait.core.red_flag import RedFlagRule, RuleBook

NOT_A_DIAGNOSIS = marked(
    "This is not a diagnosis. It compares your answers with published patterns; only a person who examines you can "
    "tell what hurts and why."
)
URGENT = ("emergency", "same_day")
NOT_REVIEWED = marked("not reviewed by a clinician")
REVIEWS = (marked("reviewed"), marked("reviewed, but due to be reviewed again"), NOT_REVIEWED)
"""A set of rules is as far as the least of them."""
HEADLINES = Said(
    {
        "routine": "In the next weeks: ask a doctor or sports physiotherapist about it.",
        "self_care": "So far: nothing that cannot wait. Look after it, and look again if it changes.",
    }
)
UNRECOGNISED = marked(
    "What was told fits no pattern known here, so somebody should look at it. Open questions may tell more."
)
RUNNING = Said(
    {
        "stop": "Do not run until a clinician has looked at it.",
        "restrict": (
            "Run less and more slowly, only as long as the pain stays low and your gait even. Not at all while you "
            "limp."
        ),
        "continue": "You may go on running as long as it does not get worse during the run or the morning after.",
    }
)


def screening_view(verdict: Verdict, book: RuleBook) -> dict[str, Any]:
    """Return a verdict as JSON data that is ready to be shown.

    Parameters
    ----------
    verdict : Verdict
    book : RuleBook
        The rules that made it.

    Returns
    -------
    dict
        The keys of the contract (``level``, ``running``, ``reasons``, ``consider``, ``ask``, ``safety_net``,
        ``not_a_diagnosis``), and for people: ``headline``, ``running_words``, ``consider_words`` by id, ``ask_about``
        (``consider`` in words, without the ordinary where something is urgent), ``questions`` in full,
        ``could_reach``, ``sources`` by id, ``rules``: their version and whether a clinician has reviewed them. Most
        urgent first throughout.
    """
    used = dict.fromkeys(source.id for fired in verdict.fired for source in fired.rule.sources)
    names = sorted({name for rule in book.rules for name in rule.reviewed_by})
    return {
        "level": verdict.level,
        "running": verdict.running,
        "headline": headline(verdict.level),
        "running_words": RUNNING[verdict.running],
        "reasons": [_reason(fired, verdict) for fired in verdict.fired],
        "unrecognised": say(UNRECOGNISED) if _nothing_recognised(verdict) else None,
        "consider": list(verdict.consider),
        "ask_about": [book.conditions[name] for name in _ask_about(verdict)],
        "consider_words": {name: book.conditions[name] for name in verdict.consider},
        "ask": [question.name for question in verdict.questions],
        "questions": [_question(question) for question in verdict.questions],
        "could_reach": verdict.could_reach,
        "safety_net": safety_lines(),
        "sources": {key: _source(key, book) for key in used},
        "rules": {
            "version": book.version, "count": len(book.rules), "reviewed_by": names,
            "review": say(
                max((_review(rule, verdict) for rule in book.rules), key=REVIEWS.index, default=NOT_REVIEWED)
            ),
        },
        "not_a_diagnosis": say(NOT_A_DIAGNOSIS),
    }  # fmt: skip


def _nothing_recognised(verdict: Verdict) -> bool:
    return not any(fired.rule.consider or fired.rule.level != "self_care" for fired in verdict.fired)


def _ask_about(verdict: Verdict) -> list[str]:
    """Return what to ask a clinician about now: what is ordinary waits until what is urgent has been looked at."""
    if verdict.level not in URGENT:
        return list(verdict.consider)
    leading = [fired.rule.consider for fired in verdict.fired if fired.rule.level == verdict.level]
    return list(dict.fromkeys(name for names in leading for name in names))


def headline(level: str) -> str:
    """Return where to go, in the words of the safety net where it has that urgency.

    Examples
    --------
    >>> headline("same_day")
    'Today: See a doctor the same day.'
    """
    for group in safety_net().groups:
        if group.level == level:
            return f"{group.when}: {group.where}"
    return HEADLINES[level]


def safety_lines() -> list[str]:
    """Return the signs that cannot wait, one line each, most urgent first: the same as under every report."""
    return [f"{group.when}: {sign}" for group in safety_net().groups for sign in group.signs]


def _reason(fired: Fired, verdict: Verdict) -> dict[str, Any]:
    rule = fired.rule
    return {
        "rule": rule.id,
        "label": rule.label,
        "level": rule.level,
        "running": rule.running,
        "say": rule.say,
        "because": list(dict.fromkeys(sentence(finding, verdict.facts) for finding in fired.because)),
        "consider": list(rule.consider),
        "evidence": [source.id for source in rule.sources],
        "grade": rule.grade,
        "version": rule.version,
        "review": say(_review(rule, verdict)),
    }


def _review(rule: RedFlagRule, verdict: Verdict) -> str:
    today = verdict.facts.today
    if rule.status != "reviewed":
        return NOT_REVIEWED
    return REVIEWS[1] if today is not None and rule.review_due < today.isoformat() else REVIEWS[0]


def _question(question: Question) -> dict[str, Any]:
    field = intake_fields()[question.path]
    return {
        "name": question.name,
        "path": question.path,
        "question": field.question,
        "help": field.help,
        "could_reach": question.level,
        "answers": question.answers,
    }


def _source(key: str, book: RuleBook) -> dict[str, Any]:
    item = book.evidence[key]
    return {
        "says": item.says,
        "source": item.source,
        "doi": item.doi or None,
        "grade": item.shown_grade,
        "verified": item.verified,
    }
