"""Writes to the ledger of contributions in kind."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.money import VIRTUAL_CURRENCIES, is_currency, minor_units
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.partners.contributions.enums import ContributionKind
from efc_portal.partners.models import Contribution, Organisation
from efc_portal.partners.permissions import access_of

LARGEST = Decimal(10) ** 11


@transaction.atomic
def contribution_record(
    *,
    actor: User | None,
    organisation: Organisation,
    kind: str,
    period_from: date,
    period_to: date,
    quantity: Decimal,
    description: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    recorded_at: datetime | None = None,
) -> Contribution:
    """Record what an organisation contributed in a period of one calendar year, `period_to` being its last day.

    `quantity` is in the unit of the kind; `amount` with `currency` (ISO 4217) is what it is worth, where the
    organisation says so. Raises `NotPermitted` for another organisation's people, `ApplicationError` for what cannot
    be. Without an actor: by a command, which may bring a ledger along that was kept elsewhere, `recorded_at` its time.
    """
    _own_check(actor, organisation)
    if recorded_at and (actor is not None or recorded_at > timezone.now()):
        raise NotPermitted(_("An entry is recorded at the time at which it is made."))
    _period_check(period_from, period_to)
    if not 0 < quantity < LARGEST or quantity != quantity.quantize(Decimal("0.01")):
        raise ApplicationError(_("Give a quantity above nought, with at most two digits after the point."))
    _valuation_check(amount, currency)
    text, cut = truncate_pans(description.replace("\r\n", "\n").strip())
    contribution = Contribution(
        organisation=organisation,
        kind=ContributionKind(kind),
        period_from=period_from,
        period_to=period_to,
        quantity=quantity,
        description=text,
        amount=amount,
        currency=currency if amount is not None else "",
        recorded_by=actor,
        recorded_at=recorded_at or timezone.now(),
    )
    contribution.save(force_insert=True)
    audit_record(
        action="contribution.record",
        category=Category.OPERATION,
        actor=actor,
        obj=contribution,
        kind=str(contribution.kind),
        truncated=cut,
    )
    return contribution


@transaction.atomic
def contribution_withdraw(*, actor: User | None, contribution: Contribution, reason: str) -> None:
    """Take an entry back: it stays in the ledger with the reason and counts nowhere.

    Raises `Conflict` the second time.
    """
    _own_check(actor, contribution.organisation)
    why = truncate_pans(" ".join(reason.split()))[0]
    if not why:
        raise ApplicationError(_("Say why the entry is withdrawn."))
    changed = Contribution.objects.filter(pk=contribution.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by=actor, withdrawn_reason=why
    )
    if not changed:
        raise Conflict(_("This entry was withdrawn already."))
    audit_record(
        action="contribution.withdraw",
        category=Category.OPERATION,
        actor=actor,
        obj=contribution,
        justification=why,
        kind=str(contribution.kind),
    )


def _own_check(actor: User | None, organisation: Organisation) -> None:
    access = access_of(actor)
    own = access.may(Permission.CONTRIBUTION_RECORD) and access.organisation_id == organisation.pk
    if actor is not None and not own:
        raise NotPermitted(_("Only the organisation itself records what it contributes."))


def _period_check(first: date, last: date) -> None:
    if last < first:
        raise ApplicationError(_("The period ends before it begins. Correct one of the two days."))
    if first.year != last.year:
        raise ApplicationError(
            _("The period spans two calendar years. Record each year by itself, because totals are by year.")
        )
    if last > timezone.localdate():
        raise ApplicationError(_("The period ends in the future. Record what has been contributed by today."))


def _valuation_check(amount: Decimal | None, currency: str) -> None:
    if amount is None:
        return
    if not currency or currency in VIRTUAL_CURRENCIES or not is_currency(currency):
        raise ApplicationError(_("Choose the currency of the valuation."))
    if not 0 <= amount < LARGEST:
        raise ApplicationError(_("Give a valuation of nought or more, below a hundred thousand million."))
    digits = minor_units(currency)
    if amount != amount.quantize(Decimal(1).scaleb(-digits)):
        raise ApplicationError(
            ngettext(
                "%(currency)s has at most %(digits)s digit after the point. Correct the valuation.",
                "%(currency)s has at most %(digits)s digits after the point. Correct the valuation.",
                digits,
            ),
            currency=currency,
            digits=digits,
        )
