"""What every type must do, whichever it is: a new type is tested here by being there."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import Found, IndicatorType, Recognised
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES, UnknownType, type_choices, type_of
from efc_portal.submissions.enums import Method


def recognised_or_refused(value: str, **options: str) -> Recognised | None:
    """What a value is recognised as, or None when it is refused with a sentence and a rule."""
    try:
        return identify(value, **options)
    except InvalidValue as error:
        return None if error.message and error.rule else pytest.fail("a refusal without a sentence")


EVERY = pytest.mark.parametrize("declaration", TYPES.values(), ids=list(TYPES))


@EVERY
def test_declares_itself(declaration: IndicatorType) -> None:
    assert str(declaration.label)
    assert str(declaration.help).endswith(".")
    assert declaration.method in ("", *Method.values)
    assert declaration.stix.type
    assert declaration.stix.property
    assert declaration.misp is None or declaration.misp.relation
    assert declaration.goaml is None or re.fullmatch(r"[a-z_]+(?:/[a-z_0-9]+)+", declaration.goaml)
    assert len(declaration.code) <= 40


def test_codes_and_places_are_single() -> None:
    assert len({declaration.order for declaration in TYPES.values()}) == len(TYPES)
    assert [code for code, _label in type_choices()] == list(TYPES)
    assert {"iban", "wallet_btc", "wallet_eth", "email", "url", "domain", "phone", "payment_card", "merchant"} <= set(
        TYPES
    )


@EVERY
def test_recognises_its_own_example(declaration: IndicatorType) -> None:
    found = identify(declaration.example, type=declaration.code)
    assert found.type == declaration.code
    if declaration.code != "merchant":  # a name can be anything: a merchant is only one when somebody says so
        assert identify(declaration.example) == found
    assert found.label
    assert found.display
    assert found.masked
    assert isinstance(found.detail, str)
    assert isinstance(found.country, str)
    assert isinstance(found.chain, str)


@EVERY
def test_its_canonical_form_is_its_own_canonical_form(declaration: IndicatorType) -> None:
    canonical = identify(declaration.example, type=declaration.code).canonical
    assert identify(canonical, type=declaration.code).canonical == canonical


@EVERY
def test_understands_what_it_says_it_accepts_and_refuses_the_rest(declaration: IndicatorType) -> None:
    assert len({declaration.example, *declaration.accepts}) == 1 + len(declaration.accepts)
    for value in declaration.accepts:
        found = identify(value, type=declaration.code)
        assert (
            identify(found.canonical, type=declaration.code) == identify(found.display, type=declaration.code) == found
        )
    sentences = []
    for value in declaration.refuses:
        with pytest.raises(InvalidValue) as refused:
            identify(value, type=declaration.code)
        assert value not in refused.value.message
        sentences.append(refused.value.message)
    assert len(set(sentences)) == len(sentences), "each example shows a reason of its own"


@EVERY
def test_says_itself_in_stix(declaration: IndicatorType) -> None:
    kind, properties = declaration.observable(identify(declaration.example, type=declaration.code).canonical)
    assert kind
    assert all(properties.values())


@EVERY
def test_what_is_shown_is_read_back(declaration: IndicatorType) -> None:
    found = identify(declaration.example, type=declaration.code)
    if not declaration.secret:
        assert identify(found.display, type=declaration.code) == found
        return
    whole = found.canonical.rpartition(":")[2]  # whoever reads it could spend it
    assert whole not in found.display.replace("-", "")
    assert whole[:-4] not in found.display
    assert whole not in found.masked
    with pytest.raises(InvalidValue) as error:
        identify(found.display, type=declaration.code)
    assert error.value.rule == "masked"


@EVERY
@given(value=st.text(max_size=60) | st.text("0123456789 -+.()[]@:/%abcDEFxXéß１２\u200b…*", max_size=60))
def test_any_text_is_a_value_or_a_sentence(declaration: IndicatorType, value: str) -> None:
    found = recognised_or_refused(value, type=declaration.code, region="DE")
    if found is not None:
        assert identify(found.canonical, type=declaration.code) == found
        assert all((found.display, found.masked, found.label))
        assert isinstance(found.detail, str)
        if not declaration.secret:
            assert identify(found.display, type=declaration.code, region="DE") == found
        for kind, wider in declaration.covered_by(found.canonical):
            if kind != "domain":  # the last of these is an ending, such as com
                assert identify(wider, type=kind).canonical == wider


@st.composite
def nearly(draw: st.DrawFn, examples: list[str]) -> str:
    """One of the examples with a few characters put in, taken out or exchanged, in any case and spacing."""
    text = draw(st.sampled_from(examples))
    for _edit in range(draw(st.integers(0, 3))):
        place, length = draw(st.integers(0, len(text))), draw(st.integers(0, 2))
        piece = draw(st.text("0123456789 -/.:;@$_*…#()'AaXxzé１", max_size=2))
        text = text[:place] + piece + text[place + length :]
    return draw(st.sampled_from([text, text.upper(), text.lower(), text.replace(" ", ""), text.replace("-", " ")]))


@EVERY
@given(data=st.data())
def test_what_is_nearly_a_value_is_one_or_a_sentence(declaration: IndicatorType, data: st.DataObject) -> None:
    value = data.draw(nearly([declaration.example, identify(declaration.example, type=declaration.code).display]))
    found = recognised_or_refused(value, type=declaration.code, region="GB")
    if found is not None:
        assert identify(found.canonical, type=declaration.code) == found
        if not declaration.secret:
            assert identify(found.display, type=declaration.code) == found


@given(value=nearly([declaration.example for declaration in TYPES.values()]))
def test_what_is_nearly_a_value_is_recognised_or_a_sentence(value: str) -> None:
    found = recognised_or_refused(value, region="NL")
    if found is not None:
        assert identify(value, type=found.type, region="NL") == found


@given(value=st.from_regex(r"\A[0-9][0-9 ./-]{3,30}\Z"))
def test_a_number_alone_is_a_card_a_phone_number_or_nothing(value: str) -> None:
    try:
        assert identify(value, region="GB").type in ("payment_card", "phone")
    except InvalidValue as error:
        assert set(error.types) <= {"payment_card", "phone", "domain", "url", "wallet_btc"}


@given(value=st.text(max_size=60))
def test_any_text_is_recognised_or_a_sentence(value: str) -> None:
    found = recognised_or_refused(value, region="NL")
    if found is not None:
        assert identify(value, type=found.type, region="NL") == found


@EVERY
@given(text=st.text(max_size=200) | st.text("0123456789 -+.@:/[]()\nabDE\u200b", max_size=200))
def test_extracting_never_fails_and_gives_back_its_places(declaration: IndicatorType, text: str) -> None:
    finds: list[Found] = list(extract(text))
    assert [find.start for find in finds] == sorted(find.start for find in finds)
    for find in finds:
        assert 0 <= find.start < find.end <= len(text)
        assert find.line == text.count("\n", 0, find.start) + 1


def test_an_unknown_type_says_which_there_are() -> None:
    with pytest.raises(UnknownType, match=r"called “ibna”\. The types are: iban, bank_account, bic"):
        type_of("ibna")


def test_speaks_the_readers_language() -> None:
    with translation.override("de"):
        assert identify("GB29 NWBK 6016 1331 9268 19").label == "IBAN, Vereinigtes Königreich"
