from __future__ import annotations

import ipaddress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.ip_ranges import SPECIAL
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.selectors import known_effect
from efc_portal.indicators.services import known_value_add, known_values_load_defaults
from efc_portal.indicators.types import TYPES
from tests.cast import Cast


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


# RFC 5952, section 4 and 5, and RFC 4291, section 2.2: one address in many ways, and the one way.
@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:DB8::ABCD", "2001:db8::abcd"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("FF01:0:0:0:0:0:0:101", "ff01::101"),
        ("::FFFF:129.144.52.38", "129.144.52.38"),
        ("::ffff:8190:3426", "129.144.52.38"),
        ("198[.]51[.]100[.]4", "198.51.100.4"),
        ("198(dot)51(dot)100(dot)4", "198.51.100.4"),
        ("2001[:]db8::7", "2001:db8::7"),
        ("IP: 198.51.100.4", "198.51.100.4"),
        ("IPv6 address: 2001:db8::7", "2001:db8::7"),
        ("198.51.100.4:8443", "198.51.100.4"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("198.51.100.4/32", "198.51.100.4"),
        ("198.51.100.0/24", "198.51.100.0/24"),
        ("2001:db8::/32", "2001:db8::/32"),
    ],
)
def test_one_form_however_written(written: str, canonical: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical) == ("ip", canonical)
    assert identify(found.display) == found


@given(st.ip_addresses())
def test_every_address_has_the_form_of_rfc_5952(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    one = getattr(address, "ipv4_mapped", None) or address
    assume(not one.is_unspecified)
    found = identify(address.exploded, type="ip")
    assert found.canonical == str(one)
    assert identify(found.canonical, type="ip") == identify(found.display, type="ip") == found
    assert found.detail


@pytest.mark.parametrize(
    ("value", "rule", "sentence"),
    [
        ("192.0.2.256", "range", "Position 9: no number of an IPv4 address is above 255"),
        ("192.0.02.7", "structure", "Position 7: a number begins with 0"),
        ("192.0.2", "structure", "An IPv4 address has four numbers with dots between them; this one has 3"),
        ("192.0.2.x", "alphabet", "Position 9: an IPv4 address has digits and dots alone"),
        ("1::2::3", "structure", "This is no IP address"),
        ("fe80::1%eth0", "structure", "What follows % names a network card of one computer"),
        ("0.0.0.0", "dummy", "This address means “none”"),  # noqa: S104
        ("::", "dummy", "This address means “none”"),
        ("192.0.2.7:70000", "range", "A port is a number from 1 to 65535"),
        ("192.0.2.7/24", "structure", "This is one address of a network"),
        ("192.0.2.0/33", "structure", "What follows / is the length of a network: a number up to 32"),
        ("0.0.0.0/0", "length", "Networks are compared by these sizes: /8, /12, /16, /20, /22, /24, /28"),
        ("198.51.100.64/26", "length", "Networks are compared by these sizes"),
    ],
)
def test_refusals_name_the_rule_and_the_place(value: str, rule: str, sentence: str) -> None:
    error = refusal(value, type="ip")
    assert (error.rule, error.message[: len(sentence)]) == (rule, sentence)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10.1.2.3", "Private"),
        ("172.31.255.1", "Private"),
        ("172.32.0.1", "IP version 4"),
        ("192.168.1.1", "Private"),
        ("100.64.0.1", "Shared"),
        ("100.128.0.1", "IP version 4"),
        ("127.0.0.1", "Loopback"),
        ("169.254.1.1", "Link-local"),
        ("203.0.113.9", "Documentation"),
        ("224.0.0.251", "Multicast"),
        ("255.255.255.255", "Broadcast"),
        ("fd12:3456::1", "Private"),
        ("fe80::1", "Link-local"),
        ("3fff::1", "Documentation"),
        ("2002:c000:207::1", "6to4"),
        ("64:ff9b::c000:207", "NAT64"),
        ("2a00:1450:4001::8a", "IP version 6"),
        ("8.8.8.0/24", "A network of 256 addresses"),
    ],
)
def test_says_what_range_an_address_is_of(value: str, words: str) -> None:
    assert identify(value, type="ip").detail.startswith(words)


