"""The ledger: recording, withdrawing, and who sees what."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.contributions.selectors import contribution_recorded_since
from efc_portal.partners.contributions.services import contribution_record, contribution_withdraw
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Contribution
from tests.cast import Cast
from tests.factories.contributions import contribution_of, last_year
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def form(**fields: str) -> dict[str, str]:
    year = last_year()
    return {
        "kind": "training",
        "period_from": f"{year}-03-01",
        "period_to": f"{year}-03-31",
        "quantity": "12",
        "description": "A course on patterns of small payments.",
        "amount": "",
        "currency": "",
        **fields,
    }


def test_a_coordinator_records_and_sees_it(cast: Cast) -> None:
    client = cast.client("bank_coordinator")
    assert "Contributions will stand here" in client.get("/members/contributions/").content.decode()
    client.post("/members/contributions/new/", form(amount="1200,50", currency="EUR"))
    page = client.get("/members/contributions/").content.decode()
    assert "12 participants" in page
    assert "1,200.50\u00a0EUR" in page
    entry = Contribution.objects.get()
    assert (entry.organisation, entry.recorded_by) == (cast.bank, cast.bank_coordinator)
    assert AuditEvent.objects.get(action="contribution.record").payload["kind"] == "training"
    assert contribution_recorded_since(cast.bank, date(last_year(), 3, 31))
    assert not contribution_recorded_since(cast.bank, date(last_year(), 4, 1))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Choose what it is."),
        ({"quantity": "0"}, "Give a number above nought."),
        ({"quantity": "1,250"}, "Give a number, such as"),
        ({"quantity": "a lot"}, "Give a number, such as"),
        ({"period_to": f"{last_year() - 1}-12-31"}, "ends before it begins"),
        ({"period_from": f"{last_year() - 1}-12-31"}, "spans two calendar years"),
        ({"period_from": "2999-01-01", "period_to": "2999-01-02"}, "ends in the future"),
        ({"amount": "100"}, "Choose the currency"),
        ({"amount": "100", "currency": "BTC"}, "Choose a currency of the list."),
        ({"amount": "100.5", "currency": "JPY"}, "JPY has at most 0 digits after the point"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    answer = cast.client("bank_coordinator").post("/members/contributions/new/", form(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "A course on patterns of small payments." in page
    assert not Contribution.objects.exists()


def test_card_numbers_are_cut(cast: Cast) -> None:
    entry = contribution_of(cast.bank, description="Paid with 4111 1111 1111 1111.")
    assert "4111 1111 1111 1111" not in entry.description


def test_correcting_is_withdrawing_and_recording_anew(cast: Cast) -> None:
    client = cast.client("bank_coordinator")
    entry = contribution_of(cast.bank, quantity=Decimal("7.5"), description="Nights on call.")
    path = f"/members/contributions/{entry.pk}/withdraw/"
    assert "Withdraw this entry?" in client.get(path).content.decode()
    assert client.post(path, {"reason": " "}).status_code == 422
    answer = client.post(path, {"reason": "Counted twice", "anew": "1"})
    again = client.get(answer.headers["Location"]).content.decode()
    assert 'value="7.5"' in again
    assert "Nights on call." in again
    page = client.get("/members/contributions/").content.decode()
    assert "Counted twice" in page
    assert "Together" not in page, "what is withdrawn counts nowhere"
    assert client.post(path, {"reason": "Again"}).status_code == 404
    with pytest.raises(Conflict):
        contribution_withdraw(actor=cast.bank_coordinator, contribution=entry, reason="Again")


def test_nothing_is_edited_silently(cast: Cast) -> None:
    entry = contribution_of(cast.bank)
    stored = Contribution.objects.filter(pk=entry.pk)
    for wrong in ({"quantity": 5}, {"kind": "data"}, {"organisation": cast.ngo}):
        with pytest.raises(IntegrityError), transaction.atomic():
            stored.update(**wrong)
    contribution_withdraw(actor=None, contribution=entry, reason="A mistake")
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.update(withdrawn_at=None, withdrawn_reason="")


def test_the_database_refuses_what_must_not_be(cast: Cast) -> None:
    good = {
        "organisation": cast.bank,
        "kind": "hours",
        "period_from": date(2025, 1, 1),
        "period_to": date(2025, 2, 1),
        "quantity": 1,
    }
    for wrong in (
        {"quantity": 0},
        {"kind": "gold"},
        {"period_to": date(2026, 1, 1)},
        {"period_to": date(2024, 12, 31)},
        {"amount": 5},
        {"withdrawn_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.create(**{**good, **wrong})


def test_other_organisations_see_nothing_of_it(cast: Cast) -> None:
    entry = contribution_of(cast.bank, description="Only ours.")
    other = cast.client("coordinator", fresh=True)
    assert "Only ours." not in other.get("/members/contributions/").content.decode()
    assert "Only ours." not in other.get(f"/members/contributions/new/?like={entry.pk}").content.decode()
    assert other.get(f"/members/contributions/{entry.pk}/withdraw/").status_code == 404
    assert b"Only ours." not in other.post("/members/contributions/export/").content
    assert other.get("/members/contributions/all/").status_code == 404
    with pytest.raises(NotPermitted):
        contribution_withdraw(actor=cast.coordinator, contribution=entry, reason="Not mine")
    with pytest.raises(NotPermitted):
        contribution_of(cast.bank, actor=cast.coordinator)
    assert cast.client("reporter").get("/members/contributions/").status_code == 403


def test_the_own_ledger_as_csv(cast: Cast) -> None:
    contribution_of(cast.bank, description='=HYPERLINK("https://bad.example")')
    contribution_of(cast.ngo)
    asks = cast.client("bank_coordinator").post("/members/contributions/export/")
    assert "reauthenticate" in asks.headers["Location"]
    answer = cast.client("bank_coordinator", fresh=True).post("/members/contributions/export/")
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    line = dict(zip(head, row, strict=True))
    assert (line["kind"], line["quantity"]) == ("hours", "100")
    assert line["description"].startswith("'=")
    assert AuditEvent.objects.get(action="contribution.export").payload["count"] == 1


def test_the_secretariat_reads_all_by_name_with_totals(cast: Cast) -> None:
    contribution_of(cast.bank, quantity=Decimal(5), amount=Decimal(300), currency="EUR")
    contribution_of(cast.ngo, quantity=Decimal(900))
    contribution_of(
        cast.ngo, kind="tooling", quantity=Decimal(1), period_from=date(2020, 1, 1), period_to=date(2020, 2, 1)
    )
    contribution_withdraw(actor=None, contribution=contribution_of(cast.ngo, quantity=Decimal(4)), reason="Twice")
    client = cast.client("officer")
    page = client.get("/members/contributions/all/").content.decode()
    assert "905 hours" in page
    assert "1 tool" in page
    assert page.index("Lighthouse for Children") < page.index("Meridian Bank"), "by name, whatever the amount"
    sector = client.get(f"/members/contributions/all/?sector={Sector.FINANCIAL}").content.decode()
    assert "5 hours" in sector
    assert "Lighthouse" not in sector
    year = client.get("/members/contributions/all/?year=2020&kind=tooling").content.decode()
    assert "Meridian" not in year
    assert client.get("/members/contributions/all/?year=x&kind=y&sector=z&page=9").status_code == 200
    assert "No entry fits" in client.get("/members/contributions/all/?q=nobody").content.decode()


def test_the_list_costs_the_same_whatever_its_length(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("manager")
    contribution_of(cast.bank)
    client.get("/members/contributions/all/")
    with django_assert_max_num_queries(40) as before:
        client.get("/members/contributions/all/")
    for number in range(30):
        contribution_of(OrganisationFactory(), kind="data", quantity=Decimal(number + 1))
    with django_assert_max_num_queries(len(before)):
        assert 'rel="next"' in client.get("/members/contributions/all/").content.decode()


def test_services_refuse_what_a_form_would(cast: Cast) -> None:
    today = timezone.localdate()
    values: dict[str, Any] = {"actor": None, "organisation": cast.bank, "kind": "hours", "quantity": Decimal("0.001")}
    with pytest.raises(ApplicationError, match="two digits"):
        contribution_record(period_from=today, period_to=today, **values)
    with pytest.raises(ApplicationError, match="future"):
        contribution_record(
            period_from=today, period_to=today + timedelta(days=1), **{**values, "quantity": Decimal(1)}
        )
