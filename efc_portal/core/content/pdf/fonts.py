"""What the codes in a PDF's text mean, and how wide they are: just enough to read digits as a reader would see them.

ISO 32000-1, 9.6 to 9.10. A code that nothing maps to a character becomes `UNMAPPED`.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

import pikepdf

from efc_portal.core.content.limits import too_complex

UNMAPPED = "\ufffd"
_DEFAULT_WIDTH = 500.0  # thousandths of the font size
_MAX_MAP = 200_000
_MAX_MAP_BYTES = 8 * 1024 * 1024

_GLYPHS = {
    **dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)),
    "space": " ",
    "nbspace": " ",
    "uni00A0": " ",
    "hyphen": "-",
    "sfthyphen": "-",
    "minus": "-",
    "endash": "-",
    "emdash": "-",
    "period": ".",
    "comma": ",",
    "colon": ":",
    "slash": "/",
    "plus": "+",
}
_UNI_GLYPH = re.compile(r"u(?:ni)?([0-9A-Fa-f]{4,6})")
_MAC = {"/MacRomanEncoding": "mac_roman"}
_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange)")
_HEX_OR_ARRAY = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class Font:
    """A font of the document: `read` turns the bytes of a string into characters with their widths."""

    def __init__(self, source: pikepdf.Object | None) -> None:
        self._composite = source is not None and str(source.get("/Subtype", "")) == "/Type0"
        self._map: dict[int, str] = {}
        self._mapped = self._given = 0  # codes whose character, whose width was given in a range, also again
        self.code_bytes = 2 if self._composite else 1
        self._widths: dict[int, float] = {}
        self._width = _DEFAULT_WIDTH
        if source is None:
            return
        if isinstance(to_unicode := source.get("/ToUnicode"), pikepdf.Stream):
            self._read_map(_bounded(to_unicode))
        if self._composite:
            self._composite_widths(source)
        else:
            self._simple_encoding(source)
            self._simple_widths(source)

    def read(self, data: bytes) -> tuple[str, float, int, int]:
        """The characters of a string, their widths together in thousandths of the size, how many codes they are, and
        how many of these are one-byte spaces.
        """
        if self.code_bytes == 1:
            codes: bytes | tuple[int, ...] = data
            spaces = data.count(b" ")
        else:
            codes = struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])
            spaces = 0
        character, width, usual = self._map.get, self._widths.get, self._width
        text = "".join([character(code, UNMAPPED) for code in codes])
        return text, sum([width(code, usual) for code in codes]), len(codes), spaces

    def _simple_encoding(self, source: pikepdf.Object) -> None:
        """The base encoding with its differences, for codes that no ToUnicode map explains."""
        encoding = source.get("/Encoding")
        base, differences = str(encoding), None
        if isinstance(encoding, pikepdf.Dictionary):
            base, differences = str(encoding.get("/BaseEncoding", "")), encoding.get("/Differences")
        elif not isinstance(encoding, pikepdf.Name):
            base = ""
        table = dict(_base(_MAC.get(base, "cp1252")))
        if isinstance(differences, pikepdf.Array):
            code = 0
            for entry in differences:
                if isinstance(entry, pikepdf.Name):
                    table[code] = _glyph(str(entry)[1:])
                    code += 1
                else:
                    code = int(entry)
        self._map = {**table, **self._map}

    def _simple_widths(self, source: pikepdf.Object) -> None:
        widths = source.get("/Widths")
        if not isinstance(widths, pikepdf.Array):
            return
        matrix = source.get("/FontMatrix")  # of Type 3 fonts, whose widths are in a space of their own
        scale = abs(float(matrix[0])) * 1000 if isinstance(matrix, pikepdf.Array) and len(matrix) else 1.0
        first = int(source.get("/FirstChar", 0))
        for code, width in enumerate(list(widths)[:256], start=first):
            self._widths[code] = float(width) * (scale or 1.0)

    def _composite_widths(self, source: pikepdf.Object) -> None:
        descendants = source.get("/DescendantFonts")
        if not isinstance(descendants, pikepdf.Array) or not len(descendants):
            return
        descendant = descendants[0]
        self._width = float(descendant.get("/DW", 1000))
        entries = list(descendant.get("/W", []))
        place = 0
        while place + 1 < len(entries):
            first, second = int(entries[place]), entries[place + 1]
            if isinstance(second, pikepdf.Array):
                for offset, width in enumerate(second):
                    self._widths[first + offset] = float(width)
                place += 2
            elif place + 2 < len(entries):
                span = int(second) - first + 1
                if 0 < span <= 65_536:
                    self._given += span
                    if self._given > _MAX_MAP:
                        raise too_complex()
                    self._widths.update(dict.fromkeys(range(first, int(second) + 1), float(entries[place + 2])))
                place += 3
            else:
                break

    def _read_map(self, data: bytes) -> None:
        """A ToUnicode map (Adobe Technical Note 5411)."""
        for kind, section in _sections(data):
            items = _items(section)
            if kind == b"codespacerange":
                lengths = {len(item) for item in items if isinstance(item, bytes) and item}
                if self._composite and lengths == {1}:
                    self.code_bytes = 1
            elif kind == b"bfchar":
                for code, target in zip(items[::2], items[1::2], strict=False):
                    self._put(code, 0, target)
            else:
                for low, high, target in zip(items[::3], items[1::3], items[2::3], strict=False):
                    if isinstance(low, bytes) and isinstance(high, bytes):
                        span = int.from_bytes(high, "big") - int.from_bytes(low, "big")
                        for offset in range(min(max(span, -1) + 1, 65_536)):
                            self._put(low, offset, target)

    def _put(self, code: bytes | list[bytes], offset: int, target: bytes | list[bytes]) -> None:
        self._mapped += 1
        if self._mapped > _MAX_MAP:
            raise too_complex()
        if isinstance(target, list):
            text = target[offset].decode("utf-16-be", "replace") if offset < len(target) else UNMAPPED
        else:
            text = target.decode("utf-16-be", "replace")
            if offset and text and ord(text[-1]) + offset < 0x110000:
                text = text[:-1] + chr(ord(text[-1]) + offset)
        if isinstance(code, bytes):
            self._map[int.from_bytes(code, "big") + offset] = text or UNMAPPED


def _sections(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The closed sections of a map, each with its kind."""
    position = 0
    endless: set[bytes] = set()
    while (begin := _SECTION.search(data, position)) is not None:
        kind, position = begin.group(1), begin.end()
        end = -1 if kind in endless else data.find(b"end" + kind, position)
        if end < 0:
            endless.add(kind)  # nor has any later one of its kind an end: it is not looked for again
        else:
            yield kind, data[position:end]
            position = end


