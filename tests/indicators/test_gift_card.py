from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify


@pytest.mark.parametrize(
    ("written", "canonical", "shown"),
    [
        ("Steam: ABCDE-FGHIJ-KLMNP", "steam:ABCDEFGHIJKLMNP", "Steam: …LMNP"),
        ("steam wallet: abcde fghij klmnp", "steam:ABCDEFGHIJKLMNP", "Steam: …LMNP"),
        ("Amazon gift card: AQ12-ABCDEF-1234", "amazon:AQ12ABCDEF1234", "Amazon: …1234"),
        ("Amazon gift card code AQ12-ABCDEF-1234", "amazon:AQ12ABCDEF1234", "Amazon: …1234"),
        ("Amazon.de: claim code: AQ12-ABCDEF-1234X", "amazon:AQ12ABCDEF1234X", "Amazon: …234X"),
        ("iTunes: XABC DEFG HJKL MN12", "apple:XABCDEFGHJKLMN12", "Apple: …MN12"),
        ("PSN: ABCD-EFGH-1234", "playstation:ABCDEFGH1234", "PlayStation: …1234"),
        ("paysafecard: 0123 4567 8901 2345", "paysafecard:0123456789012345", "paysafecard: …2345"),
        ("Zalando voucher: ABC-123-XYZ", "zalando:ABC123XYZ", "Zalando: …3XYZ"),
        ("Corner Shop: abc-123-999", "cornershop:ABC123999", "cornershop: …3999"),
    ],
)
def test_one_form_however_written_and_shown_by_its_end(written: str, canonical: str, shown: str) -> None:
    found = identify(written, type="gift_card")
    assert (found.canonical, found.display, found.masked) == (canonical, shown, shown)


@pytest.mark.parametrize(
    ("written", "rule", "sentence"),
    [
        ("ABCDE-FGHIJ-KLMNP", "structure", "Say of which service it is. Write it as Steam: ABCDE-FGHIJ-KLMNP"),
        ("Steam: ABCDE-FGHIJ-KLMN", "structure", "Steam: it has 15 characters; this one has 14"),
        ("Apple: AABCDEFGHJKLMN12", "structure", "Apple: it has 16 characters, the first an X; this one has 16"),
        ("paysafecard: 0123 4567 8901 234X", "structure", "paysafecard: it has 16 digits"),
        ("Corner Shop: abc", "structure", "A code has 6 to 40 letters and digits"),
        ("Steam: …LMNP", "masked", "This is a code cut short, as the portal shows it."),
        ("Steam: ...LMNP", "masked", "This is a code cut short"),
        ("Steam: ABCDE-*****-*****", "masked", "This is a code cut short"),
        ("paysafecard: 4111 1111 1111 1111", "kind", "This has the form of a card number"),
        ("Vanilla: 411111******1111", "kind", "This has the form of a card number"),
    ],
)
def test_says_which_rule_of_which_brand(written: str, rule: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(written, type="gift_card")
    assert error.value.rule == rule
    assert error.value.message.startswith(sentence)
    assert "KLMN" not in error.value.message.replace("ABCDE-FGHIJ-KLMNP", "")


def test_recognised_with_its_brand_alone() -> None:
    assert identify("Steam gift card: ABCDE-FGHIJ-KLMNP").type == "gift_card"
    for value in ("ABCDE-FGHIJ-KLMNP", "AQ12-ABCDEF-1234"):
        with pytest.raises(InvalidValue) as error:
            identify(value)
        assert "gift_card" not in error.value.types
