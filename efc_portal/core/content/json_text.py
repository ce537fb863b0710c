"""JSON (RFC 8259), proven token by token, with card numbers truncated on the way. Memory stays flat.

Stricter than most parsers: one object or array, no NaN or Infinity, no comments, bounded depth and value length. A
card number in a string is truncated inside it; one that stands as a number becomes a string, since its truncated form
is no number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from enum import Enum

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.cards import Cards, whole_number
from efc_portal.core.content.embedded import RUN, hidden_in, refusal
from efc_portal.core.content.limits import MAX_DEPTH, MAX_TOKEN
from efc_portal.core.content.refusals import Reason, RefusedContent

_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING = rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{{4}}){_PLAIN})*+'
_TOKEN = re.compile(
    rf'[ \t\n\r]*+(?:({_STRING}")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)'
    r"|(true|false|null)|([][{}:,]))"
)
# What the end of a chunk may leave unfinished.
_BEGUN = re.compile(
    rf"[ \t\n\r]*+(?:{_STRING}(?:\\(?:u[0-9A-Fa-f]{{0,3}})?)?|-?[0-9]*+(?:\.[0-9]*+)?(?:[eE][+-]?[0-9]*+)?"
    r"|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)?"
)
_STRING_GROUP, _NUMBER_GROUP = 1, 2


class _Expect(Enum):
    DOCUMENT = 0
    VALUE = 1
    VALUE_OR_END = 2
    KEY = 3
    KEY_OR_END = 4
    COLON = 5
    COMMA_OR_END = 6
    NOTHING = 7


_OPENED = {"}": "{", "]": "["}
_FIRST = {"}": _Expect.KEY_OR_END, "]": _Expect.VALUE_OR_END}
_VALUES = (_Expect.VALUE, _Expect.VALUE_OR_END)


def rewritten(text: Iterable[str], cards: Cards, *, several: bool = False) -> Iterator[str]:
    """The same JSON with card numbers truncated; raises `RefusedContent` (malformed) where it is not JSON.

    `several` takes one document after the other, as with an object a line.
    """
    scanner = _Scanner(cards, several)
    for chunk in text:
        yield scanner.feed(chunk)
    yield scanner.close()


class _Scanner:
    def __init__(self, cards: Cards, several: bool) -> None:
        self._cards, self._several = cards, several
        self._rest = ""
        self._expect = _Expect.DOCUMENT
        self._open: list[str] = []
        self._line, self._column = 1, 1  # of the beginning of _rest

    def feed(self, chunk: str) -> str:
        return self._scan(self._rest + chunk, final=False)

    def close(self) -> str:
        out = self._scan(self._rest, final=True)
        if self._expect is not _Expect.NOTHING:
            raise self._malformed("", 0)
        return out

    def _scan(self, text: str, *, final: bool) -> str:
        parts: list[str] = []
        position = copied = 0
        end = len(text)
        match = _TOKEN.match
        while (token := match(text, position)) is not None:
            group = token.lastindex or 0
            if not final and end - token.end() < 3 and _BEGUN.fullmatch(text, position):
                break  # a number or word that the next chunk may go on with
            start = token.start(group)
            if group == 4:
                self._structure(text, start)
            else:
                self._value(text, start, is_string=group == _STRING_GROUP)
                if token.end() - start > 12 and (changed := self._cut(token.group(group), group)) is not None:
                    parts += (text[copied:start], changed)
                    copied = token.end()
            position = token.end()
        rest = text[position:]
        if final:
            if rest.strip(" \t\n\r"):
                raise self._malformed(text, position)
        elif _BEGUN.fullmatch(rest) is None:
            raise self._malformed(text, position)
        elif len(rest) > MAX_TOKEN:
            raise RefusedContent(
                Reason.TOO_COMPLEX,
                _("“%(file)s” has a value of more than a million characters in line %(line)s."),
                _("Save it as several values, or as a table."),
                line=self._line + text.count("\n", 0, position),
            )
        parts.append(text[copied:position])
        self._rest = rest
        self._advance(text, position)
        return "".join(parts)

    def _value(self, text: str, start: int, *, is_string: bool) -> None:
        if self._expect in _VALUES:
            self._expect = _Expect.COMMA_OR_END
        elif is_string and self._expect in (_Expect.KEY, _Expect.KEY_OR_END):
            self._expect = _Expect.COLON
        else:
            raise self._malformed(text, start)

    def _structure(self, text: str, start: int) -> None:
        sign, expect = text[start], self._expect
        if expect is _Expect.NOTHING and self._several:
            expect = _Expect.DOCUMENT
        if sign in "{[" and (expect in _VALUES or expect is _Expect.DOCUMENT):
            if len(self._open) == MAX_DEPTH:
                raise RefusedContent(
                    Reason.TOO_COMPLEX,
                    _("“%(file)s” is nested more than %(depth)s levels deep."),
                    _("Save what matters as CSV, and attach this."),
                    depth=MAX_DEPTH,
                )
            self._open.append(sign)
            self._expect = _Expect.KEY_OR_END if sign == "{" else _Expect.VALUE_OR_END
        elif sign in "}]" and self._open[-1:] == [_OPENED[sign]] and expect in (_FIRST[sign], _Expect.COMMA_OR_END):
            self._open.pop()
            self._expect = _Expect.COMMA_OR_END if self._open else _Expect.NOTHING
        elif sign == "," and expect is _Expect.COMMA_OR_END:
            self._expect = _Expect.KEY if self._open[-1] == "{" else _Expect.VALUE
        elif sign == ":" and expect is _Expect.COLON:
            self._expect = _Expect.VALUE
        else:
            raise self._malformed(text, start)

    def _cut(self, token: str, group: int) -> str | None:
        """The token with card numbers truncated; None where it has none."""
        before = self._cards.count
        if group == _NUMBER_GROUP:
            cut = self._cards.cut(whole_number(token))
            return f'"{cut}"' if self._cards.count > before else None
        escaped = "\\" in token
        plain = json.loads(token) if escaped else token[1:-1]
        if escaped and len(plain) >= RUN and (found := hidden_in(plain)) is not None:
            raise refusal(found[1])
        cut = self._cards.cut(plain)
        return json.dumps(cut, ensure_ascii=False) if self._cards.count > before else None

    def _advance(self, text: str, position: int) -> None:
        lines = text.count("\n", 0, position)
        self._line += lines
        self._column = position - text.rfind("\n", 0, position) if lines else self._column + position

    def _malformed(self, text: str, position: int) -> RefusedContent:
        while text[position : position + 1] in (" ", "\t", "\n", "\r"):
            position += 1
        self._advance(text, position)
        return RefusedContent(
            Reason.MALFORMED,
            _("“%(file)s” stops being JSON at line %(line)s, column %(column)s."),
            _("Mend it there, or export it again, and attach it."),
            line=self._line,
            column=self._column,
        )
