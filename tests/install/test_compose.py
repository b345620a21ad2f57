"""The containers without an engine: the files by their own checkers, and what they start, started here.

The desk and the worker run as ``compose.yaml`` says, on a real PostgreSQL, behind a real Caddy with our Caddyfile.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import uuid
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from databases import copy_database, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def program(name: str) -> str:
    found = shutil.which(name, path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {name} here, and CI needs it")
        pytest.skip(f"no {name} here")
    return found


def test_the_containerfile_has_nothing_that_its_linter_minds() -> None:
    done = subprocess.run(
        [program("hadolint"), ROOT / "Containerfile"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_compose_is_by_its_specification_and_everything_it_names_is_there() -> None:
    spec = pytest.importorskip("compose_spec")
    compose = spec.PyCompose.from_json(json.dumps(COMPOSE))
    compose.validate()
    compose.validate_networks()
    compose.validate_volumes()
    assert (ROOT / SERVICES["desk"]["build"]["dockerfile"]).exists()
    for volume in SERVICES["proxy"]["volumes"]:
        if volume.startswith("./"):
            assert (ROOT / volume.partition(":")[0]).exists()


def test_only_the_proxy_can_be_reached_and_the_desk_may_do_nothing_it_need_not() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["database"]["networks"] == ["inside"]
    for name in ("desk", "worker"):
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["read_only"] is True
    text = (ROOT / "Containerfile").read_text("utf-8")
    assert re.search(r"^USER 10001$", text, re.MULTILINE)


def test_the_databases_programs_in_the_image_are_of_the_databases_version() -> None:
    """pg_dump refuses a server that is newer than itself."""
    wanted = SERVICES["database"]["image"].partition(":")[2]
    assert f"postgresql-client-{wanted} " in (ROOT / "Containerfile").read_text("utf-8").replace("\n", " ")


def test_the_image_installs_what_the_checkout_has() -> None:
    ignored = (ROOT / ".containerignore").read_text("utf-8").split()
    assert not {
        "src",
        "pyproject.toml",
        "setup.py",
        "constraints.txt",
        "README.md",
        "LICENSE",
        "NOTICE",
    } & set(ignored)
    assert ".env" in ignored


def environment(service: str, home: Path, url: str) -> dict[str, str]:
    """Return a service's environment as compose makes it, on this machine's own database and home."""
    told = {"DESK_HOST": "localhost", "DATABASE_PASSWORD": "password"}
    found = {
        name: re.sub(r"\$\{(\w+)(?::[-?][^}]*)?\}", lambda hit: told.get(hit[1], ""), str(value))
        for name, value in SERVICES[service]["environment"].items()
    }
    assert found["EVENGAIT_DATABASE_URL"] == "postgresql://evengait:password@database:5432/evengait"
    base = {name: value for name, value in os.environ.items() if not name.startswith(("EVENGAIT", "DJANGO"))}
    return base | found | {"EVENGAIT_DATABASE_URL": url, "EVENGAIT_HOME": str(home)}


@contextmanager
def running(words: list[Any], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, **options)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def wait_for(ready: Any, process: subprocess.Popen[bytes], log: Path) -> Any:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        if found := ready():
            return found
        time.sleep(0.1)
    pytest.fail(log.read_text())


@pytest.fixture
def stack(tmp_path: Path, postgres_url: str) -> Iterator[tuple[str, str]]:
    """Run desk, worker, PostgreSQL and Caddy; yields the address of the proxy and what the desk said."""
    caddy = program("caddy")
    url = copy_database(postgres_url, "tables", f"c{uuid.uuid4().hex}")
    home, port, secure, plain = tmp_path / "home", free_port(), free_port(), free_port()
    home.mkdir()
    command = [word if word != "8000" else str(port) for word in SERVICES["desk"]["command"]]
    assert command[command.index("--host") + 1] == "0.0.0.0"  # noqa: S104  in its own network, where it is said
    with ExitStack() as all_of_it:
        desk_log, worker_log, proxy_log = (tmp_path / f"{name}.log" for name in ("desk", "worker", "proxy"))
        desk = all_of_it.enter_context(
            running(
                [sys.executable, "-m", "evengait", *command], desk_log, env=environment("desk", home, url)
            )
        )
        said = wait_for(lambda: re.search(r"/enter/\S+/", desk_log.read_text()), desk, desk_log)[0]
        entry = [sys.executable, *SERVICES["worker"]["entrypoint"][1:]]
        worker = all_of_it.enter_context(running(entry, worker_log, env=environment("worker", home, url)))
        config = tmp_path / "Caddyfile"
        # No port below 1024, no certificate from outside, nothing put into this machine's own trust.
        config.write_text(
            "{\n\tadmin off\n\tskip_install_trust\n\tlocal_certs\n"
            f"\thttp_port {plain}\n\thttps_port {secure}\n}}\n"
            + (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
        )
        env = os.environ | {
            "DESK_HOST": "localhost", "DESK_UPSTREAM": f"127.0.0.1:{port}",
            "XDG_DATA_HOME": str(tmp_path / "caddy"), "XDG_CONFIG_HOME": str(tmp_path / "caddy"),
        }  # fmt: skip
        proxy = all_of_it.enter_context(
            running([caddy, "run", "--config", config, "--adapter", "caddyfile"], proxy_log, env=env)
        )
        address = f"https://localhost:{secure}"
        wait_for(lambda: reached(address), proxy, proxy_log)
        assert worker.poll() is None, worker_log.read_text()
        yield address, said


def ask(address: str, **headers: str) -> Any:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor()
    )
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  our own
    with opener.open(request, timeout=30) as answer:
        return answer.headers, answer.geturl(), answer.read().decode()


def reached(address: str) -> bool:
    try:
        ask(f"{address}/signs/")
    except urllib.error.HTTPError as error:
        error.close()
        return error.code < 500
    except OSError:
        return False
    return True


def test_the_desk_answers_behind_the_proxy_and_the_first_account_can_be_made(stack: tuple[str, str]) -> None:
    address, first = stack
    headers, where, page = ask(
        f"{address}/account/login/", **{"X-Forwarded-Proto": "http", "X-Forwarded-For": "10.9.9.9"}
    )
    assert where == f"{address}/account/login/"  # the visitor's word for the way is not believed
    assert "passkey" in page
    assert "max-age=" in headers["Strict-Transport-Security"]
    _, where, page = ask(address + first)
    assert where == f"{address}/account/signup/"
    assert "password1" in page
