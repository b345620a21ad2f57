"""Fixtures for every test: where real recordings lie, if they lie anywhere."""

from __future__ import annotations

import os
import shutil
import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
# A busy machine draws slowly; that says nothing of what is tested.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_configure() -> None:
    """Read the desk's settings, once for this process; processes that a test starts choose their own."""
    # Playwright keeps an event loop in this thread, where Django would rather not be asked.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_SETTINGS_MODULE", "evengait.web.settings")
        patch.setenv("EVENGAIT_HOME", "/nonexistent/evengait")
        patch.delenv("EVENGAIT_DATABASE_URL", raising=False)
        patch.delenv("EVENGAIT_ALLOWED_HOSTS", raising=False)
        from django.conf import settings

        assert settings.AT_HOME


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real recordings; skip where there is none (they are not part of the project)."""
    folder = Path(os.environ.get("EVENGAIT_SHARED", ROOT.parent / "shared"))
    if not (folder / "data" / "MANIFEST.csv").exists():
        pytest.skip("no folder of real recordings here")
    return folder


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds the demo runner's archive, made once, and her export zip beside it."""
    from evengait.actions.make_demo import make_demo
    from evengait.storage.home import runner_folder

    home = tmp_path_factory.mktemp("demo")
    make_demo(runner_folder(home, "demo"), today=date(2026, 11, 23), export=home / "export.zip")
    return home


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose records have their tables and nothing in them: to be copied, never opened."""
    from databases import migrate

    home = tmp_path_factory.mktemp("migrated")
    migrate(home)
    return home


@pytest.fixture
def records_home(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a fresh home with open records on SQLite, for this process and any it starts."""
    monkeypatch.delenv("EVENGAIT_DATABASE_URL", raising=False)
    home = tmp_path / "home"
    shutil.copytree(migrated, home)
    yield from _opened(home, monkeypatch)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running PostgreSQL with a migrated database ``tables`` to copy."""
    import psycopg

    from databases import migrate, postgres

    with postgres() as url:
        with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE tables")
        migrate(tmp_path_factory.mktemp("pg"), f"{url}/tables")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def either_home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Return a fresh home with open records, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("records_home")
        return
    from databases import copy_database

    url = copy_database(request.getfixturevalue("postgres_url"), "tables", f"t{uuid.uuid4().hex}")
    monkeypatch.setenv("EVENGAIT_DATABASE_URL", url)
    yield from _opened(tmp_path / "home", monkeypatch)


def _opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    from evengait.storage.records.opening import open_records

    monkeypatch.setenv("EVENGAIT_HOME", str(home))
    open_records(home)
    yield home
    from django.db import connections

    connections.close_all()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Yield a running Chromium."""
    from browser import started

    with started() as browser:
        yield browser
