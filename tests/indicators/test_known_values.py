from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.encryption import match_key
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.known_defaults import DEFAULTS
from efc_portal.indicators.models import KnownValue
from efc_portal.indicators.selectors import known_effect, known_effects
from efc_portal.indicators.services import (
    NewKnown,
    known_list_make,
    known_list_of,
    known_value_add,
    known_value_end,
    known_value_open,
    known_values_add,
    known_values_load_defaults,
)
from tests.cast import Cast

OWN = "GB29NWBK60161331926819"
NOBODYS = "DE48999900000123456789"  # of a bank code that no bank has


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.officer


def test_defaults_are_canonical_and_single() -> None:
    assert len({(default.type, default.canonical) for default in DEFAULTS}) == len(DEFAULTS)
    for default in DEFAULTS:
        if default.canonical != "example":  # a whole top-level domain
            assert identify(default.canonical, type=default.type).canonical == default.canonical


@pytest.mark.django_db
def test_the_default_list_is_loaded_once() -> None:
    call_command("known_values_load")
    assert KnownValue.objects.count() == len(DEFAULTS)
    assert known_values_load_defaults() == 0
    known = known_effect(identify("gmail.com"))
    assert known is not None
    assert not known.refuses
    assert known.reason.startswith("Public mail provider")
    assert known_effect(identify("somebody@gmail.com")) is None
    assert known_effect(identify("somebody@example.org")).reason.startswith("Reserved for documentation")
    assert known_effect(identify("https://shop.example.com/x")).reason.startswith("Reserved for documentation")
    assert known_effect(identify("4111 1111 1111 1111")).reason.startswith("Test card number")
    assert known_effect(identify("DE89 3704 0044 0532 0130 00")).reason.startswith("Example of the IBAN registry")
    assert known_effect(identify(NOBODYS)) is None


@pytest.mark.django_db
def test_what_an_officer_ended_stays_ended(officer: User) -> None:
    known_values_load_defaults()
    entry = KnownValue.objects.get(label="gmail.com")
    known_value_end(actor=officer, known_value=entry, reason="Asked for by the working group.")
    assert known_effect(identify("gmail.com")) is None
    assert known_values_load_defaults() == 0
    entry.refresh_from_db()
    assert not entry.is_active
    assert entry.ended_by == officer
    with pytest.raises(Conflict):
        known_value_end(actor=officer, known_value=entry, reason="Again.")


