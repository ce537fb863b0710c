"""The columns of the data collection template, and which column of a file is which of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


@dataclass(frozen=True)
class Column:
    """A column of the template: its `meaning` for whoever fills it in, its `hint` for whoever looks for it in a file.

    `others` are names that the same thing has in other files, folded.
    """

    key: str
    label: Words
    meaning: Words
    hint: Words
    others: str


COLUMNS = (
    Column(
        "value",
        pgettext_lazy("column", "Identifier"),
        _("The value itself: an IBAN, a wallet address, an e-mail address, the user name on a platform and so on."),
        _(
            "The values themselves: accounts, wallet addresses, e-mail addresses, user names and so on, one "
            "on each row."
        ),
        "value identifier indicator ioc observable account accountnumber iban accountiban address wallet walletaddress"
        " wert kennung konto kontonummer merkmal adresse"
        " valeur identifiant compte numerodecompte adresse portefeuille indicateur",
    ),
    Column(
        "type",
        pgettext_lazy("column", "Type"),
        _("What the value is. Left empty, the portal recognises it; a value that may be several things needs it."),
        _(
            "What each value is, such as IBAN or e-mail address. Without it the portal finds out; only "
            "values that may be several things are then given back to you."
        ),
        "type kind identifiertype valuetype indicatortype ioctype typ art kennungsart merkmalsart"
        " typedidentifiant typeidentifiant nature",
    ),
    Column(
        "role",
        pgettext_lazy("column", "Part it plays"),
        _("The part that the identifier plays in the payment. Left empty: other."),
        _(
            "Whose the value is in the payment: sender, recipient, merchant, contact or other. An empty "
            "cell counts as other."
        ),
        "role part partitplays rolle funktion roleinpayment fonction roleduneidentifiant",
    ),
    Column(
        "amount",
        pgettext_lazy("column", "Amount"),
        _("The amount of the payment, in digits, with the decimal mark that you state when you upload the file."),
        _("What was paid, in digits. How it is written is asked below."),
        "amount sum total transactionamount paymentamount betrag summe umsatz montant somme",
    ),
    Column(
        "currency",
        pgettext_lazy("column", "Currency"),
        _("The currency of the amount: its ISO 4217 code, or the ticker of a virtual currency."),
        _(
            "The currency of each amount, such as EUR or BTC. If the file has no such column, choose one "
            "currency for all of it below."
        ),
        "currency ccy currencycode curr symbol ticker waehrung wahrung waehrungscode devise monnaie codedevise",
    ),
    Column(
        "date",
        pgettext_lazy("column", "Date"),
        _("The day of the payment or of the sighting, in the order that you state when you upload the file."),
        _("The day of the payment, or the day on which the value was seen. How it is written is asked below."),
        "date day paidon seenon paymentdate transactiondate bookingdate valuedate executiondate datum tag"
        " buchungstag buchungsdatum valuta jour datedepaiement datedevaleur dateoperation datedoperation",
    ),
    Column(
        "method",
        pgettext_lazy("column", "Method"),
        _("How it was paid."),
        _("How it was paid: bank transfer, payment card, gift card and so on. The data dictionary lists the words."),
        "method paymentmethod channel rail zahlungsart zahlungsweg methode moyendepaiement modedepaiement",
    ),
    Column(
        "country",
        pgettext_lazy("column", "Country"),
        _("The country of the account or the person, where the value itself does not name one."),
        _(
            "Of the account or the person. Only needed where the value does not say it: an IBAN does, a "
            "phone number without country code does not."
        ),
        "country countrycode land landeskennzahl laendercode pays codepays",
    ),
)
KEYS = tuple(column.key for column in COLUMNS)
LABELS: dict[str, Words] = {column.key: column.label for column in COLUMNS}
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
# Names that say what the values of the column are.
_TYPED = frozenset({"iban", "accountiban"})


@dataclass(frozen=True)
class Columns:
    """At which place of a row each column stands, from 0; None where the file has none. `value` must have one.

    `width` is how many columns the file names: a row with more cells has slipped. 0 where that says nothing. `again`
    is the column in which rows that were mended say which they are.
    """

    value: int | None = None
    type: int | None = None
    role: int | None = None
    amount: int | None = None
    currency: int | None = None
    date: int | None = None
    method: int | None = None
    country: int | None = None
    width: int = 0
    again: int | None = None

    @property
    def known(self) -> int:
        """How many columns have a place."""
        return sum(getattr(self, key) is not None for key in KEYS)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Columns:
        return cls(**{field.name: stored[field.name] for field in fields(cls) if field.name in stored})


def columns_propose(names: Sequence[str]) -> Columns:
    """Which column is which, by the names in the file: the template's in any language, and common others.

    The first of several that fit is taken; a person looks at it before it counts.
    """
    known = _names()
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if key := known.get(folded(name)):
            places.setdefault(key, place)
    return Columns(**places, width=len(names))


def folded(name: str) -> str:
    """A name without case, accents, blanks and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return _NOT_ALNUM.sub("", plain)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for column in COLUMNS:
        for language, _name in settings.INTERFACE_LANGUAGES:
            with translation.override(language):
                names.setdefault(folded(str(column.label)), column.key)
        for other in column.others.split():
            names.setdefault(other, column.key)
    return names
