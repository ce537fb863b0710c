"""A version of the memorandum: drafted by one manager, published by another, and final from then on."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from efc_portal.core.content import RefusedContent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.agreements.selectors import agreement_current
from efc_portal.partners.agreements.services import agreement_discard, agreement_pdf, agreement_publish
from efc_portal.partners.models import AgreementVersion
from tests.cast import Cast
from tests.core.content.samples import paper
from tests.factories.agreements import TEXT, in_days, version_draft, version_published

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def form(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Memorandum",
        "text": TEXT,
        "changes": "",
        "accept_by": str(in_days(40)),
        "file": SimpleUploadedFile("memorandum.pdf", paper("Members share."), "application/pdf"),
        **fields,
    }


def test_four_eyes_from_draft_to_publication(cast: Cast) -> None:
    drafter, other = cast.client("manager", fresh=True), cast.client("second_manager", fresh=True)
    drafter.post("/members/memoranda/new/", form())
    version = AgreementVersion.objects.get()
    assert agreement_current() is None
    own_page = drafter.get(f"/members/memoranda/{version.pk}/").content.decode()
    assert "Another manager has to read and publish it." in own_page
    assert f"/members/memoranda/{version.pk}/publish/" not in own_page
    assert drafter.post(f"/members/memoranda/{version.pk}/publish/").status_code == 403
    assert "Publish this version?" in other.get(f"/members/memoranda/{version.pk}/publish/").content.decode()
    other.post(f"/members/memoranda/{version.pk}/publish/")
    assert agreement_current() == version
    assert b"".join(agreement_pdf(version)).startswith(b"%PDF-")
    assert b"%PDF-" in b"".join(other.get(f"/members/memorandum/versions/{version.pk}/pdf/").streaming_content)  # type: ignore[attr-defined]


def test_publishing_asks_for_a_factor_again(cast: Cast) -> None:
    version = version_draft(cast.manager)
    answer = cast.client("second_manager").post(f"/members/memoranda/{version.pk}/publish/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    assert agreement_current() is None


def test_only_a_plain_pdf_is_taken_and_what_was_typed_stays(cast: Cast) -> None:
    client = cast.client("manager")
    for name, data in (("memorandum.pdf", PNG), ("memorandum.txt", b"Members share."), ("x.pdf", paper() + PNG)):
        answer = client.post("/members/memoranda/new/", form(file=SimpleUploadedFile(name, data)))
        assert answer.status_code == 422
        assert "Members share what they may lawfully share." in answer.content.decode()
    assert not AgreementVersion.objects.exists()
    with pytest.raises(RefusedContent, match="no PDF"):
        version_draft(cast.manager, file=io.BytesIO(b"Members share."), filename="memorandum.txt")


def test_a_past_day_and_a_second_draft_are_refused(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="future"):
        version_draft(cast.manager, accept_by=in_days(0))
    version_draft(cast.manager)
    with pytest.raises(Conflict, match="draft"):
        version_draft(cast.second_manager)


def test_a_draft_is_discarded_and_its_text_offered_again(cast: Cast) -> None:
    agreement_discard(version=version_draft(cast.manager, title="First try"), actor=cast.manager)
    assert "First try" in cast.client("manager").get("/members/memoranda/new/").content.decode()
    assert version_draft(cast.manager).number == 1


def test_what_is_published_is_final(cast: Cast) -> None:
    version = version_published(cast.manager, cast.second_manager)
    stored = AgreementVersion.objects.filter(pk=version.pk)
    for wrong in ({"text": "Members share nothing."}, {"accept_by": in_days(90)}, {"published_by": cast.officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            stored.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.delete()
    with pytest.raises(Conflict):
        agreement_publish(version=version, actor=cast.second_manager)


def test_the_next_version_takes_its_place(cast: Cast) -> None:
    first = version_published(cast.manager, cast.second_manager)
    second = version_published(cast.second_manager, cast.manager)
    first.refresh_from_db()
    assert (first.status, second.number, agreement_current()) == ("superseded", 2, second)


def test_an_officer_reads_and_does_not_publish(cast: Cast) -> None:
    version = version_draft(cast.manager)
    officer = cast.client("officer", fresh=True)
    assert officer.get(f"/members/memoranda/{version.pk}/").status_code == 200
    assert officer.post(f"/members/memoranda/{version.pk}/publish/").status_code == 403
    with pytest.raises(NotPermitted):
        agreement_publish(version=version, actor=cast.officer)
