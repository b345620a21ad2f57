"""The fixed cast of the desk's tests. The owner is the runner whose data it is.

What the others may see of hers is in each room's ``access.toml``. A room that brings a relation (a share, a team,
a case) makes it in ``people`` and puts its id into ``ids``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

PERSONAS = (
    "nobody", "outsider", "participant", "coach", "coach_of_another", "clinician", "moderator", "admin", "owner",
)  # fmt: skip

SECRETS = (
    "Wilhelmina-owner",
    "a-story-that-is-hers",
    "a-file-that-is-hers.zip",
    "a-case-that-is-hers",
    "a-reply-of-hers",
)
"""Words that stand only in the owner's data: whoever may not see it never meets them."""


@dataclass
class Program:
    """A program that asks the API. ``secret``: its token; empty = it has none."""

    secret: str = ""

    def ask(self, method: str, address: str, data: Any = None, **headers: str) -> Any:
        """Send a request with JSON, or without a body, and return the answer."""
        from django.test import Client

        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        body = b"" if data is None or method == "GET" else json.dumps(data).encode()
        return Client(HTTP_HOST="localhost").generic(
            method, address, body, content_type="application/json", headers=headers
        )

    def send(self, address: str, form: dict[str, Any]) -> Any:
        """Send a form with files and return the answer."""
        from django.test import Client

        return Client(HTTP_HOST="localhost").post(
            address, form, headers={"Authorization": f"Bearer {self.secret}"}
        )


