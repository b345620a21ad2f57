"""A case as one person may read it: its head, its replies with the roles of who wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from evengait.core.language import marked, say
from evengait.core.sharing import Viewer, is_hers, role_words
from evengait.storage.records.proposals import proposals_in
from evengait.storage.records.replies import replies_of
from evengait.storage.records.viewing import viewers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from evengait.core.case import CaseRecord, Reply
    from evengait.core.proposal import ProposalRecord

BROUGHT_IN = marked("brought in from a forum, by name there")
MARK_LENGTH = 8
"""Signs of a mark of what a reply shows."""


@dataclass(frozen=True)
class ToldReply:
    """One reply as one person reads it.

    Attributes
    ----------
    name : str
        Of who wrote it; empty where its words are gone.
    roles : tuple of str
        In words, most telling first.
    mine : bool
        This person wrote it.
    gone : {"", "deleted", "hidden"}
        Why there are no words; then ``reply.body`` is not to be shown.
    """

    reply: Reply
    name: str
    roles: tuple[str, ...]
    mine: bool
    gone: str = ""
    proposals: tuple[ProposalRecord, ...] = ()

    @property
    def mark(self) -> str:
        """A few signs that change as soon as this person would read the reply, or what it proposes, otherwise."""
        one = self.reply
        shown = (one.body, one.author_name, one.edited_at, one.hidden, *self.proposals)
        of = repr(self.gone or shown).encode()
        return blake2s(of, digest_size=MARK_LENGTH // 2).hexdigest()


def told_replies(
    case: CaseRecord, viewer: Viewer, first: int = 1, last: int | None = None
) -> list[ToldReply]:
    """Return the replies from one number to another (both included) as this person reads them, in order."""
    replies = replies_of(case.id, first, last)
    who = viewers_of(reply.author for reply in replies)
    proposed = proposals_in(reply.id for reply in replies)
    return [_told(case, viewer, reply, who, tuple(proposed.get(reply.id, ()))) for reply in replies]


def head_mark(case: CaseRecord) -> str:
    """Return a few signs that change as soon as what stands above the replies does."""
    shown = (case.title, case.category, case.status, case.ending, case.ending_words, case.hidden)
    return blake2s(repr(shown).encode(), digest_size=MARK_LENGTH // 2).hexdigest()


def marks_of(case: CaseRecord, viewer: Viewer, first: int, last: int) -> list[str]:
    """Return the marks of the replies from one number to another (both included), in order: two queries."""
    replies = replies_of(case.id, first, last)
    proposed = proposals_in(reply.id for reply in replies)
    return [_told(case, viewer, reply, {}, tuple(proposed.get(reply.id, ()))).mark for reply in replies]


def _told(
    case: CaseRecord,
    viewer: Viewer,
    reply: Reply,
    who: Mapping[UUID, Viewer],
    made: tuple[ProposalRecord, ...],
) -> ToldReply:
    mine = reply.author is not None and reply.author == viewer.account
    if reply.deleted:
        return ToldReply(reply, "", (), mine, "deleted", made)
    if reply.hidden and not mine:
        return ToldReply(reply, "", (), mine, "hidden", made)
    if reply.quoted_author or reply.quoted_role or reply.quoted_number:
        # Roles of another forum are quoted as such: nobody here has checked them.
        there = (say("{role} there", role=reply.quoted_role),) if reply.quoted_role else ()
        return ToldReply(
            reply, reply.quoted_author or say("Somebody"), (*there, say(BROUGHT_IN)), mine, "", made
        )
    if reply.author is None:
        return ToldReply(reply, say("Somebody"), (say(BROUGHT_IN),), mine, "", made)
    opened = reply.author == case.opened_by
    author = who.get(reply.author, Viewer(reply.author))
    roles = role_words(author, case.shown, opened_it=opened)
    return ToldReply(reply, reply.author_name, roles, mine, "", made)


def case_document(case: CaseRecord, viewer: Viewer, fields: Iterable[str]) -> dict[str, Any]:
    """Return a case's head for programs: ``sees`` are the fields that this person may see of it."""
    return {
        "id": str(case.id), "title": case.title, "category": case.category, "site": case.site, "side": case.side,
        "status": case.status, "ending": case.ending or None, "ending_words": case.ending_words or None,
        "opened_at": case.opened_at.isoformat(), "changed_at": case.changed_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "replies": case.last_number, "own": is_hers(viewer, case.shown), "sees": sorted(fields),
    }  # fmt: skip


def reply_document(told: ToldReply) -> dict[str, Any]:
    """Return a reply for programs; people by the name they chose, never by id. Null words = it is gone."""
    reply = told.reply
    return {
        "number": reply.number, "author": told.name or None, "roles": list(told.roles), "own": told.mine,
        "written_at": reply.written_at.isoformat(),
        "edited_at": reply.edited_at.isoformat() if reply.edited_at else None,
        "body": None if told.gone else reply.body, "gone": told.gone or None,
        "proposals": [] if told.gone else [proposal_document(one) for one in told.proposals],
    }  # fmt: skip


def proposal_document(one: ProposalRecord) -> dict[str, Any]:
    """Return a proposal for programs, as whoever sees its reply reads it."""
    return {
        "id": str(one.id), "kind": one.kind, "text": one.text, "treatment": one.treatment or None,
        "side": one.side or None, "first_on": _day(one.first_on), "last_on": _day(one.last_on),
        "every_days": one.every_days, "change": one.change or None, "distance_m": one.distance_m,
        "answer": one.answer or None, "status": one.status, "by_clinician": one.by_clinician,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
