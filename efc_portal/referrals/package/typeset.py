"""typst, as the report uses it.

The data goes in as one JSON string that the template reads with `json()`, so no word of a submission is ever typst
source.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from efc_portal.core.paper.glyphs import FONTS, drawable_all

TEMPLATE = Path(__file__).with_name("report.typ")
LOOK = TEMPLATE.with_name("look.typ")
KEPT_DOCUMENTS = 10  # typst 0.15 drops from its cache what ten compilations did not use


@cache
def _compiler() -> typst.Compiler:
    """One compiler a process, made on first use (after a worker forked): its fonts are read once.

    System fonts are left out, so that a report looks the same wherever it is made.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


@cache
def _blank() -> typst.Compiler:
    """A compiler of an empty page: `look.typ` has definitions alone."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(input=str(LOOK), root=str(LOOK.parent), font_paths=fonts)


def _forget() -> None:
    """Empty typst's memory of the report just set.

    It keeps the laid out pieces of its last ten documents: 120 MB a process, and words that belong to one agency.
    Ten empty pages (one millisecond in all) push them out.
    """
    for _page in range(KEPT_DOCUMENTS):
        _blank().compile(format="svg")


def typeset(data: object, at: datetime) -> bytes:
    """`report.typ` filled with `data` (JSON values), as PDF/UA-1 dated `at`. Raises `typst.TypstError`."""
    try:
        return _set(drawable_all(data), at)
    except typst.TypstError:  # a letter and its mark may be in no one typeface together: without such marks, then
        return _set(drawable_all(data, strict=True), at)
    finally:
        _forget()


def _set(data: object, at: datetime) -> bytes:
    pdf = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes)  # one document, not a list of pages
    return pdf
