"""Where the words of a search stand in a result: text in, marked HTML out. The text is data and never markup."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from efc_portal.website.search.words import HIT_BEGINS, HIT_ENDS, PIECE_ENDS, parted, unaccented

_BOUNDARY = re.compile(f"[{HIT_BEGINS}{HIT_ENDS}]")


def compared(text: str) -> str:
    """The form of a text in which PostgreSQL looks for words. Places in it are places in the text."""
    return unaccented(parted(text))


def has_hits(marked: str) -> bool:
    return HIT_BEGINS in marked


def marked_html(text: str, marked: str) -> SafeString:
    """The pieces that PostgreSQL chose and marked in the compared form, as the text itself writes them."""
    form = compared(text)
    pieces = marked.split(PIECE_ENDS)
    before = "" if form.startswith(_plain(pieces[0])) else "… "
    after = "" if form.endswith(_plain(pieces[-1])) else " …"
    between = format_html_join(" … ", "{}", ((_piece(piece, text, form),) for piece in pieces))
    return format_html("{}{}{}", before, between, after)


def _plain(piece: str) -> str:
    return _BOUNDARY.sub("", piece)


def _piece(piece: str, text: str, form: str) -> SafeString:
    at = form.find(_plain(piece))
    html, end = [], at
    for number, part in enumerate(_BOUNDARY.split(piece)):  # before a hit, the hit, between hits, the next hit, …
        begin, end = end, end + len(part)
        own = part if at < 0 else text[begin:end]
        html.append(format_html("<mark>{}</mark>", own) if number % 2 else escape(own))
    return mark_safe("".join(html))  # noqa: S308  each part is escaped
