"""Sentences that people write beside values. They are kept readable, so they may not hold a value themselves."""

from __future__ import annotations

from efc_portal.core.pan import truncate_pans
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.extract import extract


def holds_value(sentence: str) -> bool:
    """Whether an identifier that is certain to be one, or a whole card number, stands in a sentence."""
    return truncate_pans(sentence)[1] > 0 or any(one.confidence == Confidence.CERTAIN for one in extract(sentence))
