"""What the demonstration shows of known values: own accounts of members, one that waits, one that is refused."""

from __future__ import annotations

from django.db import transaction

from efc_portal.accounts.models import User
from efc_portal.demo.clock import days_ago
from efc_portal.demo.values import MAIL_PROVIDER, Invented
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import KnownList, KnownValue, OwnValue
from efc_portal.indicators.services import (
    known_list_make,
    known_list_of,
    known_value_add,
    known_value_end,
    known_values_load_defaults,
    own_list_code,
    own_value_confirm,
    own_value_decline,
    own_value_propose,
)
from efc_portal.partners.permissions import access_of

# days ago, who, value, type, what it is, what became of it
OWN = (
    (40, "petra@northbank.example", "DE", "iban", "Settlement account for card payments", "confirmed"),
    (40, "petra@northbank.example", "NL", "iban", "Collection account for loans", "confirmed"),
    (22, "sofie@payrail.example", "PAYRAIL*FEES 0800", "merchant", "Descriptor of our own fees", "confirmed"),
    (15, "sofie@payrail.example", "LT", "iban", "Account of a reseller", "declined"),
    (2, "petra@northbank.example", "GB", "iban", "Treasury account in London", ""),
    (1, "claire@littoral.example", "services.littoral.example", "domain", "Our help desk’s domain", ""),
)


@transaction.atomic
def load() -> None:
    """Load the default lists, and what people of the demonstration added to them. Can be repeated."""
    known_values_load_defaults()
    if OwnValue.objects.exists():
        return
    ines = User.objects.get(email="ines@efc.example")
    everything = KnownValue.objects.active().get(type="domain", label="example")
    known_value_end(
        actor=ines, known_value=everything, reason="The names of this demonstration are invented, and lie under it."
    )
    values = Invented("own values")
    for days, email, value, code, statement, fate in OWN:
        with days_ago(days):
            _propose(email, values.iban(value) if code == "iban" else value, code, statement, fate, ines)
    _officers_own(ines, values)


def _propose(email: str, value: str, code: str, statement: str, fate: str, officer: User) -> None:
    member = User.objects.get(email=email)
    organisation = access_of(member).organisation
    assert organisation is not None  # the cast belongs somewhere
    own_value = own_value_propose(
        actor=member, organisation=organisation, recognised=identify(value, type=code), statement=statement
    )
    if fate == "confirmed":
        own_value_confirm(
            actor=officer,
            own_value=own_value,
            known_list=known_list_of(own_list_code(code)),
            note="Confirmed by telephone with the treasury.",
        )
    elif fate == "declined":
        own_value_decline(actor=officer, own_value=own_value, note="It belongs to a customer, not to the member.")


def _officers_own(officer: User, values: Invented) -> None:
    with days_ago(30):
        known_value_add(
            actor=officer,
            recognised=identify(MAIL_PROVIDER, type="domain"),
            effect=KnownEffect.INFORM,
            reason="Public mail provider: the domain says nothing about who writes.",
            known_list=known_list_of("mail"),
            public=True,
        )
        known_value_add(
            actor=officer,
            recognised=identify(values.iban("DE"), type="iban"),
            effect=KnownEffect.REFUSE,
            reason="Account of a clearing house: report the account of the customer behind it.",
            known_list=known_list_of("other"),
        )
        charities: KnownList = known_list_make(
            actor=officer, name="Donation platforms", purpose="Platforms that anybody can collect on.", discreet=False
        )
        entry = known_value_add(
            actor=officer,
            recognised=identify("givetogether.example"),
            effect=KnownEffect.INFORM,
            reason="Donation platform: only the campaign under it says something.",
            known_list=charities,
        )
    with days_ago(9):
        known_value_end(actor=officer, known_value=entry, reason="The platform has closed; its name was sold.")
