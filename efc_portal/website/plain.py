"""What people type or paste, without the characters that nobody sees and that XML, calendars and PostgreSQL refuse."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_BREAKS = str.maketrans("\x0b\x0c", "  ")  # a soft line break and a page break, as word processors paste them


def plain(text: str) -> str:
    """Text without control characters; tabs and ends of lines stay."""
    return _UNSEEN.sub("", text).translate(_BREAKS)


def plain_throughout(value: Any) -> Any:
    """The same for every text within lists and dictionaries."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [plain_throughout(one) for one in value]
    if isinstance(value, dict):
        return {name: plain_throughout(one) for name, one in value.items()}
    return value


def plain_form(data: Any) -> Any:
    """What a browser sent, the same with each of its values."""
    if not isinstance(data, QueryDict):
        return plain_throughout(data)
    made = data.copy()
    for name, values in data.lists():
        made.setlist(name, plain_throughout(values))
    return made


def year_read(text: str) -> int | None:
    """A year of four digits as addresses carry it; None when it is none."""
    return int(text) or None if len(text) == 4 and text.isascii() and text.isdigit() else None
