"""Taking a large file in: sealed as it arrives, in constant memory, without a temporary file.

Django's own handlers would write a large file to a temporary folder in the clear. This one hands each piece to a
thread that seals and stores it; what the request's thread receives faster waits in a short queue.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext_lazy as _

from efc_portal.core.blobs import Blob, blob_delete, blob_write
from efc_portal.core.errors import ApplicationError
from efc_portal.core.models import DataKey
from efc_portal.intake.door import Door

_PIECES = 16  # waiting, of 64 KiB each
FIELD = "file"


class SealedFile(UploadedFile):
    """What the form gets: a file that is stored already. `error` says why it is not."""

    blob: Blob | None = None
    truncated = 0
    error: ApplicationError | None = None


class SealingHandler(FileUploadHandler):
    """Seals the field `file` under a data key for the object `pk`. Other files are not taken.

    Whoever uses it calls `discard` in the end: a blob that nobody has taken over is removed.
    """

    chunk_size = 64 * 1024

    def __init__(self, *, data_key: DataKey, limit: int, pk: UUID | None = None) -> None:
        super().__init__()
        self.data_key, self.limit, self.pk = data_key, limit, pk or uuid4()
        self.context = f"intake:{self.pk}"
        self.stored: SealedFile | None = None
        self._taken = False
        self._worker: _Sealing | None = None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name == FIELD and self._worker is None:
            self._worker = _Sealing(self.data_key, self.context)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._worker is None or self.field_name != FIELD:
            return
        if start + len(raw_data) > self.limit:
            self._worker.fail(
                ApplicationError(
                    _("The file is larger than %(limit)s MB. Split it, and send the parts one by one."),
                    limit=self.limit // (1024 * 1024),
                )
            )
            raise StopUpload(connection_reset=False)
        self._worker.feed(raw_data)

    def file_complete(self, file_size: int) -> SealedFile | None:
        if self._worker is None or self.field_name != FIELD or self.stored is not None:
            return None
        made = SealedFile(file=None, name=self.file_name, size=file_size)
        made.blob, made.error = self._worker.ended()
        made.truncated = self._worker.door.truncated
        self.stored = made
        return made

    def upload_interrupted(self) -> None:
        if self._worker is not None:
            self._worker.fail(ApplicationError(_("The file did not arrive whole. Send it again.")))

    @property
    def refusal(self) -> ApplicationError | None:
        """Why there is no file, when one was sent."""
        return self._worker.error if self._worker is not None else None

    def taken(self) -> None:
        """The blob has its row."""
        self._taken = True

    def discard(self) -> None:
        """Remove what was stored and has no row."""
        if self._worker is None:
            return
        if self.stored is None:
            self._worker.fail(ApplicationError(_("The file did not arrive whole. Send it again.")))
        blob, _error = self._worker.ended()
        if blob is not None and not self._taken:
            blob_delete(blob.name)


class _Sealing:
    """The thread that stores one file."""

    def __init__(self, data_key: DataKey, context: str) -> None:
        self.door = Door()
        self.blob: Blob | None = None
        self.error: ApplicationError | None = None
        self._crash: BaseException | None = None
        self._pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(_PIECES)
        self._over = False
        self._plain = data_key.plain  # unwrapped here: the thread asks no database and no key provider
        self._thread = threading.Thread(target=self._run, args=(data_key, context), daemon=True)
        self._thread.start()

    def feed(self, piece: bytes) -> None:
        self._put(piece)

    def fail(self, error: ApplicationError) -> None:
        if not self._over:
            self._over = True
            self._put(error)
            self._thread.join()

    def ended(self) -> tuple[Blob | None, ApplicationError | None]:
        if not self._over:
            self._over = True
            self._put(None)
            self._thread.join()
        if self._crash is not None:
            raise self._crash
        return self.blob, self.error

    def _put(self, piece: bytes | BaseException | None) -> None:
        """Wait for room, but not for a thread that has ended: what it refused needs no more pieces."""
        while self._thread.is_alive():
            try:
                self._pieces.put(piece, timeout=0.2)
            except queue.Full:
                continue
            return

    def _arriving(self) -> Iterator[bytes]:
        while (piece := self._pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def _run(self, data_key: DataKey, context: str) -> None:
        try:
            self.blob = blob_write(self.door.kept(self._arriving()), data_key=data_key, context=context)
        except ApplicationError as error:
            self.error = error
        except BaseException as error:
            self._crash = error
