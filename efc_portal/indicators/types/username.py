"""User names on platforms: `telegram:north_star`.

A name says who somebody is on one platform alone, so that the platform belongs to the value. It may be given before or
behind the name, or as the address of a profile.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold, refang
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.plain import Plain
from efc_portal.indicators.platforms import (
    BY_HOST,
    BY_NAME,
    BY_PHONE,
    PLATFORMS,
    WORDS_TOO,
    Platform,
)
from efc_portal.indicators.types.payment_handle import DECLARATION as PAYMENTS

_PLATFORM = r"[^\W_][\w .+&!-]{0,38}"
_FIRST = re.compile(rf"(?P<platform>{_PLATFORM}) ?: ?(?P<name>.+)")
_BEHIND = re.compile(rf"(?P<name>\S(?:.{{0,98}}\S)?) on (?P<platform>{_PLATFORM})", re.IGNORECASE)
_BRACKETS = re.compile(rf"(?P<name>\S(?:.{{0,98}}\S)?) ?\((?:on )?(?P<platform>{_PLATFORM})\)", re.IGNORECASE)
_AT = re.compile(rf"(?P<platform>{_PLATFORM}) (?P<name>@\S+)")
_LEAD = re.compile(r" (?:user(?: ?name)?|handle|account|profile|id|nick(?: ?name)?)$", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{6,20}")
_PAGE = re.compile(r"https?://", re.IGNORECASE)
_ODD = re.compile("[0-9_.]")
_LONGEST = 80


def _any_of(names: Iterable[str]) -> str:
    """A pattern of these names in any case, parted by their first letter: most words fail at that."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        rests.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in sorted(rests.items()))


_CALLED = r"(?: (?i:user ?name|user|handle|account|profile|id|nick(?:name)?))?(?:: ?| )"


