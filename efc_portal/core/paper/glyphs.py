"""Text that the typefaces of documents can draw.

PDF/UA forbids a missing glyph, and a character that cannot be seen can deceive a reader (a right-to-left override
turns an address round). So every character that no typeface of `fonts/` draws, and every invisible one, is shown as
its code point: ⟨U+202E⟩. Nothing is dropped.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
_LINE_ENDS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_COMBINING = frozenset({"Mn", "Mc", "Me"})


def _cmap(path: Path) -> frozenset[int]:
    """The code points of a font's format 12 character map (OpenType 1.9, cmap)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * n + 8)[0]
        for n in range(tables)
        if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    points: set[int] = set()
    for n in range(struct.unpack_from(">H", data, start + 2)[0]):
        subtable = start + struct.unpack_from(">I", data, start + 4 + 8 * n + 4)[0]
        if struct.unpack_from(">H", data, subtable)[0] != 12:
            continue
        for group in range(struct.unpack_from(">I", data, subtable + 12)[0]):
            first, last, _glyph = struct.unpack_from(">III", data, subtable + 16 + 12 * group)
            points.update(range(first, last + 1))
    return frozenset(points)


class _Drawn(dict[int, str]):
    """A `str.translate` table, filled as characters turn up."""

    def __init__(self, points: frozenset[int], unseen: frozenset[str]) -> None:
        self._points = points
        self._hidden = unseen

    def __missing__(self, point: int) -> str:
        self[point] = drawn = self._draw(chr(point), point)
        return drawn

    def _draw(self, char: str, point: int) -> str:
        if char in _LINE_ENDS:
            return "\n"
        category = unicodedata.category(char)
        if char == "\t" or (category == "Zs" and point not in self._points):
            return " "
        if category in self._hidden or point not in self._points:
            return f"⟨U+{point:04X}⟩"
        return char


@cache
def _tables() -> tuple[_Drawn, _Drawn]:
    sans = _cmap(FONTS / "SourceSans3-Regular.otf")
    return _Drawn(sans | _cmap(FONTS / "DejaVuSans.ttf"), _UNSEEN), _Drawn(sans, _UNSEEN | _COMBINING)


def drawable(text: str, *, strict: bool = False) -> str:
    """`text` with every character that cannot be drawn or seen as its code point, and line ends as `\\n`.

    A letter and a mark upon it may each be in a typeface, yet in no one together. `strict` therefore keeps only
    what Source Sans 3 draws as a single character; it always sets.
    """
    wide, narrow = _tables()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).translate(narrow) if strict else text.translate(wide)


def drawable_all(value: object, *, strict: bool = False) -> object:
    """`drawable` on every string in nested lists and mappings of JSON values."""
    if isinstance(value, str):
        return drawable(value, strict=strict)
    if isinstance(value, Mapping):
        return {key: drawable_all(item, strict=strict) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable_all(item, strict=strict) for item in value]
    return value
