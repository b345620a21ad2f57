"""The public surface is what is written here; a change of it is a change of this file."""

from __future__ import annotations

import inspect
import subprocess
import sys

import evengait
from evengait.cli import COMMANDS, cli


def test_the_package_offers_these_names_and_no_others() -> None:
    assert sorted(evengait.__all__) == ["Answer", "EvengaitError", "Runner", "__version__", "read_fit"]
    for name in evengait.__all__:
        assert getattr(evengait, name) is not None


def public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_a_runner_offers_these() -> None:
    assert public(evengait.Runner) == {"explain", "exposures", "import_archive", "samples", "sessions"}


def test_an_answer_offers_these() -> None:
    assert public(evengait.Answer) == {"factors", "save", "timeline", "verdict"}


def test_every_public_thing_is_documented() -> None:
    for kind in (evengait.Runner, evengait.Answer):
        assert inspect.getdoc(kind)
        for name in public(kind):
            assert inspect.getdoc(inspect.getattr_static(kind, name)), f"{kind.__name__}.{name}"
    assert inspect.getdoc(evengait.read_fit)


def test_every_command_exists_with_an_example_in_its_help() -> None:
    for name in COMMANDS:
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert "Example" in (command.help or ""), name


def test_help_and_version_load_no_heavy_library() -> None:
    heavy = ("numpy", "polars", "pyarrow", "deltalake", "altair", "rich")
    program = (
        "import sys, evengait.cli\n"
        "try: evengait.cli.cli.main(['--help'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', [m for m in {heavy!r} if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "HEAVY []" in out
