"""PDF documents: parsed whole, and refused when they hold anything but text and drawn lines."""

from __future__ import annotations

import io
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext_lazy as _
from pikepdf.settings import set_qpdf_limits

from efc_portal.core.content.encoding import chunks
from efc_portal.core.content.limits import Deadline
from efc_portal.core.content.pdf.envelope import MAX_STREAM, envelope_check
from efc_portal.core.content.pdf.objects import objects_check
from efc_portal.core.content.pdf.pages import pages_check
from efc_portal.core.content.pdf.refusals import damaged
from efc_portal.core.content.refusals import PRINT_TO_PDF, Reason, RefusedContent

# qpdf's own limits, for the whole process: what a PDF may make it hold in memory.
set_qpdf_limits(
    flate_max_memory=MAX_STREAM,
    run_length_max_memory=MAX_STREAM,
    png_max_memory=MAX_STREAM,
    tiff_max_memory=MAX_STREAM,
    parser_max_container_size=1_000_000,
    max_stream_filters=2,
    doc_max_warnings=1_000,
)

# Any value in a damaged or hostile document may be of another type or size than the standard says.
_WRONG_TYPES = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)


def check(stream: BinaryIO, deadline: Deadline) -> None:
    """Refuse the document unless every object and every page of it is proven."""
    data = b"".join(chunks(stream))
    envelope_check(data, deadline)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise _protected()
            _single_version_check(pdf, data)
            objects_check(pdf, deadline)
            pages_check(pdf, deadline)
    except pikepdf.PasswordError as error:
        raise _protected() from error
    except (pikepdf.PikepdfError, *_WRONG_TYPES) as error:
        raise damaged() from error


def _single_version_check(pdf: pikepdf.Pdf, data: bytes) -> None:
    """Refuse a file that was changed by appending: what was changed or removed is still in it, and nobody checks it."""
    in_use = [entry.offset for entry in pdf.get_xref_table().values() if entry.type == 1]
    versions = data.count(b"startxref") - (1 if pdf.is_linearized else 0)
    if versions > 1 or ("/Prev" in pdf.trailer and not pdf.is_linearized) or not in_use:
        raise RefusedContent(
            Reason.EARLIER_VERSION,
            _("“%(file)s” was changed after it was made, and still holds its earlier version, also what was removed."),
            PRINT_TO_PDF,
        )


def _protected() -> RefusedContent:
    return RefusedContent(
        Reason.ENCRYPTED,
        _("“%(file)s” is protected, so the portal cannot check it."),
        _(
            "Save it without a password or restrictions, for instance by printing it to PDF, and attach this: the "
            "portal encrypts every attachment itself."
        ),
    )
