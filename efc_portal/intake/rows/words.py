"""What people write for a part, a method, a type, a currency or a country: its code, or its name in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pycountry
from django.conf import settings
from django.utils import translation

from efc_portal.core.countries import country_name, is_country
from efc_portal.core.money import is_currency
from efc_portal.indicators.types import TYPES
from efc_portal.intake.rows.columns import Words, folded
from efc_portal.submissions.enums import Method, SightingRole

LANGUAGES = ("en", "de", "fr")  # of files; what the interface is not translated into stands here
_ROLES = {
    "sender": "sender payer debtor originator from absender auftraggeber zahler expediteur payeur donneurdordre"
    " debiteur",
    "recipient": "recipient receiver beneficiary payee creditor to empfaenger empfanger beguenstigter begunstigter"
    " destinataire beneficiaire creancier",
    "merchant": "merchant platform shop haendler handler plattform commercant marchand plateforme",
    "contact": "contact account accountname username kontakt benutzername nutzername nomdutilisateur",
    "other": "other unknown andere sonstige sonstiges unbekannt autre inconnu",
}
_METHODS = {
    "bank_transfer": "transfer wire wiretransfer sepa sct banktransfer ueberweisung uberweisung virement"
    " virementbancaire",
    "payment_card": "card creditcard debitcard karte kreditkarte zahlungskarte carte cartebancaire cartedepaiement",
    "money_transfer": "remittance moneyremittance geldtransfer bargeldtransfer transfertdefonds transfertdargent",
    "e_wallet": "wallet ewallet p2p app paypal ewalletoderapp portefeuilleelectronique",
    "prepaid_card": "prepaid prepaidkarte guthabenkarte carteprepayee",
    "gift_card": "giftcard voucher gutschein geschenkkarte cartecadeau bon",
    "virtual_currency": "crypto cryptocurrency virtualcurrency kryptowaehrung kryptowahrung virtuellewaehrung"
    " cryptomonnaie monnaievirtuelle",
    "anonymity_enhanced": "privacycoin monero anonymisiertekryptowaehrung monnaievirtuelleanonyme",
    "cash": "cash bargeld bar especes liquide",
    "other": "other unknown andere sonstige sonstiges autre",
}
_TYPES = {
    "payment_card": "card creditcard debitcard pan cardnumber karte kreditkarte carte cartebancaire numerodecarte",
    "wallet_btc": "btc bitcoin",
    "wallet_ltc": "ltc litecoin",
    "wallet_bch": "bch bitcoincash",
    "wallet_eth": "eth ether ethereum",
    "wallet_tron": "tron trx",
    "wallet_xmr": "xmr monero",
    "wallet_xrp": "xrp ripple",
    "wallet_dash": "dash",
    "wallet_zec": "zec zcash",
    "email": "email mail emailaddress mailadresse emailadresse adresseelectronique courriel",
    "phone": "phone telephone mobile telefon telefonnummer handynummer rufnummer numerodetelephone",
    "url": "url link weblink webadresse lien",
    "domain": "domain domainname hostname host domaene domane domaine nomdedomaine",
    "ip": "ip ipaddress ipadresse adresseip ipv4 ipv6",
    "bank_account": "bankaccount account accountnumber konto kontonummer compte numerodecompte",
    "bic": "bic swift swiftcode",
    "username": "username user login handle benutzername nutzername nomdutilisateur",
    "merchant": "merchant mid merchantid haendler handler commercant",
}
# Words for “whichever it is”.
_ANY = frozenset({"", "wallet", "address", "cryptoaddress", "auto", "any", "walletaddress"})
_SIGNS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "₿": "BTC"}


def role_of(text: str) -> str | None:
    """The code of a part in a payment, or None."""
    return _roles().get(folded(text))


def method_of(text: str) -> str | None:
    return _methods().get(folded(text))


def type_of(text: str) -> str | None:
    """The code of a type, "" for whichever it is, or None."""
    plain = folded(text)
    return "" if plain in _ANY else _types().get(plain)


def currency_of(text: str) -> str | None:
    code = text.strip().upper()
    code = _SIGNS.get(code, code)
    return code if len(code) <= 10 and is_currency(code) else None


def country_of(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code, or None."""
    code = text.strip().upper()
    return code if len(code) == 2 and is_country(code) else _countries().get(folded(text))


@cache
def _roles() -> dict[str, str]:
    return _map(SightingRole.choices, _ROLES)


@cache
def _methods() -> dict[str, str]:
    return _map(Method.choices, _METHODS)


@cache
def _types() -> dict[str, str]:
    return _map(((code, declaration.label) for code, declaration in TYPES.items()), _TYPES)


def _map(choices: Iterable[tuple[str, Words]], others: dict[str, str]) -> dict[str, str]:
    """By code, by label in each language of the interface, by other words; the first to claim a word has it."""
    pairs = list(choices)
    found = {folded(code): code for code, _label in pairs}
    for _language in _languages():
        for code, label in pairs:
            found.setdefault(folded(str(label)), code)
    for code, _label in pairs:
        for word in others.get(code, "").split():
            found.setdefault(word, code)
    return found


def _languages() -> Iterator[str]:
    for language in dict.fromkeys([code for code, _name in settings.INTERFACE_LANGUAGES] + list(LANGUAGES)):
        with translation.override(language):
            yield language


@cache
def _countries() -> dict[str, str]:
    codes = [country.alpha_2 for country in pycountry.countries] + ["XK"]
    found = {folded(country.alpha_3): country.alpha_2 for country in pycountry.countries}
    for _language in _languages():
        for code in codes:
            found.setdefault(folded(country_name(code)), code)
    return found
