"""Programs read cases as their person may, open and answer them; shoes, the state of a problem, a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planning import today_of

if TYPE_CHECKING:
    from cast import Cast

API = "/api/v1"


def test_a_case_is_opened_read_and_answered_under_the_next_number(cast: Cast) -> None:
    program = cast.program("owner", ("read:cases", "write:cases"))
    asked = {"problem": cast.ids["problem"], "title": " Left  back ", "body": "What **now**?"}
    opened = program.ask("POST", f"{API}/cases", asked)
    assert opened.status_code == 201
    case = opened.json()
    assert (case["title"], case["own"], case["replies"]) == ("Left back", True, 1)
    address = f"{API}/cases/{case['id']}"
    added = program.ask("POST", f"{address}/replies", {"body": "It is the left one."}).json()
    assert (added["number"], added["roles"], added["own"]) == (2, ["creator"], True)
    read = program.ask("GET", f"{address}/replies?since=2")
    assert (read.json(), read.headers["X-Total-Count"]) == ([added], "2")
    assert program.ask("GET", address).json()["replies"] == 2
    assert case["id"] in [one["id"] for one in program.ask("GET", f"{API}/cases").json()]
    assert program.ask("POST", f"{API}/cases", asked | {"body": "  "}).status_code == 422
    client = cast.client("owner")
    client.post(f"/cases/{case['id']}/end/", {"ending": "back"})
    refused = program.ask("POST", f"{address}/replies", {"body": "More."})
    assert (refused.status_code, refused.json()["status"]) == (409, 409)


def test_who_answers_sees_what_was_shared_and_no_more_once_it_is_taken_back(cast: Cast) -> None:
    from evengait.storage.records.models import Grant

    coach = cast.program("coach")
    address = f"{API}/cases/{cast.ids['case']}"
    told = coach.ask("GET", address).json()
    assert (told["own"], told["sees"]) == (False, ["case", "story"])
    assert coach.ask("POST", f"{address}/replies", {"body": "Hold the step."}).status_code == 201
    Grant.objects.filter(role="coach").update(revoked_at="2026-01-01T00:00Z")
    for answer in (
        coach.ask("GET", address),
        coach.ask("GET", f"{address}/replies"),
        coach.ask("POST", f"{address}/replies", {"body": "Still here."}),
    ):
        assert answer.status_code == 404
    assert coach.ask("GET", f"{API}/cases").json() == []


def test_cases_come_a_page_at_a_time_and_only_those_one_may_see(cast: Cast) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.grants import share
    from evengait.storage.records.models import Case

    ids: Any = cast.ids
    made = []
    for number in range(7):
        one = open_case(ids["runner"], ids["problem"], f"Case {number}", "injury", opened_by=None).id
        if number % 2:
            share(ids["runner"], one, [Grant("case", role="coach")], {})
        made.append(one)
    Case.objects.update(changed_at="2026-11-01T00:00Z")  # at the same moment: still each on one page alone
    for persona, total in (("owner", 8), ("coach", 4), ("outsider", 0), ("clinician", 0)):
        program = cast.program(persona, ("read:cases",))
        at: str | None = f"{API}/cases?limit=3"
        found: list[str] = []
        while at:
            page = program.ask("GET", at)
            assert page.headers["X-Total-Count"] == str(total)
            assert len(page.json()) <= 3
            found += [one["id"] for one in page.json()]
            link = page.headers.get("Link")
            at = link.partition(">")[0].removeprefix("<http://localhost") if link else None
        assert len(found) == len(set(found)) == total
    assert program.ask("GET", f"{API}/cases?limit=201").status_code == 422
    assert program.ask("GET", f"{API}/cases?offset=-1").status_code == 422
    assert cast.program("owner").ask("GET", f"{API}/cases?offset=50").json() == []


def test_words_that_are_gone_or_hidden_are_in_no_answer(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply

    address = f"{API}/cases/{cast.ids['case']}/replies"
    CaseReply.objects.filter(pk=cast.ids["reply"]).update(hidden_at="2026-11-01T00:00Z")
    told = cast.program("owner").ask("GET", address)
    line = told.json()[1]
    assert (line["gone"], line["body"], line["author"], line["proposals"]) == ("hidden", None, None, [])
    assert "shoes" not in told.content.decode()
    mine = cast.program("participant").ask("GET", address).json()[1]
    assert (mine["gone"], mine["body"]) == (None, "What about the shoes?")
    CaseReply.objects.filter(pk=cast.ids["reply"]).update(deleted_at="2026-11-01T00:00Z", body="")
    assert cast.program("participant").ask("GET", address).json()[1]["gone"] == "deleted"


def test_shoes_are_listed_told_of_merged_and_parted(with_runs: Cast) -> None:
    program = with_runs.program("owner", ("read:training", "write:shoes"))
    pairs = program.ask("GET", f"{API}/shoes").json()
    assert len(pairs) >= 2
    one, other = pairs[0], pairs[1]
    told = program.ask(
        "POST", f"{API}/shoes", {"name": one["name"], "before_m": 120_000, "retired_on": "2026-11-01"}
    ).json()
    now = next(pair for pair in told if pair["name"] == one["name"])
    assert (now["retired_on"], now["distance_m"]) == ("2026-11-01", one["distance_m"] + 120_000)
    back = program.ask("POST", f"{API}/shoes", {"name": one["name"], "retired_on": None}).json()
    assert next(pair for pair in back if pair["name"] == one["name"])["before_m"] == 120_000
    merged = program.ask("POST", f"{API}/shoes", {"name": other["name"], "same_as": one["name"]}).json()
    assert len(merged) == len(pairs) - 1
    assert next(pair for pair in merged if pair["name"] == one["name"])["names"] == [other["name"]]
    parted = program.ask("POST", f"{API}/shoes", {"name": other["name"], "same_as": None}).json()
    assert len(parted) == len(pairs)
    assert program.ask("POST", f"{API}/shoes", {"name": "no shoe"}).status_code == 422


def test_the_state_of_a_problem_is_told(cast: Cast) -> None:
    program = cast.program("owner", ("read:problems", "write:problems"))
    address = f"{API}/problems/{cast.ids['problem']}"
    today = today_of(cast)
    told = program.ask("POST", f"{address}/status", {"status": "returned"}).json()
    assert (told["status"], told["returned_on"], told["closed_on"]) == ("returned", today.isoformat(), None)
    over = program.ask("POST", f"{address}/status", {"status": "closed", "on": "2026-11-20"}).json()
    assert (over["returned_on"], over["closed_on"]) == (today.isoformat(), "2026-11-20")
    assert program.ask("GET", address).json() == over
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert program.ask("POST", f"{address}/status", {"status": "closed", "on": tomorrow}).status_code == 422
    assert program.ask("POST", f"{address}/status", {"status": "healed"}).status_code == 422


def test_a_plan_is_begun_its_gates_passed_and_ended(cast: Cast) -> None:
    program = cast.program("owner", ("read:plan", "write:plan"))
    begun = program.ask(
        "POST", f"{API}/plan", {"problem": cast.ids["problem"], "former_week_m": 40_000, "strength": False}
    )
    assert begun.status_code == 201
    assert begun.json()["blocked_by"] or begun.json()["state"] == "preparing"
    passed = program.ask("POST", f"{API}/plan/gates", {"gate": "walking"})
    assert passed.status_code in {200, 422}
    wrong = program.ask("POST", f"{API}/plan/gates", {"gate": "no such gate"})
    assert wrong.status_code == 422
    assert program.ask("GET", f"{API}/plan").status_code == 200
    ended = program.ask("POST", f"{API}/plan/end")
    assert ended.json() == {"ended_on": today_of(cast).isoformat()}
    assert program.ask("GET", f"{API}/plan").status_code == 404
