"""Every type of identifier in the form of a submission: a new type is tested here by being there."""

from __future__ import annotations

import pytest

from efc_portal.indicators.declaration import IndicatorType
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES
from efc_portal.submissions.documents import without_pans
from efc_portal.submissions.forms.rows import IdentifierForm

EVERY = pytest.mark.parametrize("declaration", TYPES.values(), ids=list(TYPES))


@EVERY
def test_is_offered_and_takes_its_example(declaration: IndicatorType) -> None:
    form = IdentifierForm({"value": declaration.example, "type": declaration.code, "role": "recipient"})
    assert form.is_valid(), form.errors
    assert form.recognised == identify(declaration.example, type=declaration.code)
    assert f'value="{declaration.code}"' in str(form["type"])
    assert str(declaration.label) in str(form["type"])


@EVERY
def test_its_values_pass_the_search_for_card_numbers(declaration: IndicatorType) -> None:
    """What is sealed is what was recognised."""
    for value in (declaration.example, identify(declaration.example, type=declaration.code).canonical):
        kept, _count = without_pans(value)
        assert identify(kept, type=declaration.code) == identify(value, type=declaration.code)


def test_an_account_that_was_cut_as_a_card_number_says_so() -> None:
    kept, count = without_pans("CN 102100099996 / 6200000000000005")
    assert count == 1
    form = IdentifierForm({"value": kept, "type": "bank_account", "role": "recipient"})
    assert form.errors["value"] == [
        "This has the form of a card number, which the portal never keeps whole. If it is one, give it as a payment "
        "card; if not, write of it in your account"
    ]
