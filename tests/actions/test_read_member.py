from pathlib import Path

import pytest

from evengait.actions.read_member import examine
from evengait.core.recording import Recording
from evengait.ingest._member import Member
from small_files import fit


def loose(path: Path, content: bytes) -> Member:
    path.write_bytes(content)
    return Member(path.name, path.name, "", str(path), len(content))


def test_a_reader_that_stumbles_costs_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(name: str, data: bytes) -> Recording:
        raise ZeroDivisionError

    monkeypatch.setattr("evengait.actions.read_member.read", stumble)
    outcome = examine(loose(tmp_path / "1.fit", fit()), None).outcome
    assert outcome.verdict == "failed"
    assert outcome.reason == "It could not be read: the FIT reader stumbled over it (ZeroDivisionError)."


def test_an_activity_without_samples_is_a_failure_and_other_kinds_are_no_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = loose(tmp_path / "1.fit", fit())
    for kind, verdict, says in (
        ("activity", "failed", "no samples"),
        ("monitoring_b", "not_a_session", "health data"),
        ("unknown_44", "not_a_session", "something else"),
    ):
        monkeypatch.setattr("evengait.actions.read_member.read", lambda *_, kind=kind: Recording("fit", kind))
        outcome = examine(member, None).outcome
        assert outcome.verdict == verdict
        assert says in str(outcome.reason)


def test_a_file_that_vanished_is_a_failure(tmp_path: Path) -> None:
    member = loose(tmp_path / "1.fit", fit())
    (tmp_path / "1.fit").unlink()
    assert "could not be read from the disk" in str(examine(member, None).outcome.reason)
