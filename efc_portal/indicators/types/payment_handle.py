"""Names at payment services: `PayPal: @name`, `Cash App: $name`, `M-Pesa: +254712345678`, `UPI: name@bank`.

Services find people by a name of their own, or by an e-mail address or phone number. Names are kept in lower case, as
services that say so treat both cases alike. Links such as cash.app/$name are read as the name they lead to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.br import cnpj, cpf

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, StixHint, Words
from efc_portal.indicators.named import Named, Service, tables
from efc_portal.indicators.types.email import DECLARATION as EMAIL
from efc_portal.indicators.types.phone import DECLARATION as PHONE

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER = re.compile(r"\+?[(0-9][0-9 ().\-/]{4,24}[0-9]")
_SIGNS = "@$£"
_WIDER: dict[str, IndicatorType] = {EMAIL.code: EMAIL, PHONE.code: PHONE}
_PLAIN = re.compile(r"[^\s:/\\<>\"'@$£][^\s:/\\<>\"']{1,63}")
_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<host>paypal\.me|paypal\.com/paypalme|cash\.app|venmo\.com(?:/u)?|revolut\.me"
    r"|wise\.com/pay/me|monzo\.me|bunq\.me)/(?P<name>[$£@]?[A-Za-z0-9_.-]+)(?:[/?#].*)?",
    re.IGNORECASE,
)
_OF_LINK = {"wise": "wise", "cash": "cashapp"}  # by the host's first label, where it is not the service's code


@dataclass(frozen=True, slots=True)
class Names:
    """A service's rule for names, and whether e-mail addresses and phone numbers stand for people as well."""

    pattern: re.Pattern[str] | None
    words: Words  # “up to 20 letters and digits”
    addresses: bool = False
    numbers: bool = False
    check: Callable[[str], bool] | None = None

    def __call__(self, value: str, region: str | None) -> str:
        if self.addresses and _ADDRESS.fullmatch(value):
            return EMAIL.canonicalise(value)
        name = value.lstrip(_SIGNS).lower()
        if (digits := re.sub("[ ./-]", "", name)).isdigit():
            name = digits
        if self.pattern and self.pattern.fullmatch(name):
            if self.check and not self.check(name):
                raise InvalidValue(_("wrong checksum. A digit was probably mistyped"), rule="checksum")
            return name
        if self.numbers and (_NUMBER.fullmatch(value) or not (self.pattern or self.addresses)):
            return PHONE.canonicalise(value, region)
        raise InvalidValue(_("its names have %(form)s"), rule="structure", form=self.words)


def _name(pattern: str, words: Words, *, reachable: bool = False) -> Names:
    """Names of a pattern, and the addresses and numbers of people where they are reachable by these too."""
    return Names(re.compile(pattern), words, addresses=reachable, numbers=reachable)


def _pix_key(name: str) -> bool:
    """The check digits of a person's or company's number; other keys have none."""
    if not name.isdigit():
        return True
    return bool(cpf.is_valid(name) if len(name) == 11 else cnpj.is_valid(name))


_USUAL = _name(r"[a-z0-9_.-]{2,40}", _("2 to 40 letters, digits, dots, dashes and underscores"), reachable=True)
_ADDRESS_ONLY = Names(None, _("the form of an e-mail address"), addresses=True)
_NUMBER_ONLY = Names(None, _("the form of a phone number"), numbers=True)
_EITHER = Names(None, _("the form of an e-mail address or a phone number"), addresses=True, numbers=True)

