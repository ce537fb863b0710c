"""The sentences about PDF documents. `page` counts from one; without it the whole document is meant."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import (
    CARD_NUMBERS,
    NO_MEDIA,
    PRINT_TO_PDF,
    Reason,
    RefusedContent,
    shown,
)


def picture(page: int | None = None) -> RefusedContent:
    says = _("Page %(page)s of “%(file)s” holds a picture.") if page else _("“%(file)s” holds a picture.")
    return RefusedContent(
        Reason.PICTURE_INSIDE,
        says,
        _(
            "Save it again without pictures and logos, for instance by printing it to PDF without them; a scanned page "
            "is a picture too. Or copy the text into a TXT file."
        ),
        NO_MEDIA,
        page=page,
    )


def file_inside(page: int | None = None, what: str = "") -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” holds another file.")
        if page
        else _("“%(file)s” holds another file (%(what)s).")
        if what
        else _("“%(file)s” holds another file.")
    )
    return RefusedContent(
        Reason.FILE_INSIDE,
        says,
        _("Remove it, or print the document to PDF, and attach this; attach the other file by itself if it matters."),
        page=page,
        what=shown(what),
    )


def media(page: int | None) -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” holds a recording, a film or a model.")
        if page
        else _("“%(file)s” holds a recording, a film or a model.")
    )
    return RefusedContent(Reason.FILE_INSIDE, says, PRINT_TO_PDF, NO_MEDIA, page=page)


def active(page: int | None, what: object) -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” holds a script or an action (%(what)s).")
        if page
        else _("“%(file)s” holds a script or an action (%(what)s).")
    )
    return RefusedContent(Reason.ACTIVE, says, PRINT_TO_PDF, page=page, what=shown(what))


def linked(page: int | None, what: object) -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” points to another file (%(what)s).")
        if page
        else _("“%(file)s” points to another file (%(what)s).")
    )
    return RefusedContent(Reason.LINKED, says, PRINT_TO_PDF, page=page, what=shown(what))


def not_text(page: int | None = None) -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” is stored in a way that the portal cannot read.")
        if page
        else _("A part of “%(file)s” is stored in a way that the portal cannot read.")
    )
    return RefusedContent(Reason.UNKNOWN, says, PRINT_TO_PDF, page=page)


def damaged() -> RefusedContent:
    return RefusedContent(Reason.MALFORMED, _("“%(file)s” is a damaged PDF."), PRINT_TO_PDF)


def card_number(page: int | None = None) -> RefusedContent:
    says = (
        _("Page %(page)s of “%(file)s” holds a full card number.")
        if page
        else _("The properties, fields, notes or bookmarks of “%(file)s” hold a full card number.")
    )
    return RefusedContent(Reason.CARD_NUMBER, says, CARD_NUMBERS, page=page)
