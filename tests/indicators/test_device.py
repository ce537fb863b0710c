from __future__ import annotations

import pytest

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES

# 3GPP TS 23.003, annex B, works its example of the check digit with the TAC 49015420 and the serial number 323751.
IMEI = "490154203237518"


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (f"IMEI {IMEI}", f"imei:{IMEI}"),
        ("IMEI: 49-015420-323751-8", f"imei:{IMEI}"),
        ("imei no. 490154 20 323751 8", f"imei:{IMEI}"),
        ("IMEISV 49-015420-323751-01", f"imei:{IMEI}"),
        ("00:1B:44:11:3A:B7", "mac:00:1b:44:11:3a:b7"),
        ("00-1B-44-11-3A-B7", "mac:00:1b:44:11:3a:b7"),
        ("001b.4411.3ab7", "mac:00:1b:44:11:3a:b7"),
        ("MAC: 001b44113ab7", "mac:00:1b:44:11:3a:b7"),
        ("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),  # RFC 9562
        ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("IDFA: F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("session id: f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    ],
)
def test_one_form_however_written(written: str, canonical: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical) == ("device", canonical)
    assert identify(found.display) == identify(found.canonical) == found


def test_any_other_id_says_what_it_is() -> None:
    found = identify("Android  ID: 3f1E5a77c0d92b64", type="device")
    assert (found.canonical, found.masked) == ("android id:3f1E5a77c0d92b64", "android id: 3f…64")
    assert refusal("3f1e5a77c0d92b64", type="device").message.startswith("Say what kind of id it is")
    assert refusal("Android ID: 3f1e5a77c0d92b64").rule == "unrecognised", (
        "a word and a colon say nothing by themselves"
    )


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (f"IMEI {IMEI[:-1]}9", "checksum"),
        ("IMEI 94015420323751 8", "checksum"),
        (f"IMEI {IMEI[:-1]}", "length"),
        ("IMEI 371449635398431", "kind"),  # an American Express card
        ("IMEI 000000000000000", "dummy"),
        ("IMEI 004999010640000", "dummy"),
        ("00:00:00:00:00:00", "dummy"),
        ("02:00:00:00:00:00", "dummy"),
        ("ff:ff:ff:ff:ff:ff", "dummy"),
        ("00000000-0000-0000-0000-000000000000", "dummy"),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", "dummy"),
        ("android id: 9774d56d682e549c", "dummy"),
        ("00:1B:44:11:3A:ZZ", "structure"),
        ("g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "alphabet"),
        ("imei: unknown-at-present", "structure"),
        ("session: 4111111111111111", "kind"),
    ],
)
def test_refusals(value: str, rule: str) -> None:
    error = refusal(value, type="device")
    assert (error.rule, value in error.message) == (rule, False)


def test_every_wrong_digit_of_an_imei_is_found() -> None:
    for place, digit in enumerate(IMEI):
        for other in set("0123456789") - {digit}:
            assert refusal(f"IMEI {IMEI[:place]}{other}{IMEI[place + 1 :]}").rule in ("checksum", "kind")


def test_says_what_an_address_tells() -> None:
    for value, words in {
        "00:1b:44:11:3a:b7": "Network card; its maker has the number (OUI) 00:1b:44",
        "9a:1b:44:11:3a:b7": "Locally administered",
        "01:00:5e:00:00:fb": "Multicast address",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6": "UUID made from the time and a network card",
        "6d92078a-8246-4ba4-ae5b-76104861e7dc": "Random UUID",
        f"IMEI {IMEI}": "Phone or modem; its model has the number (TAC) 49015420",
    }.items():
        assert identify(value).detail.startswith(words)


def test_digits_that_might_be_a_card_stay_one_unless_somebody_says_imei() -> None:
    assert identify(IMEI).type == "payment_card"
    assert refusal("11-22-33-44-55-66").types == ("phone",)
    for kept in ("IMEI: 356938035643809", "imei:356938035643809", "the IMEI no. 35-693803-564380-9."):
        assert truncate_pans(kept) == (kept, 0)
    for cut in ("356938035643809", "IMEI 371449635398431", "IMEI 4111111111111111", "my IMEI and 356938035643809"):
        assert truncate_pans(cut)[1] == 1


def test_found_in_text() -> None:
    text = (
        f"Handset IMEI {IMEI}, not IMEI {IMEI[:-1]}9. Card reader 00-1B-44-11-3A-B7 at 10:20:30:40; session "
        "6d92078a-8246-4ba4-ae5b-76104861e7dc, dummy 02:00:00:00:00:00, 2001:db8:0:1:2:3:4:5."
    )
    assert [(find.canonical, str(find.confidence)) for find in extract(text) if find.type == "device"] == [
        (f"imei:{IMEI}", "certain"),
        ("mac:00:1b:44:11:3a:b7", "candidate"),
        ("uuid:6d92078a-8246-4ba4-ae5b-76104861e7dc", "candidate"),
    ]


def test_a_mac_address_is_an_observable() -> None:
    stix, observed = TYPES["device"].observable("mac:00:1b:44:11:3a:b7")
    assert (stix.type, observed) == ("mac-addr", {"value": "00:1b:44:11:3a:b7"})
