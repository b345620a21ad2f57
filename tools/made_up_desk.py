"""A desk with made-up people on it, for its pictures: the same people, words and days every time.

The runner is the demo's. What came after her pain she does here through the desk itself, day by day under a clock that
stands still: questions, a physio, the way back with walks and runs that a watch recorded, strength, a diary, a case.
"""

from __future__ import annotations

import json
import random
import re
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import made_up_words as words
import numpy as np
import time_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

TODAY = date(2026, 12, 17)
"""The Thursday on which the pictures are taken."""
TOLD, PHYSIO = date(2026, 11, 16), date(2026, 11, 20)
PEOPLE = {
    "owner": "Wilma Reyes", "coach": "Ana Sjoberg", "clinician": "Dr. Iris Okafor, PT", "participant": "trailmix_tom",
    "other": "Jo Lindqvist", "third": "Sam Petty", "moderator": "Mo Haddad", "newcomer": "",
}  # fmt: skip


@dataclass
class Desk:
    """The people on the desk, and what the addresses of its pages are filled from."""

    home: Path
    accounts: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def client(self, persona: str) -> Client:
        """Return a browser without scripts, signed in as this person; for nobody, signed in as nobody."""
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        if persona != "nobody":
            client.force_login(self.accounts[persona], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def send(self, address: str, told: dict[str, Any] | None = None, persona: str = "owner") -> str:
        """Send a form as a person does, and return where it leads.

        Raises
        ------
        RuntimeError
            The desk did not take it: the made-up people no longer fit it.
        """
        answer = self.client(persona).post(address, told or {})
        if answer.status_code != 302:
            raise RuntimeError(f"POST {address}: {answer.status_code} {answer.content.decode()[:4000]}")
        return str(answer.headers["Location"])

    def runner(self, persona: str = "owner") -> Any:
        """Return a person as a runner."""
        from evengait.storage.records.runners import runner_of

        return runner_of(self.accounts[persona].pk)


@contextmanager
def at(day: date, hour: int = 20, minute: int = 0) -> Iterator[None]:
    """Let it be this day, at this time in UTC, and let the clock stand."""
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC), tick=False):
        yield


@contextmanager
def same_names() -> Iterator[None]:
    """Let every id that is drawn at random be the same in every run."""
    drawn, before = random.Random(12), uuid.uuid4  # noqa: S311 - names of made-up things
    uuid.uuid4 = lambda: uuid.UUID(int=drawn.getrandbits(128), version=4)
    try:
        yield
    finally:
        uuid.uuid4 = before


def known_desk(home: Path) -> Desk | None:
    """Return the desk that was made in this home, None where there is none."""
    from evengait.storage.records.models import Account

    kept = home / "pictures.json"
    if not kept.exists():
        return None
    people = {persona: Account.objects.get(email=f"{persona}@example.org") for persona in PEOPLE}
    return Desk(home, people, json.loads(kept.read_text("utf-8")))


def make_desk(home: Path) -> Desk:
    """Put everybody on a desk that is open already, and let them live until today.

    Parameters
    ----------
    home : Path
        Its records are open in this process.
    """
    desk = Desk(home)
    with at(date(2026, 10, 1)):
        _people(desk)
        _archive(desk)
    _what_hurt_before(desk)
    _the_pain(desk)
    _the_case(desk)
    _the_way_back(desk)
    _beside(desk)
    _the_others(desk)
    with at(TODAY, 9):
        _papers(desk)
        desk.client("owner").get(f"/hurts/{desk.ids['problem']}/")
        work()
        _under_way(desk)
    (home / "pictures.json").write_text(json.dumps(desk.ids), "utf-8")
    return desk


def work() -> None:
    """Do everything that waits for the worker, here and now."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="pictures", excluded_queue_names=[],
    ).run()  # fmt: skip


def _people(desk: Desk) -> None:
    from django.utils import timezone

    from evengait.storage.records.models import Account
    from evengait.storage.records.runners import change_runner, claim_runner

    for persona, name in PEOPLE.items():
        desk.accounts[persona] = Account.objects.create_user(f"{persona}@example.org", display_name=name)
    desk.accounts["moderator"].is_moderator = True
    desk.accounts["moderator"].is_staff = desk.accounts["moderator"].is_superuser = True
    desk.accounts["clinician"].clinician_verified_at = timezone.now()
    for account in desk.accounts.values():
        account.save()
    for persona in ("owner", "participant", "other", "third", "newcomer"):
        claim_runner(persona, desk.accounts[persona].pk)
        change_runner(
            desk.runner(persona).id, display_name=PEOPLE[persona], units="mi", time_zone="America/New_York"
        )


def _archive(desk: Desk) -> None:
    """Bring the demo's export in as an upload of hers."""
    from evengait.actions.simulate_export import simulate_export
    from evengait.simulation.demo import SEED, WHOLE_SECONDS_FROM, demo_history

    export = desk.home / "export.zip"
    simulate_export(export, seed=SEED, history=demo_history(), sparse_before=WHOLE_SECONDS_FROM)
    with at(TOLD, 18):
        desk.ids["job"] = _brought_in(desk, "export_4711.zip", export.read_bytes())
    export.unlink()


