"""Which encoding with one byte a character a text is in: that in which its letters make the alphabet of a language.

Statistics of words would need running text; tables have names and headings. So the letters beyond ASCII alone are
looked at: Czech read as Windows-1252 has letters of four languages at once, and of no one all.
"""

from __future__ import annotations

import re
from collections import Counter

_WEST = (
    "äöüß",
    "àâæçéèêëîïôœùûüÿ",
    "áéíñóúüçàèï·",
    "áâãàçéêíóôõúü",
    "àèéìíòóùú",
    "éèëïóöüáíú",
    "æøåéèóòâôäö",
    "åäöé",
    "áðéíóúýþæö",
    "áéíóú",
)
_CENTRAL = (
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžöüä",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîşţ",
    "äöüß",
)
# In the order in which they are preferred where several fit as well.
_ALPHABETS: dict[str, tuple[str, ...]] = {
    "Windows-1252": _WEST,
    "ISO-8859-15": (*_WEST, "äöüßšž"),
    "Windows-1250": _CENTRAL,
    "ISO-8859-2": _CENTRAL,
    "Windows-1254": ("çğıİöşüâî",),
    "ISO-8859-9": ("çğıİöşüâî",),
    "Windows-1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
    "Windows-1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",),
    "ISO-8859-7": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",),
    "Windows-1251": (
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "абвгдђежзијклљмнњопрстћуфхцчџш",
    ),
    "ISO-8859-5": (
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "абвгдеєжзиіїйклмнопрстуфхцчшщьюя",
        "абвгдђежзијклљмнњопрстћуфхцчџш",
    ),
}
_SIGNS = frozenset("€£§°«»“”„‘’‚–—…·\u00a0№")
_HIGH = re.compile(rb"[\x80-\xff]+")
ENOUGH = 20_000  # bytes beyond ASCII that are looked at


def high_bytes(chunk: bytes) -> bytes:
    """The bytes beyond ASCII."""
    return b"".join(_HIGH.findall(chunk))[:ENOUGH]


def likeliest(high: bytes, codecs: dict[str, str]) -> str:
    """The name of the encoding that `high`, bytes beyond ASCII, are likeliest in; `codecs` are those to choose from."""
    counts = Counter(high)
    best, most = "Windows-1252", float("-inf")
    for name, alphabets in _ALPHABETS.items():
        letters = Counter()  # type: Counter[str]
        for byte, count in counts.items():
            letters[bytes([byte]).decode(codecs[name], "replace").lower()] += count
        points = max(_points(letters, alphabet) for alphabet in alphabets)
        if points > most:
            best, most = name, points
    return best


def _points(letters: Counter[str], alphabet: str) -> float:
    own = alphabet.lower()
    return sum(
        count * (1 if letter in own or letter in _SIGNS else -2 if not letter.isprintable() else -0.5)
        for letter, count in letters.items()
    )