_SERVICES, _SPELT = tables(
    (
        # paypal.com, help on PayPal.Me: letters and digits, at most twenty
        Service(
            "paypal",
            "PayPal",
            _name("[a-z0-9]{1,20}", _("up to 20 letters and digits"), reachable=True),
            ("PayPal.Me",),
            sign="@",
        ),
        # cash.app, help on $cashtags: at most twenty, one letter at least, no symbols
        Service(
            "cashapp",
            "Cash App",
            _name(
                "(?=[0-9]*[a-z])[a-z0-9]{1,20}",
                _("up to 20 letters and digits, at least one of them a letter"),
                reachable=True,
            ),
            ("Square Cash", "Cashtag", "cash.app"),
            sign="$",
        ),
        Service("venmo", "Venmo", _USUAL, sign="@"),
        Service("revolut", "Revolut", _USUAL, ("Revtag",), sign="@"),
        Service("wise", "Wise", _USUAL, ("Wisetag", "TransferWise"), sign="@"),
        Service("monzo", "Monzo", _USUAL, ("Monzo.me",), sign="@"),
        Service("bunq", "bunq", _USUAL, ("bunq.me",), sign="@"),
        Service("chime", "Chime", _USUAL, ("ChimeSign",), sign="$"),
        Service("alipay", "Alipay", _USUAL, ("支付宝",)),
        Service("wechatpay", "WeChat Pay", _USUAL, ("WeChat", "Weixin Pay", "微信支付")),
        Service("payoneer", "Payoneer", _USUAL),
        Service("mercadopago", "Mercado Pago", _USUAL),
        Service("picpay", "PicPay", _USUAL, country="BR", sign="@"),
        Service("maya", "Maya", _USUAL, ("PayMaya",), country="PH", sign="@"),
        Service("zelle", "Zelle", _EITHER, country="US"),
        Service("interac", "Interac e-Transfer", _EITHER, ("Interac", "e-Transfer"), country="CA"),
        Service("payid", "PayID", _EITHER, country="AU"),
        Service("applecash", "Apple Cash", _EITHER, ("Apple Pay Cash",), country="US"),
        Service("googlepay", "Google Pay", _EITHER, ("GPay",)),
        Service("lydia", "Lydia", _EITHER),
        Service("skrill", "Skrill", _ADDRESS_ONLY, ("Moneybookers",)),
        Service("neteller", "Neteller", _ADDRESS_ONLY),
        Service("paxum", "Paxum", _ADDRESS_ONLY),
        # NPCI: name@handle, the handle of a bank or app
        Service(
            "upi",
            "UPI",
            _name(r"[a-z0-9._-]{2,256}@[a-z][a-z0-9]{1,63}", _("the form name@bank")),
            ("VPA", "UPI ID", "BHIM"),
            country="IN",
        ),
        # Banco Central do Brasil, Pix keys: CPF, CNPJ, phone, e-mail, or a random UUID
        Service(
            "pix",
            "Pix",
            Names(
                re.compile(r"[0-9]{11}|[0-9]{14}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                _("the form of a CPF, CNPJ, phone number, e-mail address or random key"),
                addresses=True,
                numbers=True,
                check=_pix_key,
            ),
            ("Pix key", "Chave Pix"),
            country="BR",
        ),
        # getswish.se: people by phone number, companies by ten digits that begin with 123
        Service(
            "swish",
            "Swish",
            Names(re.compile("123[0-9]{7}"), _("the form of a phone number, or 123 and 7 digits"), numbers=True),
            country="SE",
        ),
        Service("webmoney", "WebMoney", _name("(?:[a-z])?[0-9]{12}", _("12 digits, a letter before them for a purse"))),
        Service("perfectmoney", "Perfect Money", _name("[uegb][0-9]{5,9}", _("U, E, G or B and 5 to 9 digits"))),
        Service("payeer", "Payeer", _name("p[0-9]{6,12}", _("a P and digits"))),
        *(
            Service(code, name, _NUMBER_ONLY, spellings, country=country)
            for code, name, spellings, country in (
                ("mpesa", "M-Pesa", (), ""), ("airtelmoney", "Airtel Money", (), ""), ("wave", "Wave", (), ""),
                ("mtnmomo", "MTN MoMo", ("MTN Mobile Money",), ""), ("orangemoney", "Orange Money", (), ""),
                ("gcash", "GCash", (), "PH"), ("bkash", "bKash", (), "BD"), ("nagad", "Nagad", (), "BD"),
                ("easypaisa", "Easypaisa", (), "PK"), ("jazzcash", "JazzCash", (), "PK"), ("momo", "MoMo", (), "VN"),
                ("dana", "DANA", (), "ID"), ("ovo", "OVO", (), "ID"), ("gopay", "GoPay", (), "ID"),
                ("truemoney", "TrueMoney", (), "TH"), ("paytm", "Paytm", (), "IN"), ("phonepe", "PhonePe", (), "IN"),
                ("nequi", "Nequi", (), "CO"), ("daviplata", "Daviplata", (), "CO"),
                ("vipps", "Vipps", (), "NO"), ("mobilepay", "MobilePay", (), ""), ("bizum", "Bizum", (), "ES"),
                ("twint", "TWINT", (), "CH"), ("blik", "BLIK", (), "PL"), ("qiwi", "QIWI", (), ""),
            )
        ),
    )
)  # fmt: skip


class PaymentHandle(Named):
    code = "payment_handle"
    label = _("Name at a payment service")
    help = _("The service, a colon, and the name there: PayPal: @name, Cash App: $name, M-Pesa: +254 ….")
    example = "PayPal: @name"
    order = 39
    lifetime_days = 2 * 365
    method = "e_wallet"
    stix = StixHint("user-account", "account_login")
    misp = MispHint("user-account", "username")
    goaml = "t_account/account"
    shapes = (Shape(marks=":$ "),)
    services = _SERVICES
    by_spelling = _SPELT
    form = _("PayPal: @name")
    words = ("paypal", "venmo", "revolut", "wise", "monzo", "bunq", "cash app", "cashapp", "cashtag", "chime")
    pattern = re.compile(
        r"(?<![\w.@/-])(?:(?:PayPal|Venmo|Revolut|Wise|Monzo|bunq)(?: ?[:.] ?| )@[A-Za-z0-9][A-Za-z0-9_.-]{1,39}"
        r"|(?:Cash ?App|Cashtag|Chime)(?: ?[:.] ?| )\$[A-Za-z0-9][A-Za-z0-9-]{0,19})(?<![.-])(?![\w@])",
        re.IGNORECASE,
    )

    def plain(self, value: str) -> str:
        name = value.lstrip(_SIGNS)
        if _ADDRESS.fullmatch(name):
            return EMAIL.canonicalise(name)
        if name.startswith("+"):
            return PHONE.canonicalise(name)
        if not _PLAIN.fullmatch(name.lower()):
            raise InvalidValue(_("A name has 2 to 64 characters, without spaces, colons and slashes"), rule="structure")
        return name.lower()

    def parted(self, text: str) -> tuple[Service | None, str, str]:
        if link := _LINK.fullmatch(text):
            first = link["host"].lower().partition(".")[0]
            code = _OF_LINK.get(first, first)
            return self.services[code], code, link["name"]
        if "://" in text:
            raise InvalidValue(_("This is the address of a page. Give it as a URL"), rule="kind")
        if text[:1] == "$" and ":" not in text:
            return self.services["cashapp"], "cashapp", text
        return super().parted(text)

    def looks_like(self, text: str) -> bool:
        if ":" in text:
            return super().looks_like(text)
        folded = fold(text)
        place = max(folded.find(f" {sign}") for sign in _SIGNS)
        if place < 0 and "$" not in folded:
            return False
        try:
            service, _code, value = super().parted(folded)
        except InvalidValue:
            return False
        return service is not None and value.startswith(tuple(_SIGNS))

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        service, _colon, name = canonical.partition(":")
        return self.stix, {"account_type": service, "account_login": name}

    def display(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        wider = _WIDER.get(_wider(value))
        name = wider.display(value) if wider else f"{service.sign if service else ''}{value}"
        return f"{service.name if service else code}: {name}"

    def masked(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        wider = _WIDER.get(_wider(value))
        return f"{service.name if service else code}: {wider.masked(value) if wider else f'{value[:1]}…'}"

    def country(self, canonical: str) -> str:
        value = canonical.partition(":")[2]
        return PHONE.country(value) if _wider(value) == PHONE.code else super().country(canonical)

    def detail(self, canonical: str) -> Words:
        service, code, value = self.service_of(canonical)
        name = service.name if service else code
        match _wider(value):
            case PHONE.code:
                return gettext("%(service)s, by phone number") % {"service": name}
            case EMAIL.code:
                return gettext("%(service)s, by e-mail address") % {"service": name}
        return name

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """The e-mail address or phone number that is the name, and what that lies under."""
        value = canonical.partition(":")[2]
        if kind := _wider(value):
            yield kind, value
            if kind == EMAIL.code:
                yield from EMAIL.covered_by(value)


def _wider(value: str) -> str:
    """The type that a name is a value of by itself, or ""."""
    if _ADDRESS.fullmatch(value):
        return EMAIL.code
    return PHONE.code if re.fullmatch(r"\+[0-9]{7,15}", value) else ""


DECLARATION = PaymentHandle()
