"""The signs that cannot wait."""

from __future__ import annotations

from evengait.report.safety import safety_net


def test_the_most_urgent_come_first_and_each_says_where_to_go() -> None:
    net = safety_net()
    assert [group.when for group in net.groups] == ["Now", "Today", "Within days"]
    assert all(group.where.endswith(".") and group.signs for group in net.groups)


def test_what_must_be_there_is_there() -> None:
    now, today, days = (" ".join(group.signs).lower() for group in safety_net().groups)
    for word in ("numbness", "urine", "stool", "both legs", "fever"):
        assert word in now
    assert "put weight on" in today
    assert "night pain" in days


def test_nobody_is_ever_asked_to_hop() -> None:
    assert any("do not test it by hopping" in (group.advice or "") for group in safety_net().groups)


def test_no_clinician_is_named_who_has_not_reviewed_it() -> None:
    assert safety_net().reviewed_by == ()
