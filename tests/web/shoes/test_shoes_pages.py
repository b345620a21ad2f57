"""Shoes: a retired pair keeps its kilometres, two names become one pair and part again; ground with its source."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from planning import her

from evengait.core.columns import polars_schema
from evengait.core.shoe import Shoe

if TYPE_CHECKING:
    from cast import Cast


def sessions() -> pl.DataFrame:
    rows = []
    for day, (shoe, km, source) in enumerate(
        [("Old blue", 10.0, "map"), ("Old  blue", 8.0, None), ("New red", 12.0, "label"), (None, 5.0, None)],
        1,
    ):
        row: dict[str, Any] = dict.fromkeys(polars_schema("sessions")) | {
            "session": f"{day:016x}", "local_date": date(2026, 5, day), "sport": "running", "shoe": shoe,
            "distance_m": 1000 * km, "surface_source": source, "paved_share": 0.5 if source else None,
        }  # fmt: skip
        rows.append(row)
    return pl.DataFrame(rows, schema=polars_schema("sessions"))


@pytest.fixture
def worn(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Cast:
    """Put made-up sessions where the owner's archive is read: no file says so much in so few bytes."""
    from evengait.storage.archive.kept import KeptArchive

    real = KeptArchive.sessions
    monkeypatch.setattr(
        KeptArchive, "sessions", lambda self: sessions() if self.folder.name == "owner" else real(self)
    )
    return cast


def page(client: Any, at: str = "/shoes/") -> str:
    return re.sub(r"\s+", " ", client.get(at).content.decode())


def key(name: str) -> str:
    from evengait.web.shoes.views import key_of

    return key_of(name)


def test_a_retired_pair_keeps_its_distance_and_comes_back(worn: Cast) -> None:
    from evengait.storage.records.shoes import shoes_of

    client, at = worn.client("owner"), f"/shoes/{key('New red')}/"
    assert "7 mi" in page(client)
    client.post(at, {"before": "100", "retired_on": "2026-06-01"})
    text = page(client)
    assert "107 mi" in text
    assert "retired" in text
    assert shoes_of(her(worn).id)["New red"].before_km == pytest.approx(160.9, abs=0.1)
    client.post(at, {"before": "100", "retired_on": ""})
    text = page(client)
    assert "107 mi" in text
    assert "retired" not in text
    assert "No shoe has done that many" in client.post(at, {"before": "99999"}).content.decode()


def test_two_names_become_one_pair_and_part_again(worn: Cast) -> None:
    client = worn.client("owner")
    client.post(f"/shoes/{key('Old  blue')}/merge/", {"into": key("Old blue")})
    text = page(client)
    assert "11 mi" in text
    assert client.get(f"/shoes/{key('Old  blue')}/").status_code == 404
    assert "Also called" in page(client, f"/shoes/{key('Old blue')}/")
    client.post(f"/shoes/{key('Old blue')}/merge/", {"into": key("New red")})
    assert "19 mi" in page(client), "a name that was merged goes along"
    client.post(f"/shoes/{key('Old  blue')}/part/")
    assert "14 mi" in page(client)
    client.post(f"/shoes/{key('New red')}/merge/", {"into": key("New red")})
    assert "same as itself" in page(client)


def test_another_runner_sees_no_pair_of_hers(worn: Cast) -> None:
    client = worn.client("participant")
    assert "No shoe is named in your archive." in page(client)
    assert client.get(f"/shoes/{key('New red')}/").status_code == 404


def test_the_ground_is_told_with_its_source_and_unknown_stays_unknown(worn: Cast) -> None:
    text = page(worn.client("owner"), "/ground/")
    assert "50% paved" in text
    assert "1 by your own label" in text
    assert "8.1 mi unknown" in text


def test_what_is_said_of_shoes_reaches_the_question_of_the_onset() -> None:
    from evengait.actions.tell_shoes import first_km, with_shoes

    said = {
        "Old  blue": Shoe("Old  blue", same_as="Old blue", before_km=9.0),
        "New red": Shoe("New red", "", 100.0),
    }
    assert first_km(said) == {"New red": 100.0}
    assert with_shoes(sessions(), said)["shoe"].to_list() == ["Old blue", "Old blue", "New red", None]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shoes_and_ground_are_accessible_and_fit_a_phone(tab: Any, worn: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for path in ("/shoes/", f"/shoes/{key('New red')}/", "/ground/"):
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
