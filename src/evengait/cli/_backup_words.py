"""What a backup and a restore say on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evengait.actions.back_up import BackedUp
    from evengait.actions.restore_home import Restored

_DATABASES = {"sqlite": "the embedded database", "postgresql": "the PostgreSQL database", None: "no database"}


def backup_words(done: BackedUp) -> str:
    """Return the lines about a backup that was made."""
    linked = f"; {done.linked:,} were there from an earlier one" if done.linked else ""
    return "\n".join(
        [
            f"Backup: {done.backup}",
            f"In it: {_in_it(done.runners, done.database)}; {_files(done.files, done.bytes)}{linked}.",
            "Every file was read back and has its hash.",
            f"What was saved before {done.made_at.replace('T', ' ').rstrip('Z')} UTC is in.",
        ]
    )


def restore_words(done: Restored) -> str:
    """Return the lines about a backup that was put back."""
    return "\n".join(
        [
            f"Put back into {done.home}: {_in_it(done.runners, done.database)}; {_files(done.files, done.bytes)}.",
            f"It is as of {done.made_at.replace('T', ' ').rstrip('Z')} UTC, made by {done.made_by}.",
            "Everybody signs in again; invitations that were open have lapsed. Next: evengait doctor",
        ]
    )


def _in_it(runners: int, database: str | None) -> str:
    return f"{runners:,} archive{'' if runners == 1 else 's'} and {_DATABASES[database]}"


def _files(files: int, size: int) -> str:
    return f"{files:,} files, {size / 1e6:,.1f} MB"
