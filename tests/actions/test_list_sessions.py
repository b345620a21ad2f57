from datetime import date
from pathlib import Path

from evengait.actions.import_archive import import_archive
from evengait.actions.list_sessions import list_sessions
from small_files import fit, strava_zip


def test_sessions_can_be_narrowed_by_date_and_sport(tmp_path: Path) -> None:
    ride = {"activities/ride.fit": fit(3, sport="cycling")}
    import_archive(tmp_path, [strava_zip(tmp_path / "e.zip", [0, 1, 2], extra=ride)], workers=1)
    assert list_sessions(tmp_path).height == 4
    assert list_sessions(tmp_path, since=date(2026, 3, 2), until=date(2026, 3, 3)).height == 2
    assert list_sessions(tmp_path, sport="cycling")["local_date"].to_list() == [date(2026, 3, 4)]
