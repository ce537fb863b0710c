"""Why an attachment is refused, and the sentences that say it."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans


class Reason(StrEnum):
    """What was wrong, for the audit record and for tests. People read the sentence instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"  # decompression bombs, endless nesting, more work than the door does
    NAME = "name"  # the name's ending and the content disagree
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    ARCHIVE = "archive"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    RICH_TEXT = "rich_text"
    MAIL = "mail"
    OFFICE = "office"  # an office document other than XLSX
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"  # not proven to be one of the six kinds
    ENCODING = "encoding"
    CONTROL = "control"
    MALFORMED = "malformed"
    PICTURE_INSIDE = "picture_inside"
    FILE_INSIDE = "file_inside"
    ACTIVE = "active"  # macros, scripts, actions, DDE
    LINKED = "linked"  # data that is fetched from elsewhere
    POLYGLOT = "polyglot"  # bytes that belong to no part of the format
    DTD = "dtd"  # XML that declares a document type or entities
    EARLIER_VERSION = "earlier_version"  # a PDF that still holds what was changed or removed
    CARD_NUMBER = "card_number"


def _join(*sentences: object) -> str:
    return " ".join(str(sentence) for sentence in sentences)


_joined = lazy(_join, str)


class RefusedContent(ApplicationError):
    """An attachment that does not come in. `reason` is for machines, `message` for people.

    The sentences may name `%(file)s`; `inspect` fills it in.
    """

    def __init__(self, reason: Reason, *sentences: object, **params: object) -> None:
        super().__init__(_joined(*sentences), **params)
        self.reason = reason

    def about(self, filename: str) -> None:
        """Say which file the sentences speak of."""
        self.params = {**self.params, "file": filename}


NO_MEDIA = _(
    "The portal takes no pictures, videos or recordings. If it shows, or may show, the abuse of a child, do not copy "
    "it or send it to anybody: tell your national hotline or the police."
)
WRITE_IT_DOWN = _("If it shows something else that matters, write that down as text or as a table and attach this.")
SAVE_AS_CSV = _("Open it, save each sheet that matters as CSV, and attach these files.")
PRINT_TO_PDF = _(
    "Open it, print it to PDF without pictures, logos, attachments and forms, or copy the text into a TXT file, and "
    "attach this."
)
CARD_NUMBERS = _(
    "The portal keeps at most the first six and the last four digits of a card number. Replace the digits between them "
    "by asterisks and attach the file again."
)

_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SHOWN_LENGTH = 80


def shown(text: object) -> str:
    """A name taken from a file, fit to stand in a sentence: one short line, no card number, nothing invisible."""
    plain = "".join(
        character for character in str(text)[:400] if unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn")
    )
    plain, _count = truncate_pans(" ".join(_UNSHOWABLE.sub(" ", plain).split()))
    return plain if len(plain) <= _SHOWN_LENGTH else plain[: _SHOWN_LENGTH - 1] + "…"
