"""XML as an attachment: proven well-formed, with card numbers truncated on the way. Memory stays flat.

The text goes through two readers at once. expat, guarded, proves it; a small tokeniser beside it tells character
data, attribute values and markup apart, so that a card number is truncated where it is data, also when it is written
with character references, and every other byte stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.cards import Cards, has_card_number
from efc_portal.core.content.embedded import RUN, hidden_in, refusal
from efc_portal.core.content.guarded_xml import MalformedXml, XmlReader, foreign_markup
from efc_portal.core.content.limits import MAX_TOKEN, Deadline
from efc_portal.core.content.refusals import CARD_NUMBERS, Reason, RefusedContent

_DECLARED = re.compile(r"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^<>\"'!?](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>", re.DOTALL
)
_VALUE = re.compile(r"""(=\s*)(?:"([^"<]*)"|'([^'<]*)')""")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_QUOTES = {'"': "&quot;", "'": "&apos;"}


def declared_encoding(head: str) -> str | None:
    """The encoding that an XML declaration names, in lower case."""
    found = _DECLARED.match(head)
    return found.group(1).lower() if found else None


def rewritten(text: Iterable[str], cards: Cards, deadline: Deadline) -> Iterator[str]:
    """The same XML with card numbers truncated; raises `RefusedContent` (malformed) where it is not well-formed."""
    reader = XmlReader(_Root(), deadline, encoding="utf-8")
    tokens = _Tokens(cards)
    try:
        for chunk in text:
            reader.feed(chunk.encode())
            yield tokens.feed(chunk)
        reader.close()
    except MalformedXml as error:
        raise RefusedContent(
            Reason.MALFORMED,
            _("“%(file)s” stops being XML at line %(line)s, column %(column)s (%(what)s)."),
            _("Mend it there, or export it again, and attach it."),
            line=error.line,
            column=error.column,
            what=str(error),
        ) from error
    yield tokens.close()


class _Root:
    """Looks at the outermost element: pictures and pages also come without their namespace."""

    def __init__(self) -> None:
        self._seen = False

    def start(self, name: str, _attributes: list[str]) -> None:
        if not self._seen:
            self._seen = True
            local = name.rpartition("}")[2].lower()
            if local in ("svg", "html"):
                raise foreign_markup(local.upper())

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Tokens:
    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._rest = ""

    def feed(self, chunk: str) -> str:
        text = self._rest + chunk
        parts: list[str] = []
        position = 0
        while (less := text.find("<", position)) >= 0:
            if (markup := _MARKUP.match(text, less)) is None:
                break
            parts += (self._data(text[position:less]), self._markup(markup.group(0)))
            position = markup.end()
        self._rest = text[position:]
        if len(self._rest) > MAX_TOKEN:
            raise RefusedContent(
                Reason.TOO_COMPLEX,
                _("“%(file)s” has a value or a tag of more than a million characters."),
                _("Split it into several, and attach the file again."),
            )
        return "".join(parts)

    def close(self) -> str:
        return self._data(self._rest)

    def _markup(self, markup: str) -> str:
        if len(markup) <= 12:
            return markup
        if markup.startswith(("<!", "<?")):
            return self._cards.cut(markup)
        if "&" not in markup and not has_card_number(markup):
            return markup
        rewritten = _VALUE.sub(self._attribute, markup)
        if has_card_number(_VALUE.sub("=", rewritten)):
            raise RefusedContent(
                Reason.CARD_NUMBER, _("The name of a tag in “%(file)s” holds a full card number."), CARD_NUMBERS
            )
        return rewritten

    def _attribute(self, found: re.Match[str]) -> str:
        quote, value = ('"', found.group(2)) if found.group(2) is not None else ("'", found.group(3))
        return f"{found.group(1)}{quote}{self._data(value)}{quote}"

    def _data(self, data: str) -> str:
        if len(data) < 13:
            return data
        escaped = "&" in data
        plain = _REFERENCE.sub(_referred, data) if escaped else data
        if escaped and len(plain) >= RUN and (found := hidden_in(plain)) is not None:
            raise refusal(found[1])
        before = self._cards.count
        cut = self._cards.cut(plain)
        if self._cards.count == before:
            return data
        return escape(cut, _QUOTES) if escaped else cut


def _referred(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
