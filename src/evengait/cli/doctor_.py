"""``evengait doctor``: check the home, the archive's integrity and the versions."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evengait.actions.check_archive import Checkup


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    r"""Check the home, the archive's integrity and the versions; changes nothing.

    Every kept file is compared with its hash, and every part of the archive is read once.

    Example:

    \b
      evengait doctor
      evengait doctor --json
    """
    from evengait.actions.check_archive import check_archive
    from evengait.storage.home import runner_folder

    found = check_archive(ctx.obj["home"], runner_folder(ctx.obj["home"], ctx.obj["runner"]))
    click.echo(
        json.dumps(asdict(found) | {"sound": found.sound}, ensure_ascii=False) if as_json else _words(found)
    )
    return 0 if found.sound else 1


def _words(found: Checkup) -> str:
    lines = [
        f"Home: {found.home} ({'can be written' if found.writable else 'CANNOT be written: check its permissions'})",
        f"Archive: {found.sessions:,} sessions from {found.files:,} files; {found.originals:,} originals kept",
    ]
    if found.leftovers:
        lines.append(
            f"An import was cut off and left {found.leftovers:,} pieces. "
            "They do not count; the next import removes them."
        )
    lines += [f"DAMAGED: {what}" for what in found.damaged]
    if found.damaged:
        lines.append("Put what is damaged back from a backup, or undo its import and import the files again.")
    else:
        lines.append("Every kept file has its hash, and every part can be read.")
    lines += [f"Import {batch['batch']}: {batch['added']:,} files added" for batch in found.batches[-10:]]
    lines.append("File formats: " + ", ".join(_format(*pair) for pair in found.formats.items()))
    lines.append("Versions: " + ", ".join(f"{name} {number}" for name, number in found.versions.items()))
    return "\n".join(lines)


def _format(name: str, source: str) -> str:
    return name if source == "evengait" else f"{name} ({source})"