@pytest.mark.django_db
def test_a_confidential_value_is_sealed_and_refused(officer: User) -> None:
    entry = known_value_add(
        actor=officer,
        recognised=identify(OWN),
        effect=KnownEffect.REFUSE,
        reason=" Northbank’s own settlement account. ",
    )
    known = known_effect(identify("GB29 NWBK 6016 1331 9268 19"))
    assert known is not None
    assert known.refuses
    assert known.reason == "Northbank’s own settlement account."
    assert known_value_open(KnownValue.objects.get(pk=entry.pk)) == identify(OWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM indicators_knownvalue t")
        assert OWN not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_adding_and_ending_is_recorded_without_the_value(officer: User) -> None:
    entry = known_value_add(actor=officer, recognised=identify(OWN), effect=KnownEffect.INFORM, reason="Own account.")
    known_value_end(actor=officer, known_value=entry, reason="Closed.")
    events = AuditEvent.objects.filter(object_id=str(entry.pk)).order_by("id")
    assert [(event.action, event.actor_id, event.justification) for event in events] == [
        ("known_value.added", officer.pk, "Own account."),
        ("known_value.ended", officer.pk, "Closed."),
    ]
    assert all(OWN not in str(event.payload) for event in events)
    known_value_add(actor=officer, recognised=identify(OWN), effect=KnownEffect.REFUSE, reason="Open again.")
    assert KnownValue.objects.count() == 2


@pytest.mark.django_db
def test_refusals(officer: User) -> None:
    def add(value: str, reason: str = "Known.", **options: object) -> None:
        known_value_add(actor=officer, recognised=identify(value), effect=KnownEffect.INFORM, reason=reason, **options)

    with pytest.raises(ApplicationError, match="Say why"):
        add(OWN, reason="  ")
    with pytest.raises(ApplicationError, match="Only a domain"):
        add(OWN, covers_below=True)
    add(OWN)
    with pytest.raises(Conflict, match="on a list already"):
        add(OWN)


@pytest.mark.django_db
def test_refusing_goes_before_informing_and_costs_one_statement(officer: User) -> None:
    domain = identify("bank.example.com")
    known_value_add(
        actor=officer,
        recognised=domain,
        effect=KnownEffect.REFUSE,
        reason="Member’s own site.",
        public=True,
        covers_below=True,
    )
    known_value_add(
        actor=officer,
        recognised=identify("a@bank.example.com"),
        effect=KnownEffect.INFORM,
        reason="Help desk.",
        public=True,
    )
    values = [
        identify(value) for value in ("a@bank.example.com", "https://www.bank.example.com/", "bank.example.com", OWN)
    ]
    with CaptureQueriesContext(connection) as queries:
        known = known_effects(values)
    assert len(queries) == 1
    assert [known[value].refuses for value in values[:3]] == [True, True, True]
    assert values[3] not in known
    assert known_effects([]) == {}


@pytest.mark.django_db
def test_the_database_refuses_a_value_both_plain_and_sealed() -> None:
    fields = {"type": "domain", "match_key": match_key("domain", "a.com"), "effect": "inform", "reason": "x"}
    for broken in ({"label": ""}, {"label": "a.com", "value_sealed": b"s" * 40}, {"label": "a.com", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KnownValue.objects.create(**{**fields, **broken})


@pytest.mark.django_db
def test_defaults_stand_on_their_lists_those_of_before_too(officer: User) -> None:
    other = known_list_of("other")
    KnownValue.objects.create(
        known_list=other,
        type="domain",
        match_key=match_key("domain", "gmail.com"),
        label="gmail.com",
        effect=KnownEffect.INFORM,
        reason="Public mail provider: the domain says nothing about who writes.",
    )
    known_value_add(
        actor=officer, recognised=identify("gmx.net"), effect=KnownEffect.REFUSE, reason="Ours.", public=True
    )
    known_values_load_defaults()
    by_list = dict(KnownValue.objects.values_list("label", "known_list__name"))
    assert by_list["gmail.com"] == "Public mail providers"
    assert by_list["gmx.net"] == "Other known values"  # an officer's own word stays where it is
    assert {name for label, name in by_list.items() if label.startswith("DE89")} == {
        "Published examples and test numbers"
    }


@pytest.mark.django_db
def test_a_discreet_list_tells_officers_alone_why(officer: User) -> None:
    known_list = known_list_make(actor=officer, name=" Treasury ", purpose="Of one bank.", discreet=True)
    for value, effect in ((OWN, KnownEffect.REFUSE), (NOBODYS, KnownEffect.INFORM)):
        known_value_add(
            actor=officer, recognised=identify(value), effect=effect, reason="Northbank’s own.", known_list=known_list
        )
    told = [known_effect(identify(value)).reason for value in (OWN, NOBODYS)]
    assert told[0].startswith("This value is known, and is not taken")
    assert told[1].startswith("On a list of known values")
    assert not any("Northbank" in words for words in told)
    assert known_effect(identify(OWN), full=True).reason == "Northbank’s own."
    with pytest.raises(Conflict, match="list of this name"):
        known_list_make(actor=officer, name="treasury", purpose="Again.", discreet=False)


@pytest.mark.django_db
def test_many_are_added_all_or_none_for_the_same_number_of_statements(officer: User) -> None:
    known_list = known_list_of("other")

    def add(numbers: range) -> int:
        rows = [NewKnown(identify(f"shop{number}.mill-and-mallow.com"), "Tried.") for number in numbers]
        with CaptureQueriesContext(connection) as queries:
            known_values_add(actor=officer, rows=rows, effect=KnownEffect.INFORM, known_list=known_list)
        return len(queries)

    add(range(1))
    assert add(range(1, 3)) == add(range(3, 43))
    with pytest.raises(Conflict, match="on a list already"):
        add(range(42, 50))
    assert KnownValue.objects.count() == 43
    assert AuditEvent.objects.filter(action="known_value.added").count() == 43
    again = [NewKnown(identify("a.mill-and-mallow.com"), "Tried.")] * 2
    with pytest.raises(ApplicationError, match="stands twice"):
        known_values_add(actor=officer, rows=again, effect=KnownEffect.INFORM, known_list=known_list)


@pytest.mark.django_db
def test_an_ended_entry_says_why_and_who(officer: User) -> None:
    entry = known_value_add(actor=officer, recognised=identify(OWN), effect=KnownEffect.INFORM, reason="Own account.")
    known_value_end(actor=officer, known_value=entry, reason=" Sold. ")
    fresh = KnownValue.objects.get(pk=entry.pk)
    assert (fresh.ended_reason, fresh.ended_by) == ("Sold.", officer)
    with pytest.raises(ApplicationError, match="Say why"):
        known_value_end(actor=officer, known_value=entry, reason=" ")