def _brought_in(desk: Desk, label: str, content: bytes) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    led = desk.client("owner").post("/archive/begin/", {"piece": [SimpleUploadedFile(label, content)]})
    if led.status_code != 302:
        raise RuntimeError(f"The upload was not taken: {led.content.decode()[:2000]}")
    work()
    return str(led.headers["Location"]).rstrip("/").rpartition("/")[2]


def _what_hurt_before(desk: Desk) -> None:
    """Let her heel have hurt in spring, tape have been tried on it, and both be over."""
    from evengait.core.diary import DiaryEntry
    from evengait.core.trial import Schedule
    from evengait.storage.records.diary import keep_days
    from evengait.storage.records.trials import trials_of

    with at(date(2026, 2, 10)):
        place = desk.send("/hurts/new/", {"place": "foot:right", "onset": "2026-02-09", "mode": "gradual"})
        told = {"what": "tape", "kind": "aid", "start": "2026-02-16", "seed": "7"}
        desk.ids["trial"] = desk.send("/trials/start/", told).rstrip("/").rpartition("/")[2]
    schedule = Schedule.from_data(trials_of(desk.runner().id)[0].design)
    luck = np.random.default_rng(3)
    days = [schedule.start + timedelta(days=n) for n in range((schedule.end - schedule.start).days + 1)]
    keep_days(
        desk.runner().id,
        [
            DiaryEntry(
                day,
                pain_daily_nprs=float(
                    round(np.clip(4.6 - 2.6 * bool(schedule.assigned(day)) + luck.normal(0, 0.9), 0, 9))
                ),
                aids=("tape",) if schedule.assigned(day) else (),
            )
            for day in days
            if luck.random() > 0.04
        ],
    )
    with at(schedule.end + timedelta(days=3)):
        desk.send(f"/trials/{desk.ids['trial']}/end/")
        problem = place.split("/")[2]
        desk.send(f"/hurts/{problem}/end/", {"status": "closed", "on": str(schedule.end)})


def _the_pain(desk: Desk) -> None:
    """Let her tell her pain and answer what must be asked first, limping; and four days later once more."""
    with at(TOLD, 19):
        told = {"place": "sacroiliac:left", "onset": "2026-11-08", "mode": "gradual", "story": words.STORY}
        desk.ids["problem"] = desk.send("/hurts/new/", told).split("/")[2]
        desk.send(f"/hurts/{desk.ids['problem']}/questions/", words.LIMPING)
        desk.client("owner").get(f"/hurts/{desk.ids['problem']}/")
        work()
    with at(PHYSIO, 19):
        desk.send(f"/hurts/{desk.ids['problem']}/questions/", words.LIMPING | words.BETTER)


def _the_case(desk: Desk) -> None:
    """Let her ask; a fellow runner, her coach and a physio answer, and propose something she accepts."""
    from django.utils import timezone

    from evengait.storage.records.grants import grants_of
    from evengait.storage.records.relations import beside, follow, invite
    from evengait.storage.records.replies import replies_of

    owner = desk.runner().id
    with at(date(2026, 11, 17), 18):
        desk.ids["case"] = desk.send(f"/cases/new/{desk.ids['problem']}/", words.ASKED).split("/")[2]
        case: Any = uuid.UUID(desk.ids["case"])
        now = timezone.now()
        for persona, kind, where in (
            ("participant", "participant", case),
            ("coach", "coach", None),
            ("clinician", "clinician", None),
        ):
            follow(invite(owner, kind, now, where).id, desk.accounts[persona].pk, now)
        everything = ["case", "story", "answer", "timeline", "load", "shoes", "diary"]
        for whom, fields in (
            ("clinician", everything),
            ("coach", everything),
            ("participant", ["case", "story", "answer"]),
        ):
            _shared(desk, whom, fields)
    for day, hour, persona, told in words.REPLIES:
        with at(day, hour):
            desk.send(f"/cases/{case}/reply/", told, persona)
            work()
    with at(PHYSIO, 21):
        from evengait.storage.records.models import Proposal

        for proposal in Proposal.objects.filter(kind="one_sided_exercise"):
            desk.send(f"/cases/proposal/{proposal.pk}/accept/")
    with at(date(2026, 11, 25), 12):
        for proposal in Proposal.objects.filter(kind="plan_change"):
            desk.send(f"/cases/proposal/{proposal.pk}/accept/")
    theirs = next(one for one in replies_of(case) if one.author == desk.accounts["participant"].pk)
    desk.ids["reply"] = str(theirs.id)
    with at(PHYSIO, 22):
        desk.send(f"/cases/reply/{theirs.id}/report/", {"reason": "diagnosis", "words": ""}, "coach")
    from evengait.storage.records.models import Advice, Complaint

    desk.ids |= {"complaint": str(Complaint.objects.get().pk), "grant": str(grants_of(case)[0].id)}
    desk.ids["relation"] = str(next(one.id for one in beside(owner, case) if one.kind == "participant"))
    for line, told in zip(Advice.objects.order_by("pk"), words.JUDGED, strict=False):
        desk.send(f"/cases/advice/{line.pk}/", told)
        desk.ids["advice"] = str(line.pk)