class UserName(IndicatorType):
    code = "username"
    label = _("User name")
    help = _("The platform, a colon and the name, as in Telegram: north_star; or the address of the profile.")
    example = "Telegram: north_star"
    accepts = (
        "@north_star on Telegram",
        "North_Star (telegram)",
        "hxxps://t[.]me/north_star",
        "Instagram user name: @north.star",
        "Mastodon: @north@social.example",
        "Some forum: North Star",
    )
    refuses = (
        "@north_star",
        "Telegram: no",
        "Instagram: north star",
        "PayPal: north_star",
        "WhatsApp: +49 1512 3456789",
        "https://t.me/s/north_star/12",
    )
    order = 72
    lifetime_days = 365
    stix = StixHint("user-account", "account_login")
    misp = MispHint("user-account", "username")
    goaml = "t_social_media/user_name"
    shapes = (Shape(least=3, marks=": "),)
    words = tuple(BY_NAME)
    # A known platform and a name that shows to be one: by an @ before it, or a digit, dot or _ inside.
    pattern = re.compile(
        rf"(?<![\w.@/-])(?P<platform>{_any_of(BY_NAME)}){_CALLED}"
        r"(?:@(?P<at>[a-zA-Z0-9][\w.-]{1,38})|(?P<odd>[a-zA-Z][a-zA-Z-]{0,30}[0-9_.][\w.-]{0,30}))(?![\w@-]|://|/)",
        re.ASCII,
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        platform, name = _parted(text)
        known = BY_NAME.get(platform)
        if not known and "".join(filter(str.isalnum, platform)) in PAYMENTS.by_spelling:
            raise InvalidValue(_("This is a payment service: give the name as a payment handle"), rule="kind")
        if platform in BY_PHONE and _PHONE.fullmatch(name) and (name[0] == "+" or platform != "telegram"):
            raise InvalidValue(
                _("This is a phone number: give it as one, whatever messenger it is used with"), rule="kind"
            )
        if not known and not re.fullmatch(_PLATFORM, platform):
            raise InvalidValue(_("The platform’s name has letters and digits, and no more than 40"), rule="alphabet")
        canonical = f"{known.code}:{_settled(known, name)}" if known else f"{platform}:{_folded(name)}"
        if len(canonical) > _LONGEST + 40:
            raise InvalidValue(
                _("Too long: a user name has at most %(limit)s characters"), rule="length", limit=_LONGEST
            )
        if truncate_pans(canonical)[1]:
            raise InvalidValue(
                _("These digits would pass for a card number, which is never kept. Give the name in letters"),
                rule="kind",
            )
        return canonical

    def looks_like(self, text: str) -> bool:
        """A known platform and a name, said as such. A profile's address is a URL unless somebody says otherwise."""
        if "://" in text or not (":" in text or " " in text):
            return False
        found = _said_with(text)
        if found is None:
            return False
        platform, name = _platform(found["platform"]), found["name"]
        if platform in WORDS_TOO and not name.startswith("@"):
            return False
        if platform in BY_PHONE and _PHONE.fullmatch(name):
            return False
        return platform in BY_NAME and not PAYMENTS.looks_like(text)  # WeChat is both, and here it is about payments

    def display(self, canonical: str) -> str:
        platform, _mark, name = canonical.partition(":")
        return f"{_name(platform)}: {name}"

    def masked(self, canonical: str) -> str:
        platform, _mark, name = canonical.partition(":")
        return f"{_name(platform)}: {name[0]}…"

    def detail(self, canonical: str) -> Words:
        platform = canonical.partition(":")[0]
        if platform in PLATFORMS:
            return gettext("User name on %(platform)s") % {"platform": _name(platform)}
        return _("A platform without rules here: upper and lower case count as equal")

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        """The properties that make the id of a user-account (STIX 2.1, 6.18)."""
        platform, _mark, name = canonical.partition(":")
        return self.stix, {"account_type": "twitter" if platform == "x" else platform, "account_login": name}

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        text = plain.text
        found = self.pattern.match(text, start)
        if found is None or text[start - 1 : start].isalnum() or text[found.end() : found.end() + 1].isalnum():
            return None
        name = found["at"] or found["odd"]
        bare = name.rstrip(".-")
        if found["odd"] and (found["platform"].lower() in WORDS_TOO or not _ODD.search(bare)):
            return None
        return Span(start, found.end() - len(name) + len(bare), f"{found['platform']}: {bare}", self.found_as)


def _name(platform: str) -> str:
    return PLATFORMS[platform].name if platform in PLATFORMS else platform


def _platform(text: str) -> str:
    """A platform's name in the one way it is spelled: our code for it, without “user name” behind it; or folded."""
    folded = _folded(text)
    known = BY_NAME.get(folded) or BY_NAME.get(_LEAD.sub("", folded))
    return known.code if known else folded


def _said_with(text: str) -> re.Match[str] | None:
    return _FIRST.fullmatch(text) or _BRACKETS.fullmatch(text) or _BEHIND.fullmatch(text) or _AT.fullmatch(text)


def _parted(text: str) -> tuple[str, str]:
    """The platform, spelled one way, and the name as it was given."""
    if _PAGE.match(address := refang(fold(text))):
        return _of_profile(address)
    found = _said_with(text)
    if found is None:
        raise InvalidValue(
            _("Say on which platform, then a colon, then the name, as in Telegram: north_star"), rule="structure"
        )
    platform, name = _platform(found["platform"]), found["name"].strip()
    name = name.lstrip("@ ") or name
    if platform == "reddit":
        name = re.sub(r"^/?u/", "", name, flags=re.IGNORECASE)
    return platform, name


def _of_profile(address: str) -> tuple[str, str]:
    """The platform and name of a profile's address; raises `InvalidValue` for any other page."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    known = BY_HOST.get(host)
    steps = [unquote(step) for step in parts.path.split("/") if step] if known else []
    if known and len(steps) > 1 and steps[0].lower() in known.before:
        steps = steps[1:]
    if known is None or len(steps) != 1 or steps[0].lower() in ("login", "home", "search", "explore", *known.before):
        raise InvalidValue(
            _("This is not the address of a profile on a platform known here. Give platform and name, or a URL"),
            rule="structure",
        )
    return known.code, steps[0].removeprefix("@")


def _settled(known: Platform, name: str) -> str:
    folded = fold(name)
    if not known.form.fullmatch(folded):
        raise InvalidValue(
            _("This cannot be a user name on %(platform)s: it takes %(form)s, and not every length"),
            rule="structure",
            platform=known.name,
            form=known.words,
        )
    settled = known.settle(folded)
    if not any(map(str.isalnum, settled)):
        raise InvalidValue(_("A user name has at least one letter or digit"), rule="structure")
    return settled


def _folded(text: str) -> str:
    """Without regard to case, and as `clean` leaves it: folding again changes nothing."""
    for _round in range(4):
        folded = unicodedata.normalize("NFKC", text.casefold())
        folded = " ".join(folded.split())
        if folded == text:
            break
        text = folded
    return text


DECLARATION = UserName()
