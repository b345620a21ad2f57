"""The timeline from all years to one run; another runner's run is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from planning import her

from small_files import fit

if TYPE_CHECKING:
    from cast import Cast


def filled(cast: Cast) -> str:
    """Bring two runs in and return the id of the first."""
    from evengait.actions.import_archive import import_archive
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    folder = runner_folder(cast.home, her(cast).name)
    files = []
    for number in (0, 1):
        files.append(cast.home / f"run{number}.fit")
        files[-1].write_bytes(fit(number))
    import_archive(folder, files)
    return str(Archive(folder).sessions()["session"][0])


def page(client: Any, at: str = "/timeline/") -> str:
    return str(client.get(at).content.decode())


def test_an_empty_timeline_says_how_it_begins(cast: Cast) -> None:
    assert "Your timeline begins with your first run here." in page(cast.client("owner"))


def test_one_zooms_from_the_years_to_a_run(cast: Cast) -> None:
    session = filled(cast)
    client = cast.client("owner")
    years = page(client)
    assert years.count("<svg") == 2
    assert "/timeline/year/2026-03-01/" in years
    year = page(client, "/timeline/year/2026-03-01/")
    assert "/timeline/month/2026-03-01/" in year
    month = page(client, "/timeline/month/2026-03-01/")
    assert f"/timeline/run/{session}/" in month
    run = page(client, f"/timeline/run/{session}/")
    assert "Time moving" in run
    assert "that is not no pain" in run


def test_what_is_said_later_is_in_the_picture_at_once(cast: Cast) -> None:
    from datetime import date

    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day

    filled(cast)
    client = cast.client("owner")
    assert "Worst pain" not in page(client)
    keep_day(her(cast).id, DiaryEntry(date(2026, 3, 1), pain_during_nprs=4))
    assert "Worst pain" in page(client)
    assert "worst pain 4" in page(client, "/timeline/year/2026-03-01/")


def test_a_run_of_another_runner_and_a_span_without_runs_are_not_found(cast: Cast) -> None:
    session = filled(cast)
    assert cast.client("participant").get(f"/timeline/run/{session}/").status_code == 404
    for at in ("year/2019-01-01", "month/2027-01-01", "run/nothing"):
        assert cast.client("owner").get(f"/timeline/{at}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_timeline_is_accessible_and_fits_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    session = filled(cast)
    for path in ("/timeline/", "/timeline/month/2026-03-01/", f"/timeline/run/{session}/"):
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
        assert not page.outside
