"""Fill a home as a busy desk has it: runners with archives, diaries, plans, cases; coaches; a case of many replies.

    python benchmarks/desk_people.py HOME ARCHIVES WALK.json --runners 200 --replies 500 --years 10

Everything is made by the product's own functions and its simulated runners. ``ARCHIVES`` keeps a few imported
archives, made once; a runner's own is linked from there, since files of an archive are never changed in place.
``WALK.json`` gets what a visitor needs: cookies of signed-in people, tokens, addresses.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

SITES = ("knee", "foot", "achilles", "hip_groin", "calf", "sacroiliac", "shin", "hamstring")
SENTENCES = (
    "after the long run on Sunday my left side was sore and the morning was stiff so I took three days off and did the "
    "bridges and the side plank before the easy miles on grass with new shoes which felt better on flat ground than "
    "downhill although a physio said the hip is weak and that loading it slowly twice a week helps more than rest does "
    "when pain stays under three of ten and settles by the next day otherwise go back one step and ask again"
)
RARE = ("sacrum", "belt", "orthotics", "cadence", "trampoline", "camber", "gravel", "isometrics", "ferritin")
"""Words that few replies have: what people search for."""


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    runners: int
    replies: int
    years: float
    runs: int
    kinds: int
    coaches: int


@dataclass
class Walk:
    """What a visitor needs. A person: ``cookie``, ``token``, ``session`` (id of a run)."""

    people: list[dict[str, str]] = field(default_factory=list)
    coaches: list[dict[str, str]] = field(default_factory=list)
    long: dict[str, str] = field(default_factory=dict)
    takers: list[str] = field(default_factory=list)
    case: str = ""
    pages: int = 1
    words: tuple[str, ...] = RARE


def main() -> None:
    """Fill the home, print nothing."""
    options = _options()
    sizes = Sizes(
        options.runners, options.replies, options.years, options.runs, options.kinds, options.coaches
    )
    kept = archives(options.archives, sizes)
    os.environ["EVENGAIT_HOME"] = str(options.home)
    from evengait.web.opening import open_desk

    open_desk(options.home)
    options.walk.write_text(json.dumps(vars(fill(options.home, kept, sizes))), "utf-8")


def archives(folder: Path, sizes: Sizes) -> list[Path]:
    """Return the folders of imported archives, the one of many years last; made where they are not there yet."""
    from evengait.actions.import_archive import import_archive
    from evengait.actions.simulate_export import simulate_export
    from evengait.simulation.runners import decade_runner

    found = []
    for seed in range(sizes.kinds + 1):
        long = seed == sizes.kinds
        target = folder / (f"years-{sizes.years:g}" if long else f"runs-{sizes.runs}-{seed}")
        if not target.exists():
            export, part = folder / "export.zip", folder / "part"
            if long:
                simulate_export(export, seed=seed, days=int(365.25 * sizes.years), profile=decade_runner())
            else:
                simulate_export(export, seed=seed, days=180, runs=sizes.runs)
            import_archive(part, [export])
            part.rename(target)
            export.unlink()
        found.append(target)
    return found


def fill(home: Path, kept: list[Path], sizes: Sizes) -> Walk:
    """Put everybody on the desk."""
    from django.db import transaction

    rng, walk = random.Random(1), Walk()
    coaches = [_account(f"coach{n}") for n in range(sizes.coaches)]
    walk.coaches = [{"cookie": _cookie(one)} for one in coaches]
    authors = []
    for n in range(sizes.runners):
        person = _runner(home, f"r{n:04d}", kept[n % (len(kept) - 1)])
        authors.append(person["account"])
        with transaction.atomic():  # one wait for the disk instead of hundreds
            _life(person["runner"], rng, with_plan=n % 3 == 0, coach=coaches[n % len(coaches)])
        walk.people.append(_visitor(person))
    long = _runner(home, "long", kept[-1])
    with transaction.atomic():
        _life(long["runner"], rng, with_plan=True, coach=coaches[0], days=int(180 * sizes.years))
    walk.long = _visitor(long)
    for n in range(4):
        walk.takers.append(_visitor(_runner(home, f"taker{n}", None))["token"])
    for n, author in enumerate(authors):
        _case(rng, author, authors, replies=rng.randint(3, 9), role="everybody" if n % 2 else "coach")
    walk.case = _case(rng, long["account"], authors, replies=sizes.replies, role="everybody")
    walk.pages = -(-sizes.replies // 20)
    return walk


def _account(name: str) -> Any:
    from evengait.storage.records.models import Account

    return Account.objects.create_user(f"{name}@example.org", display_name=name.title())


def _runner(home: Path, name: str, kept: Path | None) -> dict[str, Any]:
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder
    from evengait.storage.records.runners import claim_runner

    account, session = _account(name), ""
    runner = claim_runner(name, account.pk)
    if kept is not None:
        folder = runner_folder(home, name)
        shutil.copytree(kept, folder, copy_function=os.link)
        sessions = Archive(folder).sessions()
        session = sessions.filter(sessions["sport"] == "running")["session"][-1]
    return {"account": account, "runner": runner, "session": session}


def _visitor(person: dict[str, Any]) -> dict[str, str]:
    from evengait.storage.records.api_tokens import make_token

    today = date.today()  # noqa: DTZ011 - a token's day, as the desk counts
    token = make_token(
        person["account"].pk, "load", ("read:training", "write:imports"),
        expires_on=today + timedelta(days=30), today=today,
    )[1]  # fmt: skip
    return {"cookie": _cookie(person["account"]), "token": token, "session": person["session"]}


def _cookie(account: Any) -> str:
    """Sign an account in and return its cookie: what the password page does after the password."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return f"evengait={client.cookies['evengait'].value}"


