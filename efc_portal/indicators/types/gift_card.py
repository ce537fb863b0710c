"""Gift cards and vouchers, by their brand and code: `Steam: ABCDE-FGHIJ-KLMNP`.

Whoever knows a code can spend it. It is kept whole all the same, sealed like every value, as only the whole code says
to its brand when and by whom it was bought and spent, and only the whole code matches. It is never shown whole: pages
and the report show its last four characters; the files for machines, inside the encrypted package, hold it.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.cards import refuse_card_number
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import NO_STIX, Shape, Words
from efc_portal.indicators.named import Form, Named, Service, tables

_SHOWN = 4
_PLAIN = re.compile(r"[A-Z0-9]{6,40}")
_LEAD = re.compile(r"^(?:(?:gift ?card|voucher|card|claim|wallet|code|pin|number|no|nr)[ .:#]+)+", re.IGNORECASE)
_NOT_BRAND = re.compile(r"\b(?:gift ?cards?|e-?gift|vouchers?|prepaid|cards?|codes?|pin)\b", re.IGNORECASE)


def _plain(value: str, region: str | None = None) -> str:
    compact = re.sub(r"[ .:-]", "", value).upper()
    if not _PLAIN.fullmatch(compact):
        raise InvalidValue(_("A code has 6 to 40 letters and digits"), rule="structure")
    return compact


def _form(pattern: str, words: Words) -> Form:
    return Form(re.compile(pattern), words)


# Lengths as the brands state them to their customers; the others do not say, or have several.
_BRANDS, _SPELT = tables(
    (
        Service("amazon", "Amazon", _form("[A-Z0-9]{14,15}", _("14 or 15 characters")), ("Amazon.com", "Amazon.de")),
        Service("apple", "Apple", _form("X[A-Z0-9]{15}", _("16 characters, the first an X")), ("iTunes", "App Store")),
        Service(
            "googleplay",
            "Google Play",
            _form("[A-Z0-9]{16}|[A-Z0-9]{20}", _("16 or 20 characters")),
            ("Google", "Play Store"),
        ),
        Service("steam", "Steam", _form("[A-Z0-9]{15}", _("15 characters")), ("Steam Wallet", "Valve")),
        Service("xbox", "Xbox", _form("[A-Z0-9]{25}", _("25 characters")), ("Microsoft", "Xbox Live", "Windows")),
        Service("playstation", "PlayStation", _form("[A-Z0-9]{12}", _("12 characters")), ("PSN", "Sony")),
        Service("nintendo", "Nintendo", _form("[A-Z0-9]{16}", _("16 characters")), ("eShop", "Nintendo eShop")),
        Service("paysafecard", "paysafecard", _form("[0-9]{16}", _("16 digits")), ("PSC", "paysafe")),
        Service("neosurf", "Neosurf", _form("[A-Z0-9]{10}", _("10 characters"))),
        *(
            Service(re.sub(r"\W", "", name.lower()), name, _plain)
            for name in (
                "Flexepin", "CASHlib", "Jeton Cash", "Transcash", "PCS", "Toneo First", "Ticket Premium", "Bitnovo",
                "Roblox", "Razer Gold", "Netflix", "Spotify", "Zalando", "Walmart", "Target", "eBay", "Sephora",
                "Nike", "IKEA", "MediaMarkt", "Fnac", "Uber", "Airbnb", "Twitch", "Discord", "OnlyFans",
            )
        ),
    )
)  # fmt: skip


class GiftCard(Named):
    code = "gift_card"
    label = _("Gift card or voucher")
    help = _("The brand, a colon, and the code. The code is kept sealed and never shown whole.")
    example = "Steam: ABCDE-FGHIJ-KLMNP"
    order = 37
    lifetime_days = 365
    method = "gift_card"
    secret = True
    stix = NO_STIX
    misp = None  # whoever reads a code can spend it
    goaml = "t_trans_item/identification_number"
    shapes = (Shape(least=4, marks=":"),)
    services = _BRANDS
    by_spelling = _SPELT
    form = _("Steam: ABCDE-FGHIJ-KLMNP")

    def plain(self, value: str) -> str:
        return _plain(value)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        brand, colon, code = text.partition(":")
        refuse_card_number(re.sub("[ -]", "", code))
        if "…" in code or "..." in code or "*" in code:
            raise InvalidValue(
                _("This is a code cut short, as the portal shows it. Give it whole: it is kept sealed"), rule="masked"
            )
        if not colon:
            return super().canonicalise(_NOT_BRAND.sub("", text), region)
        brand = _NOT_BRAND.sub("", brand).strip() or brand
        return super().canonicalise(f"{brand}: {_LEAD.sub('', code.strip())}", region)

    def looks_like(self, text: str) -> bool:
        brand, colon, code = text.partition(":")
        return bool(colon) and super().looks_like(f"{_NOT_BRAND.sub('', brand)}:{code}")

    def display(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        return f"{service.name if service else code}: …{value[-_SHOWN:]}"

    def masked(self, canonical: str) -> str:
        return self.display(canonical)


DECLARATION = GiftCard()
