"""What editors upload: the content decides, cameras tell nothing, and originals have no address."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from efc_portal.website.models import Picture, PublicDocument
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("demo_site")

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


PNG = b"\x89PNG\r\n\x1a\n"


def workbook() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def with_macros() -> bytes:
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


def photograph(kind: str = "JPEG") -> bytes:
    """Forty by twenty, taken with the camera on its side, in a place and by a camera that it names."""
    image, exif = Image.new("RGB", (40, 20), "#1f4a7c"), Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "SECRETCAMERA"
    made = io.BytesIO()
    image.save(made, kind, exif=exif)
    return made.getvalue()


def add_document(editor: Client, name: str, content: bytes) -> Any:
    return editor.post("/cms/documents/add/", {"title": "A file", "file": SimpleUploadedFile(name, content)})


def add_picture(editor: Client, name: str, content: bytes) -> Any:
    return editor.post("/cms/images/add/", {"title": "A picture", "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.pdf", b"%PDF-1.7\n%%EOF\n"), ("data.csv", "a;b\n1;é\n".encode()), ("data.xlsx", workbook())],
)
def test_documents_of_three_kinds_are_taken(cast: Cast, name: str, content: bytes) -> None:
    assert add_document(cast.client("editor"), name, content).status_code == 302
    assert PublicDocument.objects.get(title="A file").file_size == len(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"<html><script>alert(1)</script>"),
        ("report.pdf", photograph()),
        ("data.csv", photograph()),
        ("data.csv", b"\x00\x01\x02"),
        ("data.xlsx", b"PK\x03\x04 no archive"),
        ("data.xlsx", with_macros()),
        ("page.html", b"<p>"),
        ("drawing.svg", SVG),
        ("archive.zip", workbook()),
    ],
)
def test_everything_else_is_refused_in_words(cast: Cast, name: str, content: bytes) -> None:
    answer = add_document(cast.client("editor"), name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not PublicDocument.objects.filter(title="A file").exists()


@pytest.mark.parametrize(
    ("name", "kind"), [("p.jpg", "JPEG"), ("p.png", "PNG"), ("p.webp", "WEBP"), ("p.avif", "AVIF")]
)
def test_a_picture_loses_what_its_camera_wrote(cast: Cast, name: str, kind: str) -> None:
    assert add_picture(cast.client("editor"), name, photograph(kind)).status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (20, 40), "turned upright"
    assert b"SECRETCAMERA" not in picture.file.open("rb").read()
    picture.file.close()
    assert picture.file_size == picture.file.size


@pytest.mark.parametrize(
    ("name", "content"),
    [("drawing.svg", SVG), ("p.png", SVG), ("p.gif", b"GIF89a"), ("p.jpg", b"no picture")],
)
def test_what_is_no_picture_is_refused(cast: Cast, name: str, content: bytes) -> None:
    answer = add_picture(cast.client("editor"), name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Picture.objects.exists()


def test_several_pictures_at_once_meet_the_same_checks(cast: Cast) -> None:
    editor, url = cast.client("editor"), "/cms/images/multiple/add/"
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    taken = editor.post(url, {"title": "A", "files[]": SimpleUploadedFile("p.jpg", photograph())}, headers=ajax)
    assert taken.json()["success"]
    assert b"SECRETCAMERA" not in Picture.objects.get().file.open("rb").read()
    refused = editor.post(url, {"title": "B", "files[]": SimpleUploadedFile("p.png", SVG)}, headers=ajax)
    assert not refused.json()["success"]
    for damaged in (PNG + b"0" * 50, photograph("PNG")[:60], photograph()[:400]):
        refused = editor.post(url, {"title": "D", "files[]": SimpleUploadedFile("p.png", damaged)}, headers=ajax)
        assert not refused.json()["success"]
    documents = "/cms/documents/multiple/add/"
    refused = editor.post(documents, {"title": "C", "files[]": SimpleUploadedFile("c.pdf", SVG)}, headers=ajax)
    assert not refused.json()["success"]


def test_readers_get_a_rendition_and_never_the_original(cast: Cast, client: Client) -> None:
    add_picture(cast.client("editor"), "p.jpg", photograph())
    picture = Picture.objects.get()
    rendition = picture.get_rendition("width-10|format-webp")
    answer = client.get(rendition.url)
    assert answer.headers["Content-Type"] == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert not answer.cookies
    assert picture.get_rendition("original").file.name.endswith(".webp"), "re-encoded whatever a template asks for"
    original = picture.file.name.rpartition("/")[2]
    for url in (picture.file.url, f"/media/images/../original_images/{original}", f"/media/images/{original}"):
        assert client.get(url).status_code == 404, url
    document = PublicDocument.objects.first()
    assert default_storage.exists(document.file.name)
    assert client.get(f"/media/{document.file.name}").status_code == 404
