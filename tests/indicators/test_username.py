from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.platforms import BY_HOST, BY_NAME, PLATFORMS
from efc_portal.indicators.types import TYPES


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Telegram: @North_Star", "telegram:north_star"),
        ("telegram:north_star", "telegram:north_star"),
        ("@north_star on Telegram", "telegram:north_star"),
        ("north_star (TG)", "telegram:north_star"),
        ("Telegram handle: north_star", "telegram:north_star"),
        ("Twitter: @NorthStar", "x:northstar"),
        ("Reddit: u/North_Star", "reddit:north_star"),
        ("Facebook: North.Star.1", "facebook:northstar1"),
        ("Mastodon: @north@social.example", "mastodon:north@social.example"),
        ("Matrix: @north:server.example", "matrix:north:server.example"),
        ("Discord: North#1234", "discord:north#1234"),
        ("Threema: abcd1234", "threema:ABCD1234"),
    ],
)
def test_recognised_by_its_platform(written: str, canonical: str) -> None:
    found = identify(written)
    assert (found.type, found.canonical) == ("username", canonical)
    assert identify(found.display, type="username") == found


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://t.me/North_Star", "telegram:north_star"),
        ("hxxps://www[.]instagram[.]com/north.star/?hl=de", "instagram:north.star"),
        ("https://www.tiktok.com/@north.star", "tiktok:north.star"),
        ("https://www.reddit.com/user/North_Star/", "reddit:north_star"),
        ("https://www.snapchat.com/add/north-star", "snapchat:north-star"),
        ("https://www.linkedin.com/in/north-star-1", "linkedin:north-star-1"),
        ("https://steamcommunity.com/profiles/76561197960265728", "steam:76561197960265728"),
        ("https://www.youtube.com/channel/UC-abcDEF0123456789_xyzA", "youtube:UC-abcDEF0123456789_xyzA"),
        ("https://www.youtube.com/@North.Star", "youtube:north.star"),
    ],
)
def test_the_address_of_a_profile_is_a_url_unless_a_user_name_is_asked_for(address: str, canonical: str) -> None:
    assert identify(address).type == "url"
    assert identify(address, type="username").canonical == canonical


def test_a_platform_that_is_not_known_takes_any_name_without_regard_to_case() -> None:
    found = identify("Northern Forum: Straße 7", type="username")
    assert found.canonical == "northern forum:strasse 7"
    assert found == identify("NORTHERN  FORUM : STRASSE 7", type="username")
    assert refusal("Northern Forum: Polar Star").rule == "unrecognised", "any two words with a colon are no user name"


@pytest.mark.parametrize(
    ("value", "rule", "sentence"),
    [
        ("@north_star", "structure", "Say on which platform, then a colon, then the name"),
        ("Telegram: no", "structure", "This cannot be a user name on Telegram: it takes letters, digits and _"),
        ("Instagram: north star", "structure", "This cannot be a user name on Instagram"),
        ("PayPal: north_star", "kind", "This is a payment service"),
        ("WhatsApp: +49 1512 3456789", "kind", "This is a phone number"),
        ("forum: 4111 1111 1111 1111", "kind", "These digits would pass for a card number"),
        ("forum: " + "x" * 200, "length", "Too long"),
        ("Kik: ...", "structure", "A user name has at least one letter or digit"),
        ("https://t.me/s/north_star/12", "structure", "This is not the address of a profile"),
        ("https://shop.example.com/north_star", "structure", "This is not the address of a profile"),
    ],
)
def test_refusals(value: str, rule: str, sentence: str) -> None:
    error = refusal(value, type="username")
    assert (error.rule, error.message[: len(sentence)]) == (rule, sentence)


def test_what_was_clear_before_stays_clear() -> None:
    assert identify("PayPal: northstar").type == identify("WeChat: north_star").type == "payment_handle"
    assert identify("WeChat: north_star", type="username").canonical == "wechat:north_star"
    assert identify("WhatsApp: +49 1512 3456789").type == "phone"
    assert identify("name@shop.example.com").type == "email"
    for words in ("Line: see above", "OK: received", "X: unknown", "the forum: hello", "Session: morning"):
        assert refusal(words).rule == "unrecognised"


def test_every_platform_has_one_spelling_and_reads_its_own_names() -> None:
    assert all(name == name.lower() for name in BY_NAME)
    assert sum(len({one.code, one.name.lower(), *one.others}) for one in PLATFORMS.values()) == len(BY_NAME)
    assert sum(len(one.hosts) for one in PLATFORMS.values()) == len(BY_HOST)


def test_found_in_text_where_it_shows_to_be_a_name() -> None:
    text = (
        "He asked on Telegram @north_star and on Instagram: north.star.7, later on Snapchat user name polar-star9. "
        "Line 12 and Telegram groups were used; Instagram blocked him. Signal received, OK 12_3. https://t.me/other_one"
    )
    assert [find.canonical for find in extract(text) if find.type == "username"] == [
        "telegram:north_star",
        "instagram:north.star.7",
        "snapchat:polar-star9",
    ]


def test_is_an_account_of_its_platform_in_stix() -> None:
    stix, observed = TYPES["username"].observable("x:northstar")
    assert (stix.type, observed) == ("user-account", {"account_type": "twitter", "account_login": "northstar"})
