"""What a visitor of the desk does, for locust: from page to page with pauses, each walk as another signed-in person.

The file named by ``EVENGAIT_WALK`` is what ``desk_people.py`` wrote. The pauses are ``EVENGAIT_PAUSE`` seconds, give or
take a half.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
from pathlib import Path
from typing import Any

from gevent import sleep
from locust import FastHttpUser, task

sys.path.insert(0, str(Path(__file__).parent))

from desk_pages import SEARCH, SEARCH_FORM, headers, pages

KEY = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Visitor(FastHttpUser):
    """One browser."""

    network_timeout = connection_timeout = 120.0

    def on_start(self) -> None:
        """Read who there is."""
        self.told: dict[str, Any] = json.loads(Path(os.environ["EVENGAIT_WALK"]).read_text("utf-8"))
        self.pause = float(os.environ.get("EVENGAIT_PAUSE", "2"))
        self.rng = random.Random()

    @task
    def walk(self) -> None:
        """See every main page once, in any order, as one person."""
        steps = pages(self.told, self.rng)
        self.rng.shuffle(steps)
        for name, path, person in steps:
            if name == SEARCH:
                self._search(path, person)
            else:
                self._page(name, path, person)
            sleep(self.pause * self.rng.uniform(0.5, 1.5))

    def _page(self, name: str, path: str, person: dict[str, str]) -> str:
        # A redirection would be a page that is not there for this person: a failure.
        with self.client.get(
            path, name=name, headers=headers(path, person), allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"answered {answer.status_code}")
            return str(answer.text)

    def _search(self, path: str, person: dict[str, str]) -> None:
        key = KEY.search(self._page(SEARCH_FORM, path, person))
        cookie = next((one.value for one in self.client.cookiejar if one.name == "csrftoken"), "")
        self.client.cookiejar.clear()
        form = {
            "csrfmiddlewaretoken": key[1] if key else "",
            "words": self.rng.choice(self.told["words"]),
        }
        sent = headers(path, person | {"cookie": f"{person['cookie']}; csrftoken={cookie}"})
        with self.client.post(
            path, name=SEARCH, data=form, headers=sent, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"answered {answer.status_code}")
