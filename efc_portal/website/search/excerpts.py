"""Where the words of a search stand in a result: text in, marked HTML out. The text is data and never markup."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from efc_portal.website.search.words import HIT_BEGINS, HIT_ENDS, PIECE_ENDS, parted, unaccented

MARKS = {"start_sel": HIT_BEGINS, "stop_sel": HIT_ENDS}
PIECES = {**MARKS, "max_words": 28, "min_words": 12, "max_fragments": 2, "fragment_delimiter": PIECE_ENDS}
_BOUNDARY = re.compile(f"[{HIT_BEGINS}{HIT_ENDS}]")


def compared(text: str) -> str:
    """The form of a text in which PostgreSQL looks for words. Places in it are places in the text."""
    return unaccented(parted(text))


def has_hits(marked: str) -> bool:
    return HIT_BEGINS in marked


def marked_html(text: str, marked: str) -> SafeString:
    """The pieces that PostgreSQL chose and marked in the compared form, as the text itself writes them."""
    form = compared(text)
    return format_html_join(" … ", "{}", ((_piece(piece, text, form),) for piece in marked.split(PIECE_ENDS)))


def _piece(piece: str, text: str, form: str) -> SafeString:
    parts = _BOUNDARY.split(piece)  # before a hit, the hit, between hits, the next hit, and so on
    at = form.find("".join(parts))
    html, end = [], at
    for number, part in enumerate(parts):
        begin, end = end, end + len(part)
        own = part if at < 0 else text[begin:end]
        html.append(format_html("<mark>{}</mark>", own) if number % 2 else escape(own))
    return mark_safe("".join(html))  # noqa: S308  each part is escaped
