"""Card numbers in attachments: counted and truncated in text, found in what is not rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from efc_portal.core.pan import PanTruncator, truncate_pans

SHORTEST = 13  # digits of a card number
_SCIENTIFIC = re.compile(r"-?[0-9](?:\.([0-9]+))?[eE]\+?([0-9]{2})")


class Cards:
    """Truncates, and counts what it truncated."""

    def __init__(self) -> None:
        self.count = 0

    def cut(self, text: str) -> str:
        """`text` with each card number truncated."""
        if len(text) < SHORTEST:
            return text
        text, count = truncate_pans(text)
        self.count += count
        return text

    def stream(self, text: Iterable[str]) -> Iterator[str]:
        """The chunks of a text with each card number truncated, also where it lies across two chunks."""
        truncator = PanTruncator()
        for chunk in text:
            yield truncator.feed(chunk)
        yield truncator.close()
        self.count += truncator.count


def has_card_number(text: str) -> bool:
    """Whether a full card number stands in `text`."""
    return len(text) >= SHORTEST and truncate_pans(text)[1] > 0


def whole_number(number: str) -> str:
    """The digits of a number when it is whole, also when a spreadsheet wrote it as 4.11E+15; otherwise nothing: the
    decimals of an amount are no card number.
    """
    if (found := _SCIENTIFIC.fullmatch(number)) is not None:
        return f"{Decimal(number):f}" if len(found.group(1) or "") <= int(found.group(2)) else ""
    whole, _point, decimals = number.partition(".")
    return "" if decimals.strip("0") else whole
