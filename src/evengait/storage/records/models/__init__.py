"""The tables, one per file. Import them only after ``open_records``."""

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.advice import Advice
from evengait.storage.records.models.api_token import ApiToken
from evengait.storage.records.models.case import Case
from evengait.storage.records.models.case_reply import CaseReply
from evengait.storage.records.models.clearance import Clearance
from evengait.storage.records.models.complaint import AuditEntry, Complaint
from evengait.storage.records.models.day_mark import DayMark
from evengait.storage.records.models.diary_entry import DiaryEntry
from evengait.storage.records.models.glance import Glance
from evengait.storage.records.models.grant import Grant, SharedPart
from evengait.storage.records.models.health_problem import HealthProblem
from evengait.storage.records.models.import_job import ImportJob
from evengait.storage.records.models.intake_form import IntakeForm
from evengait.storage.records.models.kept_answer import KeptAnswer
from evengait.storage.records.models.lasting_grant import LastingGrant
from evengait.storage.records.models.notice import Mute, Notice
from evengait.storage.records.models.plan import Plan
from evengait.storage.records.models.proposal import Proposal
from evengait.storage.records.models.relation import Invitation, Relation
from evengait.storage.records.models.runner import Runner
from evengait.storage.records.models.sent import Sent
from evengait.storage.records.models.shoe import Shoe
from evengait.storage.records.models.strength_set import StrengthSet
from evengait.storage.records.models.takeout import Takeout
from evengait.storage.records.models.trial import Trial

__all__ = [
    "Account", "Advice", "ApiToken", "AuditEntry", "Case", "CaseReply", "Clearance", "Complaint", "DayMark",
    "DiaryEntry", "Glance", "Grant",
    "HealthProblem", "ImportJob", "IntakeForm", "Invitation", "KeptAnswer", "LastingGrant", "Mute", "Notice",
    "Plan", "Proposal",
    "Relation", "Runner", "Sent", "SharedPart", "Shoe", "StrengthSet", "Takeout", "Trial",
]  # fmt: skip
