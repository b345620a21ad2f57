"""What the browser may send: the beginning of an upload, a piece of it, a batch to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.uploads import MOST_FILES, inner_path

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PIECE_BYTES = 8 * 1024**2
MOST_IN_A_PIECE = 200


class BeginForm(forms.Form):
    """An upload in pieces, before its first: how much will come."""

    label = forms.CharField(max_length=120)
    count = forms.IntegerField(min_value=1, max_value=MOST_FILES)
    size = forms.IntegerField(min_value=0)

    def clean_size(self) -> int:
        """Refuse more than this desk takes at once."""
        size: int = self.cleaned_data["size"]
        if size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                say(
                    "This desk takes {upload_limit} GB at once. Send it in parts.",
                    upload_limit=settings.UPLOAD_LIMIT // 1024**3,
                )
            )
        return size


class PieceForm(forms.Form):
    """Pieces of files: ``path`` and ``offset`` once for each of ``piece``."""

    def pieces(self) -> list[tuple[str, int, UploadedFile[Any]]]:
        """Return name, offset and content of each piece; empty where the lists do not fit together."""
        data: Any = self.data
        paths, offsets = data.getlist("path"), data.getlist("offset")
        files: list[UploadedFile[Any]] = self.files.getlist("piece")
        fits = len(paths) == len(offsets) == len(files) and 0 < len(files) <= MOST_IN_A_PIECE
        if not fits or not all(offset.isascii() and offset.isdigit() for offset in offsets):
            return []
        return list(zip(paths, map(int, offsets), files, strict=True))


class WholeForm(forms.Form):
    """Files sent whole by a browser without scripts."""

    def whole(self) -> list[UploadedFile[Any]]:
        """Return the files, each with a name that can be taken."""
        files: list[UploadedFile[Any]] = self.files.getlist("piece")
        try:
            for file in files:
                inner_path(file.name or "")
        except UsageError:
            return []
        return files


class UndoForm(forms.Form):
    """An import to take back."""

    batch = forms.RegexField(r"^[\w-]{1,64}$")
