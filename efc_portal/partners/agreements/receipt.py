"""The receipt of a countersigned acceptance: a tagged PDF (PDF/UA-1), made of what the database keeps for good."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from efc_portal.core.errors import Conflict
from efc_portal.core.paper.glyphs import FONTS, drawable_all
from efc_portal.partners.models import Acceptance

SOURCE = Path(__file__).with_name("receipt.typ")


def receipt_pdf(acceptance: Acceptance) -> bytes:
    """The receipt in the active language. Raises `Conflict` before the acceptance is countersigned."""
    signed = acceptance.countersigned_at
    if signed is None:
        raise Conflict(_("There is a receipt once the secretariat has countersigned."))
    data = _data(acceptance)
    try:
        return _set(drawable_all(data), signed)
    except typst.TypstError:  # a letter and its mark may be in no one typeface together: without such marks, then
        return _set(drawable_all(data, strict=True), signed)


def _set(data: object, at: datetime) -> bytes:
    pdf = typst.compile(
        str(SOURCE),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes)  # one document, not a list of pages
    return pdf


def _data(acceptance: Acceptance) -> dict[str, Any]:
    version = acceptance.version
    return {
        "language": get_language() or "en",
        "reference": acceptance.reference,
        "words": {
            "coalition": _("European Financial Coalition"),
            "title": _("Receipt of acceptance"),
            "note": _(
                "Made by the portal of the coalition from its records. The SHA-256 of the text is that of its "
                "characters in UTF-8; whoever has the text, or the PDF, can compute it and compare."
            ),
        },
        "sentence": _(
            "%(party)s has accepted version %(number)s of “%(title)s”, and the coalition has countersigned it."
        )
        % {"party": acceptance.party, "number": version.number, "title": version.title},
        "parts": [
            _part(
                _("What was accepted"),
                (_("Reference"), acceptance.reference),
                (_("Title"), version.title),
                (_("Version"), str(version.number)),
                (_("Published"), _time(version.published_at)),
                (_("SHA-256 of the text"), acceptance.sha256),
                (_("SHA-256 of the PDF"), version.sha256),
            ),
            _part(
                _("By whom"),
                (_("Party"), acceptance.party),
                (_("Signatory"), acceptance.signatory_name),
                (_("Function"), acceptance.signatory_title),
                (_("E-mail address"), acceptance.signatory_email),
                (_("Accepted"), _time(acceptance.accepted_at)),
                (_("How it was shown who it was"), _way(acceptance)),
            ),
            _part(
                _("For the coalition"),
                (_("Countersigned by"), str(acceptance.countersigned_by)),
                (_("Countersigned"), _time(acceptance.countersigned_at)),
            ),
        ],
    }


def _part(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    shown = [{"label": label, "value": value, "hash": len(value) == 64} for label, value in rows if value]
    return {"title": title, "rows": shown}


def _way(acceptance: Acceptance) -> str:
    if acceptance.user_id:
        return _("Signed in to the portal, and a second factor shown again for this step")
    return _("A one-time link and a one-time code, both sent to this address")


def _time(at: datetime | None) -> str:
    """In words, with the exact time in UTC."""
    if at is None:
        return ""
    local = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return f"{local} ({at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ})"


def receipt_name(acceptance: Acceptance) -> str:
    return f"{acceptance.reference}.pdf"
