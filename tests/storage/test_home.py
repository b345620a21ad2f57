from pathlib import Path

import pytest

from evengait.core.errors import UsageError
from evengait.storage.home import default_home, runner_folder


def test_home_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EVENGAIT_HOME", str(tmp_path))
    assert default_home() == tmp_path


def test_without_a_word_the_home_is_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVENGAIT_HOME", raising=False)
    assert default_home().name == "evengait"


@pytest.mark.parametrize("name", ["../me", "a/b", "", ".hidden", "x" * 65, "a\nb"])
def test_a_runner_name_cannot_lead_out_of_the_home(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="runner's name"):
        runner_folder(tmp_path, name)
