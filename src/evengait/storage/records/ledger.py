"""The ledger of a case: what was advised, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from evengait.core.advice import OUTCOMES, AdviceRecord
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from evengait.storage.records.models.advice import Advice as Row

BESIDE = 1000
"""Place of what a reply proposes beside its words: after all that they advise."""
_FIELDS = ("what", "words", "by", "topic", "grade", "outcome", "outcome_words", "outcome_at")


def advice_of(case: UUID) -> list[AdviceRecord]:
    """Return a case's ledger in the order of its replies and of their words; what a hidden one says is left out."""
    from evengait.storage.records.models import Advice as Rows

    rows = Rows.objects.filter(case=case).exclude(reply__hidden_at__isnull=False)
    return [_read(row) for row in rows.select_related("reply", "author")]


def keep_advice(told: Iterable[AdviceRecord], *, in_words: bool = True) -> list[AdviceRecord]:
    """Keep new lines of a ledger, in the order of their replies' words.

    One that a reply has already, on the same topic, is left as it is, in its new place.
    """
    from evengait.storage.records.models import Advice as Rows

    kept = []
    places: Counter[UUID | None] = Counter()
    for one in told:
        places[one.reply] += 1
        values: dict[str, Any] = {name: getattr(one, name) for name in _FIELDS}
        values |= {"evidence": list(one.evidence), "author_id": one.author, "trial_id": one.trial}
        same = {"case_id": one.case, "reply_id": one.reply, "what": one.what}
        values["place"] = place = places[one.reply] if in_words else BESIDE
        row, made = Rows.objects.get_or_create(**same, defaults=values)
        if not made and in_words and row.place != place:
            Rows.objects.filter(pk=row.pk).update(place=place)
        kept.append(_read(row))
    return kept


def keep_trial_of(told: AdviceRecord) -> None:
    """Note in the ledger that an advice is tried in a trial; a line of its reply on the same is taken for it."""
    from evengait.storage.records.models import Advice as Rows

    same = Rows.objects.filter(case=told.case, reply=told.reply, what__iexact=told.what, outcome="open")
    changes = {"trial_id": told.trial, "outcome": told.outcome, "outcome_at": told.outcome_at}
    if not same.update(**changes):
        keep_advice([told], in_words=False)


def judge_by_trial(runner: UUID, trial: UUID, outcome: str, words: str, now: datetime) -> int:
    """Say what became of what a trial tried, where the runner has said nothing; return how many lines."""
    from evengait.storage.records.models import Advice as Rows

    rows = tried_in(runner, trial)
    return Rows.objects.filter(pk__in=rows).update(outcome=outcome, outcome_words=words[:500], outcome_at=now)


def tried_in(runner: UUID, trial: UUID) -> list[UUID]:
    """Return the lines of a runner's ledgers that wait for what a trial says."""
    from evengait.storage.records.models import Advice as Rows

    rows = Rows.objects.filter(trial=trial, case__runner=runner, outcome__in=("open", "trying"))
    return list(rows.values_list("pk", flat=True))


def forget_unjudged(reply: UUID) -> None:
    """Delete the lines of a reply whose words have changed, as far as nobody has said what became of them."""
    from evengait.storage.records.models import Advice as Rows

    Rows.objects.filter(reply=reply, outcome="open").delete()


def judge_advice(runner: UUID, advice: UUID, outcome: str, words: str, now: datetime) -> UUID:
    """Say what became of it and return the case.

    Raises
    ------
    UsageError
        It is in no case of this runner, or the word is not known.
    """
    from evengait.storage.records.models import Advice as Rows

    row = Rows.objects.filter(pk=advice, case__runner=runner).first()
    if row is None or outcome not in OUTCOMES:
        raise UsageError("There is no such line, or no such word for what became of it.")
    Rows.objects.filter(pk=advice).update(outcome=outcome, outcome_words=words[:500], outcome_at=now)
    return row.case_id


def forget_advice(runner: UUID, advice: UUID) -> UUID:
    """Take a line out of the ledger and return its case: it is no advice.

    Raises
    ------
    UsageError
        It is in no case of this runner.
    """
    from evengait.storage.records.models import Advice as Rows

    row = Rows.objects.filter(pk=advice, case__runner=runner).first()
    if row is None:
        raise UsageError("There is no such line.")
    row.delete()
    return row.case_id


def _read(row: Row) -> AdviceRecord:
    values: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    if row.author and not row.by:
        values["by"] = str(row.author)
    return AdviceRecord(
        case=row.case_id, **values, evidence=tuple(row.evidence), trial=row.trial_id, reply=row.reply_id,
        number=row.reply.number if row.reply else None, author=row.author_id, id=row.pk,
    )  # fmt: skip
