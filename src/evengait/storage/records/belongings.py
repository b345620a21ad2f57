"""What belongs to a person: every table and every place of the home, said once.

*Take everything with me* writes what stands here; *Delete everything* deletes it. A table or a folder that nobody has
entered here fails a test, so that nothing is kept that she cannot take along, and nothing stays that she deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Belonging:
    """Rows of a table that belong to a person.

    Attributes
    ----------
    table : str
        Label of the model, ``records.DiaryEntry``.
    whose : str
        From a row to its person: a path to a runner, or to an account.
    by : {"runner", "account"}
        Which of the two the path leads to.
    file : str
        Name in the export, without its ending; empty = a secret, deleted and not given out.
    about : str
        A line for the export's README.
    goes : bool
        Deleted by itself. False where the row stays in a case that is another's, without her words and name.
    """

    table: str
    whose: str
    by: str
    file: str
    about: str
    goes: bool = True


def _hers(table: str, file: str, about: str, whose: str = "runner") -> Belonging:
    return Belonging(f"records.{table}", whose, "runner", file, about)


def _mine(table: str, file: str, about: str, whose: str = "account", *, goes: bool = True) -> Belonging:
    return Belonging(table, whose, "account", file, about, goes)


BELONGINGS = (
    _mine("records.Account", "account", "The account.", "pk"),
    _mine("account.EmailAddress", "email_addresses", "E-mail addresses.", "user"),
    _mine("account.EmailConfirmation", "", "Links that prove an address.", "email_address__user"),
    _mine("mfa.Authenticator", "", "Passkeys and the second factor.", "user"),
    _mine("admin.LogEntry", "admin_log", "What was changed in the list of accounts.", "user"),
    _mine("records.ApiToken", "tokens", "Tokens of programs, without their secrets."),
    _mine("records.Sent", "", "Forms and requests of the last hour, so that each counts once."),
    _mine("records.Takeout", "takeouts", "Files like this one that were made."),
    _hers("Runner", "runner", "The runner: name, units, time zone.", "pk"),
    _hers("DiaryEntry", "diary", "The diary; diary.csv is the same in the shape of evengait log."),
    _hers("DayMark", "day_marks", "Days marked as done or skipped."),
    _hers("HealthProblem", "problems", "What hurts and what hurt before."),
    _hers("IntakeForm", "intakes", "The answers to the first questions, and the stories."),
    _hers("KeptAnswer", "answers", "What was unusual before each, as worked out last.", "problem__runner"),
    _hers("Plan", "plans", "Plans: what they are replayed from."),
    _hers("Clearance", "clearances", "Gates that were passed.", "plan__runner"),
    _hers("StrengthSet", "strength_sets", "The strength log; strength.csv is the same in the shape of apps."),
    _hers("Shoe", "shoes", "Shoes: what the runner said of them."),
    _hers("Trial", "trials", "Trials: the blocks as drawn. Their days are in the diary."),
    _hers("ImportJob", "imports", "Imports of the desk."),
    _hers("Case", "cases", "Cases."),
    _hers("CaseReply", "case_replies", "Every reply in them.", "case__runner"),
    _hers("Grant", "grants", "What was shared with whom.", "case__runner"),
    _hers("LastingGrant", "lasting_grants", "What coaches and clinicians beside may see.", "relation__runner"),
    _hers("Glance", "glance", "Where the plan stood and the last run, as kept for those who may see it."),
    _hers("SharedPart", "shared_parts", "The data that was shared, as it was then.", "case__runner"),
    _hers("Advice", "advice", "What was advised.", "case__runner"),
    _hers("Proposal", "proposals", "What was proposed, and what became of it."),
    _hers("Relation", "relations", "Who stands beside the runner."),
    _hers("Invitation", "invitations", "Links to coaches and participants."),
    _mine("records.CaseReply", "replies_written", "Replies written, in any case.", "author", goes=False),
    _mine("records.Advice", "advice_given", "Advice given in cases of others.", "author"),
    _mine("records.Proposal", "proposals_made", "Proposals made to others.", "author", goes=False),
    _mine("records.Relation", "relations_to_others", "Runners stood beside."),
    _mine("records.Grant", "grants_received", "What others shared with this account."),
    _mine("records.LastingGrant", "lasting_grants_received", "What runners let this account see.", "relation__account"),
    _mine("records.Clearance", "clearances_given", "Gates cleared for others.", "by_account", goes=False),
    _mine("records.Complaint", "complaints", "Replies that were reported.", "by", goes=False),
    _mine("records.AuditEntry", "moderation", "Acts as a moderator.", "actor", goes=False),
    _mine("records.Notice", "notices", "Notices."),
    _mine("records.Mute", "mutes", "Cases that are muted."),
)  # fmt: skip
"""In the order of the export; deleted from the last to the first."""

NOBODYS = {
    "auth.Group": "Kinds of accounts, not persons.",
    "auth.Permission": "What accounts may do in the admin.",
    "contenttypes.ContentType": "Names of tables.",
    "sessions.Session": "Signed-in browsers; one whose account is gone opens nothing, and it ends by itself.",
    "django_tasks_database.DBTaskResult": "Work of the last week: ids alone, which lead nowhere once rows are gone.",
}
"""Tables that hold nothing of a person, each with the reason."""

PLACES = {
    "runners": "A folder for each runner: recordings and what was read from them. Exported; deleted.",
    "uploads": "Files on their way in, by import. They come into the archive; deleted.",
    "takeouts": "Files like this one, by id, for a day. Deleted.",
    "maps": "Maps of the ground: nobody's.",
    "research": "Pseudonyms' key and what was sent to a lake; the next gathering takes out who is gone.",
    "desk.sqlite3": "The tables above.",
    "secret_key": "Signs cookies: nobody's.",
    "sign_in_link": "The hash of a link that signs in once: nobody's.",
    "desk.postgresql": "Says that the tables above are on a PostgreSQL: nobody's.",
    "desk.address": "Where the desk answers: nobody's.",
    "desk.open": "A lock.",
    "desk.lock": "A lock.",
    "backup.lock": "A lock.",
    "workers": "A lock for each worker.",
}
"""Every name in the home (``-wal`` and ``-shm`` beside the database aside), and whose it is."""

SECRET = frozenset({"password", "digest", "key"})
"""Columns that are never given out."""


def rows_of(one: Belonging, runner: UUID | None, account: UUID | None) -> QuerySet[Model] | None:
    """Return the rows of one belonging; None where there is no such person."""
    from django.apps import apps

    person = runner if one.by == "runner" else account
    if person is None:
        return None
    rows: QuerySet[Model] = apps.get_model(one.table)._default_manager.filter(**{one.whose: person})
    return rows


def plain_rows(rows: QuerySet[Model], account: UUID | None) -> Iterator[dict[str, Any]]:
    """Return rows as plain data, in the order in which the desk shows them: every column but secrets.

    Other people stand there by the name they chose, never by id.
    """
    from evengait.storage.records.models import Account

    for row in rows.order_by(*(rows.model._meta.ordering or ()), "pk").iterator():
        told: dict[str, Any] = {}
        for field in row._meta.concrete_fields:
            if field.name in SECRET:
                continue
            if field.related_model is Account:
                other = getattr(row, field.name)
                told[field.name] = None if other is None else "you" if other.pk == account else str(other)
            else:
                told[field.name] = field.value_from_object(row)
        yield told


def forget_rows(runner: UUID | None, account: UUID | None) -> None:
    """Delete everything that belongs to a person, all or nothing."""
    from django.db import transaction

    with transaction.atomic():
        for one in reversed(BELONGINGS):
            rows = rows_of(one, runner, account)
            if one.goes and rows is not None:
                rows.delete()
