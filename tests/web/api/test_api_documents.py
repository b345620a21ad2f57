"""Every answer is the command line's own document: explanations, screenings, plans, sets, trials, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asking import command_line

from small_files import fit

if TYPE_CHECKING:
    from cast import Cast

API = "/api/v1"


def test_an_explanation_is_that_of_the_command_line(with_runs: Cast) -> None:
    program = with_runs.program("owner", ("read:problems",))
    asked = {"onset": "2026-11-08", "site": "sacroiliac", "side": "left", "units": "mi"}
    told = program.ask("POST", f"{API}/explain", asked)
    assert told.status_code == 200
    words = [word for key, value in asked.items() for word in (f"--{key}", value)]
    assert told.json() == command_line(with_runs.home, "owner", "explain", *words)


def test_the_answer_to_a_problem_is_waited_for_and_then_there(with_runs: Cast) -> None:
    from working import work

    program = with_runs.program("owner", ("read:problems",))
    address = f"{API}/problems/{with_runs.ids['problem']}/explanation"
    waiting = program.ask("GET", address)
    assert (waiting.status_code, waiting.json()) == (202, {"state": "waiting"})
    assert int(waiting.headers["Retry-After"]) >= 1
    work()
    told = program.ask("GET", address)
    assert told.status_code == 200
    assert told.json()["verdict"] in {"stands_out", "nothing_unusual", "cannot_tell"}


def test_answers_are_kept_and_screened_as_on_the_command_line(cast: Cast, tmp_path: Any) -> None:
    program = cast.program("owner", ("read:problems", "write:problems"))
    intake = {"site": "sacroiliac", "side": "left", "findings": {"saddle_numbness": True, "fever": None}}
    file = tmp_path / "intake.json"
    file.write_text('{"site": "sacroiliac", "side": "left", "findings": {"saddle_numbness": true}}')
    told = program.ask("POST", f"{API}/screen", intake).json()
    assert told == command_line(cast.home, "owner", "screen", str(file))
    assert told["level"] == "emergency"
    address = f"{API}/problems/{cast.ids['problem']}"
    assert program.ask("GET", f"{address}/screening").status_code == 409
    kept = program.ask("PUT", f"{address}/intake", intake)
    assert kept.json()["running"] == "stop"
    assert program.ask("GET", f"{address}/screening").json() == kept.json()
    assert program.ask("POST", f"{API}/screen", {"site": "my-secret-site"}).status_code == 422


def test_a_story_becomes_an_intake_that_nobody_has_confirmed(cast: Cast, tmp_path: Any) -> None:
    story = "My left calf hurts since a week, 4 out of 10 when I run."
    (tmp_path / "story.txt").write_text(story)
    told = cast.program("owner").ask("POST", f"{API}/intake", {"story": story, "date": "2026-11-20"}).json()
    assert told == command_line(
        cast.home, "owner", "intake", str(tmp_path / "story.txt"), "--date", "2026-11-20"
    )
    assert told["confirmed"] is False


def test_a_plan_is_that_of_the_command_line(cast: Cast) -> None:
    command_line(cast.home, "owner", "plan", "--site", "calf", "--onset", "2026-11-08")
    told = cast.program("owner", ("read:plan",)).ask("GET", f"{API}/plan")
    assert told.json() == command_line(cast.home, "owner", "plan")


def test_sets_are_logged_and_read(cast: Cast) -> None:
    program = cast.program("owner", ("read:strength", "write:strength"))
    sets = {"exercise": "goblet_squat", "reps": [12, 11], "load_kg": [20], "date": "2026-11-20", "pain": 1}
    assert program.ask("POST", f"{API}/strength/sets", sets).status_code == 201
    told = program.ask("GET", f"{API}/strength/sets?since=2026-11-20").json()
    assert told == command_line(cast.home, "owner", "strength", "show", "--since", "2026-11-20")
    assert [one["set_number"] for one in told["sets"]] == [1, 2]
    wrong = program.ask("POST", f"{API}/strength/sets", sets | {"exercise": "no such thing"})
    assert wrong.status_code == 422


def test_a_trial_is_drawn_kept_and_ended(cast: Cast) -> None:
    program = cast.program("owner", ("read:trials", "write:trials"))
    asked = {"what": "tape", "start": "2026-12-01", "seed": 7}
    drawn = program.ask("POST", f"{API}/trials/design", asked).json()
    words = ("trial", "design", "--what", "tape", "--start", "2026-12-01", "--seed", "7")
    assert drawn == command_line(cast.home, "owner", *words) | {"id": None}
    kept = program.ask("POST", f"{API}/trials/design", asked | {"keep": True}).json()["id"]
    assert kept in [one["id"] for one in program.ask("GET", f"{API}/trials").json()]
    assert program.ask("POST", f"{API}/trials/{kept}/end").json()["status"] == "ended"
    assert program.ask("GET", f"{API}/trials/{kept}/analysis").status_code == 409


def test_a_recording_is_brought_in_and_taken_back(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from working import work

    program = cast.program("outsider", ("read:training", "write:imports"))
    data = fit(0)
    begun = program.ask("POST", f"{API}/imports", {"label": "run.fit", "size": len(data)})
    assert begun.status_code == 201
    address = f"{API}/imports/{begun.json()['id']}"
    for offset, part in ((0, data[:1000]), (0, data[:1000]), (1000, data[1000:])):
        piece = {"path": "run.fit", "offset": offset, "piece": SimpleUploadedFile("run.fit", part)}
        assert program.send(f"{address}/pieces", piece).status_code == 200
    assert program.send(f"{address}/pieces", piece).json()["received"] == len(data)
    assert program.ask("POST", f"{address}/complete").status_code == 202
    assert program.send(f"{address}/pieces", piece).status_code == 409
    work()
    told = program.ask("GET", address).json()
    assert told["state"] == "done"
    assert told["report"]["counts"]["added"] == 1
    assert told["report"]["files"][0]["verdict"] == "added"
    assert len(program.ask("GET", f"{API}/sessions").json()) == 1
    assert program.ask("POST", f"{address}/undo").status_code == 202
    work()
    assert program.ask("GET", f"{API}/sessions").json() == []


def test_more_than_the_desk_takes_is_refused_before_it_is_sent(cast: Cast) -> None:
    answer = cast.program("owner").ask("POST", f"{API}/imports", {"label": "all", "size": 2**49})
    assert answer.status_code == 413
    nul = cast.program("owner").ask("POST", f"{API}/diary", {"date": "2026-11-08", "notes": "a\0b"})
    assert nul.status_code == 422
