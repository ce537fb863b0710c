"""Text as it is stored, and as its words are compared."""

from __future__ import annotations

import re
import unicodedata

# Marks around a hit, of the private use area: `clean` takes them out of every text, so that they can only be ours.
HIT_BEGINS, HIT_ENDS, PIECE_ENDS = "\ue000", "\ue001", "\ue002"

_BROKEN_WORD = re.compile(r"[\xad\x02\ufffe]\s*")  # a soft hyphen, or what PDF readers give for one
_BLANK = re.compile(r"\s+")
_TAKEN_OUT = {"Cf", "Co", "Cs", "Cn"}  # shows nothing and parts nothing; other unprintable characters part words
# What PostgreSQL's parser would take for paths, tags and addresses, or for letters though it parts words.
_SEPARATORS = str.maketrans(dict.fromkeys("/\\<>&@’‘ʼʹ′`´", " ") | {"'": " "})


def clean(text: str) -> str:
    """Text of one line in composed characters, without anything that is not shown."""
    joined = _BROKEN_WORD.sub("", unicodedata.normalize("NFC", text))
    return _BLANK.sub(" ", joined if joined.isprintable() else "".join(map(_shown, joined))).strip()


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return "" if unicodedata.category(char) in _TAKEN_OUT else " "


def parted(text: str) -> str:
    """Text of the same length in which words stand apart: “l’action”, “and/or” and `<b>` are words and blanks."""
    return text.translate(_SEPARATORS)


def unaccented(text: str) -> str:
    """Text of the same length without accents, for readers whose keyboard has none."""
    return text if text.isascii() else "".join(map(_unaccented, text))


def _unaccented(char: str) -> str:
    if char.isascii():
        return char
    base = "".join(one for one in unicodedata.normalize("NFD", char) if not unicodedata.combining(one))
    return base if len(base) == 1 else char


def accented_words(text: str) -> str:
    """The words of a text that have accents, each once, without them: what is indexed beside the text."""
    if text.isascii():
        return ""
    words = dict.fromkeys(word.lower() for word in parted(text).split() if not word.isascii())
    return " ".join(plain for word in words if (plain := unaccented(word)) != word)
