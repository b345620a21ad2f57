"""``evengait doctor``: check the home, the archive's integrity and the versions; repair what can be."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.cli._backup_words import backup_words, restore_words
from evengait.core.language import say, say_many
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from evengait.actions._finding import Finding
    from evengait.actions.check_archive import Checkup
    from evengait.actions.repair_archive import Repairs

_NAMED = 20
"""Findings of one kind that are listed; the rest is counted. ``--json`` lists them all."""


@click.group(name="doctor", invoke_without_command=True)
@click.option(
    "--repair", is_flag=True, help="Repair what can be; what is replaced is set aside, not deleted."
)
@click.option("--every", is_flag=True, help="Every runner's archive in the home, as on a server.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document; with --every one a line.")
@click.pass_context
def command(ctx: click.Context, as_json: bool, repair: bool, every: bool) -> int | None:
    r"""Check the home, the archive and the versions; without --repair nothing is changed.

    Every file is compared with its hash, every kept original with its own, every part of a table is read, and every
    session is compared with its original, read again. --repair makes anew what the originals tell: lost or damaged
    samples, sessions, rows and logs. A lost original is named; importing that file again brings it back.

    Exit status: 0 sound, 1 something is wrong.

    Example:

    \b
      evengait doctor
      evengait doctor --repair
      evengait doctor --every
      evengait doctor --json
      evengait doctor backup /mnt/disk/evengait.zip
    """
    if ctx.invoked_subcommand is not None:
        return None
    from evengait.storage.home import runner_folder, runner_folders

    asked, there = runner_folder(ctx.obj["home"], ctx.obj["runner"]), runner_folders(ctx.obj["home"])
    folders = (there or [asked]) if every else [asked]
    sound = [_look(ctx.obj["home"], folder, as_json=as_json, repair=repair) for folder in folders]
    if others := len(set(there) - set(folders)):
        click.echo(
            say_many(
                "{n:,} other archive in this home was not looked at: evengait doctor --every",
                "{n:,} other archives in this home were not looked at: evengait doctor --every",
                others,
            ),
            err=True,
        )
    return 0 if all(sound) else 1


def _look(home: Path, folder: Path, *, as_json: bool, repair: bool) -> bool:
    """Check one archive, repair it where that is asked, print what was found, and tell whether it is sound."""
    from evengait.actions.check_archive import check_archive
    from evengait.actions.repair_archive import repair_archive
    from evengait.cli._progress import counting

    done = None
    if repair:
        done = repair_archive(
            folder, on_wait=_say_waiting, on_progress=counting(say("Reading again"), say("originals"))
        )
    found = check_archive(home, folder, on_progress=counting(say("Checking"), say("originals")))
    click.echo(json.dumps(_document(found, done), ensure_ascii=False) if as_json else _words(found, done))
    return found.sound


@command.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def backup(ctx: click.Context, file: Path, as_json: bool) -> None:
    r"""Back the whole home up: every runner's archive and originals, the maps, and the records' database.

    The desk and imports may go on meanwhile. Everything is read back and compared with its hash before the backup
    gets its name. A FILE that is a backup already is replaced then, and not before. Where FILE is a folder that is
    there, it gets one more tree, and what an earlier tree has is linked, not copied.

    A backup is health data: keep it where you would keep a letter from your doctor.

    Example:

    \b
      evengait doctor backup /mnt/disk/evengait.zip
      evengait doctor backup /mnt/disk/evengait/
    """
    from evengait.actions.back_up import back_up
    from evengait.cli._progress import counting

    done = back_up(ctx.obj["home"], file, on_progress=counting(say("Backing up"), say("steps")))
    click.echo(json.dumps(asdict(done)) if as_json else backup_words(done))


@command.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--only", type=click.Choice(["records", "archives"]),
    help="Put back one half: the database, or everything else.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def restore(ctx: click.Context, file: Path, only: str | None, as_json: bool) -> None:
    r"""Put a backup back into a home that holds nothing; what is there is never written over.

    Every file is compared with its hash before anything gets its name. FILE is a backup's file, a tree, or a folder
    of trees, of which the latest is taken.

    Example:

    \b
      evengait --home new doctor restore /mnt/disk/evengait.zip
      evengait doctor restore --only records /mnt/disk/evengait.zip
    """
    from evengait.actions.restore_home import BOTH, restore_home
    from evengait.cli._progress import counting

    done = restore_home(
        ctx.obj["home"], file, what=only or BOTH, on_progress=counting(say("Restoring"), say("files"))
    )
    click.echo(json.dumps(asdict(done)) if as_json else restore_words(done))


def _say_waiting() -> None:
    click.echo(
        say("An import is writing to this archive; waiting for it to finish. Ctrl-C stops waiting."), err=True
    )


def _document(found: Checkup, done: Repairs | None) -> dict[str, Any]:
    return asdict(found) | {"sound": found.sound, "repaired": asdict(done) if done is not None else None}


def _words(found: Checkup, done: Repairs | None) -> str:
    lines = [
        say(
            "Home: {home} ({value})",
            home=found.home,
            value=say("can be written")
            if found.writable
            else say("CANNOT be written: check its permissions"),
        ),
        say(
            "Archive: {sessions:,} sessions from {files:,} files; {originals:,} originals kept",
            sessions=found.sessions,
            files=found.files,
            originals=found.originals,
        ),
    ]
    if done is not None:
        lines += [reason_in_words(one) for one in done.done] or [say("There was nothing to repair.")]
        if done.aside:
            lines.append(
                say(
                    "What was replaced lies in {aside} in the runner's folder; delete it when all is well.",
                    aside=done.aside,
                )
            )
    lines += _damaged([finding for finding in found.findings if finding.harm])
    if found.leftovers:
        lines.append(
            say_many(
                "{n:,} piece is left from an import that was cut off, or from merging. It counts nowhere; "
                "the next import removes it.",
                "{n:,} pieces are left from an import that was cut off, or from merging. They count nowhere; "
                "the next import removes them.",
                found.leftovers,
            )
        )
    minor = (one for one in found.findings if not one.harm and one.kind != "leftover")
    lines += [reason_in_words(one.what) for one in minor]
    if not found.damaged:
        lines.append(
            say("Every file has its hash, every part can be read, every session is as its original has it.")
        )
    lines += [
        say("Import {batch}: {added:,} files added", batch=batch["batch"], added=batch["added"])
        for batch in found.batches[-10:]
    ]
    lines.append(say("File formats:") + " " + ", ".join(_format(*pair) for pair in found.formats.items()))
    lines.append(
        say("Versions:")
        + " "
        + ", ".join(f"{name} {reason_in_words(number)}" for name, number in found.versions.items())
    )
    return "\n".join(lines)


def _format(name: str, source: str) -> str:
    return name if source == "evengait" else f"{name} ({reason_in_words(source)})"


def _damaged(findings: list[Finding]) -> list[str]:
    lines = [say("DAMAGED: {what}", what=reason_in_words(finding.what)) for finding in findings[:_NAMED]]
    if len(findings) > _NAMED:
        lines.append(say("DAMAGED: and {count:,} more; --json lists them all.", count=len(findings) - _NAMED))
    mends = {finding.mend for finding in findings}
    if "repair" in mends:
        lines.append(say("Next: evengait doctor --repair"))
    elif "import" in mends:
        lines.append(say("Next: evengait doctor --repair, then import the files that are named again."))
    return lines
