"""People at the desk: they read, write, send files and ask, and try again when no answer came."""

from __future__ import annotations

import json
import random
import re
import secrets
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from endurance.browser import Answer, Browser, NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from endurance.ledger import Ledger, Write

MARK = "endured-"
PASSWORD = "a-long-word-that-nobody-guesses-7"
PAGES = (
    "/", "/diary/", "/hurts/", "/archive/", "/cases/", "/calendar/", "/timeline/", "/plan/", "/strength/", "/shoes/",
    "/you/", "/trials/",
)  # fmt: skip
PLACES = ("knee:left", "knee:right", "achilles:left", "achilles:right", "lower_back:", "sacroiliac:left")
SLOW_DOWN = "You wrote a lot in a short time"
GIVES_UP = 0.05
"""How often somebody closes the page after a failure instead of trying again."""


class Person(threading.Thread):
    """Somebody with an account, an archive, a case of her own and one that all share.

    Parameters
    ----------
    number : int
    port : int
    ledger : Ledger
    exports : list of (name, file)
        Small zips to be sent.
    pause_s : float
        Longest wait between two things.
    """

    def __init__(
        self, number: int, port: int, ledger: Ledger, exports: list[Path], *, seed: int, pause_s: float
    ) -> None:
        super().__init__(daemon=True)
        self.number, self._ledger, self._exports, self._pause_s = number, ledger, exports, pause_s
        self._rng = random.Random(seed * 1000 + number)
        self.email = f"p{number}@{secrets.token_hex(4)}.example.org"
        address = f"192.0.2.{number + 1}"
        self.browser, self._port, self._address = Browser(port, address), port, address
        self.program = self.browser
        self.own_case = self.shared_case = ""
        self.problems: list[str] = []
        self.stop = threading.Event()
        self._next_day = date.today() - timedelta(days=400)  # noqa: DTZ011 - a diary's day
        self._days: list[date] = []
        self._onset = date.today() - timedelta(days=900)  # noqa: DTZ011 - a day of the past
        self._actions: list[tuple[float, Callable[[], None]]] = [
            (5.0, self._page), (3.0, self._diary), (2.0, self._reply), (1.2, self._problem), (1.2, self._upload),
            (0.8, self._upload_by_program), (1.5, self._explain), (0.8, self._plan), (0.6, self._case),
            (1.5, self._diary_by_program), (0.8, self._problem_by_program), (1.2, self._sets), (0.6, self._trial),
            (1.0, self._read_by_program),
        ]  # fmt: skip

    def come_in(self) -> None:
        """Make an account, a runner, a first pain, a case, a token; before anything is killed."""
        form = {"email": self.email, "password1": PASSWORD, "password2": PASSWORD}
        self._must("/account/signup/", "/account/signup/", form)
        self._must("/", "/begin/", {})
        self._problem()
        self._case()
        scopes = re.findall(r'name="scopes" value="([^"]+)"', self.browser.get("/you/programs/").text)
        _, hidden = self.browser.form("/you/programs/", "/you/programs/")
        wish = hidden | {"name": "p", "days": "90", "scopes": scopes}
        made = self.browser.send("/you/programs/", wish)
        token = re.search(r"evengait_[\w-]+", made.text)
        assert token, "no token was made"
        self.program = Browser(self._port, self._address, token=token[0])

    def invite(self) -> str:
        """Make a link to one's own case and return it."""
        page, action = f"/cases/{self.own_case}/share/", f"/beside/invite/{self.own_case}/"
        _, hidden = self.browser.form(page, action)
        link = re.search(r"/beside/come/[0-9a-f-]{36}/", self.browser.send(action, hidden).text)
        assert link, "no link was made"
        return link[0]

    def follow(self, link: str, case: str) -> None:
        """Come to somebody's case."""
        self._must(link, link, {})
        self.shared_case = case

    def _must(self, page: str, action: str, form: dict[str, str]) -> None:
        for _ in range(5):  # nothing is killed yet, but a busy machine may be slow
            with suppress(NoAnswerError):
                _, hidden = self.browser.form(page, action)
                break
        answer = self.browser.send(action, hidden | form)
        assert answer.status == 302, f"{action}: {answer.status}"

    def run(self) -> None:
        """Do one thing after the other until told to stop."""
        weights, actions = zip(*self._actions, strict=True)
        while not self.stop.is_set():
            try:
                self._rng.choices(actions, weights)[0]()
            except NoAnswerError:
                pass  # a page that was only to be read, or the form before a write
            except Exception as error:  # noqa: BLE001 - a person who falls must not go unseen
                self._ledger.say(f"a client failed: {error!r}")
            self.stop.wait(self._rng.uniform(0.0, self._pause_s))

    # What a person does.

    def _get(self, path: str) -> Answer:
        begun = time.monotonic()
        try:
            answer = self.browser.get(path)
        except NoAnswerError:
            self._ledger.line_broke()
            raise
        self._ledger.slowest_page_s = max(self._ledger.slowest_page_s, time.monotonic() - begun)
        return self._seen(answer)

    def _seen(self, answer: Answer) -> Answer:
        self._ledger.answered(answer.status)
        if "/account/login" in answer.location:
            self._ledger.say("somebody who was signed in was sent to sign in")
        if answer.status >= 400 and answer.status not in {422, 429}:
            heads = re.findall(r"<h1[^>]*>(.*?)</h1>|\"detail\": \"(.*?)\"", answer.text, re.DOTALL)
            said = "".join(heads[0]) if heads else answer.text[:80]
            self._ledger.tell(f"{answer.status} {said.strip()}")
        return answer

    def _opened(self, page: str, action: str) -> dict[str, str]:
        """Open a page and return its form's hidden values; again and again until it is there."""
        for _ in range(60):
            try:
                answer, hidden = self.browser.form(page, action)
                if self._seen(answer).status == 200 and hidden:
                    return hidden
            except NoAnswerError:
                self._ledger.line_broke()
            time.sleep(self._rng.uniform(0.3, 1.0))
            if self.stop.is_set():
                break
        raise NoAnswerError(page)

    def _persist(self, write: Write, send: Callable[[], Answer]) -> Answer | None:
        """Send until an answer says that it is kept; sometimes give up before."""
        for _ in range(120):
            write.tries += 1
            try:
                answer = self._seen(send())
            except NoAnswerError:
                self._ledger.line_broke()
            else:
                if answer.good and (answer.status != 200 or answer.text.startswith("{")):
                    write.kept = True
                    return answer
                if answer.status not in {429, 500, 503, 507}:
                    said = re.findall(r'class="error[^>]*>(.*?)<|"detail": "(.*?)"', answer.text, re.DOTALL)
                    told = "".join(said[0]) if said else ""
                    if SLOW_DOWN not in answer.text:
                        self._ledger.say(f"{write.kind} was refused: {answer.status} {told[:150]}")
                    return None
            if self.stop.is_set() or self._rng.random() < GIVES_UP:
                return None
            time.sleep(self._rng.uniform(0.2, 1.2))
        self._ledger.say(f"{write.kind} could not be written in 120 tries")
        return None

    def _begin(self, kind: str, **more: Any) -> Write:
        return self._ledger.begin(kind, self.number, f"{MARK}{secrets.token_hex(6)}", **more)

    def _by_form(self, page: str, action: str, write: Write, form: dict[str, str]) -> Answer | None:
        hidden = self._opened(page, action)
        return self._persist(write, lambda: self.browser.send(action, hidden | form))

    def _by_program(self, method: str, path: str, data: object, write: Write) -> Answer | None:
        return self._persist(write, lambda: self.program.ask(method, path, data, write.mark))

    def _page(self) -> None:
        self._get(self._rng.choice(PAGES))

    def _diary(self) -> None:
        if self._days and self._rng.random() < 0.4:
            day = self._rng.choice(self._days[-5:])
        else:
            day = self._next_day
            self._next_day += timedelta(days=1)
            self._days.append(day)
            if self._next_day >= date.today() - timedelta(days=30):  # noqa: DTZ011 - a diary's day
                self._next_day -= timedelta(days=700)
        sleep = self._rng.randrange(1, 24)
        write = self._begin("diary", day=day, sleep=sleep)
        address = f"/diary/{day.isoformat()}/"
        form = {"sleep_h": str(sleep), "notes": f"{write.mark} {sleep}", "pain_during_nprs": "2"}
        self._by_form(address, address, write, form)

    def _reply(self) -> None:
        case = self.shared_case if self.shared_case and self._rng.random() < 0.6 else self.own_case
        write = self._begin("reply", case=case)
        words = f"{write.mark} Try calf raises every morning, and shorter steps."
        self._by_form(f"/cases/{case}/", f"/cases/{case}/reply/", write, {"body": words})

    def _problem(self) -> None:
        write = self._begin("problem")
        form = {
            "place": self._rng.choice(PLACES), "onset": (date.today() - timedelta(days=20)).isoformat(),  # noqa: DTZ011 - a day
            "mode": "gradual", "story": f"{write.mark} It began after a long run.",
        }  # fmt: skip
        answer = self._by_form("/hurts/new/", "/hurts/new/", write, form)
        found = re.search(r"/hurts/([0-9a-f-]{36})/", answer.location) if answer else None
        if found:
            self.problems.append(found[1])

    def _case(self) -> None:
        write = self._begin("case")
        page = f"/cases/new/{self._rng.choice(self.problems)}/"
        form = {"title": write.mark, "category": "injury", "body": f"{write.mark} What can I do?"}
        answer = self._by_form(page, page, write, form)
        found = re.search(r"/cases/([0-9a-f-]{36})/", answer.location) if answer else None
        if found and not self.own_case:
            self.own_case = found[1]

    def _plan(self) -> None:
        problem = self._rng.choice(self.problems)
        write = self._begin("plan", problem=problem)
        form = {"problem": problem, "former": "40", "runs": "4", "profile": "", "strength": "on"}
        self._by_form("/plan/begin/", "/plan/begin/", write, form)

    def _explain(self) -> None:
        problem = self._rng.choice(self.problems)
        self._get(f"/hurts/{problem}/")
        self._get(f"/hurts/{problem}/working/")

    def _upload(self) -> None:
        export = self._rng.choice(self._exports)
        write = self._begin("upload", export=export.name)
        hidden = self._opened("/archive/", "/archive/begin/")
        content = export.read_bytes()
        self._persist(
            write, lambda: self.browser.send_file("/archive/begin/", hidden, f"{write.mark}.zip", content)
        )

    # What a program does for her.

    def _upload_by_program(self) -> None:
        export = self._rng.choice(self._exports)
        content = export.read_bytes()
        begun = self._begin("upload begun")
        answer = self._by_program("POST", "/imports", {"label": begun.mark, "size": len(content)}, begun)
        if answer is None:
            return
        job = json.loads(answer.text)["id"]
        begun.more["job"] = job
        write = self._begin("upload by program", export=export.name, job=job)
        half = len(content) // 2
        for offset, piece in ((0, content[:half]), (half, content[half:])):
            sent = self._begin("piece")
            path, form = f"/api/v1/imports/{job}/pieces", {"path": f"{write.mark}.zip", "offset": str(offset)}

            def send(path: str = path, form: dict[str, str] = form, piece: bytes = piece) -> Answer:
                return self.program.send_file(path, form, "x", piece)

            if self._persist(sent, send) is None:
                return
        self._by_program("POST", f"/imports/{job}/complete", None, write)

    def _diary_by_program(self) -> None:
        day = (datetime.now(UTC).date() - timedelta(days=self._rng.randrange(2000, 2400))).isoformat()
        write = self._begin("diary by program", day=day)
        self._by_program("POST", "/diary", {"date": day, "notes": write.mark}, write)

    def _problem_by_program(self) -> None:
        self._onset -= timedelta(days=1)
        write = self._begin("problem by program", onset=self._onset.isoformat())
        told = {"onset": self._onset.isoformat(), "site": "hip_groin", "side": "left"}
        self._by_program("POST", "/problems", told, write)

    def _sets(self) -> None:
        write = self._begin("sets")
        self._by_program(
            "POST",
            "/strength/sets",
            {"exercise": f"own:{write.mark}", "reps": [8, 8, 7], "notes": write.mark},
            write,
        )

    def _trial(self) -> None:
        write = self._begin("trial")
        what = write.mark.replace("-", "_")
        self._by_program("POST", "/trials/design", {"what": what, "days": 28, "seed": 5, "keep": True}, write)

    def _read_by_program(self) -> None:
        try:
            self._seen(
                self.program.ask("GET", self._rng.choice(("/diary", "/imports", "/problems", "/sessions")))
            )
        except NoAnswerError:
            self._ledger.line_broke()
