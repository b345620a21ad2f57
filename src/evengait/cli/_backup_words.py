"""What a backup and a restore say on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import Said, say, say_many

if TYPE_CHECKING:
    from evengait.actions.back_up import BackedUp
    from evengait.actions.restore_home import Restored

_DATABASES = Said(
    {"sqlite": "the embedded database", "postgresql": "the PostgreSQL database", None: "no database"}
)


def backup_words(done: BackedUp) -> str:
    """Return the lines about a backup that was made."""
    linked = say("; {linked:,} were there from an earlier one", linked=done.linked) if done.linked else ""
    return "\n".join(
        [
            say("Backup: {backup}", backup=done.backup),
            say(
                "In it: {in_it}; {files}{linked}.",
                in_it=_in_it(done.runners, done.database),
                files=_files(done.files, done.bytes),
                linked=linked,
            ),
            say("Every file was read back and has its hash."),
            say("What was saved before {when} UTC is in.", when=done.made_at.replace("T", " ").rstrip("Z")),
        ]
    )


def restore_words(done: Restored) -> str:
    """Return the lines about a backup that was put back."""
    return "\n".join(
        [
            say(
                "Put back into {home}: {in_it}; {files}.",
                home=done.home,
                in_it=_in_it(done.runners, done.database),
                files=_files(done.files, done.bytes),
            ),
            say(
                "It is as of {when} UTC, made by {made_by}.",
                when=done.made_at.replace("T", " ").rstrip("Z"),
                made_by=done.made_by,
            ),
            say("Everybody signs in again; invitations that were open have lapsed. Next: evengait doctor"),
        ]
    )


def _in_it(runners: int, database: str | None) -> str:
    return say_many(
        "{n:,} archive and {database}",
        "{n:,} archives and {database}",
        runners,
        database=_DATABASES[database],
    )


def _files(files: int, size: int) -> str:
    return say_many("{n:,} file, {size:,.1f} MB", "{n:,} files, {size:,.1f} MB", files, size=size / 1e6)
