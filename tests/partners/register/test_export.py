"""The register as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from efc_portal.audit.models import AuditEvent
from efc_portal.partners.register.services import contact_add
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory
from tests.partners.register.test_list import fill

pytestmark = pytest.mark.django_db
PURPOSE = "Letters of the yearly meeting"


def asked(**changes: Any) -> dict[str, Any]:
    return {"format": "csv", "columns": ["name", "country", "people"], "purpose": PURPOSE, **changes}


def rows(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    if answer.headers["Content-Type"].startswith("text/csv"):
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return [["" if value is None else str(value) for value in line] for line in sheet.iter_rows(values_only=True)]


def test_it_needs_a_factor_a_purpose_and_a_column(cast: Cast) -> None:
    answer = cast.client("officer").post("/members/export/", asked())
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    client = cast.client("officer", fresh=True)
    assert client.get("/members/export/?sector=financial").status_code == 200
    assert client.post("/members/export/", asked(purpose="")).status_code == 422
    assert client.post("/members/export/", asked(columns=[])).status_code == 422
    assert not AuditEvent.objects.filter(action="register.export").exists()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_narrowed_leaves_and_is_recorded(cast: Cast, file_format: str) -> None:
    client = cast.client("manager", fresh=True)
    assert cast.reporter
    OrganisationFactory(name='=HYPERLINK("https://x.example")', country="GR")
    OrganisationFactory(name="Elsewhere", sector="technology")
    contact_add(actor=None, organisation=cast.bank, kind="main", name="Mia", email="mia@meridian.example")
    sent = asked(format=file_format, sector="financial", sort="name")
    found = rows(client.post("/members/export/", sent))
    assert found == [
        ["name", "country", "people"],
        ['\'=HYPERLINK("https://x.example")', "Greece", "0"],
        ["Meridian Bank", "Netherlands", "1"],
    ]
    event = AuditEvent.objects.get(action="register.export")
    assert (event.category, event.justification) == ("disclosure", PURPOSE)
    assert event.payload["filters"] == {"sector": "financial"}
    assert (event.payload["count"], event.payload["kind"]) == (2, file_format)


def test_contacts_leave_only_when_they_are_asked_for(cast: Cast) -> None:
    client = cast.client("officer", fresh=True)
    contact_add(
        actor=None,
        organisation=cast.bank,
        kind="press",
        name="Pia",
        email="pia@meridian.example",
        phone="+31 20 55 01",
    )
    every = client.get("/members/export/").context["form"].fields["columns"].choices
    sent = asked(columns=[key for key, _label in every], q="meridian")
    assert "pia@meridian.example" not in str(rows(client.post("/members/export/", sent)))
    head, line = rows(client.post("/members/export/", {**sent, "contacts": "on"}))
    assert line[head.index("contacts_press")] == "Pia <pia@meridian.example> +31 20 55 01"
    assert line[head.index("domains")] == "meridian.example"


def test_a_long_register_takes_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("officer", fresh=True)
    fill(1200)
    with django_assert_max_num_queries(40):
        assert len(rows(client.post("/members/export/", asked(contacts="on")))) == 1201
