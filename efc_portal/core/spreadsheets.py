"""Text in files that spreadsheets open."""

from __future__ import annotations

import re

# What starts a formula in Excel, LibreOffice or Google Sheets, also in full width and after blanks or control
# characters (OWASP, CSV injection); a leading apostrophe too, so that taking one away always gives the value back.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f-\x9f]*['=+\-@\t\r\uff0b\uff0d\uff1d\uff20\u2212]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def cell(text: str) -> str:
    """`text` on one line, without control characters, and never a formula: that gets an apostrophe before it."""
    formula = _FORMULA.match(text)
    text = _CONTROL.sub(" ", text)
    return f"'{text}" if formula else text
