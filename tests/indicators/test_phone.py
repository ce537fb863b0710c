from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify


@pytest.mark.parametrize(
    ("value", "region", "expected"),
    [
        ("+49 1512 3456789", None, "+4915123456789"),
        ("0049 1512 3456789", "DE", "+4915123456789"),
        ("0049 1512 3456789", None, "+4915123456789"),
        ("01512 3456789", "DE", "+4915123456789"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("tel:+44-20-7946-0018", None, "+442079460018"),
        ("＋４４ 20 7946 0018", None, "+442079460018"),
        ("+1 202-555-0123 ext. 7", None, "+12025550123"),
    ],
)
def test_numbers(value: str, region: str | None, expected: str) -> None:
    found = identify(value, type="phone", region=region)
    assert found.canonical == expected
    assert identify(value, region=region) == found


@pytest.mark.parametrize(
    ("value", "region", "rule"),
    [
        ("01512 3456789", None, "country"),
        ("+999 1234567", None, "country"),
        ("+49 12", None, "length"),
        ("+49 1512 345678901234567", None, "length"),
        ("+1 000 000 0000", None, "range"),
        ("call me", "DE", "alphabet"),
        ("().-", "DE", "structure"),
    ],
)
def test_refusals(value: str, region: str | None, rule: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(value, type="phone", region=region)
    assert error.value.rule == rule


def test_words() -> None:
    found = identify("+4915123456789")
    assert (found.label, found.detail) == ("Phone number, Germany", "Mobile number")
    assert (found.display, found.masked) == ("+49 1512 3456789", "+4915…89")
    assert identify("+800 1234 5678").country == ""
