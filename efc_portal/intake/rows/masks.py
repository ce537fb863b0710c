"""What may be shown and kept of a cell that is wrong: enough to find it, not the identifier itself."""

from __future__ import annotations

import re

from efc_portal.core.pan import truncate_pans

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_SHORT = 16  # characters of an amount, a day or a code; what is longer has slipped from another column
_LOOKED_AT = 4_000


def masked(text: str) -> str:
    """The ends of a value alone; of a card number what is kept of any."""
    plain = _plain(text)
    cut, cards = truncate_pans(plain)
    if cards and len(cut) <= 24:
        return cut
    if len(plain) <= 2:
        return "…" if plain else ""
    keep = 4 if len(plain) >= 12 else 1
    return f"{plain[:keep]}…{plain[-keep:]}"


def shown(text: str) -> str:
    """An amount, a day or a code as it stands; masked where it is too long for one."""
    plain = _plain(text)
    return plain if len(plain) <= _SHORT and not truncate_pans(plain)[1] else masked(plain)


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text[:_LOOKED_AT]).split())
