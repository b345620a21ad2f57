"""Bringing recordings in: begin an import, send its pieces, have it taken in, hear what came of it, take it back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from ninja import File, Form, Query, UploadedFile
from pydantic import Field

from evengait.actions.report_import import import_document
from evengait.core.errors import UsageError
from evengait.core.import_job import JOB_KINDS, JOB_STATES, ImportJob
from evengait.storage.home import runner_folder
from evengait.storage.records.import_jobs import job as find_job
from evengait.storage.records.import_jobs import jobs_of
from evengait.web.api.interface import given, listed, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.shapes import Asked, Page, Text, Told
from evengait.web.imports.upload import begin_upload, hand_over, take_back, take_pieces

router = room("Imports")


class NewImport(Asked):
    """What will be sent."""

    label: Annotated[
        Text, Field(min_length=1, max_length=120, description="A file's name, or how many they are.")
    ]
    size: Annotated[int, Field(ge=0, le=2**50, description="Bytes in all.")]


class Place(Asked):
    """Where a piece belongs."""

    path: Annotated[
        str, Field(min_length=1, max_length=1000, description="The file's name, with its folders.")
    ]
    offset: Annotated[int, Field(ge=0, le=2**50, description="Where in the file the piece begins.")]


class Received(Told):
    """How many bytes have come."""

    received: int


class FileOfImport(Told):
    """One file that was looked at."""

    source: str
    verdict: str
    reason: str | None
    session: str | None


class Report(Told):
    """What came of an import, as `evengait import --json` prints it."""

    batch: str
    counts: dict[str, int]
    files: list[FileOfImport]
    bytes: int
    seconds: float


class Import(Told):
    """An import, or the taking back of one."""

    id: UUID
    kind: Annotated[str, Field(json_schema_extra={"enum": list(JOB_KINDS)})]
    state: Annotated[str, Field(json_schema_extra={"enum": list(JOB_STATES)})]
    bytes_expected: int
    bytes_received: int
    files_done: int
    files_total: int
    sessions: int
    batch: str | None
    reason: str | None
    started_at: datetime | None


class ImportInFull(Import):
    """An import with its report, null until it is done."""

    report: Report | None


@operation(router, "GET", "/imports", scope="read:training", gives=list[Import])
def list_imports(request: ApiRequest, page: Query[Page]) -> HttpResponse:
    """List the imports of this desk, latest first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    return listed(request, jobs_of(request.runner.id), page, _document)


@operation(router, "POST", "/imports", scope="write:imports", gives=Import, status=201)
def begin_import(request: ApiRequest, told: NewImport) -> HttpResponse:
    """Begin an import; then send its files, in pieces of 8 MB or less, and say that everything has come."""
    if told.size > settings.UPLOAD_LIMIT:
        raise Refused(
            413, f"This desk takes {settings.UPLOAD_LIMIT // 1024**3} GB at once. Send it in parts."
        )
    return given(_document(begin_upload(request.runner.id, told.label, told.size)), 201)


@operation(router, "POST", "/imports/{uuid:job}/pieces", scope="write:imports", gives=Received, also=(409,))
def send_piece(request: ApiRequest, job: UUID, place: Form[Place], piece: File[UploadedFile]) -> HttpResponse:
    """Send a piece of a file. Sent again, a piece counts once."""
    upload = _job(request, job)
    if upload.state != "receiving":
        raise Refused(409, "This import is closed. Begin another.")
    return given({"received": take_pieces(upload, [(place.path, place.offset, piece)])})


@operation(router, "POST", "/imports/{uuid:job}/complete", scope="write:imports", gives=Import, status=202)
def complete_import(request: ApiRequest, job: UUID) -> HttpResponse:
    """Say that everything has come. The desk takes it in, in the background; saying it twice is saying it once."""
    hand_over(_job(request, job).id)
    return given(_document(_job(request, job)), 202)


@operation(router, "GET", "/imports/{uuid:job}", scope="read:training", gives=ImportInFull)
def read_import(request: ApiRequest, job: UUID) -> HttpResponse:
    """Read how far an import is, and once it is done what came of it, file by file."""
    told = _job(request, job)
    report = None
    if told.kind != "undo" and not told.unfinished and told.batch:
        report = import_document(runner_folder(settings.HOME, request.runner.name), told)
    return given(_document(told) | {"report": report})


@operation(
    router, "POST", "/imports/{uuid:job}/undo", scope="write:imports", gives=Import, status=202, also=(409,)
)
def undo_import(request: ApiRequest, job: UUID) -> HttpResponse:
    """Take an import back, whole, in the background; answers with the import that does it."""
    told = _job(request, job)
    if not told.batch or told.kind == "undo":
        raise Refused(409, "This import brought nothing in that could be taken back.")
    return given(_document(take_back(request.runner.id, told.batch)), 202)


def _job(request: ApiRequest, job: UUID) -> ImportJob:
    try:
        return find_job(request.runner.id, job)
    except UsageError:
        raise Http404 from None


def _document(job: ImportJob) -> dict[str, Any]:
    """Return an import without its label, which is a file's name."""
    started = job.started_at.isoformat() if job.started_at else None
    return {
        "id": str(job.id), "kind": job.kind, "state": job.state, "bytes_expected": job.bytes_expected,
        "bytes_received": job.bytes_received, "files_done": job.files_done, "files_total": job.files_total,
        "sessions": job.sessions, "batch": job.batch or None, "reason": job.reason or None, "started_at": started,
    }  # fmt: skip
