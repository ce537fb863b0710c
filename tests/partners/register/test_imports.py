"""Contacts out of a table: all good rows wait for confirmation, and a report names each broken one."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook

from efc_portal.accounts.services import user_language_set
from efc_portal.audit.models import AuditEvent
from efc_portal.core.blobs import blob_read
from efc_portal.core.encryption import Erased
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.retention import expired_purge
from efc_portal.partners.enums import ContactImportStatus, OrganisationStatus
from efc_portal.partners.models import Contact, ContactImport, Organisation
from efc_portal.partners.register.imports.services import (
    contact_import_check,
    contact_import_confirm,
    contact_import_upload,
)
from efc_portal.partners.register.services import contact_add
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
HEAD = "organisation,contact for,name,e-mail,telephone"
ROW = "Meridian Bank,Press,Pia Press,pia@meridian.example,"
LEI = "529900T8BM49AURSDO55"


def upload(cast: Cast, data: bytes | str, filename: str = "contacts.csv") -> ContactImport:
    if isinstance(data, str):
        data = data.encode()
    return contact_import_upload(actor=cast.manager, file=io.BytesIO(data), filename=filename)


def checked(cast: Cast, data: bytes | str, filename: str = "contacts.csv") -> ContactImport:
    batch = upload(cast, data, filename)
    contact_import_check(pk=batch.pk)
    batch.refresh_from_db()
    return batch


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows))


def told(batch: ContactImport) -> dict[int, str]:
    """What the report says of each broken row."""
    rows = batch.rows.filter(is_good=False)
    return {row.number: " ".join(one["text"] for one in row.problems) for row in rows}


def test_of_five_thousand_rows_with_three_hundred_broken_ones_the_good_ones_wait(cast: Cast) -> None:
    Organisation.objects.bulk_create(
        Organisation(name=f"Member {n}", kind="partner", sector="financial", country="NL") for n in range(1000)
    )
    rows = [f"Member {n % 1000},Press,Person {n},person{n}@m{n % 1000}.example,+31 20 55 {n:04}" for n in range(5000)]
    breaks = (
        lambda row: row.replace("Member", "Nobody"),
        lambda row: row.replace(",Press,", ",Gossip,"),
        lambda row: row.replace("@", " at "),
    )
    broken = {place * 16: breaks[place % 3](rows[place * 16]) for place in range(300)}
    batch = checked(cast, table(*(broken.get(n, row) for n, row in enumerate(rows))))
    assert (batch.status, batch.good, batch.broken) == (ContactImportStatus.CHECKED, 4700, 300)
    assert sorted(told(batch)) == [place + 2 for place in broken]
    assert not Contact.objects.exists()
    client = cast.client("manager")
    page = client.get(f"/members/contacts/import/{batch.pk}/").content.decode()
    assert "4,700" in page
    assert "“Gossip” is nothing that a contact is for." in page
    last = client.get(f"/members/contacts/import/{batch.pk}/?page=12").content.decode()
    assert f">{299 * 16 + 2}<" in last
    assert contact_import_confirm(batch=batch, actor=cast.manager) == 4700
    assert Contact.objects.count() == 4700
    with pytest.raises(Conflict):
        contact_import_confirm(batch=batch, actor=cast.second_manager)
    assert Contact.objects.count() == 4700
    assert AuditEvent.objects.get(action="contact_import.confirm").payload["count"] == 4700


def test_the_number_of_queries_is_that_of_few_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    assert cast.bank
    small = upload(cast, table(ROW))
    large = upload(cast, table(*(ROW.replace("pia@", f"pia{n}@") for n in range(900))))
    with django_assert_max_num_queries(30) as few:
        contact_import_check(pk=small.pk)
    with django_assert_max_num_queries(len(few)):
        contact_import_check(pk=large.pk)


def test_each_broken_row_says_what_is_wrong(cast: Cast) -> None:
    contact_add(actor=None, organisation=cast.bank, kind="press", name="Pia", email="pia@meridian.example")
    left = OrganisationFactory(name="Gone Bank")
    Organisation.objects.filter(pk=left.pk).update(status=OrganisationStatus.LEFT, left_on=timezone.localdate())
    batch = checked(
        cast,
        table(
            ROW,
            "Meridian Bank,Press,,ｐaul@meridian.example,",
            "Meridian Bank,Membership,Ana,ana@meridian.example,none",
            "Meridian Bank,Membership,Ana,Ana@Meridian.example,",
            "meridian  BANK,main,Ana,ana@meridian.example,",
            "Gone Bank,main,Gil,gil@gone.example,",
            f"{LEI},main,Lea,lea@lei.example,",
            "",
            "Meridian Bank",
        ),
    )
    found = told(batch)
    assert (batch.good, batch.broken, sorted(found)) == (1, 7, [2, 3, 4, 6, 7, 8, 10])
    assert "is a contact of the organisation for this already" in found[2]
    assert "The cell is empty." in found[3]
    assert "fullwidth latin small letter p" in found[3]
    assert "“none” is not a telephone number" in found[4]
    assert "the same contact as in row 5" in found[6]
    assert "Gone Bank has left the coalition" in found[7]
    assert LEI in found[8]
    page = cast.client("manager").get(f"/members/contacts/import/{batch.pk}/").content.decode()
    assert "pi…@meridian.example" in page
    assert "pia@meridian.example" not in page


def test_greek_names_leis_and_words_in_french_are_understood(cast: Cast) -> None:
    OrganisationFactory(name="Τράπεζα του Αιγαίου", country="GR", lei=LEI)
    rows = (
        "ΤΡΑΠΕΖΑ ΤΟΥ ΑΙΓΑΙΟΥ;press;Άννα Ιωάννου;anna@aegean.example",
        "Τράπεζα του Αιγαίου;data_protection;Νίκος;nikos@αιγαίο.example",
        f"{LEI.lower()};Press;Eleni;eleni@aegean.example",
    )
    for encoding, name in (("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8-BOM"), ("utf-16", "UTF-16LE")):
        data = "\r\n".join(("sep=;", "Organisation;Kind;Name;E-mail", *rows)).encode(encoding)
        batch = checked(cast, data)
        assert (batch.good, batch.broken, batch.encoding, batch.delimiter) == (3, 0, name, ";"), told(batch)
    assert contact_import_confirm(batch=batch, actor=cast.manager) == 3
    assert (
        Contact.objects.filter(email="nikos@xn--mxaaf6bh5a.example").exists()
        or Contact.objects.filter(email__startswith="nikos@xn--").exists()
    )


def test_a_workbook_is_read_like_a_table(cast: Cast) -> None:
    assert cast.bank
    book, file = Workbook(), io.BytesIO()
    book.active.append(["Name", "Organisation", "Contact for", "E-mail", "Notes", "Telephone"])
    book.active.append(["Pia", "Meridian Bank", "Press", "pia@meridian.example", "x", 31205550100])
    book.active.append([])
    book.active.append(["Ana", "Nobody", "Press", "ana@meridian.example"])
    book.save(file)
    batch = checked(cast, file.getvalue(), "contacts.xlsx")
    assert (batch.good, batch.broken, sorted(told(batch))) == (1, 1, [4])
    assert batch.rows.get(is_good=True).values["phone"] == "31205550100"


def test_a_workbook_that_unpacks_to_far_more_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("efc_portal.partners.register.imports.reading.MAX_UNPACKED", 1000)
    book, file = Workbook(), io.BytesIO()
    book.active.append(["Name", "Organisation", "Contact for", "E-mail"])
    book.save(file)
    with pytest.raises(ApplicationError, match="far more than a table"):
        upload(cast, file.getvalue(), "contacts.xlsx")


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        (b"", "contacts.csv", "is empty"),
        (HEAD.encode(), "contacts.csv", "no row below"),
        (b"organisation,name\nMeridian Bank,Pia", "contacts.csv", "contact for and e-mail"),
        (f"{HEAD},mail\n{ROW}".encode(), "contacts.csv", "Two columns are for the same"),
        (f"{HEAD}\n{ROW}\0".encode(), "contacts.csv", "none of the kinds that the portal takes"),
        (f"{HEAD}\n\x81\xfe{ROW}".encode("latin-1"), "contacts.csv", "neither UTF-8 nor UTF-16 nor Windows-1252"),
        (f'{HEAD}\n"{ROW}'.encode(), "contacts.csv", "quotation mark"),
        (f"{HEAD}\n{ROW}".encode(), "contacts.txt", "neither CSV nor XLSX"),
        (b"," * 200_000, "contacts.csv", "The first row must name the columns"),
        (b'"' + b"x" * 200_000 + b'"', "contacts.csv", ""),
        (b"GIF89a" + bytes(40), "contacts.csv", "no pictures"),
        (b"PK\x03\x04" + bytes(40), "contacts.xlsx", ""),
        (b"x" * (5 * 1024 * 1024 + 1), "contacts.csv", "larger than 5 MB"),
    ],
)
def test_what_is_no_such_table_is_said_at_once(cast: Cast, data: bytes, filename: str, sentence: str) -> None:
    client = cast.client("manager")
    page = client.post("/members/contacts/import/", {"file": SimpleUploadedFile(filename, data)})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not ContactImport.objects.exists()
    assert client.post("/members/contacts/import/", {}).status_code == 422


def test_lines_that_end_as_old_machines_wrote_them_are_read(cast: Cast) -> None:
    assert cast.bank
    assert checked(cast, f"{HEAD}\r{ROW}\r").good == 1


def test_too_many_rows_are_refused_as_a_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast.bank
    monkeypatch.setattr("efc_portal.partners.register.imports.reading.MAX_ROWS", 3)
    batch = checked(cast, table(*[ROW] * 4))
    assert batch.status == ContactImportStatus.DISCARDED
    assert "more than 3 rows" in batch.finding
    assert not batch.rows.exists()
    page = cast.client("manager").get(f"/members/contacts/import/{batch.pk}/").content.decode()
    assert "more than 3 rows" in page


def test_from_the_file_to_the_register(cast: Cast) -> None:
    assert cast.bank
    client = cast.client("manager")
    assert client.get("/members/contacts/import/template.xlsx").content.startswith(b"PK")
    head = client.get("/members/contacts/import/template.csv").content.decode("utf-8-sig").strip()
    assert head.replace('"', "") == HEAD
    file = SimpleUploadedFile("contacts.csv", table(ROW, "Nobody,Press,'=x,x@x.example,+31 20 55 01 00").encode())
    sent = client.post("/members/contacts/import/", {"file": file})
    batch = ContactImport.objects.get()
    here = f"/members/contacts/import/{batch.pk}/"
    assert sent.headers["Location"] == here
    assert "hx-get" in client.get(here).content.decode()
    assert "HX-Refresh" not in client.get(f"{here}progress/").headers
    contact_import_check(pk=batch.pk)
    assert client.get(f"{here}progress/").headers["HX-Refresh"] == "true"
    page = client.get(here).content.decode()
    assert "UTF-8, cells parted by: comma" in page
    assert "Add the good rows" in page
    assert "1 contact is added" in client.get(f"{here}confirm/").content.decode()
    assert not Contact.objects.exists()
    assert client.post(f"{here}confirm/").status_code == 302
    assert Contact.objects.get().email == "pia@meridian.example"
    assert client.post(f"{here}confirm/").status_code == 409
    assert client.post(f"{here}discard/").status_code == 409
    broken = client.get(f"{here}broken.csv").content
    lines = list(csv.DictReader(io.StringIO(broken.decode("utf-8-sig"), newline="")))
    assert (lines[0]["row"], lines[0]["telephone"], lines[0]["name"]) == ("3", "'+31 20 55 01 00", "'=x")
    assert "“Nobody”" in lines[0]["what is wrong"]
    again = checked(cast, broken.replace(b"Nobody", b"Meridian Bank", 1))
    assert again.rows.get().values == {
        "kind": "press", "name": "=x", "email": "x@x.example", "phone": "+31 20 55 01 00",
    }  # fmt: skip


def test_what_changed_until_the_confirmation_is_passed_over(cast: Cast) -> None:
    assert cast.bank
    assert cast.ngo
    other = "Lighthouse for Children,main,Mia,mia@lighthouse.example,"
    batch = checked(cast, table(ROW, ROW.replace("Press,Pia", "main,Pia"), other))
    contact_add(actor=None, organisation=cast.bank, kind="press", name="Pia", email="pia@meridian.example")
    Organisation.objects.filter(pk=cast.ngo.pk).update(status="left", left_on=timezone.localdate())
    assert contact_import_confirm(batch=batch, actor=cast.manager) == 1
    assert (batch.status, batch.added, Contact.objects.count()) == (ContactImportStatus.CONFIRMED, 1, 2)


def test_a_discarded_import_leaves_nothing(cast: Cast) -> None:
    assert cast.bank
    client, batch = cast.client("manager"), checked(cast, table(ROW))
    assert client.post(f"/members/contacts/import/{batch.pk}/discard/").status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.rows.count(), batch.blob) == (ContactImportStatus.DISCARDED, 0, "")
    with pytest.raises(Conflict):
        contact_import_confirm(batch=batch, actor=cast.manager)


def test_after_a_week_what_nobody_confirmed_is_forgotten(cast: Cast) -> None:
    assert cast.bank
    waiting, running, young = checked(cast, table(ROW)), upload(cast, table(ROW)), checked(cast, table(ROW))
    name, key = running.blob, running.data_key
    ContactImport.objects.exclude(pk=young.pk).update(uploaded_at=timezone.now() - timedelta(days=8))
    assert expired_purge()["imports of contacts"] == 2
    assert expired_purge()["imports of contacts"] == 0
    for batch, rows in ((waiting, 0), (running, 0), (young, 1)):
        batch.refresh_from_db()
        assert batch.rows.count() == rows
    assert [waiting.status, running.status, young.status] == ["discarded", "discarded", "checked"]
    key.refresh_from_db()
    del key._plain
    with pytest.raises(Erased):
        list(blob_read(name, data_key=key, context=running.blob_context))
    contact_import_check(pk=running.pk)  # a step that comes late does nothing
    assert not running.rows.exists()


def test_the_report_is_in_the_language_of_whoever_sent_the_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    user_language_set(user=cast.manager, language="fr")

    def spy(*args: Any, **kwargs: Any) -> list[Any]:
        seen.append(get_language())
        raise ApplicationError("x")

    batch = upload(cast, table(ROW))
    monkeypatch.setattr("efc_portal.partners.register.imports.services.rows_check", spy)
    contact_import_check(pk=batch.pk)
    assert seen == ["fr"]


def test_only_managers_import(cast: Cast) -> None:
    batch = checked(cast, table(ROW))
    for path in ("", f"{batch.pk}/", f"{batch.pk}/broken.csv", f"{batch.pk}/confirm/"):
        assert cast.client("officer").get(f"/members/contacts/import/{path}").status_code == 403
        assert cast.client("bank_coordinator").get(f"/members/contacts/import/{path}").status_code == 404
