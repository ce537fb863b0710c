"""The report: PDF/UA-1, marked on every page, and unmoved by what a submission says."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from efc_portal.referrals.package.content import Content, Term
from efc_portal.referrals.package.report import MOST_ROWS, ReportFailed, report_data, report_pdf
from tests.referrals.package import sample
from tests.referrals.package.pdf_text import page_texts, structure


def opened(content: Content) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(report_pdf(content)))


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return opened(sample.CONTENT)


def test_it_declares_pdf_ua_a_language_and_a_title(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.open_metadata()
    assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert pdf.Root.MarkInfo.Marked is True
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert metadata["dc:title"] == "Referral R-2026-000017: Merchant network behind three card descriptors"


def test_its_structure_can_be_read_aloud(pdf: pikepdf.Pdf) -> None:
    elements = structure(pdf)
    tags = [tag for _, tag, _ in elements]
    assert tags.count("/Title") == 1
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tags.count("/Table") == tags.count("/THead") == 5
    assert all(element.get("/Alt") for _, tag, element in elements if tag == "/Figure")
    assert tags.count("/Figure") == 1


def test_every_glyph_is_embedded_and_can_be_copied(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.obj.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_every_page_has_the_mark_twice_the_reference_and_the_caution(pdf: pikepdf.Pdf) -> None:
    for number, text in enumerate(page_texts(pdf), 1):
        assert text.count("TLP:AMBER") >= 2
        assert "R-2026-000017" in text
        assert "Notasolebasisforadecision" in text
        assert f"Page{number}of{len(pdf.pages)}" in text


def test_nothing_in_it_can_be_clicked(pdf: pikepdf.Pdf) -> None:
    assert not any("/Annots" in page.obj for page in pdf.pages)
    assert "/OpenAction" not in pdf.Root
    text = "".join(page_texts(pdf))
    assert "hxxps://pay[.]northgate-media[.]example/checkout" in text
    assert "billing@northgate-media[.]example" in text
    assert "https://" not in text
    assert "northgate-media.example" not in text


def test_a_value_broken_over_lines_is_still_copied_whole(pdf: pikepdf.Pdf) -> None:
    assert sample.WALLET.value in "".join(page_texts(pdf))


def test_it_carries_the_strictest_mark_of_its_parts() -> None:
    first, *rest = sample.SUBMISSIONS
    red = replace(first, handling=replace(first.handling, tlp="TLP:RED"))
    data = report_data(sample.content(tlp="TLP:GREEN", submissions=(red, *rest)))
    assert data["mark"] == "TLP:RED"


def test_a_source_that_must_not_be_named_is_a_partner() -> None:
    text = "".join(page_texts(opened(sample.CONTENT)))
    assert "fromClearwellPayments,NordhavBankandapartner" in text


def test_suspicious_transaction_information_names_its_agreement(pdf: pikepdf.Pdf) -> None:
    assert "FIU-SE2026/4471" in "".join(page_texts(pdf))


def test_the_same_content_gives_the_same_bytes() -> None:
    assert report_pdf(sample.CONTENT) == report_pdf(sample.content())


def test_french_is_french_and_the_mark_stays() -> None:
    pdf = opened(sample.content(language="fr"))
    text = "".join(page_texts(pdf))
    assert str(pdf.Root.Lang) == "fr"
    assert "Transmission" in text
    assert "Referral" not in text
    assert "TLP:AMBER" in text


def test_a_small_referral_needs_no_payments_identifiers_or_files() -> None:
    pdf = opened(sample.content(payments=(), identifiers=(), attachments=(), submissions=sample.SUBMISSIONS[:1]))
    assert len(pdf.pages) <= 3


def test_long_lists_are_cut_and_say_so() -> None:
    text = "".join(page_texts(opened(sample.content(payments=sample.payments(MOST_ROWS + 1)))))
    assert f"Thefirst{MOST_ROWS}of{MOST_ROWS + 1}.Allareinpayments.csv." in text


HOSTILE = [
    '#import "@preview/x:1.0.0": *',
    "] #set page(width: 1pt) [",
    '"}]} #read("/etc/passwd") \\" ` $ * _ = - + / <label> @cite',
    "\u202e\u2066 moc.elpmaxe//:sptth \u2069",
    "عربي ‏שלום 中文 ไทย 👩‍👩‍👧 \U0010ffff \ud800 \x00\x07\x1b[31m",
    "a\u0301\u0489\u20dd q\u0487 \u0487",
    "x" * 10_000,
    "word " * 2_000,
    "\n" * 500,
    "\r\n\u2028\u2029\x0b\x0c\x85",
    "%(amount)s {0} ${x} {{ y }}",
    "\ufeff\ufffe\uffff\u00ad\u200b\u2060",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_words(text: str) -> None:
    submission = replace(
        sample.SUBMISSIONS[1],
        organisation=text[:200],
        narrative=text,
        handling=replace(sample.SUBMISSIONS[1].handling, note=text[:500]),
        red_flags=(Term("1", text[:200]),),
    )
    identifier = replace(sample.SHOP, value=text[:300] or "x", display="")
    payment = replace(sample.payments(1)[0], recipient=identifier, sender=None)
    pdf = opened(
        sample.content(
            title=text[:300],
            summary=text,
            routing_reason=text,
            requested_action=text,
            submissions=(submission,),
            identifiers=(identifier,),
            payments=(payment,),
            attachments=(sample.attachment(text[:100] or "x", submission=submission.reference),),
        )
    )
    assert "TLP:AMBER" in page_texts(pdf)[-1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(st.characters(categories=["Mn", "Lo", "So", "Cf"]), max_size=60))
def test_any_text_sets(words: str, marks: str) -> None:
    pdf = opened(
        sample.content(
            title=words,
            summary=f"{words}\n{marks}",
            submissions=(replace(sample.SUBMISSIONS[2], narrative=marks),),
            identifiers=(replace(sample.SHOP, value=marks + words or "x"),),
            payments=(),
            attachments=(),
        )
    )
    assert len(pdf.pages) >= 1


def test_a_text_of_typst_is_shown_as_it_stands() -> None:
    text = "".join(page_texts(opened(sample.content(summary='#import "x" ] *bold* $1 + 1$ // no comment'))))
    assert '#import"x"]*bold*$1+1$//nocomment' in text


def test_what_cannot_be_seen_is_shown_as_its_code() -> None:
    text = "".join(page_texts(opened(sample.content(summary="payee \u202egnp exe"))))
    assert "payee⟨U+202E⟩gnpexe" in text


def test_amounts_are_never_rounded() -> None:
    payment = replace(sample.payments(1)[0], amount=Decimal("0.000000000000000001"), currency="ETH")
    text = "".join(page_texts(opened(sample.content(payments=(payment,)))))
    assert "0.000000000000000001ETH" in text


def test_a_report_that_cannot_be_set_is_an_expected_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("efc_portal.referrals.package.typeset.drawable_all", lambda data, strict=False: "no mapping")
    with pytest.raises(ReportFailed, match="R-2026-000017"):
        report_pdf(sample.CONTENT)