@dataclass
class Cast:
    """Everybody, on one desk.

    Attributes
    ----------
    accounts : dict
        Account by persona; nobody has none.
    ids : dict
        What the addresses of the owner's pages are filled from: ``problem``, …
    home : Path
    files : dict
        Content by path of what addresses lead to.
    """

    home: Path
    accounts: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)

    def put_back(self) -> None:
        """Write the files that addresses lead to; what a row of the matrix deleted is there for the next."""
        for path, content in self.files.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)

    def client(self, persona: str) -> Client:
        """Return a browser without scripts, signed in as this persona."""
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        if persona != "nobody":
            client.force_login(self.accounts[persona], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def program(self, persona: str, scopes: tuple[str, ...] | None = None, days: int = 30) -> Program:
        """Return a program with a new token of this persona, for everything where no scopes are named."""
        from evengait.core.api_token import SCOPES
        from evengait.storage.records.api_tokens import make_token

        if persona == "nobody":
            return Program()
        today = datetime.now(UTC).date()
        account = self.accounts[persona].pk
        return Program(
            make_token(
                account,
                "a program",
                scopes or tuple(SCOPES),
                expires_on=today + timedelta(days=days),
                today=today,
            )[1]
        )


def people(home: Path) -> Cast:
    """Put the cast on a desk."""
    from evengait.actions.design_trial import design_trial
    from evengait.actions.keep_trial import keep_schedule
    from evengait.core.diary import DiaryEntry
    from evengait.core.health_problem import HealthProblem
    from evengait.core.intake import read_intake
    from evengait.core.intake_record import IntakeRecord
    from evengait.storage.records.api_tokens import make_token
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.import_jobs import begin_job
    from evengait.storage.records.intakes import keep_intake
    from evengait.storage.records.models import Account
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import change_runner, claim_runner
    from evengait.storage.records.takeouts import ask_for_takeout, change_takeout, takeout_file

    cast = Cast(home)
    for persona in PERSONAS[1:]:
        cast.accounts[persona] = Account.objects.create_user(
            f"{persona}@example.org", display_name=persona.replace("_", " ").title()
        )
    from django.utils import timezone

    cast.accounts["moderator"].is_moderator = True
    cast.accounts["admin"].is_staff = cast.accounts["admin"].is_superuser = True
    cast.accounts["clinician"].clinician_verified_at = timezone.now()
    for account in cast.accounts.values():
        account.save()
    runner = claim_runner("owner", cast.accounts["owner"].pk)
    change_runner(runner.id, display_name=SECRETS[0], units="mi")
    for persona in ("outsider", "participant"):
        claim_runner(persona, cast.accounts[persona].pk)
    problem = keep_problem(runner.id, HealthProblem(date(2026, 11, 8), "sacroiliac", "left", "gradual"))
    intake = keep_intake(
        runner.id,
        IntakeRecord(read_intake({"site": "sacroiliac"}).intake, story=SECRETS[1], problem=problem.id),
    )
    keep_day(runner.id, DiaryEntry(date(2026, 11, 8), notes=SECRETS[1]))
    trial = keep_schedule(runner.id, design_trial("belt", "aid", date(2026, 11, 1), seed=5)[0])
    cast.ids |= {"trial": str(trial.id)}
    job = begin_job(runner.id, "upload", "receiving", label=SECRETS[2], bytes_expected=1)
    cast.ids |= {"job": str(job.id)}
    today = datetime.now(UTC).date()
    token, _ = make_token(runner.account, "a program", ("read:diary",), expires_on=today, today=today)
    cast.ids |= {"token": str(token.id)}
    takeout = ask_for_takeout(runner.account)
    change_takeout(takeout.id, state="done", expires_at=datetime.now(UTC) + timedelta(days=1))
    cast.files[takeout_file(home, takeout.id)] = SECRETS[1].encode()
    cast.put_back()
    cast.ids |= {"takeout": str(takeout.id)}
    cast.ids |= {"runner": str(runner.id), "problem": str(problem.id), "intake": str(intake.id)}
    a_case(cast, runner.id, problem.id)
    those_beside(cast, runner.id)
    return cast


def a_case(cast: Cast, runner: Any, problem: Any) -> None:
    """Open a case of the owner: the participant may read it, the coach has her story too, nobody else has anything."""
    from django.utils import timezone

    from evengait.core.advice import AdviceRecord
    from evengait.core.proposal import ProposalRecord
    from evengait.core.sharing import Grant
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.grants import grants_of, share
    from evengait.storage.records.ledger import keep_advice
    from evengait.storage.records.models import Complaint
    from evengait.storage.records.moderation import complain
    from evengait.storage.records.proposals import propose
    from evengait.storage.records.relations import beside, follow, invite
    from evengait.storage.records.replies import add_reply
    from evengait.storage.records.runners import runner_of

    now = timezone.now()
    owner, participant, coach = (cast.accounts[name].pk for name in ("owner", "participant", "coach"))
    case = open_case(runner, problem, SECRETS[3], "injury", opened_by=owner)
    follow(invite(runner, "participant", now, case.id).id, participant, now)
    follow(invite(runner, "coach", now).id, coach, now)
    outsider = runner_of(cast.accounts["outsider"].pk)
    assert outsider is not None
    follow(invite(outsider.id, "coach", now).id, cast.accounts["coach_of_another"].pk, now)
    story = {"story": {"story": SECRETS[1]}}
    grants = [Grant("case", role="participant"), Grant("case", role="coach"), Grant("story", role="coach")]
    share(runner, case.id, grants, story)
    add_reply(case.id, owner, SECRETS[4])
    theirs = add_reply(case.id, participant, "What about the shoes?")
    told = ProposalRecord("question", "What does the first step feel like?")
    proposal = propose(theirs.id, participant, told, is_clinician=False)
    line = keep_advice([AdviceRecord(case.id, "look at the shoes", reply=theirs.id, author=participant)])[0]
    cast.ids |= {"proposal": str(proposal.id), "advice": str(line.id)}
    complain(theirs.id, coach, "diagnosis", "")
    cast.ids |= {"complaint": str(Complaint.objects.get().pk)}
    grant = next(one for one in grants_of(case.id) if one.field == "story")
    relation = next(one for one in beside(runner, case.id) if one.kind == "participant")
    cast.ids |= {"case": str(case.id), "reply": str(theirs.id), "grant": str(grant.id)}
    cast.ids |= {"relation": str(relation.id), "key": str(invite(runner, "participant", now, case.id).id)}


def those_beside(cast: Cast, runner: Any) -> None:
    """Let the coach see the owner's training, pain and plan; make a link that nobody has followed."""
    from django.utils import timezone

    from evengait.storage.records.relations import invite
    from evengait.storage.records.ties import give, ties_of

    tie, now = ties_of(runner)[0].id, timezone.now()
    give(runner, tie, ("training", "diary", "plan"), now)
    link = invite(runner, "clinician", now, fields=("diary",))
    cast.ids |= {"tie": str(tie), "invitation": str(link.id)}
