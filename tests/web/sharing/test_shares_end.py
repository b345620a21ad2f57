"""A share that runs out leaves nothing behind: the worker deletes what was kept for it, at that very instant."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from working import work

if TYPE_CHECKING:
    from cast import Cast


def kept(cast: Cast) -> set[str]:
    from evengait.storage.records.models import SharedPart

    return set(SharedPart.objects.filter(case=cast.ids["case"]).values_list("field", flat=True))


def give(cast: Cast, field: str, ends: Any) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    share(ids["runner"], ids["case"], [Grant(field, role="coach", expires_at=ends)], {field: {"a": 1}})


def test_what_ran_out_is_deleted_and_what_somebody_still_sees_stays(either_cast: Cast) -> None:
    from django.utils import timezone

    from evengait.storage.records.grants import forget_expired

    now = timezone.now()
    give(either_cast, "gait", now - timedelta(seconds=1))
    give(either_cast, "load", now + timedelta(days=1))
    give(either_cast, "shoes", None)
    forget_expired(now)
    assert kept(either_cast) == {"story", "load", "shoes"}
    forget_expired(now + timedelta(days=1))
    assert kept(either_cast) == {"story", "shoes"}


def test_the_worker_deletes_it_when_the_share_ends(cast: Cast) -> None:
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.models import Grant

    keep_day(cast.ids["runner"], DiaryEntry(timezone.now().date(), pain_during_nprs=7.0))  # type: ignore[arg-type]
    owner, at = cast.client("owner"), f"/cases/{cast.ids['case']}/share/"
    told = {"fields_": ["diary"], "whom": "coach", "until": "14"}
    seen = re.findall(r'name="seen" value="(\w+)"', owner.post(at, told).content.decode())[0]
    owner.post(at, told | {"seen": seen, "share": "1"})
    waiting, grant = DBTaskResult.objects.get(), Grant.objects.get(field="diary")
    assert waiting.run_after == grant.expires_at
    work()
    assert "diary" in kept(cast)
    over = timezone.now() - timedelta(seconds=1)  # fourteen days later
    DBTaskResult.objects.update(run_after=over)
    Grant.objects.filter(pk=grant.pk).update(expires_at=over)
    work()
    assert kept(cast) == {"story"}


def test_a_worker_that_was_not_there_makes_up_for_it(cast: Cast) -> None:
    from django.utils import timezone

    from evengait.web.worker import clear_away

    give(cast, "gait", timezone.now() - timedelta(days=3))
    clear_away()
    assert kept(cast) == {"story"}
