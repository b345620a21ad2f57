"""The last look: everything that was said to be kept is there, once, and whole."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.actions.check_archive import check_archive
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from pathlib import Path

    from endurance.ledger import Ledger, Write
    from endurance.people import Person

WAIT_S = 900.0


def wait_for_the_workers(ledger: Ledger) -> float:
    """Wait until nothing is left to be done; return how long that took."""
    from django_tasks_db.models import DBTaskResult

    from evengait.storage.records.models import ImportJob, KeptAnswer

    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_S:
        left = {
            "tasks": DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).count(),
            "imports": ImportJob.objects.filter(state__in=("waiting", "going")).count(),
            "answers": KeptAnswer.objects.filter(state="waiting").count(),
        }
        if not any(left.values()):
            return time.monotonic() - begun
        time.sleep(0.5)
    for what, count in left.items():
        if count:
            ledger.say(f"{count} {what} never came to an end")
    return time.monotonic() - begun


class Look:
    """Compares the records and the archives with the ledger."""

    def __init__(
        self, home: Path, ledger: Ledger, people: list[Person], whole: dict[str, pl.DataFrame]
    ) -> None:
        from evengait.storage.records.models import Account, Runner

        self._home, self._ledger, self._people, self._whole = home, ledger, people, whole
        accounts = {p.number: Account.objects.get(email=p.email).pk for p in people}
        self._runners = {number: Runner.objects.get(account=pk) for number, pk in accounts.items()}
        self.sessions = 0

    def at_everything(self) -> None:
        """Look at all of it."""
        self._once_each()
        self._diaries()
        self._halves()
        self._imports()
        self._archives()
        self._signed_in()
        self._tasks()

    def _judge(self, write: Write, count: int, of: int = 1) -> None:
        if write.kept and count == 0:
            self._ledger.say(f"{write.kind}: kept, and lost")
        elif count > of:
            self._ledger.say(f"{write.kind}: there {count / of:g} times after {write.tries} tries")
        elif count not in {0, of}:
            self._ledger.say(f"{write.kind}: {count} of {of} are there")

    def _once_each(self) -> None:
        from evengait.storage.records.models import (
            Case,
            CaseReply,
            HealthProblem,
            IntakeForm,
            Plan,
            StrengthSet,
            Trial,
        )

        def first_words(values: Any) -> Counter[str]:
            return Counter(str(value).split(" ", 1)[0] for value in values)

        replies = first_words(CaseReply.objects.values_list("body", flat=True))
        stories = first_words(
            IntakeForm.objects.values_list("story", "problem").distinct().values_list("story", flat=True)
        )
        cases = Counter(Case.objects.values_list("title", flat=True))
        sets = Counter(StrengthSet.objects.values_list("notes", flat=True))
        trials = Counter(Trial.objects.values_list("treatment", flat=True))
        for write in self._ledger.of("reply"):
            self._judge(write, replies[write.mark])
        for write in self._ledger.of("problem"):
            self._judge(write, stories[write.mark])
        for write in self._ledger.of("case"):
            self._judge(write, cases[write.mark])
            self._judge(write, replies[write.mark])
        for write in self._ledger.of("sets"):
            self._judge(write, sets[write.mark], 3)
        for write in self._ledger.of("trial"):
            self._judge(write, trials[write.mark.replace("-", "_")])
        for write in self._ledger.of("problem by program"):
            told = HealthProblem.objects.filter(
                runner=self._runners[write.who], onset=write.more["onset"], site="hip_groin"
            )
            self._judge(write, told.count())
        for write in self._ledger.of("plan"):
            if write.kept and not Plan.objects.filter(problem=write.more["problem"]).exists():
                self._ledger.say("plan: kept, and lost")

    def _diaries(self) -> None:
        from evengait.storage.records.models import DiaryEntry

        days: dict[tuple[int, Any], list[Write]] = defaultdict(list)
        for write in self._ledger.of("diary"):
            days[write.who, write.more["day"]].append(write)
        for (who, day), writes in days.items():
            row = DiaryEntry.objects.filter(runner=self._runners[who], date=day).first()
            last = max((i for i, write in enumerate(writes) if write.kept), default=None)
            may = writes if last is None else writes[last:]
            wanted = {(f"{write.mark} {write.more['sleep']}", float(write.more["sleep"])) for write in may}
            there = (row.notes, row.sleep_h) if row else None
            if there not in wanted and (there is not None or last is not None):
                self._ledger.say(
                    f"diary: a day is {'not there' if row is None else 'not as it was told last'}"
                )
        notes = [
            (row.runner_id, mark)
            for row in DiaryEntry.objects.exclude(notes=None)
            for mark in str(row.notes).split("\n")
        ]
        told = Counter(notes)
        for write in self._ledger.of("diary by program"):
            self._judge(write, told[self._runners[write.who].pk, write.mark])

    def _halves(self) -> None:
        """Look for what only came half into the records."""
        from django.db.models import Count, F, Max

        from evengait.storage.records.models import Advice, Case, HealthProblem, Notice, Plan

        say = self._ledger.say
        halves = HealthProblem.objects.exclude(site="hip_groin").filter(intake_forms=None).count()
        if halves:
            say(f"{halves} problems without what was told of them")
        counted = Case.objects.annotate(n=Count("replies"), last=Max("replies__number"))
        if counted.filter(n=0).exists():
            say(f"{counted.filter(n=0).count()} cases without a first word")
        if counted.exclude(n=F("last_number")).exists() or counted.exclude(last=F("last_number")).exists():
            say("the numbers of a case's replies have a gap")
        if (
            Plan.objects.values("runner")
            .filter(status="active")
            .annotate(n=Count("pk"))
            .filter(n__gt=1)
            .exists()
        ):
            say("a runner has two plans that run")
        if Plan.objects.filter(status="active", strength_block="").exists():
            say("a plan runs without the strength block that was asked for with it")
        if Advice.objects.values("reply", "what", "words").annotate(n=Count("pk")).filter(n__gt=1).exists():
            say("an advice is in the ledger twice")
        told = Notice.objects.exclude(number=None).values("account", "case", "kind", "number")
        if told.annotate(n=Count("pk")).filter(n__gt=1).exists():
            say("somebody is told the same thing twice")

    def _imports(self) -> None:
        from evengait.storage.records.models import ImportJob

        labels = Counter(ImportJob.objects.values_list("label", flat=True))
        for write in self._ledger.of("upload"):
            self._judge(write, labels[f"{write.mark}.zip"])
        for write in self._ledger.of("upload begun"):
            self._judge(write, labels[write.mark])
        for write in self._ledger.of("upload by program"):
            if write.kept and ImportJob.objects.filter(pk=write.more["job"], state="receiving").exists():
                self._ledger.say("an import that was complete was never begun")
        for job in ImportJob.objects.filter(state="failed"):
            self._ledger.say(f"an import failed: {job.reason[:200]}")

    def _archives(self) -> None:
        for number, runner in self._runners.items():
            folder = runner_folder(self._home, runner.name)
            sessions = Archive(folder).sessions()
            self.sessions += sessions.height
            sent = [w for w in self._ledger.writes if w.who == number and "export" in w.more]
            may = self._sessions_of(sent)
            must = self._sessions_of([w for w in sent if w.kept])
            there = set(sessions["session"].to_list())
            if len(there) != sessions.height:
                self._ledger.say("a session is there twice")
            if not must <= there:
                self._ledger.say(f"{len(must - there)} sessions of imports that were done are not there")
            if not there <= may:
                self._ledger.say(f"{len(there - may)} sessions are there that nobody sent")
            if sessions.height:
                whole = pl.concat(self._whole.values()).unique(maintain_order=True)
                same = whole.filter(pl.col("session").is_in(list(there))).sort("session", "timestamp")
                if not samples_of(folder).equals(same):
                    self._ledger.say("samples are not as they were sent")
                found = check_archive(self._home, folder)
                for harm in found.damaged:
                    self._ledger.say(f"doctor: {harm}")

    def _sessions_of(self, writes: list[Write]) -> set[str]:
        return {one for w in writes for one in self._whole[w.more["export"]]["session"].unique().to_list()}

    def _signed_in(self) -> None:
        from django.contrib.sessions.models import Session

        for person in self._people:
            key = person.browser.cookies.get("evengait", "")
            if Session.objects.filter(pk=key).count() != 1:
                self._ledger.say("a sign-in is not there once")
            if person.browser.get("/you/").status != 200:
                self._ledger.say("somebody is not signed in any more")

    def _tasks(self) -> None:
        from django_tasks_db.models import DBTaskResult

        for task in DBTaskResult.objects.filter(status="FAILED"):
            self._ledger.say(f"a task failed: {task.task_path} {task.exception_class_path}")


def samples_of(folder: Path) -> pl.DataFrame:
    """Return an archive's samples in one order, without what a later import may add to a session."""
    return Archive(folder).samples().collect().sort("session", "timestamp", maintain_order=True)
