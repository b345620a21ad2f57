"""The main pages of the desk that a load is measured on, and how one asks for them behind a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

BEHIND_A_PROXY = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
    "Referer": "https://localhost/",
}
SEARCH, SEARCH_FORM = "search", "search, its form"
LONGEST = "timeline of the longest archive"


def pages(told: dict[str, Any], rng: random.Random) -> list[tuple[str, str, dict[str, str]]]:
    """Return name, path and person of every main page, for one walk; the path of the search is its form's.

    Parameters
    ----------
    told : dict
        What ``desk_people.py`` wrote.
    """
    me, coach = rng.choice(told["people"]), rng.choice(told["coaches"])
    return [
        ("today", "/", me),
        ("calendar", "/calendar/", me),
        ("timeline", "/timeline/", me),
        (LONGEST, "/timeline/", told["long"]),
        ("a run", f"/timeline/run/{me['session']}/", me),
        ("plan", "/plan/", me),
        ("strength", "/strength/", me),
        ("shoes", "/shoes/", me),
        ("cases", "/cases/", me),
        ("a page of the longest case", f"/cases/{told['case']}/?page={rng.randint(1, told['pages'])}", me),
        (SEARCH, "/cases/search/", me),
        ("my runners, of a coach", "/my-runners/", coach),
        ("sessions by the API", "/api/v1/sessions", me),
    ]


def headers(path: str, person: dict[str, str]) -> dict[str, str]:
    """Return the headers by which a person, or her program, asks."""
    if path.startswith("/api/"):
        return BEHIND_A_PROXY | {"Authorization": f"Bearer {person['token']}"}
    return BEHIND_A_PROXY | {"Cookie": person["cookie"]}
