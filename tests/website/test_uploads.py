"""What editors upload: the content decides, cameras tell nothing, and originals have no address."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pikepdf
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


def paper(change: Any = None, **save: Any) -> bytes:
    """A PDF of one empty page."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        pdf.save(made, **save)
    return made.getvalue()


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
    [("report.pdf", paper()), ("data.csv", "a;b\n1;é\n".encode()), ("data.xlsx", workbook())],
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


def opens_with_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def holds_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"hidden"


LOCKED = pikepdf.Encryption(owner="a", user="b")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("report.pdf", paper()[:300], "damaged"),
        ("report.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("report.pdf", paper(encryption=LOCKED), "locked with a password"),
        ("report.pdf", paper(opens_with_a_program), "runs a program"),
        ("report.pdf", paper(holds_a_file), "holds other files"),
        ("report.pdf", SVG, "holds something else"),
        ("drawing.svg", SVG, "not allowed"),
    ],
)
def test_a_document_that_is_refused_says_why(cast: Cast, name: str, content: bytes, sentence: str) -> None:
    answer = add_document(cast.client("editor"), name, content)
    assert sentence in str(answer.context["form"].errors["file"])


def test_a_document_that_is_too_large_says_how_large_it_may_be(cast: Cast, settings: Any) -> None:
    settings.SITE_DOCUMENT_MAX_BYTES = 100
    answer = add_document(cast.client("editor"), "report.pdf", paper())
    assert "may have 100" in str(answer.context["form"].errors["file"])


def wide() -> bytes:
    """A small file that would unfold to 100 million pixels."""
    made = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("drawing.svg", SVG, "Not a supported image format"),
        ("p.png", SVG, "does not match"),
        ("p.jpg", photograph()[:400], "corrupted"),
        ("p.jpg", photograph("PNG"), "Not a valid"),
        ("p.png", wide(), "too many pixels"),
    ],
)
def test_a_picture_that_is_refused_says_why(cast: Cast, name: str, content: bytes, sentence: str) -> None:
    answer = add_picture(cast.client("editor"), name, content)
    assert sentence in str(answer.context["form"].errors["file"])


def test_a_picture_that_is_too_large_says_how_large_it_may_be(cast: Cast, settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    answer = add_picture(cast.client("editor"), "p.jpg", photograph())
    assert "too big" in str(answer.context["form"].errors["file"])


def test_what_hides_behind_a_picture_is_gone(cast: Cast) -> None:
    """A file that is a picture and an archive or a page at once: the picture is drawn anew, the rest is not."""
    hidden = workbook() + b"<script>alert(1)</script>"
    assert add_picture(cast.client("editor"), "p.jpg", photograph() + hidden).status_code == 302
    stored = Picture.objects.get().file.open("rb").read()
    assert b"<script>" not in stored
    assert b"PK\x03\x04" not in stored


def test_a_focal_point_stays_in_the_middle_of_what_is_cut(cast: Cast) -> None:
    made = io.BytesIO()
    drawn = Image.new("RGB", (600, 200), "#ffffff")
    drawn.paste("#ff0000", (500, 50, 600, 150))  # what matters is at the right edge
    drawn.save(made, "PNG")
    editor = cast.client("editor")
    add_picture(editor, "p.png", made.getvalue())
    picture = Picture.objects.get()
    editor.post(
        f"/cms/images/{picture.pk}/",
        {
            "title": "A picture",
            "collection": picture.collection_id,
            "focal_point_x": 550,
            "focal_point_y": 100,
            "focal_point_width": 100,
            "focal_point_height": 100,
        },
    )
    picture.refresh_from_db()
    assert picture.has_focal_point()
    with Image.open(picture.get_rendition("fill-100x100-c100|format-png").file) as cut:
        assert cut.convert("RGB").getpixel((50, 50))[1] < 60, "red, not white"


def test_a_file_that_public_pages_use_is_not_exchanged_under_them(cast: Cast) -> None:
    editor, used = cast.client("editor"), PublicDocument.objects.filter(file__endswith=".pdf").first()
    before = used.file.name
    answer = editor.post(
        f"/cms/documents/edit/{used.pk}/",
        {"title": used.title, "collection": used.collection_id, "file": SimpleUploadedFile("new.pdf", paper())},
    )
    assert "cannot be changed under them" in str(answer.context["form"].errors["file"])
    words = editor.post(f"/cms/documents/edit/{used.pk}/", {"title": "New words", "collection": used.collection_id})
    assert "cannot be changed under them" in str(words.context["form"].errors["title"])
    used.refresh_from_db()
    assert used.file.name == before
    add_document(editor, "draft.pdf", paper())
    draft = PublicDocument.objects.get(title="A file")
    file = SimpleUploadedFile("new.pdf", paper())
    answer = editor.post(
        f"/cms/documents/edit/{draft.pk}/", {"title": "A file", "collection": draft.collection_id, "file": file}
    )
    assert answer.status_code == 302, "nobody reads it yet"
