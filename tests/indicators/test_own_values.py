"""What members say is their own."""

from __future__ import annotations

import pytest

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.indicators.enums import OwnValueStatus
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import OwnValue
from efc_portal.indicators.selectors import known_effect
from efc_portal.indicators.services import (
    known_list_of,
    own_list_code,
    own_value_confirm,
    own_value_decline,
    own_value_open,
    own_value_propose,
    own_value_withdraw,
    own_values_end,
)
from efc_portal.partners.standing.leaving import leaving_settle
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ACCOUNT = identify("DE48999900000123456789")  # of a bank code that no bank has


def proposed(cast: Cast) -> OwnValue:
    return own_value_propose(
        actor=cast.analyst, organisation=cast.bank, recognised=ACCOUNT, statement=" Settlement of card payments "
    )


def confirmed(cast: Cast) -> OwnValue:
    own_value = proposed(cast)
    own_value_confirm(
        actor=cast.officer, own_value=own_value, known_list=known_list_of("own_accounts"), note="Seen the contract."
    )
    return own_value


def test_it_takes_effect_when_an_officer_confirms_it_and_tells_nobody_whose_it_is(cast: Cast) -> None:
    own_value = proposed(cast)
    assert known_effect(ACCOUNT) is None
    assert own_value_open(OwnValue.objects.get()) == ACCOUNT
    own_value_confirm(
        actor=cast.officer, own_value=own_value, known_list=known_list_of("own_accounts"), note="Seen the contract."
    )
    known = known_effect(ACCOUNT)
    assert known is not None
    assert not known.refuses
    assert known.reason == "On a list of known values: that it turns up says nothing by itself."
    assert known_effect(ACCOUNT, full=True).reason == "Meridian Bank: Settlement of card payments"
    events = AuditEvent.objects.filter(object_id=str(own_value.pk)).order_by("id")
    assert [one.action for one in events] == ["own_value.propose", "own_value.confirm"]
    assert ACCOUNT.canonical not in str(list(AuditEvent.objects.values()))


def test_a_member_cannot_confirm_its_own(cast: Cast) -> None:
    own_value = proposed(cast)
    with pytest.raises(NotPermitted):
        own_value_confirm(
            actor=cast.bank_coordinator, own_value=own_value, known_list=known_list_of("own_accounts"), note="Ours."
        )
    assert known_effect(ACCOUNT) is None


def test_declined_with_a_note_and_proposed_anew(cast: Cast) -> None:
    own_value = proposed(cast)
    with pytest.raises(ApplicationError, match="the member reads it"):
        own_value_decline(actor=cast.officer, own_value=own_value, note=" ")
    own_value_decline(actor=cast.officer, own_value=own_value, note="A customer’s.")
    assert known_effect(ACCOUNT) is None
    assert proposed(cast).status == OwnValueStatus.PROPOSED
    with pytest.raises(Conflict, match="has given this value already"):
        proposed(cast)


def test_another_member_is_not_told_of_the_first(cast: Cast) -> None:
    confirmed(cast)
    other = own_value_propose(
        actor=cast.coordinator, organisation=cast.ngo, recognised=ACCOUNT, statement="Our donations"
    )
    with pytest.raises(Conflict, match="on a list already"):  # the officer learns of it
        own_value_confirm(
            actor=cast.officer, own_value=other, known_list=known_list_of("own_accounts"), note="Looked up."
        )
    other.refresh_from_db()
    assert other.status == OwnValueStatus.PROPOSED


def test_the_member_takes_it_back_and_the_officer_ends_it(cast: Cast) -> None:
    own_value = confirmed(cast)
    own_value_withdraw(actor=cast.analyst, own_value=own_value, reason="Closed.")
    assert known_effect(ACCOUNT) is None
    assert own_value.known_value.ended_reason == "Closed."
    again = confirmed(cast)
    own_values_end(actor=cast.manager, known_value=again.known_value, reason="A customer uses it.")
    again.refresh_from_db()
    assert (again.status, again.note) == (OwnValueStatus.ENDED, "A customer uses it.")
    assert known_effect(ACCOUNT) is None


def test_a_member_that_leaves_has_no_own_values(cast: Cast) -> None:
    own_value = confirmed(cast)
    waiting = own_value_propose(
        actor=cast.analyst, organisation=cast.bank, recognised=identify("meridian-pay.com"), statement="Our page"
    )
    leaving_settle(cast.bank, None)
    assert known_effect(ACCOUNT) is None
    for one in (own_value, waiting):
        one.refresh_from_db()
        assert one.status == OwnValueStatus.ENDED


def test_own_values_go_to_the_list_of_their_kind() -> None:
    assert [own_list_code(code) for code in ("iban", "merchant", "domain")] == [
        "own_accounts",
        "own_merchants",
        "own_other",
    ]
