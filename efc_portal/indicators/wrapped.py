"""Values that a line break cuts in two or more: wallets and other long codes in mail, and in the text of a PDF.

Only long codes are put together again, nearly all of which a checksum proves: that a name or a link goes on in the next
line, nothing shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from efc_portal.indicators.plain import Plain

_LEAST, _LONGEST = 20, 520  # characters of a value that is put together
_HEAD, _PIECES = 4, 6  # the fewest characters before the break; the most lines
_BREAK = re.compile(r"[-=]?[ \t]*\r?\n[ \t>|]{0,40}(?=[0-9A-Za-z])")


def wrapped_runs(plain: Plain) -> Iterator[tuple[str, tuple[int, int]]]:
    """Pieces at the ends and beginnings of lines put together, with the place of the first and the end of the last."""
    words, text = plain.words, plain.code
    line = text.find("\n")
    past = 0
    while line >= 0:
        head_end = line
        while head_end and text[head_end - 1] in "\r-= \t" and line - head_end < 4:
            head_end -= 1
        if head_end >= past and words[head_end - 1 : head_end] == b"x":
            start = words.rfind(b" ", max(head_end - _LONGEST, 0), head_end) + 1
            if head_end - start >= _HEAD and not _too_short(words, line + 1, head_end - start):
                for joined, end in _longer(plain, start, head_end):
                    yield joined, (start, end)
                    past = line
        line = text.find("\n", line + 1)


def _too_short(words: bytes, start: int, head: int) -> bool:
    """Whether a line that begins without a margin begins too shortly for the two pieces to be a long code."""
    end = words.find(b" ", start, start + _LEAST)
    return start < end < start + _LEAST - head


def _longer(plain: Plain, start: int, head_end: int) -> Iterator[tuple[str, int]]:
    words, text = plain.words, plain.code
    joined, place = text[start:head_end], head_end
    for _ in range(_PIECES - 1):
        gap = _BREAK.match(text, place)
        if gap is None:
            return
        end = words.find(b" ", gap.end(), gap.end() + _LONGEST)
        if end < 0:
            end = min(len(words), gap.end() + _LONGEST)
        joined += text[gap.end() : end]
        place = end
        if len(joined) > _LONGEST:
            return
        if len(joined) >= _LEAST and not joined.isalpha() and not joined.isdigit():
            yield joined, place