def _items(section: bytes) -> list[bytes | list[bytes]]:
    """The hexadecimal strings of a map's section, those in brackets as one list."""
    items: list[bytes | list[bytes]] = []
    inner: list[bytes] | None = None
    for token in _HEX_OR_ARRAY.finditer(section):
        if token.group(2):
            inner = []
        elif token.group(3):
            if inner is not None:
                items.append(inner)
            inner = None
        else:
            digits = b"".join(token.group(1).split())
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            (items if inner is None else inner).append(value)
    return items


def _bounded(stream: pikepdf.Stream) -> bytes:
    data = stream.read_bytes()
    if len(data) > _MAX_MAP_BYTES:
        raise too_complex()
    return data


@cache
def _base(codec: str) -> dict[int, str]:
    return {code: bytes([code]).decode(codec, "replace") for code in range(256)}


def _glyph(name: str) -> str:
    """The character of a glyph name (Adobe Glyph List): what matters for numbers, letters by their own name."""
    stem = name.split(".", 1)[0]
    if stem in _GLYPHS:
        return _GLYPHS[stem]
    if (found := _UNI_GLYPH.fullmatch(stem)) is not None and int(found.group(1), 16) < 0x110000:
        return chr(int(found.group(1), 16))
    if len(stem) == 1:
        return stem
    try:
        return unicodedata.lookup(f"LATIN SMALL LETTER {stem}" if stem.islower() else stem)
    except KeyError:
        return "?" if stem.isalpha() and len(stem) > 2 else UNMAPPED
