"""Who sees what of a case: owner, persons, roles, time, revocation, in every combination."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.core.errors import UsageError
from evengait.core.sharing import (
    FIELDS,
    ROLES,
    Grant,
    Shown,
    Viewer,
    fields_seen,
    is_hers,
    role_words,
    roles_in,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RUNNER, OTHER = uuid4(), uuid4()
CASE = Shown(uuid4(), RUNNER)
OWNER = Viewer(uuid4(), RUNNER)
OUTSIDER = Viewer(uuid4(), OTHER)
COACH = Viewer(uuid4(), coach_of=frozenset({RUNNER}))
COACH_OF_ANOTHER = Viewer(uuid4(), coach_of=frozenset({OTHER}))
CLINICIAN = Viewer(uuid4(), is_clinician=True)
PARTICIPANT = Viewer(uuid4(), participates_in=frozenset({CASE.id}))
NOBODY = Viewer()
EVERYBODY = (OWNER, OUTSIDER, COACH, COACH_OF_ANOTHER, CLINICIAN, PARTICIPANT, NOBODY)


def sees(viewer: Viewer, *grants: Grant, case: Shown = CASE) -> set[str]:
    return set(fields_seen(viewer, case, grants, NOW))


def test_without_a_grant_only_the_runner_sees_anything() -> None:
    for viewer in EVERYBODY:
        assert sees(viewer) == (set(FIELDS) if viewer is OWNER else set())


@pytest.mark.parametrize(
    ("role", "those"),
    [
        ("coach", (COACH,)),
        ("clinician", (CLINICIAN,)),
        ("participant", (PARTICIPANT,)),
        ("everybody", (OUTSIDER, COACH, COACH_OF_ANOTHER, CLINICIAN, PARTICIPANT)),
    ],
)
def test_a_role_opens_one_field_to_those_who_have_it_and_to_nobody_else(
    role: str, those: tuple[Viewer, ...]
) -> None:
    for viewer in set(EVERYBODY) - {OWNER}:
        assert sees(viewer, Grant("gait", role=role)) == ({"case", "gait"} if viewer in those else set())


def test_a_person_sees_what_was_shared_with_her_and_the_same_role_does_not() -> None:
    grant = Grant("diary", account=COACH.account)
    assert sees(COACH, grant) == {"case", "diary"}
    assert all(not sees(viewer, grant) for viewer in set(EVERYBODY) - {OWNER, COACH})


def test_it_ends_at_its_instant_and_at_once_when_it_is_revoked() -> None:
    to = COACH.account
    assert sees(COACH, Grant("gait", account=to, expires_at=NOW + timedelta(microseconds=1)))
    assert not sees(COACH, Grant("gait", account=to, expires_at=NOW))
    assert not sees(COACH, Grant("gait", account=to, revoked_at=NOW))
    assert not sees(COACH, Grant("gait", account=to, revoked_at=NOW + timedelta(days=1)))


def test_a_hidden_case_is_its_runners_alone() -> None:
    hidden = Shown(CASE.id, RUNNER, hidden=True)
    assert not sees(COACH, Grant("case", role="coach"), case=hidden)
    assert sees(OWNER, case=hidden) == set(FIELDS)


def test_a_grant_is_to_one_person_or_to_one_known_role() -> None:
    for bad in ({}, {"account": uuid4(), "role": "coach"}, {"role": "moderator"}):
        with pytest.raises(UsageError):
            Grant("gait", **bad)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        Grant("heart", role="coach")


def test_the_roles_shown_are_those_of_today() -> None:
    both = Viewer(uuid4(), is_clinician=True, coach_of=frozenset({RUNNER}))
    assert role_words(both, CASE, opened_it=False) == (
        "clinician, verified by this desk",
        "coach of this runner",
    )
    assert role_words(OWNER, CASE, opened_it=True) == ("creator",)
    assert role_words(COACH_OF_ANOTHER, CASE, opened_it=False) == ("participant",)
    assert roles_in(NOBODY, CASE) == frozenset()
    assert not is_hers(NOBODY, CASE)


ids = st.sampled_from([RUNNER, OTHER, CASE.id, *(v.account for v in EVERYBODY if v.account)])
viewers = st.builds(
    Viewer,
    st.none() | ids,
    st.none() | ids,
    st.booleans(),
    st.frozensets(ids, max_size=2),
    st.frozensets(ids, max_size=2),
)
instants = st.none() | st.sampled_from([NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])


def _grant(
    field: str, account: UUID | None, role: str, until: datetime | None, off: datetime | None
) -> Grant:
    return Grant(field, account, "" if account else role, until, off)


grants = st.builds(
    _grant, st.sampled_from(list(FIELDS)), st.none() | ids, st.sampled_from(list(ROLES)), instants, instants
)


@given(viewers, st.lists(grants, max_size=5))
def test_nobody_sees_a_field_that_no_grant_which_holds_names(viewer: Viewer, given_to: list[Grant]) -> None:
    seen = fields_seen(viewer, CASE, given_to, NOW)
    if is_hers(viewer, CASE):
        return
    named = {
        g.field for g in given_to if g.revoked_at is None and (g.expires_at is None or g.expires_at > NOW)
    }
    assert seen <= named | {"case"}
    assert "case" in seen or not seen
    assert viewer.account is not None or not seen
    for one in given_to:  # taking anything back never shows more
        assert fields_seen(viewer, CASE, [g for g in given_to if g is not one], NOW) <= seen
