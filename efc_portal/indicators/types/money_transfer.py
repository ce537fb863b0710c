"""References of money transfers that are paid out in cash or to a wallet, such as Western Union's MTCN.

A number alone says little, as each service counts for itself: `Western Union: 123-456-7890`, `Ria: 12345678901`.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import NO_STIX, MispHint, Shape, Span
from efc_portal.indicators.named import Form, Named, Service, tables
from efc_portal.indicators.plain import Plain

_PLAIN = re.compile(r"(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{5,30}")
_WORDS = re.compile(
    r"^(?:MTCN|PIN|REF(?:ERENCE)?|TRACKING|ORDER|TRANSFER)(?: (?:NUMBER|NO|NR|CODE))?[ .:#]+", re.IGNORECASE
)

_CALLED = r"(?: (?:MTCN|PIN|ref|reference|order|no|number)\.?){0,2}[ .:#]{1,3}"
_NUMBER = re.compile(r"[Rr]?[0-9][0-9 -]*$")


def _digits(count: int) -> str:
    return f"[0-9](?:[ -]?[0-9]){{{count - 1}}}"


def _plain(value: str, region: str | None = None) -> str:
    compact = re.sub(r"[ .-]", "", value).upper()
    if not _PLAIN.fullmatch(compact):
        raise InvalidValue(
            _("A reference has 5 to 30 letters and digits, at least four of them digits"), rule="structure"
        )
    return compact


_DIGITS_10 = Form(re.compile("[0-9]{10}"), _("10 digits"))
_DIGITS_8 = Form(re.compile("[0-9]{8}"), _("8 digits"))
_DIGITS_11 = Form(re.compile("[0-9]{11}"), _("11 digits"))
# Lengths as the services state them to their customers; the others do not say, or have several.
_SERVICES, _SPELT = tables(
    (
        Service("westernunion", "Western Union", _DIGITS_10, ("WU", "MTCN", "WesternUnion")),
        Service("moneygram", "MoneyGram", _DIGITS_8, ("MG",)),
        Service("ria", "Ria", _DIGITS_11, ("Ria Money Transfer", "Ria Financial")),
        Service("remitly", "Remitly", Form(re.compile("R[0-9]{11}"), _("an R and 11 digits"))),
        Service("worldremit", "WorldRemit", _plain),
        Service("xoom", "Xoom", _plain),
        Service("sendwave", "Sendwave", _plain),
        Service("smallworld", "Small World", _plain),
        Service("intermex", "Intermex", _plain),
        Service("azimo", "Azimo", _plain),
        Service("taptapsend", "Taptap Send", _plain),
        Service("transfergo", "TransferGo", _plain),
        Service("contact", "Contact", _plain),
        Service("unistream", "Unistream", _plain),
        Service("korona", "Zolotaya Korona", _plain, ("Golden Crown", "KoronaPay")),
        Service("palawan", "Palawan Express", _plain, ("Palawan", "Palawan Pawnshop")),
        Service("cebuana", "Cebuana Lhuillier", _plain, ("Cebuana",)),
        Service("mlhuillier", "M Lhuillier", _plain, ("ML Kwarta Padala", "MLhuillier")),
        Service("lbc", "LBC", _plain, ("LBC Peso Padala",)),
    )
)


class MoneyTransfer(Named):
    code = "money_transfer"
    label = _("Money transfer reference")
    help = _("The service, a colon, and the number of the transfer, such as Western Union’s MTCN.")
    example = "Western Union: 123-456-7890"
    order = 38
    lifetime_days = 2 * 365
    method = "money_transfer"
    stix = NO_STIX
    misp = MispHint("transaction", "transaction-number")
    goaml = "transaction/transactionnumber"
    services = _SERVICES
    by_spelling = _SPELT
    form = _("Western Union: 1234567890")
    shapes = (Shape(least=4, marks=":"),)
    words = ("western union", "westernunion", "wu", "mtcn", "moneygram", "ria", "remitly")
    # Each with as many digits as its service gives. Ria is a name as well, so that it needs a word more.
    pattern = re.compile(
        rf"(?<![\w.@-])(?:(?:Western ?Union|WU|MTCN){_CALLED}{_digits(10)}|MoneyGram{_CALLED}{_digits(8)}"
        rf"|Ria(?: Money Transfer)?(?= (?:PIN|ref|order|no|number)){_CALLED}{_digits(11)}"
        rf"|Remitly{_CALLED}R{_digits(11)})(?!-?\w)",
        re.IGNORECASE,
    )

    def plain(self, value: str) -> str:
        return _plain(value)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        service, colon, value = text.partition(":")
        return super().canonicalise(f"{service}{colon} {_WORDS.sub('', value.strip())}" if colon else text, region)

    def display(self, canonical: str) -> str:
        if canonical.startswith("westernunion:"):
            number = canonical.partition(":")[2]
            return f"Western Union: {number[:3]}-{number[3:6]}-{number[6:]}"
        return super().display(canonical)

    def masked(self, canonical: str) -> str:
        service, code, value = self.service_of(canonical)
        return f"{service.name if service else code}: …{value[-3:]}"

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """With the words between service and number left out."""
        found = self.pattern.match(plain.code, start)
        if found is None:
            return None
        number = _NUMBER.search(found[0])
        return Span(start, found.end(), f"{plain.code[start:end]}: {number[0]}", self.found_as) if number else None


DECLARATION = MoneyTransfer()
