"""What stands on the pages of a PDF: inline pictures, and card numbers in the text as a reader sees it.

Content streams are read by two parsers: qpdf's for inline pictures, and a small one here that follows the text
operators (ISO 32000-1, 9.4), since digits that stand beside each other on the page may stand anywhere in the stream.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pikepdf

from efc_portal.core.content.cards import has_card_number
from efc_portal.core.content.limits import Deadline, too_complex
from efc_portal.core.content.pdf.fonts import UNMAPPED, Font
from efc_portal.core.content.pdf.objects import page_of
from efc_portal.core.content.pdf.refusals import card_number, not_text, picture

MAX_CONTENT = 200 * 1024 * 1024  # bytes of all content streams
MAX_PAGES = 5_000

_UNREADABLE = re.compile(f"(?:{UNMAPPED} ?){{13}}")
_SPACES = re.compile("[ \u00a0]{2,}")
_SPREAD = re.compile(r"(?<!\S)\d(?: \d){12,}(?!\S)")  # digits set far apart, as in letter-spaced headings
_NESTED = rb"(?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+"
_TOKEN = re.compile(
    rb"(?P<number>[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++))(?![^\s\0()<>\[\]{}/%])"
    rb"|\((?P<string>" + _NESTED + rb")\)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s\0()<>\[\]{}/%]*)"
    rb"|%[^\r\n]*|<<|>>|[\[\]{}()<>]"
    rb"|(?P<operator>[^\s\0()<>\[\]{}/%]+)",
    re.DOTALL,
)
_RARE_ESCAPE = re.compile(rb"\\(?![0-3][0-7]{2}|[nrtbf()])")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FOLLOWED = frozenset(b"Tj TJ ' \" Td TD T* Tm Tf Tc Tw Tz TL BT q Q cm BI".split())
_MAX_OPERANDS = 100_000

Matrix = tuple[float, float, float, float, float, float]
Operand = float | bytes | str
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def pages_check(pdf: pikepdf.Pdf, deadline: Deadline) -> None:
    """Refuse the document at the page, form, pattern or glyph with a picture, a card number or text nobody can read."""
    if len(pdf.pages) > MAX_PAGES:
        raise too_complex()
    left = MAX_CONTENT
    for number, page in enumerate(pdf.pages, start=1):
        if pikepdf.parse_content_stream(page, "BI ID EI"):
            raise picture(number)
        data = b"\n".join(stream.read_bytes() for stream in _contents(page.obj))
        left -= _content_check(data, page.obj.get("/Resources"), number, deadline)
        if left < 0:
            raise too_complex()
    for stream in _drawings(pdf):
        if pikepdf.parse_content_stream(stream, "BI ID EI"):
            raise picture(page_of(pdf, stream))
        left -= _content_check(stream.read_bytes(), stream.get("/Resources"), page_of(pdf, stream), deadline)
        if left < 0:
            raise too_complex()


def _contents(page: pikepdf.Object) -> list[pikepdf.Stream]:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, pikepdf.Array):
        return [part for part in contents if isinstance(part, pikepdf.Stream)]
    return []


def _drawings(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Every other stream that draws: forms, patterns, the glyphs of Type 3 fonts."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            if str(item.get("/Subtype", "")) == "/Form" or "/PatternType" in item:
                yield item
        elif isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) == "/Type3":
            for glyph in dict(item.get("/CharProcs", {}).items()).values():
                if isinstance(glyph, pikepdf.Stream):
                    yield glyph


def _content_check(data: bytes, resources: pikepdf.Object | None, page: int | None, deadline: Deadline) -> int:
    """Check one content stream; returns its size."""
    text = _SPACES.sub(" ", _PageText(resources, page, deadline).read(data))
    if has_card_number(text) or any(has_card_number(spread[0].replace(" ", "")) for spread in _SPREAD.finditer(text)):
        raise card_number(page)
    if _UNREADABLE.search(text):
        raise not_text(page)
    return len(data)


class _PageText:
    """Follows the text operators of a content stream and lays the characters out in lines."""

    def __init__(self, resources: pikepdf.Object | None, page: int | None, deadline: Deadline) -> None:
        fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        self._sources = fonts if isinstance(fonts, pikepdf.Dictionary) else None
        self._fonts: dict[str, Font] = {}
        self._page, self._deadline = page, deadline
        self._parts: list[str] = []
        self._end: tuple[float, float] | None = None  # where the last character ended, in device space
        self._font, self._size = Font(None), 1.0
        self._char_space = self._word_space = self._leading = self._rise = 0.0
        self._scale = 1.0
        self._ctm = self._text = self._line = _IDENTITY
        self._saved: list[tuple[Matrix, Font, float]] = []

    def read(self, data: bytes) -> str:
        operands: list[Operand] = []
        for count, token in enumerate(_TOKEN.finditer(data)):
            kind = token.lastgroup
            if kind == "number":
                operands.append(float(token["number"]))
            elif kind == "string":
                operands.append(_unescaped(token["string"]))
            elif kind == "hex":
                digits = b"".join(token["hex"].split())
                operands.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
            elif kind == "name":
                operands.append(_NAME_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), token["name"]).decode("latin-1"))
            elif kind == "operator":
                self._operate(token["operator"], operands)
                operands.clear()
            if not count & 0x3FFF:
                self._deadline.check()
                if len(operands) > _MAX_OPERANDS:
                    raise too_complex()
        return "".join(self._parts)

    def _operate(self, operator: bytes, operands: list[Operand]) -> None:
        if operator not in _FOLLOWED:
            return
        numbers = [operand for operand in operands if isinstance(operand, float)]
        match operator:
            case b"Tj" | b"TJ":
                self._show(operands)
            case b"'" | b'"':
                if operator == b'"' and len(numbers) >= 2:
                    self._word_space, self._char_space = numbers[:2]
                self._move(0, -self._leading)
                self._show([operand for operand in operands if isinstance(operand, bytes)])
            case b"Td" | b"TD" if len(numbers) == 2:
                if operator == b"TD":
                    self._leading = -numbers[1]
                self._move(*numbers)
            case b"T*":
                self._move(0, -self._leading)
            case b"Tm" if len(numbers) == 6:
                self._text = self._line = _matrix(numbers)
            case b"Tf" if len(operands) == 2 and isinstance(operands[0], str):
                self._font, self._size = self._find(operands[0]), numbers[0] if numbers else 1.0
            case b"Tc" if numbers:
                self._char_space = numbers[0]
            case b"Tw" if numbers:
                self._word_space = numbers[0]
            case b"Tz" if numbers:
                self._scale = numbers[0] / 100
            case b"TL" if numbers:
                self._leading = numbers[0]
            case b"BT":
                self._text = self._line = _IDENTITY
            case b"q":
                if len(self._saved) < 1_000:
                    self._saved.append((self._ctm, self._font, self._size))
            case b"Q" if self._saved:
                self._ctm, self._font, self._size = self._saved.pop()
            case b"cm" if len(numbers) == 6:
                self._ctm = _times(_matrix(numbers), self._ctm)
            case b"BI":
                raise picture(self._page)

    def _find(self, name: str) -> Font:
        if name not in self._fonts:
            source = self._sources.get(f"/{name}") if self._sources is not None else None
            self._fonts[name] = Font(source if isinstance(source, pikepdf.Dictionary) else None)
        return self._fonts[name]

    def _move(self, x: float, y: float) -> None:
        self._text = self._line = _times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _show(self, operands: list[Operand]) -> None:
        """Show strings, with the shifts between them that TJ gives in thousandths of the size."""
        to_device = _times(self._text, self._ctm)
        a, b, c, d, x, y = to_device
        along = math.hypot(a, b) or 1.0
        height = (math.hypot(c, d) * abs(self._size)) or 1.0
        self._gap(x, y, (a / along, b / along), height)
        advance, pending = 0.0, 0.0
        for operand in operands:
            if isinstance(operand, float):
                pending -= operand / 1000 * self._size * self._scale
            elif isinstance(operand, bytes):
                if pending:
                    self._parts.append(_separator(pending * along, height))
                    advance += pending
                    pending = 0.0
                text, width, count, spaces = self._font.read(operand)
                self._parts.append(text)
                extra = count * self._char_space + spaces * self._word_space
                advance += (width / 1000 * self._size + extra) * self._scale
        advance += pending
        self._text = _times((1.0, 0.0, 0.0, 1.0, advance, 0.0), self._text)
        self._end = (x + advance * a, y + advance * b)

    def _gap(self, x: float, y: float, direction: tuple[float, float], height: float) -> None:
        """What stands between the last character and the one that begins at (x, y)."""
        if self._end is None:
            return
        dx, dy = x - self._end[0], y - self._end[1]
        forward = dx * direction[0] + dy * direction[1]
        aside = abs(dy * direction[0] - dx * direction[1])
        self._parts.append("\n" if aside > 0.3 * height else _separator(forward, height))


def _separator(gap: float, height: float) -> str:
    """A gap as a reader sees it: none, a space, or the next column."""
    if gap < -0.5 * height or gap > 1.5 * height:
        return "\n"
    return " " if gap > 0.15 * height else ""


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _unescaped(string: bytes) -> bytes:
    """A literal string with its escapes resolved (ISO 32000-1, table 3)."""
    if b"\\" not in string:
        return string
    if _RARE_ESCAPE.search(string) is None:  # only escapes that Python writes the same way
        return string.replace(b"\\(", b"(").replace(b"\\)", b")").decode("unicode_escape").encode("latin-1")
    first, *pieces = string.split(b"\\")
    parts, literal = [first], False
    for piece in pieces:
        if literal:
            parts.append(piece)
            literal = False
        elif not piece:  # an escaped backslash: what follows it is no escape
            parts.append(b"\\")
            literal = True
        elif (octal := _OCTAL.match(piece)) is not None:
            parts += (bytes((int(octal[0], 8) & 0xFF,)), piece[octal.end() :])
        elif piece.startswith(b"\r\n"):
            parts.append(piece[2:])
        else:
            parts += (_ESCAPED.get(piece[:1], piece[:1]), piece[1:])
    return b"".join(parts)
