"""An upload on its way: begun, received piece by piece, handed to the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from evengait.storage.records.import_jobs import begin_job, change_job, forget_job
from evengait.storage.uploads import discard, receive, upload_folder
from evengait.web.imports.tasks import bring_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from evengait.core.import_job import ImportJob


def begin_upload(runner: UUID, label: str, size: int) -> ImportJob:
    """Make room for an upload and return it."""
    upload = begin_job(runner, "upload", "receiving", label=label, bytes_expected=size)
    upload_folder(settings.HOME, upload.id).mkdir(mode=0o700, parents=True)
    return upload


def take_pieces(upload: ImportJob, pieces: list[tuple[str, int, UploadedFile[Any]]]) -> int:
    """Write pieces where they belong and return how many bytes have come in all.

    Raises
    ------
    UsageError
        A name, a gap, a full disk: see ``storage/uploads.py``.
    """
    folder = upload_folder(settings.HOME, upload.id)
    new = sum(receive(folder, path, offset, piece.chunks()) for path, offset, piece in pieces)
    have = upload.bytes_received + new
    change_job(upload.id, only_in=("receiving",), bytes_received=have)
    return have


def hand_over(job: UUID) -> None:
    """Everything has come: leave it to the worker; saying it twice is saying it once."""
    with transaction.atomic():
        if change_job(job, only_in=("receiving",), state="waiting"):
            bring_in.enqueue(str(job))


def take_back(runner: UUID, batch: str) -> ImportJob:
    """Have the worker take an import back, whole."""
    with transaction.atomic():
        job = begin_job(runner, "undo", "waiting", batch=batch)
        bring_in.enqueue(str(job.id))
    return job


def give_up(runner: UUID, upload: ImportJob) -> None:
    """Drop an upload that is not complete."""
    if change_job(upload.id, only_in=("receiving",), state="failed"):
        discard(upload_folder(settings.HOME, upload.id))
        forget_job(runner, upload.id)
