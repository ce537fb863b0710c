"""Domains, URLs and e-mail addresses."""

from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import refang
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify

# Tor rend-spec-v3, section 6.
ONIONS = [
    "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
    "sp3k262uwy4r2k3ycr5awluarykdpag6a7y33jxop4cs2lu5uz5sseqd.onion",
    "xa4r2iadxm55fbnqgwwi5mymqdcofiu3w6rpbtqn7b2dyn7mgwj64jyd.onion",
]
ONION = ONIONS[0]


def canonical(value: str, type_code: str) -> str:
    return identify(value, type=type_code).canonical


def refusal(value: str, type_code: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, type=type_code)
    return error.value


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("hxxps://shop[.]example[.]com/a", "https://shop.example.com/a"),
        ("hXXp://shop(.)example(dot)com", "http://shop.example.com"),
        ("hxxp[:]//shop{.}example[dot]com", "http://shop.example.com"),
        ("name[at]example[.]com", "name@example.com"),
        ("name (at) example [dot] com", "name@example.com"),
        ("fxp://files[.]example[.]com", "ftp://files.example.com"),
    ],
)
def test_defanged_forms_are_understood(written: str, plain: str) -> None:
    assert refang(written) == plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Shop.Example.COM.", "shop.example.com"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("my_shop.tumblr.com", "my_shop.tumblr.com"),
        ("shop.example.co.uk", "shop.example.co.uk"),
        ("ｓｈｏｐ．example．com", "shop.example.com"),
        ("bank.example", "bank.example"),
    ],
)
def test_domains(value: str, expected: str) -> None:
    assert canonical(value, "domain") == expected


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("example", "structure"),
        ("co.uk", "suffix"),
        ("shop.notatld", "suffix"),
        ("router.local", "suffix"),
        ("a..b.com", "structure"),
        ("-a.com", "structure"),
        ("sh op.com", "alphabet"),
        ("a" * 64 + ".com", "length"),
        ("192.0.2.1", "kind"),
        ("https://shop.example.com/", "kind"),
        ("name@example.com", "kind"),
        (ONION, "kind"),
        ("xn--zzzzzz.com", "structure"),
    ],
)
def test_what_is_no_domain(value: str, rule: str) -> None:
    assert refusal(value, "domain").rule == rule


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("HTTPS://Shop.Example.COM:443/A/../b/./c?Q=1#Frag", "https://shop.example.com/b/c?Q=1#Frag"),
        ("http://example.com", "http://example.com/"),
        ("example.com/path", "https://example.com/path"),
        ("http://user:secret@example.com/x", "http://example.com/x"),
        ("http://example.com/%7euser/%c3%a4?x=%2f", "http://example.com/~user/%C3%A4?x=%2F"),
        ("http://example.com/ä", "http://example.com/%C3%A4"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("http://münchen.de/", "http://xn--mnchen-3ya.de/"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("hxxps://t[.]me/Some_Name", "https://t.me/Some_Name"),
        ("https://mega.nz/#!abc!Key", "https://mega.nz/#!abc!Key"),
    ],
)
def test_urls(value: str, expected: str) -> None:
    assert canonical(value, "url") == expected


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("javascript:alert(1)", "structure"),
        ("file:///etc/passwd", "scheme"),
        ("http://", "structure"),
        ("http://localhost/", "structure"),
        ("http://a b.com/", "alphabet"),
        ("http://shop.notatld/", "suffix"),
        ("http://example.com:99999/", "structure"),
        ("just words", "structure"),
    ],
)
def test_what_is_no_url(value: str, rule: str) -> None:
    assert refusal(value, "url").rule == rule


def test_nothing_is_shown_as_a_link() -> None:
    assert identify("https://shop.example.com/a.html?b=c.d").display == "hxxps://shop[.]example[.]com/a.html?b=c.d"
    assert identify("ftp://files.example.com/x").display == "fxp://files[.]example[.]com/x"
    assert identify("shop.example.com").display == "shop[.]example[.]com"
    assert identify("name.x@mail.example.com").display == "name.x@mail[.]example[.]com"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Name.Surname+tag@Example.COM", "name.surname+tag@example.com"),
        ("mailto:name@example.com?subject=x", "name@example.com"),
        ("Some Body <name@example.com>", "name@example.com"),
        ("name[at]example[.]com", "name@example.com"),
        ("name@münchen.de", "name@xn--mnchen-3ya.de"),
        ("o'hara_1%x@example.org", "o'hara_1%x@example.org"),
    ],
)
def test_emails(value: str, expected: str) -> None:
    assert canonical(value, "email") == expected


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("name", "structure"),
        ("@example.com", "structure"),
        ("name@", "structure"),
        ("a@b@example.com", "structure"),
        ("na me@example.com", "alphabet"),
        (".name@example.com", "alphabet"),
        ("na..me@example.com", "alphabet"),
        ("name@localhost", "structure"),
        ("name@example.notatld", "suffix"),
        ("a" * 65 + "@example.com", "alphabet"),
    ],
)
def test_what_is_no_email(value: str, rule: str) -> None:
    assert refusal(value, "email").rule == rule


def test_wider_values() -> None:
    assert list(identify("a@mail.example.com").declaration.covered_by("a@mail.example.com")) == [
        ("domain", "mail.example.com"),
        ("domain", "example.com"),
        ("domain", "com"),
    ]
    assert identify("shop.example.com").detail == "Under example[.]com"
    assert identify("xn--mnchen-3ya.de").detail == "Reads münchen[.]de"


@pytest.mark.parametrize("address", ONIONS)
def test_onion_vectors(address: str) -> None:
    found = identify(address.upper())
    assert (found.type, found.canonical) == ("onion", address)
    assert identify(f"www.{address}").canonical == f"www.{address}"
    assert identify(f"hxxp://{address.replace('.', '[.]')}/x").canonical == f"http://{address}/x"
    assert [find.type for find in extract(f"at {address.replace('.', '[.]')}, now")] == ["onion"]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (ONION.replace("pg6", "pg5"), "checksum"),
        (ONION.replace("pg6", "pg1"), "alphabet"),
        (ONION[1:], "length"),
        ("expyuzz4wqqyqhjn.onion", "version"),
        ("shop.example.com", "structure"),
    ],
)
def test_what_is_no_onion_address(value: str, rule: str) -> None:
    assert refusal(value, "onion").rule == rule