def _shared(desk: Desk, whom: str, fields: list[str]) -> None:
    """Share fields of the case as its page does: look at exactly that, then share it."""
    told = {"fields_": fields, "whom": str(desk.accounts[whom].pk), "until": "90"}
    page = f"/cases/{desk.ids['case']}/share/"
    shown = desk.client("owner").post(page, told).content.decode()
    seen = re.findall(r'name="seen" value="(\w+)"', shown)
    desk.send(page, told | {"seen": seen[0], "share": "1"})


def _the_way_back(desk: Desk) -> None:
    """Let her follow plan and strength block day by day: what a watch recorded, what she lifted, how it felt."""
    import made_up_days

    with at(PHYSIO, 22):
        desk.send(
            "/strength/begin/",
            {
                "equipment": "gym",
                "site": "sacroiliac",
                "weekdays": ["0", "2", "5"],
                "running": "on",
                "weights": "lb",
            },
        )
        desk.send(
            "/plan/begin/",
            {"problem": desk.ids["problem"], "profile": "", "former": "", "runs": "", "strength": "on"},
        )
        told = {"what": "SI belt", "kind": "aid", "start": "2026-11-21", "seed": "4"}
        desk.send("/trials/start/", told)
    made_up_days.live(desk, PHYSIO + timedelta(days=1), TODAY)


def _beside(desk: Desk) -> None:
    """Let her coach and her physio see her days, and a link wait for somebody."""
    from django.utils import timezone

    from evengait.core.beside import FIELDS
    from evengait.storage.records.relations import follow, invite
    from evengait.storage.records.ties import give, ties_of

    with at(TODAY - timedelta(days=2)):
        now = timezone.now()
        for tie in ties_of(desk.runner().id):
            fields = tuple(FIELDS) if tie.kind == "coach" else ("problem", "diary", "plan", "story", "answer")
            give(desk.runner().id, tie.id, fields, now)
            if tie.kind == "coach":
                desk.ids["tie"] = str(tie.id)
        link = invite(desk.runner().id, "clinician", now, fields=("diary", "plan"))
        desk.ids["invitation"] = str(link.id)
        desk.ids["key"] = str(invite(desk.runner().id, "participant", now, uuid.UUID(desk.ids["case"])).id)
        for persona, fields in (("other", ("problem", "training", "diary", "plan")), ("third", ("diary",))):
            runner = desk.runner(persona).id
            follow(invite(runner, "coach", now).id, desk.accounts["coach"].pk, now)
            give(runner, ties_of(runner)[0].id, fields, now)


def _the_others(desk: Desk) -> None:
    """Let the coach's other runners have a diary, and one of them a pain."""
    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_days

    for persona, pains in (
        ("other", (1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 4)),
        ("third", (2, 2, 1, 2, 2, 1, 1, 2, 1, 1, 0)),
    ):
        first = TODAY - timedelta(days=len(pains))
        keep_days(
            desk.runner(persona).id,
            [
                DiaryEntry(first + timedelta(days=n), pain_daily_nprs=float(pain))
                for n, pain in enumerate(pains)
            ],
        )
    with at(TODAY - timedelta(days=9)):
        told = {"place": "shin:right", "onset": "2026-12-06", "mode": "gradual"}
        desk.ids["urgent"] = desk.send("/hurts/new/", told, "other").split("/")[2]
        desk.send(f"/hurts/{desk.ids['urgent']}/questions/", words.LIMPING | words.BONE, "other")
        desk.client("other").get(f"/hurts/{desk.ids['urgent']}/")
        work()


def _papers(desk: Desk) -> None:
    """Let there be a program with a key, and a file with everything that is hers."""
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder
    from evengait.storage.records.api_tokens import make_token
    from evengait.storage.records.trials import trials_of
    from evengait.web.shoes.views import key_of

    token, _ = make_token(
        desk.accounts["owner"].pk, "my watch", ("read:diary", "write:diary"),
        expires_on=TODAY + timedelta(days=30), today=TODAY,
    )  # fmt: skip
    desk.ids["token"] = str(token.id)
    desk.send("/you/take/begin/")
    sessions = Archive(runner_folder(desk.home, desk.runner().name)).sessions()
    runs = sessions.filter((sessions["sport"] == "running") & (sessions["local_date"] == date(2026, 11, 8)))
    desk.ids |= {"session": str(runs["session"][-1]), "shoe": key_of(str(runs["shoe"][-1]))}
    trials = [one for one in trials_of(desk.runner().id) if one.status != "ended"]
    desk.ids["going"] = str(trials[0].id)
    desk.client("coach").get("/my-runners/")


def _under_way(desk: Desk) -> None:
    """Leave an import half done."""
    from evengait.storage.records.import_jobs import begin_job, change_job

    job = begin_job(desk.runner("third").id, "upload", "going", label="export_1812.zip", bytes_expected=1)
    change_job(job.id, files_done=412, files_total=1024, sessions=398)
    desk.ids["going_job"] = str(job.id)