def test_a_port_is_named_and_not_kept() -> None:
    found = identify("198.51.100.4:50123")
    assert found == identify("198.51.100.4")
    assert found.detail == "Port 50123 is not kept. Write it and the time into your text"


def test_what_was_clear_before_stays_clear() -> None:
    assert identify("+49 30 901820").type == "phone"
    assert identify("030.901.82.0", region="DE").type == "phone"
    assert identify("185.220.101.47", region="DE").type == "ip"
    assert identify("192.0.2.7/checkout").type == "url"
    assert identify("http://192.0.2.7/24").type == "url"


@pytest.mark.django_db
def test_special_ranges_are_known_and_others_are_not() -> None:
    known_values_load_defaults()
    for value in ("10.200.3.4", "192.0.2.7", "203.0.113.0/28", "2001:db8:1::7", "100.64.0.1", "fe80::1", "::1"):
        known = known_effect(identify(value, type="ip"))
        assert known is not None, value
        assert not known.refuses
    assert known_effect(identify("http://192.0.2.7/pay")) is not None
    for value in ("8.8.8.8", "2a00:1450:4001::8a", "192.1.0.1"):
        assert known_effect(identify(value, type="ip")) is None
    assert all(known_effect(identify(str(one.network), type="ip")) for one in SPECIAL if one.network.num_addresses > 1)


@pytest.mark.django_db
def test_a_listed_network_stands_for_its_addresses(cast: Cast) -> None:
    actor = cast.officer
    network = identify("198.18.0.0/22", type="ip")
    known_value_add(actor=actor, recognised=network, effect="refuse", reason="Ours.", covers_below=True)
    assert known_effect(identify("198.18.3.77")).refuses  # type: ignore[union-attr]
    assert known_effect(identify("198.18.4.1")) is None


def test_found_in_text() -> None:
    text = (
        "Log-in from 198.51.100.4 and 198[.]51[.]100[.]9, later 2a00:1450:4001:82b::200e (port 443). "
        "Version 1.2.3.4, v10.0.1.2, section 1.2.3.4.5, at 12:30:45, std::vector, 192.0.2.0/24 and 300.1.2.3."
    )
    found = [(find.canonical, text[find.start : find.end]) for find in extract(text) if find.type == "ip"]
    assert found == [
        ("198.51.100.4", "198.51.100.4"),
        ("198.51.100.9", "198[.]51[.]100[.]9"),
        ("2a00:1450:4001:82b::200e", "2a00:1450:4001:82b::200e"),
    ]


@given(st.ip_addresses(v=4).map(str) | st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True))
def test_what_is_written_plainly_is_what_python_takes_for_an_address(text: str) -> None:
    try:
        expected = str(ipaddress.ip_address(text))
    except ValueError:
        expected = ""
    if expected in ("", "0.0.0.0"):  # noqa: S104
        refusal(text, type="ip")
    else:
        assert identify(text, type="ip").canonical == expected


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("from 9.9.9.9", "9.9.9.9"),
        ("see 9.9.9.9", ""),
        ("see 9[.]9[.]9[.]9", "9.9.9.9"),
        ("(IP 192.0.2.7)", "192.0.2.7"),
        ("release 192.0.2.7", ""),
        ("on 127.0.0.1 with the mask 255.255.255.0", ""),
        ("2001:db8::7: seen", "2001:db8::7"),
    ],
)
def test_the_number_of_a_section_is_no_address(text: str, canonical: str) -> None:
    assert [find.canonical for find in extract(text) if find.type == "ip"] == ([canonical] if canonical else [])


def test_says_its_version_in_stix() -> None:
    for address, kind in (("192.0.2.7", "ipv4-addr"), ("2001:db8::7", "ipv6-addr")):
        stix, observed = TYPES["ip"].observable(address)
        assert (stix.type, observed) == (kind, {"value": address})
