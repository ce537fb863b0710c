"""Reading documents for search: the rows of `DocumentText` are the list of what is to do, the broker only wakes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from efc_portal.website.enums import ReadingStatus
from efc_portal.website.models import DocumentText, PublicDocument
from efc_portal.website.search.pdf import BROKEN, Reading, pdf_read
from efc_portal.website.search.services import search_document_write

ATTEMPTS = 3  # of a file that each time takes the worker with it
CLAIMED = timedelta(minutes=2)  # longer than reading may take


@transaction.atomic
def document_text_want(*, document: PublicDocument) -> None:
    """Note that a document's file is to be read, unless it was; a worker is woken after the commit."""
    if not is_pdf(document):
        DocumentText.objects.filter(document=document).delete()
        return
    if DocumentText.objects.filter(document=document, file=document.file.name).exists():
        return
    DocumentText.objects.update_or_create(
        document=document,
        defaults={
            "file": document.file.name,
            "status": ReadingStatus.WAITING,
            "attempts": 0,
            "due_at": timezone.now(),
            "pages": 0,
            "text": "",
        },
    )
    from efc_portal.website.tasks import document_read

    transaction.on_commit(partial(document_read.delay, document.pk), robust=True)  # without a broker, the sweep comes


def is_pdf(document: PublicDocument) -> bool:
    return document.file_extension.lower() == "pdf"


def documents_unknown() -> QuerySet[PublicDocument]:
    """Documents whose present file nobody has noted yet."""
    return PublicDocument.objects.filter(file__iendswith=".pdf").exclude(reading__file=F("file"))


def documents_due() -> QuerySet[DocumentText]:
    return DocumentText.objects.filter(status=ReadingStatus.WAITING, due_at__lte=timezone.now()).order_by("due_at")


def document_text_read(*, document_id: int) -> bool:
    """Read a document that waits for it, if nobody else does; whether it was read now."""
    claimed = documents_due().filter(document_id=document_id)
    if not claimed.order_by().update(attempts=F("attempts") + 1, due_at=timezone.now() + CLAIMED):
        return False
    waiting = DocumentText.objects.select_related("document").get(document_id=document_id)
    reading = BROKEN if waiting.attempts > ATTEMPTS else _read(waiting.document)
    return _keep(waiting, reading)


def _read(document: PublicDocument) -> Reading:
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return BROKEN
    return pdf_read(content)


@transaction.atomic
def _keep(waiting: DocumentText, reading: Reading) -> bool:
    """Keep what was read, if the document still has the file it was read from."""
    mine = DocumentText.objects.filter(pk=waiting.pk, file=waiting.file, status=ReadingStatus.WAITING)
    if not mine.update(status=reading.status, pages=reading.pages, text=reading.text):
        return False
    search_document_write(document=waiting.document)
    return True
