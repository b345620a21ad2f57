"""The diary: missing days are missing, a day is written, corrected, forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from evengait.core.diary import DiaryEntry

if TYPE_CHECKING:
    from cast import Cast


def her(cast: Cast) -> Any:
    from evengait.storage.records.runners import runner_of

    return runner_of(cast.accounts["owner"].pk)


def test_a_day_of_which_nothing_was_said_is_no_zero(cast: Cast) -> None:
    from evengait.storage.records.diary import forget_day, keep_day

    runner = her(cast)
    today = runner.today(timezone.now())
    client = cast.client("owner")
    forget_day(runner.id, date(2026, 11, 8))  # the cast's own
    assert "Nothing is written yet." in client.get("/diary/").content.decode()
    keep_day(runner.id, DiaryEntry(today, pain_daily_nprs=0, limp=False))
    text = client.get("/diary/").content.decode()
    assert "Pain of 10: 0 everyday. Not limped." in text
    assert text.count("Nothing said.") == 27
    earlier = client.get(f"/diary/?until={today - timedelta(days=28)}").content.decode()
    assert earlier.count("Nothing said.") == 28
    for nonsense in ("?until=soon", "?until=0001-01-01", "?until=9999-12-31"):
        assert client.get(f"/diary/{nonsense}").status_code == 200


def test_a_day_is_written_corrected_and_forgotten(cast: Cast) -> None:
    from evengait.storage.records.diary import diary_of, keep_day

    runner = her(cast)
    today = runner.today(timezone.now())
    keep_day(runner.id, DiaryEntry(today, pain_after_nprs=2.5, overuse_participation_pts=0))
    client, at = cast.client("owner"), f"/diary/{today}/"
    assert 'value="2.5"' in client.get(at).content.decode(), "a half that was logged elsewhere is not lost"
    told = {
        "pain_after_nprs": "2.5",
        "limp": "no",
        "aids": "SI belt, tape",
        "sleep_h": "7.5",
        "notes": " Stiff. ",
    }
    client.post(at, told)
    assert diary_of(runner.id, today, today) == [
        DiaryEntry(
            today, pain_after_nprs=2.5, limp=False, aids=("si_belt", "tape"), sleep_h=7.5, notes="Stiff.",
            overuse_participation_pts=0,
        )
    ]  # fmt: skip
    client.post(at, {"aids": "none"})
    assert diary_of(runner.id, today, today) == [DiaryEntry(today, aids=(), overuse_participation_pts=0)]
    assert "one or two plain words" in client.post(at, {"aids": "none, belt"}).content.decode()
    assert "less than or equal to 24" in client.post(at, {"sleep_h": "99"}).content.decode()
    client.post(f"{at}forget/")
    assert diary_of(runner.id, today, today) == []


def test_no_day_ahead_and_none_before_anybody_was(cast: Cast) -> None:
    client = cast.client("owner")
    today = her(cast).today(timezone.now())
    for day in (today + timedelta(days=1), "1900-01-01", "2026-02-31"):
        assert client.get(f"/diary/{day}/").status_code == 404
