"""A report as a record for reference managers: BibTeX and RIS. Text is data there: what has a meaning is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from efc_portal.website.plain import plain

if TYPE_CHECKING:
    from efc_portal.website.models import ReportPage

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


def citation_answer(page: ReportPage, file: str) -> HttpResponse | None:
    """The record under the name of its file; None when there is no such file."""
    if file == "citation.bib":
        content, kind = bibtex(page), "application/x-bibtex"
    elif file == "citation.ris":
        content, kind = ris(page), "application/x-research-info-systems"
    else:
        return None
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.slug}.{file.rpartition(".")[2]}"'
    return answer


def bibtex(page: ReportPage) -> str:
    """The report as a BibTeX entry, in UTF-8. Double braces keep capitals, and an organisation in one piece."""
    coalition = _(settings.WAGTAIL_SITE_NAME)
    fields = {
        "author": f"{{{_tex(coalition)}}}",
        "title": f"{{{_tex(page.title)}}}",
        "institution": _tex(coalition),
        "type": _tex(str(page.get_kind_display())),
        "edition": _tex(page.edition),
        "year": str(page.date.year),
        "month": str(page.date.month),
        "url": permanent_address(page),
        "langid": page.locale.language_code,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@techreport{efc" + f"{page.date.year}-{page.short_id},\n" + ",\n".join(lines) + "\n}\n"


def ris(page: ReportPage) -> str:
    """The report as a RIS record: one tag a line, lines ended by CR and LF."""
    coalition = _(settings.WAGTAIL_SITE_NAME)
    fields = [
        ("TY", "RPRT"),
        ("AU", coalition),
        ("TI", page.title),
        ("PB", coalition),
        ("PY", str(page.date.year)),
        ("DA", page.date.strftime("%Y/%m/%d")),
        ("ET", page.edition),
        ("M3", str(page.get_kind_display())),
        ("AB", page.summary),
        ("LA", page.locale.language_code),
        ("UR", permanent_address(page)),
        ("ID", page.short_id),
    ]
    lines = [f"{tag}  - {' '.join(plain(value).split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def permanent_address(page: ReportPage) -> str:
    return f"{settings.PORTAL_URL}{page.permanent_path}"


def _tex(text: str) -> str:
    return " ".join(plain(text).split()).translate(_TEX)
