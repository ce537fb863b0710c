"""Card numbers in text: found wherever they hide, and cut to `411111******1111` before anything is stored.

What is a card number is `standards.cards`. In a text it may stand in one piece, or in pieces with single spaces or
dashes between them: in the groupings cards are printed with anywhere, in any other grouping when it stands by itself.
Unicode digits, exotic spaces and invisible characters do not hide it. Not touched: digits that belong to a valid IBAN,
to a valid phone number written with its plus, to a hash or wallet address, to the number of a phone that “IMEI” stands
before, to a bank account that is proven (`accounts.is_proven`), or behind “0.”.

Streams are cut exactly like whole texts, whatever the chunks: every decision looks at most `_LOOK` characters around.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO, NamedTuple

import phonenumbers

from efc_portal.core.standards import accounts, base58, bech32
from efc_portal.core.standards.cards import MAX_DIGITS, MIN_DIGITS, is_card_number, is_issued, truncated
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.iban import starting_at
from efc_portal.core.text import DASHES, INVISIBLE, SPACES, fold

_LOOK = 256
_AROUND = 100  # the longest address or hash that digits may belong to
# No-break space, dashes and soft hyphen of the encodings with one byte a character, as text that was read as UTF-8 has
# them: bytes that do not fit (`surrogateescape`).
_RAW_SPLIT, _RAW_HIDDEN = "\udca0\udc96\udc97", "\udcad"
_HIDDEN = f"[{INVISIBLE}{_RAW_HIDDEN}]{{0,2}}"
_SPLIT = rf"[ .\-{SPACES}{DASHES}{_RAW_SPLIT}]"
# Thirteen digits and more, with at most one separator between two of them. Bounded everywhere: it cannot backtrack far.
_RUN = re.compile(rf"\d(?:{_HIDDEN}{_SPLIT}?{_HIDDEN}\d){{{MIN_DIGITS - 1},}}")
_GROUP = re.compile(rf"\d(?:{_HIDDEN}\d)*")
_RUN_ASCII = re.compile(rf"[0-9](?:[ .-]?[0-9]){{{MIN_DIGITS - 1},}}")
_GROUP_ASCII = re.compile("[0-9]+")
# The groupings in which cards are printed (of 16, 15, 14, 13 and 19 digits).
PRINTED = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 5), (4, 4, 4, 4, 3), (6, 13), (8, 8))
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2} ?[0-9]{2}")
_HEX = re.compile(r"(?:0[xX])?[0-9a-fA-F]{32,}")
_GOES_ON = re.compile(r"[ .-]?[0-9]|[^\W_]")
_PHONE_DIGITS = 15
_IMEI_DIGITS = 15
_IMEI_BEFORE = re.compile(r"(?<![A-Za-z0-9])IMEI(?: ?(?:no|nr|number))?\.? ?[:#]? ?\Z", re.IGNORECASE)


class Group(NamedTuple):
    """An unbroken piece of a number: where it stands and its digits in ASCII."""

    start: int
    end: int
    digits: str


def truncate_pans(text: str) -> tuple[str, int]:
    """The text with every card number truncated, and how many there were."""
    if len(text) < MIN_DIGITS:
        return text, 0
    cuts = list(_cuts(text, 0, len(text)))
    if not cuts:
        return text, 0
    parts: list[str] = []
    place = 0
    for start, end, digits in cuts:
        parts += (text[place:start], truncated(digits))
        place = end
    return "".join(parts) + text[place:], len(cuts)


class PanTruncator:
    """Truncates a text that comes in pieces: `feed` gives back what is settled, `close` the rest; `count` counts."""

    def __init__(self) -> None:
        self.count = 0
        self._text = ""  # what is not settled, behind what was, as far as one must look back
        self._settled = 0

    def feed(self, piece: str) -> str:
        self._text += piece
        return self._settle(len(self._text) - _LOOK)

    def close(self) -> str:
        return self._settle(len(self._text))

    def _settle(self, until: int) -> str:
        place = self._settled
        if until <= place:
            return ""
        parts: list[str] = []
        for start, end, digits in _cuts(self._text, place, until):
            parts += (self._text[place:start], truncated(digits))
            place = end
            self.count += 1
        if place < until:
            parts.append(self._text[place:until])
            place = until
        kept = max(place - _LOOK, 0)
        self._text, self._settled = self._text[kept:], place - kept
        return "".join(parts)


def truncate_pans_stream(
    source: Iterable[bytes] | BinaryIO, target: BinaryIO, *, encoding: str | None = None, chunk_bytes: int = 1 << 16
) -> int:
    """Copy a text file with every card number truncated; returns how many there were.

    Without an encoding it goes by the byte order mark, else UTF-16 shows by its zero bytes, else it is read as UTF-8.
    Bytes that do not fit the encoding pass through as they are, so that any other single-byte encoding works as well.
    """
    chunks = iter(lambda: source.read(chunk_bytes), b"") if hasattr(source, "read") else iter(source)
    first = next(chunks, b"")
    while len(first) < 4 and (more := next(chunks, b"")):
        first += more
    encoding = encoding or _encoding_of(first)
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    truncator = PanTruncator()
    target.write(truncator.feed(decoder.decode(first)).encode(encoding, errors))
    for chunk in chunks:
        target.write(truncator.feed(decoder.decode(chunk)).encode(encoding, errors))
    rest, _flag = decoder.getstate()
    target.write(truncator.close().encode(encoding, errors))
    target.write(rest)  # half a character at the end
    return truncator.count


def _encoding_of(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return encoding
    sample = head[:1024]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) > len(sample) // 8 and min(odd, even) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8"


def _cuts(text: str, low: int, high: int) -> Iterator[tuple[int, int, str]]:
    """The card numbers that begin in `text[low:high]` as (start, end, digits), in order, none overlapping another."""
    run_pattern, group_pattern = (_RUN_ASCII, _GROUP_ASCII) if text.isascii() else (_RUN, _GROUP)
    for run in run_pattern.finditer(text):
        if run.end() <= low:
            continue
        if run.start() >= high:
            return
        groups = [
            Group(group.start(), group.end(), "".join([char for char in fold(group[0]) if char.isdecimal()]))
            for group in group_pattern.finditer(text, run.start(), run.end())
        ]
        alone = _stands_alone(text, run.start(), run.end(), groups)
        first = 0
        while first < len(groups):
            last = first
            if low <= groups[first].start < high:
                for last in _windows(groups, first, alone):
                    start, end = groups[first].start, groups[last].end
                    digits = "".join([group.digits for group in groups[first : last + 1]])
                    if is_card_number(digits) and not _belongs_elsewhere(text, start, end, digits):
                        yield start, end, digits
                        break
                else:
                    last = first
            first = last + 1


def _windows(groups: list[Group], first: int, alone: bool) -> Iterator[int]:
    """The last groups with which the pieces from `first` on might be one card number, the likeliest first."""
    if MIN_DIGITS <= len(groups[first].digits) <= MAX_DIGITS:
        yield first
    sizes = tuple(len(group.digits) for group in groups[first : first + 5])
    for printed in PRINTED:
        if sizes[: len(printed)] == printed:
            yield first + len(printed) - 1
    if alone and first == 0:
        yield len(groups) - 1


def _stands_alone(text: str, start: int, end: int, groups: list[Group]) -> bool:
    """Whether a run in several pieces is short enough for one number, split evenly, and touches no letter."""
    if len(groups) < 2 or sum(len(group.digits) for group in groups) > MAX_DIGITS:
        return False
    splits = {fold(text[one.end : two.start]).strip(INVISIBLE + _RAW_HIDDEN) for one, two in pairwise(groups)}
    return (
        len(splits) == 1
        and splits != {"."}
        and not text[start - 1 : start].isalnum()
        and not text[end : end + 1].isalnum()
    )


def _belongs_elsewhere(text: str, start: int, end: int, digits: str) -> bool:
    """Whether digits that would pass for a card number are part of something that is proven to be something else."""
    before = start - max(start - _AROUND, 0)
    around = fold(text[start - before : end + _AROUND])
    head, tail = around[:before], around[before + end - start :]
    if head.endswith("0.") and not head[-3:-2].isdigit():
        return True
    if head.endswith("+") and len(digits) <= _PHONE_DIGITS and _is_phone(digits):
        return True
    if len(digits) == _IMEI_DIGITS and not is_issued(digits) and _IMEI_BEFORE.search(head):
        return True
    if not _GOES_ON.match(tail) and accounts.is_proven(head.upper(), digits):
        return True
    if (head[-1:].isalnum() or tail[:1].isalnum()) and _in_hash_or_wallet(around, before):
        return True
    return any(
        (found := starting_at(around, match.start())) and found[0] >= before + end - start
        for match in _IBAN_START.finditer(around, 0, before + 3)
    )


def _is_phone(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return False


def _in_hash_or_wallet(text: str, place: int) -> bool:
    """Whether the unbroken letters and digits around a place are a long hexadecimal text or a checksummed address."""
    start = end = place
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    token = text[start:end]
    if _HEX.fullmatch(token):
        return True
    for decode in (base58.decode_check, bech32.decode):
        try:
            decode(token)
        except InvalidValue:
            continue
        return True
    return False
