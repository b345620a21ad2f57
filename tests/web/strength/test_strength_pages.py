"""The strength block on the desk: begun, its session logged, each exercise's history by side, how it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from planning import her, planned, today_of

if TYPE_CHECKING:
    from cast import Cast


def page(client: Any, at: str = "/strength/") -> str:
    return str(client.get(at).content.decode())


def test_a_block_is_begun_changed_and_ended(cast: Cast) -> None:
    client = cast.client("outsider")
    assert "No strength block is under way." in page(client)
    told = {"equipment": "gym", "weights": "lb", "weekdays": ["0", "3"], "running": "on"}
    assert client.post("/strength/begin/", told).headers["Location"] == "/strength/"
    text = page(client)
    assert "0 of 12 sessions are behind you." in text
    assert "find it" in text
    assert 'aria-current="step"' in text
    assert "A sheet for the gym" in text
    client.post("/strength/begin/", told | {"hurts": ["hinge"], "site": "knee"})
    assert "Romanian" not in page(client)
    assert 'value="knee" selected' in page(client, "/strength/begin/")
    assert "Strength" in client.get("/strength/sheet/").content.decode()
    client.post("/strength/end/")
    assert "No strength block is under way." in page(client)
    client.post("/strength/end/")
    assert "No strength block runs." in page(client)


def test_a_session_is_logged_as_planned_and_taken_back(cast: Cast) -> None:
    from evengait.storage.records.strength import sets_of

    planned(cast)
    client, today, runner = cast.client("owner"), today_of(cast), her(cast).id
    at = f"/strength/log/{today}/"
    assert "Filled in as planned" in page(client, at)
    client.post(f"{at}add/", {"exercise": "bridge", "reps": ["10", "9", ""], "load": ["", "", ""]})
    kept = sets_of(runner)
    assert [(one.reps, one.load_kg, one.rir) for one in kept] == [(10, None, None), (9, None, None)]
    assert "10 · 9" in page(client, at)
    client.post(f"{at}pain/", {"pain": "2"})
    assert {one.pain_nprs for one in sets_of(runner)} == {2.0}
    client.post(f"{at}forget/", {"exercise": "bridge"})
    assert sets_of(runner) == []
    assert "Taken back: 2 sets." in page(client, at)


def test_left_and_right_stand_beside_each_other_in_an_exercises_history(cast: Cast) -> None:
    client, today = cast.client("owner"), today_of(cast)
    for back, side, reps in ((0, "left", "8"), (0, "right", "10"), (2, "", "9")):
        at = f"/strength/log/{today - timedelta(days=back)}/add/"
        client.post(at, {"exercise": "side_plank", "reps": [reps], "hold_s": "10", "side": side})
    text = page(client, "/strength/log/of/side_plank/")
    assert '<th scope="col">Left</th><th scope="col">Right</th><th scope="col">Both together</th>' in text
    assert "8 × 10 s" in text
    assert text.count("not logged") == 3
    client.post(f"/strength/log/{today}/add/", {"exercise": "own:My sled", "reps": ["5"], "load": ["90,5"]})
    listed = page(client, "/strength/log/")
    assert "My sled" in listed
    assert "sled/" not in listed, "no word of hers stands in an address"
    assert "90.5" in client.get("/strength/sets.csv").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"exercise": "no such thing", "reps": ["8"]}, "No exercise of the library"),
        ({"exercise": "bird_dog", "reps": [""]}, "Write the repetitions"),
        ({"exercise": "bird_dog", "reps": ["eight"]}, "whole repetitions"),
        ({"exercise": "bird_dog", "reps": ["8"], "rir": ["99"]}, "a set holds"),
    ],
)
def test_what_is_no_set_is_refused_with_a_sentence(cast: Cast, wrong: dict[str, Any], said: str) -> None:
    from evengait.storage.records.strength import sets_of

    client, at = cast.client("owner"), f"/strength/log/{today_of(cast)}/"
    client.post(f"{at}add/", wrong)
    text = page(client, at)
    assert said in text
    assert "evengait strength" not in text
    assert sets_of(her(cast).id) == []
    client.post(f"{at}pain/", {"pain": "2"})
    client.post(f"{at}forget/", {"exercise": "bird_dog"})
    assert "There is no set of this exercise" in page(client, at)


def test_every_exercise_says_how_it_is_done_and_where_that_is_from(cast: Cast) -> None:
    from evengait.knowledge.strength_book import exercises

    client = cast.client("owner")
    listed = page(client, "/strength/exercises/")
    for one in exercises().values():
        assert f"/strength/exercises/{one.id}/" in listed
    text = page(client, "/strength/exercises/bird_dog/")
    assert exercises()["bird_dog"].how[0] in text
    assert "Not reviewed by a clinician." in text
    assert "Grade " in text
    assert client.get("/strength/exercises/magnet/").status_code == 404


def test_a_day_ahead_has_no_log(cast: Cast) -> None:
    ahead = today_of(cast) + timedelta(days=1)
    assert cast.client("owner").get(f"/strength/log/{ahead}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_log_is_accessible_and_fits_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    planned(cast)
    today = today_of(cast)
    cast.client("owner").post(
        f"/strength/log/{today}/add/", {"exercise": "bird_dog", "reps": ["6"], "hold_s": "8"}
    )
    for path in (
        f"/strength/log/{today}/", "/strength/log/", "/strength/log/of/bird_dog/",
        "/strength/exercises/", "/strength/exercises/bird_dog/",
    ):  # fmt: skip
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
        assert not page.outside
