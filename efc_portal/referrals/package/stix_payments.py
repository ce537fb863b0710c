"""Payments in STIX 2.1, which has none: the relationship `paid` between two identifiers.

The amount stands in an extension of the portal's own, as an exact decimal. Where a virtual currency's ledger entry is
known, it is a cryptocurrency-transaction beside it.
"""

from __future__ import annotations

from datetime import timedelta

from efc_portal.referrals.package.content import Payment
from efc_portal.referrals.package.money import amount_exact
from efc_portal.referrals.package.stix_bundle import Bundle
from efc_portal.referrals.package.stix_objects import LASTING, Object, observable, sdo, unknown_party


def payment_objects(bundle: Bundle, payment: Payment, number: int, provider: str, marks: tuple[str, ...]) -> list[str]:
    """Add a payment, the `number`th of its submission, and give the ids of what observed-data may refer to."""
    content = bundle.content
    sides = []
    for name, side in (("Sender", payment.sender), ("Recipient", payment.recipient)):
        sides.append(
            bundle.identifier(side) if side else bundle.put(unknown_party(content.reference, payment.submission, name))
        )
    amount = amount_exact(payment.amount, payment.currency)
    times: Object = {}
    if payment.paid_on:
        times = {
            "start_time": f"{payment.paid_on}T00:00:00.000Z",
            "stop_time": f"{payment.paid_on + timedelta(days=1)}T00:00:00.000Z",
        }
    refs = [
        bundle.put(
            sdo(
                "relationship",
                ("paid", content.reference, payment.submission, str(number)),
                bundle.created,
                created_by_ref=provider,
                relationship_type="paid",
                description=f"{amount} {payment.currency}, {payment.method.label}",
                source_ref=sides[0],
                target_ref=sides[1],
                **times,
                extensions={
                    _payment_extension(bundle): {
                        "extension_type": "property-extension",
                        "amount": amount,
                        "currency": payment.currency,
                        "method": payment.method.code,
                    }
                },
            ),
            *marks,
        )
    ]
    if payment.transaction:
        refs.append(bundle.put(_ledger_entry(payment, *sides)))
    return refs


def _ledger_entry(payment: Payment, sender: str, recipient: str) -> Object:
    """Its exact amount is in the relationship: JSON numbers cannot hold eighteen decimals."""

    def wallet(side: str) -> list[dict[str, str]] | None:
        return [{"address_ref": side}] if side.startswith("cryptocurrency-wallet--") else None

    return observable(
        "cryptocurrency-transaction",
        {"value": payment.transaction},
        symbol=payment.currency,
        execution_time=f"{payment.paid_on}T00:00:00.000Z" if payment.paid_on else None,
        input=wallet(sender),
        output=wallet(recipient),
    )


def _payment_extension(bundle: Bundle) -> str:
    """The portal's own extension: a payment's amount on a `paid` relationship."""
    return bundle.put(
        sdo(
            "extension-definition",
            ("payment", "1.0"),
            LASTING,
            created_by_ref=bundle.coalition,
            name="Payment",
            description="The amount, currency and method of a payment, on a relationship of the type paid.",
            schema="amount: decimal number as a string, in the currency's minor units or finer. currency: ISO 4217 "
            "code, or a virtual currency's ticker. method: bank_transfer, payment_card, money_transfer, e_wallet, "
            "prepaid_card, gift_card, virtual_currency, anonymity_enhanced, cash or other.",
            version="1.0.0",
            extension_types=["property-extension"],
        )
    )
