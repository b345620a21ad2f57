"""Two names that the runner says are one pair are one wherever they are read: pages, API, command line, shares."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from asking import command_line
from planning import her

from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

ASKED = {"onset": "2026-11-08", "site": "sacroiliac", "side": "left", "units": "mi"}


@pytest.fixture
def pair(cast: Cast, demo_home: Path) -> tuple[Cast, str, str]:
    """Return the cast, and the owner's two latest pairs by name: the one to be merged, and into which."""
    from evengait.actions.tell_shoes import pairs_of
    from evengait.storage.archive import Archive

    folder = runner_folder(cast.home, her(cast).name)
    shutil.copytree(runner_folder(demo_home, "demo"), folder, dirs_exist_ok=True)
    one, other = pairs_of(Archive(folder).sessions(), {})[:2]
    return cast, one.name, other.name


def test_a_merged_name_is_the_pair_on_the_run_the_api_the_command_line_and_in_explain(
    pair: tuple[Cast, str, str],
) -> None:
    from evengait.actions.tell_shoes import change_shoe, merge_shoes
    from evengait.web.today.standing import archive_of

    cast, name, into = pair
    program, client = cast.program("owner"), cast.client("owner")
    runs = archive_of(her(cast)).sessions()
    session = runs.filter(runs["shoe"] == name)["session"][-1]

    def explained() -> tuple[Any, Any]:
        words = [word for key, value in ASKED.items() for word in (f"--{key}", value)]
        api = program.ask("POST", "/api/v1/explain", ASKED).json()
        assert api == command_line(cast.home, "owner", "explain", *words)
        shoe = next(one for one in api["factors"] if one["id"].startswith("shoe"))
        return api, shoe

    def named() -> set[str]:
        told = command_line(cast.home, "owner", "sessions")
        there: list[Any] = []
        while len(there) < len(told):
            there += program.ask("GET", f"/api/v1/sessions?limit=1000&offset={len(there)}").json()
        assert there == told
        return {one["shoe"] for one in told}

    assert name in named()
    assert name in client.get(f"/timeline/run/{session}/").content.decode()
    before = explained()
    merge_shoes(her(cast).id, name, into)
    change_shoe(her(cast).id, into, before_km=300.0)
    assert name not in named()
    assert into in named()
    page = client.get(f"/timeline/run/{session}/").content.decode()
    assert into in page
    assert name not in page
    after = explained()
    assert before[1] != after[1], "the age of the pair is another one"
    from evengait.actions.share_case import states_of
    from evengait.library import Runner

    assert (
        Runner(cast.home, "owner").explain("2026-11-08", site="sacroiliac", side="left", units="mi").data
        == after[0]
    )
    from planning import today_of

    state = states_of(cast.home, her(cast), her(cast).id, ["shoes"], today=today_of(cast))
    assert name not in str(state)
