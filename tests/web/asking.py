"""What the command line says, to compare with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def command_line(home: Path, runner: str, *words: str) -> Any:
    """Return what a command prints with --json."""
    from click.testing import CliRunner

    from evengait.cli import cli

    told = CliRunner().invoke(cli, ["--home", str(home), "--runner", runner, *words, "--json"])
    assert told.exception is None, told.output
    return json.loads(told.stdout)