def _life(runner: Any, rng: random.Random, *, with_plan: bool, coach: Any, days: int = 60) -> None:
    """Tell a diary, a problem, a coach, and for some a way back with its strength block."""
    from django.utils import timezone

    from evengait.actions.begin_plan import PlanWish, begin_plan
    from evengait.core.diary import DiaryEntry
    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.diary import keep_days
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.relations import follow, invite

    now = timezone.now()
    today, site = runner.today(now), rng.choice(SITES)
    onset = today - timedelta(days=30)
    problem = keep_problem(runner.id, HealthProblem(onset, site, rng.choice(("left", "right")), "gradual"))
    told = [
        DiaryEntry(today - timedelta(days=back), pain_daily_nprs=float(rng.randint(0, 4)), sleep_h=7.5)
        for back in range(days)
    ]
    keep_days(runner.id, told)
    if with_plan:
        begin_plan(runner.id, PlanWish(problem=problem.id), today=today - timedelta(days=10))
    link = invite(runner.id, "coach", now, fields=("training", "diary", "plan"))
    follow(link.id, coach.pk, now)


def _case(rng: random.Random, owner: Any, authors: list[Any], *, replies: int, role: str) -> str:
    from evengait.core.sharing import Grant
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.grants import share
    from evengait.storage.records.problems import problems_of
    from evengait.storage.records.replies import add_quoted, add_reply
    from evengait.storage.records.runners import runner_of

    runner = runner_of(owner.pk)
    assert runner is not None
    problem = problems_of(runner.id)[0].id
    assert problem is not None
    case = open_case(runner.id, problem, wording(rng, 6).capitalize(), "injury", opened_by=owner.pk)
    share(runner.id, case.id, [Grant("case", role=role)], {})
    written = min(replies, 2 * len(authors))  # nobody may write many in a short time
    some = [rng.choice(authors)] if written < 20 else authors
    texts = [wording(rng, rng.randint(30, 120)) for _ in range(replies)]
    for n, text in enumerate(texts[:written]):
        add_reply(case.id, _author(some, n, owner), text)
    if texts[written:]:
        add_quoted(case.id, [(text, "Somebody", "", None, "") for text in texts[written:]])
    return str(case.id)


def _author(some: list[Any], n: int, owner: Any) -> UUID:
    return (owner if len(some) == 1 and n % 2 else some[n % len(some)]).pk


def wording(rng: random.Random, count: int) -> str:
    """Return so many words, now and then a rare one among them."""
    words = rng.choices(SENTENCES.split(), k=count)
    if rng.random() < 0.3:
        words[rng.randrange(count)] = rng.choice(RARE)
    return " ".join(words)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("archives", type=Path)
    parser.add_argument("walk", type=Path)
    parser.add_argument("--runners", type=int, default=200)
    parser.add_argument("--replies", type=int, default=500)
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--runs", type=int, default=200, help="runs of each runner")
    parser.add_argument("--kinds", type=int, default=8, help="different archives")
    parser.add_argument("--coaches", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
