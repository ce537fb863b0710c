"""Pictures, recordings, archives, programs and documents of other kinds stay out, whatever they are called."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from pathlib import Path

import pillow_heif
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from efc_portal.core.content import Reason, RefusedContent
from efc_portal.core.content.signatures import hidden_within, recognise
from tests.core.content.samples import TABLE, door, paper, refusal, workbook

pillow_heif.register_heif_opener()

PICTURES = ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO", "AVIF", "HEIF", "JPEG2000", "PPM", "ICNS", "DDS", "PCX"]


def picture(form: str) -> bytes:
    out = io.BytesIO()
    size = (16, 16) if form in ("ICO", "ICNS") else (2, 2)
    Image.new("RGB", size).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", PICTURES)
@pytest.mark.parametrize("name", ["payments.csv", "statement.pdf", "list.xlsx", "picture.png"])
def test_a_picture_is_refused_whatever_its_name(form: str, name: str) -> None:
    refused = refusal(picture(form), name)
    assert refused.reason is Reason.IMAGE
    assert "hotline" in refused.message
    assert "takes no pictures" in refused.message


@pytest.mark.parametrize("form", ["XBM", "SGI", "TGA", "MSP"])
def test_rarer_pictures_come_in_neither(form: str) -> None:
    out = io.BytesIO()
    Image.new("RGB" if form not in ("XBM", "MSP") else "1", (16, 16)).save(out, form)
    assert refusal(out.getvalue(), "payments.csv").reason in (Reason.IMAGE, Reason.UNKNOWN)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + bytes(40), Reason.VIDEO),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  " + bytes(40), Reason.VIDEO),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + bytes(40), Reason.VIDEO),
        (b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(40), Reason.VIDEO),
        (b"FLV\x01\x05\x00\x00\x00\x09" + bytes(20), Reason.VIDEO),
        (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(40), Reason.VIDEO),
        (b"\x00\x00\x01\xba\x44\x00" + bytes(40), Reason.VIDEO),
        ((b"\x47\x40\x00\x10" + bytes(184)) * 4, Reason.VIDEO),
        (b"CWS\x0a\x10\x00\x00\x00" + bytes(40), Reason.VIDEO),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40), Reason.AUDIO),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(40), Reason.AUDIO),
        (b"\xff\xfb\x90\x64\x00" + bytes(40), Reason.AUDIO),
        (b"fLaC\x00\x00\x00\x22" + bytes(40), Reason.AUDIO),
        (b"OggS\x00\x02" + bytes(40), Reason.AUDIO),
        (b"MThd\x00\x00\x00\x06\x00\x01" + bytes(20), Reason.AUDIO),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00" + bytes(40), Reason.AUDIO),
    ],
)
def test_recordings_are_refused(data: bytes, reason: Reason) -> None:
    refused = refusal(data, "payments.csv")
    assert refused.reason is reason
    assert "hotline" in refused.message


def archive(form: str) -> bytes:
    out = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("payments.csv", TABLE)
    elif form == "empty zip":
        zipfile.ZipFile(out, "w").close()
    else:
        with tarfile.open(fileobj=out, mode="w") as package:
            package.addfile(tarfile.TarInfo("payments.csv"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        archive("zip"),
        archive("empty zip"),
        archive("tar"),
        gzip.compress(TABLE.encode()),
        bz2.compress(TABLE.encode()),
        lzma.compress(TABLE.encode()),
        b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40),
        b"Rar!\x1a\x07\x01\x00" + bytes(40),
        b"\x28\xb5\x2f\xfd" + bytes(40),
        b"MSCF\x00\x00\x00\x00" + bytes(40),
    ],
    ids=["zip", "empty zip", "tar", "gz", "bz2", "xz", "7z", "rar", "zst", "cab"],
)
@pytest.mark.parametrize("name", ["payments.csv", "payments.xlsx"])
def test_archives_are_refused(data: bytes, name: str) -> None:
    refused = refusal(data, name)
    assert refused.reason is Reason.ARCHIVE
    assert "Unpack it" in refused.message


@pytest.mark.parametrize(
    "data",
    [
        Path(sys.executable).resolve().read_bytes()[:70_000],
        b"MZ" + bytes(58) + b"\x80\x00\x00\x00" + bytes(64) + b"PE\x00\x00" + bytes(40),
        b"#!/bin/sh\necho payments\n",
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(40),
        b"<?php echo 1;",
    ],
    ids=["elf", "windows", "script", "java", "php"],
)
def test_programs_are_refused(data: bytes) -> None:
    assert refusal(data, "payments.txt").reason is Reason.PROGRAM


def ole(*names: str) -> bytes:
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + directory


@pytest.mark.parametrize(
    ("names", "reason", "says"),
    [
        (("EncryptedPackage", "EncryptionInfo"), Reason.ENCRYPTED, "Remove the password"),
        (("Workbook",), Reason.OFFICE, "save it as XLSX"),
        (("WordDocument",), Reason.OFFICE, "print it to PDF"),
        (("__substg1.0_0037001F",), Reason.MAIL, "TXT"),
        (("Something",), Reason.ARCHIVE, "installer"),
    ],
)
def test_old_office_containers_are_told_apart(names: tuple[str, ...], reason: Reason, says: str) -> None:
    refused = refusal(ole("Root Entry", *names), "payments.xlsx")
    assert refused.reason is reason
    assert says in refused.message


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (["[Content_Types].xml", "word/document.xml"], Reason.OFFICE),
        (["[Content_Types].xml", "ppt/presentation.xml"], Reason.OFFICE),
        (["mimetype", "content.xml"], Reason.OFFICE),
        (["META-INF/MANIFEST.MF", "A.class"], Reason.PROGRAM),
    ],
)
def test_other_containers_are_named(parts: list[str], reason: Reason) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part in parts:
            package.writestr(part, b"<x/>")
    assert refusal(out.getvalue(), "payments.xlsx").reason is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE html><html><body>Payments</body></html>", Reason.WEB_PAGE),
        ("  <HTML><p>Payments", Reason.WEB_PAGE),
        ("<script>alert(1)</script>", Reason.WEB_PAGE),
        ("<!-- a --><body>Payments", Reason.WEB_PAGE),
        ("Payments\n<html>", Reason.WEB_PAGE),
        (r"{\rtf1\ansi Payments}", Reason.RICH_TEXT),
        ("%!PS-Adobe-3.0\nshowpage\n", Reason.RICH_TEXT),
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA", Reason.ENCRYPTED),
        ("age-encryption.org/v1\n-> X25519", Reason.ENCRYPTED),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.IMAGE),
        ("<?xml version='1.0'?><svg width='1'/>", Reason.IMAGE),
        ("/* XPM */ static char * x[] = {", Reason.IMAGE),
        ("P2 2 2 255 " + "0 " * 40, Reason.IMAGE),
        ("#define x_width 16\n#define x_height 16\n", Reason.IMAGE),
    ],
)
@pytest.mark.parametrize("name", ["payments.txt", "payments.xml"])
def test_what_is_written_as_text_but_is_none_is_refused(text: str, reason: Reason, name: str) -> None:
    assert refusal(text.encode(), name).reason is reason


def test_mail_with_attachments_is_refused_and_its_text_alone_is_not() -> None:
    mail = "From: a@example.org\nTo: b@example.org\nSubject: Payment of 20 EUR\n"
    assert refusal((mail + "Content-Type: multipart/mixed; boundary=x\n\n--x\n").encode(), "mail.txt")
    assert refusal((mail + "Content-Transfer-Encoding: base64\n\nQUJD\n").encode(), "mail.txt")
    assert refusal(b"begin 644 payments.zip\nM4$L#\n", "mail.txt")
    assert door(f"{mail}\nWe saw the payment.\n".encode(), "mail.txt").kind == "txt"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "HEIF"])
@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("note.txt", "See below.\n{}\n"),
        ("payments.csv", "id;proof\n1;{}\n"),
        ("payments.json", '{{"proof": "{}"}}'),
        ("payments.xml", "<r><proof>{}</proof></r>"),
    ],
)
def test_pictures_written_as_base64_or_hexadecimal_are_refused(form: str, name: str, wrap: str) -> None:
    data = picture(form).ljust(200, b"\0")
    written = [base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode(), data.hex(), "0x" + data.hex()]
    written.append(base64.b64encode(data).decode().replace("/", "\\/") if name.endswith("json") else written[0])
    for text in written:
        refused = refusal(wrap.format(text).encode(), name)
        assert refused.reason is Reason.FILE_INSIDE
        assert "hotline" in refused.message
        assert "1" in refused.message or "2" in refused.message  # the line


@pytest.mark.parametrize(
    "data", [archive("zip"), paper(), workbook(), gzip.compress(TABLE.encode())], ids=["zip", "pdf", "xlsx", "gz"]
)
def test_archives_and_documents_written_as_base64_are_refused(data: bytes) -> None:
    assert refusal(f"proof {base64.b64encode(data).decode()}".encode(), "note.txt").reason is Reason.FILE_INSIDE


@pytest.mark.parametrize(
    "uri", ["data:image/svg+xml,%3Csvg", "data:video/mp4;base64,AAAA", "DATA:image/png;base64,iVBORw0KGgo"]
)
def test_data_uris_of_media_are_refused(uri: str) -> None:
    assert refusal(f"a;b\n1;{uri}\n".encode(), "payments.csv").reason is Reason.FILE_INSIDE


def test_hashes_tokens_and_addresses_are_not_taken_for_files() -> None:
    lines = [
        f"{number:064x};{number:0128x};eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{number:060d}" for number in range(500)
    ]
    lines.append("metadata:image, data:text/plain, C:\\Users\\Payments\\2026\\March\\of\\the\\settlement\\account.csv")
    assert door("\n".join(lines).encode(), "hashes.csv").kind == "csv"


@pytest.mark.parametrize(
    "text",
    [
        "The wide network of accounts.",  # “wide” where QuickTime has it
        "BMW paid 20 EUR.",
        "MZ Holding paid 20 EUR.",
        "RIFFRAFF Ltd paid 20 EUR.",
        "ID3 is a customer.",
        "PK list of payments",
        "070701;20.00;EUR",  # a date that begins like cpio
        "FWS Ltd; CWS Ltd",
        "P2 10 20 payments",
        "I am <john@example.org>: if a < b then c > d.",
        "<John Smith> paid",
        "[2026-03-04] paid 20 EUR",
        "{paid} 20 EUR",
        "%PDF is a format.",
    ],
)
def test_plain_sentences_are_not_taken_for_anything_else(text: str) -> None:
    assert door(text.encode(), "note.txt").kind == "txt"


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=600))
def test_whatever_comes_there_is_an_answer_and_no_crash(data: bytes) -> None:
    for name in ("a.csv", "a.txt", "a.json", "a.xml", "a.pdf", "a.xlsx"):
        try:
            inspection = door(data, name)
        except RefusedContent as refused:
            assert refused.message
        else:
            assert inspection.kind in ("csv", "txt", "json", "xml")
            assert b"\x00" not in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    recognise(data)
    hidden_within(data)


@settings(deadline=None)
@given(st.sampled_from(PICTURES), st.binary(max_size=40))
def test_bytes_behind_a_picture_do_not_let_it_in(form: str, tail: bytes) -> None:
    assert refusal(picture(form) + tail, "payments.csv").reason is Reason.IMAGE


def test_a_gif_that_is_a_script_too_is_a_picture() -> None:
    assert refusal(b"GIF89a/*\x00*/=1;alert(1)", "payments.txt").reason is Reason.IMAGE
    assert refusal(b"GIF89a=1;alert(1)", "payments.txt").reason is Reason.IMAGE


def test_an_empty_file_is_told_so() -> None:
    assert refusal(b"", "payments.csv").reason is Reason.EMPTY


def test_sentences_are_translated_when_they_are_read() -> None:
    refused = refusal(b"", "payments.csv")
    with translation.override("fr"):
        assert "payments.csv" in refused.message
