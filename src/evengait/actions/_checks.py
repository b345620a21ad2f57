"""Every check of an archive in turn: hashes, logs, parts, originals, and what is read of them against what is kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evengait.actions._finding import IMPORT, ITSELF, REPAIR, Finding, counted
from evengait.actions._known import Known
from evengait.actions._remake import bout_of
from evengait.actions._reread import Digests, bouts_of, differs, digests, digests_again, row_again
from evengait.actions._runs import Runs
from evengait.actions._settle import Settling
from evengait.actions._words import Words
from evengait.analysis.session import METRICS_VERSION
from evengait.core.errors import EvengaitError
from evengait.core.reasons import kept
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.contents import rows_of
from evengait.storage.archive.form import FILE as FORM_FILE
from evengait.storage.archive.schema import TABLES
from evengait.storage.archive.state import LOG_CHANGED, LOG_DAMAGED, MISSING, TableState, inspect
from evengait.storage.archive.sums import FILE as SUMS_FILE
from evengait.storage.archive.sums import changed, names, read_sums
from evengait.storage.archive.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from evengait.actions._remake import Plan
    from evengait.core.recording import Bout
    from evengait.storage.archive.layout import Layout

_LOGS = {
    MISSING: kept("The archive's table '{name}' is missing."),
    LOG_CHANGED: kept("The log of the archive's table '{name}' is not as it was written."),
    LOG_DAMAGED: kept("The log of the archive's table '{name}' is damaged."),
}
_AGAIN = kept("Import the file again: it is kept anew then.")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def settling_of(layout: Layout) -> Settling:
    """Return what knows which sessions there should be; the tables are to be sound."""
    limits = same_run_limits()
    known, runs = Known(layout), Runs(layout, limits)
    return Settling(Writer(layout), runs, Words(layout, limits, _NEVER), known.originals, limits)


class Checks:
    """The checks of one archive; nothing is changed.

    Attributes
    ----------
    sums : Sums
    changed : set of str
        Files, by relative path, that do not have their hash.
    states : dict of table to TableState
    files : list of dict
        Rows of ``files`` that can be read.
    kept, recordings : dict
        Rows of ``sessions`` and ``recordings`` that can be read, by their identifiers.
    digests : dict of session to digests
        Of the samples that can be read.
    plans : dict of session to Plan
        The sessions that there should be; none where a table that tells is damaged.
    lost : set of str
        Addresses of originals that are missing or not what they were.
    wanting : set of str
        Sessions whose row or samples are missing.
    outdated : set of str
        Sessions that this version of the program reads otherwise, or that an older one measured.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._findings: list[Finding] = []
        self._gone: list[str] = []
        self.sums = read_sums(layout.folder)
        self.changed: set[str] = set()
        self.states: dict[str, TableState] = {}
        self.files: list[dict[str, Any]] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.recordings: dict[str, dict[str, Any]] = {}
        self.digests: dict[str, Digests] = {}
        self.plans: dict[str, Plan] = {}
        self.lost: set[str] = set()
        self.wanting: set[str] = set()
        self.outdated: set[str] = set()

    @property
    def sound(self) -> bool:
        """Whether every table can be read whole."""
        return all(state.sound for state in self.states.values())

    def run(self, tell: Callable[[int, int], None]) -> list[Finding]:
        """Do them all; returns what was found."""
        self._hashes()
        for name in TABLES:
            self._table(name)
        if self.sound and self._layout.logs["files"].exists():
            self.plans = settling_of(self._layout).plans()
        self._originals(tell)
        self._together()
        self._sessions()
        return self._findings

    def _hashes(self) -> None:
        sums = self.sums
        if not sums.whole:
            self._say("sums", SUMS_FILE, kept("The list of hashes is damaged."))
        there = names(self._layout.folder)
        if not sums.there and FORM_FILE in there:
            self._say("sums", SUMS_FILE, kept("The list of hashes is missing."))
        if sums.there and FORM_FILE not in there and FORM_FILE in sums.by_name:
            self._say("form", FORM_FILE, kept("The archive's archive.json is missing."))
        self.changed = set(changed(self._layout.folder, sums))
        if FORM_FILE in self.changed:
            self._say("form", FORM_FILE, kept("The archive's archive.json is not as it was written."))
        self._gone = sorted(path for path in set(sums.by_name) - set(there) if "/_delta_log/" in path)

    def _table(self, name: str) -> None:
        take = {
            "samples": self._take_samples,
            "sessions": self._take_sessions,
            "recordings": self._take_recordings,
            "files": self._take_files,
        }.get(name, lambda _: None)
        state = inspect(self._layout, name, self.changed, self.sums.by_name, take)
        self.states[name] = state
        if state.log is not None:
            where = f"{name}/_delta_log" + (f"/{state.changed[0]}" if state.changed else "")
            self._say("log", where, _LOGS[state.log].format(name=name))
        else:
            for path in (path for path in self._gone if path.startswith(f"{name}/")):
                what = kept(
                    "A file of the log of table '{name}' is missing; the table can be read without it.",
                    name=name,
                )
                self._say("log", path, what, harm=False)
        for part, wrong in state.bad.values():
            self._say("part", f"{name}/{part.name}", wrong)

    def _take_samples(self, rows: pa.Table) -> None:
        for session, found in digests(rows).items():
            mine = self.digests.setdefault(session, {})
            # In two parts at once: then neither is right.
            mine |= {name: digest if name not in mine else b"twice" for name, digest in found.items()}

    def _take_sessions(self, rows: pa.Table) -> None:
        self.kept |= {row["session"]: row for row in rows_of(rows)}

    def _take_recordings(self, rows: pa.Table) -> None:
        columns = ["recording", "sha256", "place", "source", "samples", "batch", "chunk", "imported_at"]
        self.recordings |= {row["recording"]: row for row in rows_of(rows.select(columns))}

    def _take_files(self, rows: pa.Table) -> None:
        self.files += rows_of(rows)

    def _originals(self, tell: Callable[[int, int], None]) -> None:
        alone = {plan.choice.recordings[0]: plan for plan in self.plans.values() if _is_alone(plan)}
        named = {name for row in self.kept.values() for name in row["recordings"] or ()}
        stored = [row for row in self.files if row["original"] is not None]
        stored.sort(key=lambda row: str(row["original"]))  # a pack is opened once, for all of its files
        unread = 0
        unlisted: set[str] = set()
        for done, row in enumerate(stored, 1):
            bouts = bouts_of(self._layout.folder, row["original"])
            if bouts is None:
                self._lose(row)
            unread += bouts == {}
            unlisted |= set(bouts or ()) - set(self.recordings)
            for name, bout in (bouts or {}).items():
                if name in alone:
                    self._compare(alone[name], bout)
            tell(done, len(stored))
        for name in sorted({path for path in self.changed if path.startswith("originals/")}):
            if not any(address.startswith(f"{name}!") for address in self.lost):
                what = kept("A pack of originals is not as it was written; all files in it are whole.")
                self._say("original", name, what)
        if unread:
            what = kept(
                "{n:,} kept originals cannot be read by this version of the program; they are whole.",
                n=unread,
            )
            self._say("reading", "originals", what, harm=False)
        if unlisted:
            what = kept(
                "{n:,} recordings have no row. Older versions of the program kept none.", n=len(unlisted)
            )
            self._say("reading", "recordings", what, harm=bool(unlisted & named))

    def _lose(self, row: dict[str, Any]) -> None:
        self.lost.add(row["original"])
        what = kept(
            "The original of {source} is missing or damaged (SHA-256 {hash}…).",
            source=row["source"], hash=row["sha256"][:16],
        )  # fmt: skip
        sessions = self._sessions_of(row)
        self._findings.append(
            Finding("original", row["original"], f"{what} {_AGAIN}", IMPORT, sessions=sessions)
        )

    def _sessions_of(self, file: dict[str, Any]) -> tuple[str, ...]:
        mine = set(file["sessions"] or ())
        found = [name for name, row in self.kept.items() if mine & {name, *(row["recordings"] or ())}]
        return tuple(sorted(found) or sorted(mine))

    def _together(self) -> None:
        """Compare the sessions that several recordings make."""
        for plan in self.plans.values():
            addresses = {address for address, _ in plan.originals.values()}
            if not _is_alone(plan) and not addresses & {*self.lost, "!"}:
                try:
                    bout = bout_of(self._layout.folder, plan)
                except EvengaitError:
                    continue
                self._compare(plan, bout)

    def _compare(self, plan: Plan, bout: Bout) -> None:
        session = plan.choice.session
        kept, have = self.kept.get(session), self.digests.get(session, {})
        if kept is None or (len(bout.samples) and not have):
            self.wanting.add(session)
            return
        same = have == digests_again(session, bout)
        if same and kept["metrics_version"] == METRICS_VERSION and kept["recordings"]:
            same = not differs(row_again(bout, plan), kept)
        if not same:
            self.outdated.add(session)

    def _sessions(self) -> None:
        """Say which sessions are missing or otherwise than their originals, each kind in one sentence."""
        settled = not self._layout.unsettled.exists()
        bare = set()
        for session, plan in self.plans.items():
            if session not in self.kept:
                self.wanting.add(session)
            elif session not in self.digests and self.recordings[plan.choice.samples]["samples"]:
                bare.add(session)
        if self.wanting:
            what = counted(
                len(self.wanting),
                kept("1 session is incomplete: a row or samples are missing."),
                kept("{n:,} sessions are incomplete: a row or samples are missing."),
            )
            mend = REPAIR if settled else ITSELF
            found = Finding("sessions", "sessions", what, mend, settled, tuple(sorted(self.wanting)))
            self._findings.append(found)
        if bare := bare - self.wanting:
            what = counted(
                len(bare),
                kept("1 session is without samples and originals. Import the files again, then repair."),
                kept(
                    "{n:,} sessions are without samples and originals. Import the files again, then repair."
                ),
            )
            self._findings.append(Finding("sessions", "samples", what, IMPORT, sessions=tuple(sorted(bare))))
        if self.outdated:
            what = counted(
                len(self.outdated),
                kept("1 session is read otherwise by this version of the program; nothing is damaged."),
                kept("{n:,} sessions are read otherwise by this version of the program; nothing is damaged."),
            )
            self._say("reading", "sessions", what, harm=False, sessions=tuple(sorted(self.outdated)))
        older = defaultdict(list)
        for session, row in self.kept.items():
            if row["metrics_version"] != METRICS_VERSION:
                older[row["metrics_version"]].append(session)
        self.outdated |= {name for sessions in older.values() for name in sessions} & set(self.plans)
        for made, sessions in sorted(older.items()):
            what = counted(
                len(sessions),
                kept("1 session is measured by version {made} of the metrics; now it is {now}."),
                kept("{n:,} sessions are measured by version {made} of the metrics; now it is {now}."),
                made=made, now=METRICS_VERSION,
            )  # fmt: skip
            self._say("reading", "sessions", what, harm=False, sessions=tuple(sorted(sessions)))
        self._without_original()

    def _without_original(self) -> None:
        """Name the files of which recordings are in and no original is kept any more."""
        stored = {row["sha256"] for row in self.files if row["original"] is not None}
        told: set[str] = set()
        for row in self.files:
            if row["sessions"] and row["sha256"] not in stored | told:
                told.add(row["sha256"])
                what = kept("The original of {source} was lost.", source=row["source"])
                found = Finding(
                    "original", row["source"], f"{what} {_AGAIN}", IMPORT, sessions=self._sessions_of(row)
                )
                self._findings.append(found)

    def _say(
        self, kind: str, where: str, what: str, *, harm: bool = True, sessions: tuple[str, ...] = ()
    ) -> None:
        self._findings.append(Finding(kind, where, what, REPAIR, harm=harm, sessions=sessions))


def _is_alone(plan: Plan) -> bool:
    return len(plan.originals) == 1 and not plan.choice.columns
