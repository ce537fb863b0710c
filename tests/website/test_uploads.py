"""What editors upload: the content decides, cameras tell nothing, and originals have no address."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.rich_text import RichText

from efc_portal.website.models import Picture, PublicDocument
from tests.cast import Cast
from tests.website.factories import news_item
from tests.website.pdfs import with_text

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


def workbook_with(name: str, content: bytes = b"x") -> bytes:
    """A workbook with one part more."""
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def workbook_saying(kind: str) -> bytes:
    """A workbook that calls its sheet something else, under the sheet's ordinary name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            new.writestr(name, old.read(name).replace(sheet, kind.encode()))
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
        ("data.xlsx", b"MZ" + workbook()),
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


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


SCRIPT = {"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"}
LAUNCH = {"S": pikepdf.Name.Launch, "F": "cmd.exe"}


def annotation(pdf: pikepdf.Pdf, subtype: str = "Link", **more: Any) -> None:
    made = pikepdf.Dictionary(Subtype=pikepdf.Name(f"/{subtype}"), Rect=[0, 0, 9, 9], **more)
    pdf.pages[0].Annots = pdf.make_indirect([made])


def a_page_runs(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(**SCRIPT))


def a_link_runs(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, A=pikepdf.Dictionary(**SCRIPT))


def a_link_launches(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, A=pikepdf.Dictionary(**LAUNCH))


def what_comes_next_runs(pdf: pikepdf.Pdf) -> None:
    beginning = [pdf.pages[0].obj, pikepdf.Name.Fit]
    pdf.Root.OpenAction = action("GoTo", D=beginning, Next=[pdf.make_indirect(pikepdf.Dictionary(**SCRIPT))])


def a_note_holds_a_file(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, "FileAttachment", FS=the_file(pdf))


def belongs_to_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF = pikepdf.Array([the_file(pdf)])


def the_file(pdf: pikepdf.Pdf) -> pikepdf.Object:
    stream = pdf.make_stream(b"hidden", Type=pikepdf.Name.EmbeddedFile)
    held = pikepdf.Dictionary(F=stream)
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.txt", EF=held))


def a_field_runs(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="a", AA=pikepdf.Dictionary(K=pikepdf.Dictionary(**SCRIPT)))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])


def a_form_of_another_kind(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def sends(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, A=action("SubmitForm", F="https://example.org/"))


def tagged_with_links(pdf: pikepdf.Pdf) -> None:
    """What word processors write: a view to begin with, links, names of places, files that belong to nothing."""
    begin = [pdf.pages[0].obj, pikepdf.Name.Fit]
    pdf.Root.OpenAction = action("GoTo", D=begin)
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=["top", begin]))
    pdf.Root.AF = pikepdf.Array([])
    pdf.pages[0].AA = pikepdf.Dictionary(O=action("GoTo", D=begin))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[])
    annotation(pdf, A=action("URI", URI="https://example.org/"))


def test_a_pdf_of_a_word_processor_is_taken(cast: Cast) -> None:
    for content in (with_text("Tagged words", pages=3), paper(tagged_with_links)):
        assert add_document(cast.client("editor"), "report.pdf", content).status_code == 302


def test_a_workbook_may_know_its_printer(cast: Cast) -> None:
    content = workbook_with("xl/printerSettings/printerSettings1.bin")
    assert add_document(cast.client("editor"), "data.xlsx", content).status_code == 302


def test_a_refusal_says_one_thing(cast: Cast) -> None:
    for name, content in (("report.pdf", SVG), ("report.pdf", paper(a_page_runs)), ("drawing.svg", SVG)):
        answer = add_document(cast.client("editor"), name, content)
        assert len(answer.context["form"].errors["file"]) == 1


LOCKED = pikepdf.Encryption(owner="a", user="b")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("report.pdf", paper()[:300], "damaged"),
        ("report.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("report.pdf", paper(encryption=LOCKED), "locked with a password"),
        ("report.pdf", paper(opens_with_a_program), "runs a program"),
        ("report.pdf", paper(holds_a_file), "holds other files"),
        ("report.pdf", paper(a_page_runs), "runs a program"),
        ("report.pdf", paper(a_link_runs), "runs a program"),
        ("report.pdf", paper(a_link_launches), "runs a program"),
        ("report.pdf", paper(what_comes_next_runs), "runs a program"),
        ("report.pdf", paper(a_note_holds_a_file), "holds other files"),
        ("report.pdf", paper(belongs_to_a_file), "holds other files"),
        ("report.pdf", paper(a_field_runs), "runs a program"),
        ("report.pdf", paper(a_form_of_another_kind), "runs a program"),
        ("report.pdf", paper(sends), "runs a program"),
        ("data.xlsx", workbook_with("xl/vbaProject.bin"), "macros"),
        ("data.xlsx", workbook_with("XL/VBAPROJECT.BIN"), "macros"),
        ("data.xlsx", workbook_with("xl/macrosheets/sheet1.xml"), "macros"),
        ("data.xlsx", workbook_with("xl/embeddings/oleObject1.bin"), "other files"),
        ("data.xlsx", workbook_with("xl/media/setup.exe"), "other files"),
        ("data.xlsx", workbook_with("xl/activeX/activeX1.xml"), "controls"),
        ("data.xlsx", workbook_with("xl/externalLinks/externalLink1.xml"), "links to other workbooks"),
        ("data.xlsx", workbook_with("xl/customProperty1.bin"), "other files"),
        ("data.xlsx", workbook_saying("application/vnd.ms-excel.macrosheet+xml"), "macros"),
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


def banner() -> bytes:
    """Few pixels, but more in a row than WebP holds."""
    made = io.BytesIO()
    Image.new("1", (16_400, 10)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("drawing.svg", SVG, "Not a supported image format"),
        ("p.png", SVG, "does not match"),
        ("p.jpg", photograph()[:400], "corrupted"),
        ("p.jpg", photograph("PNG"), "Not a valid"),
        ("p.png", wide(), "too many pixels"),
        ("p.png", banner(), "each side may have 12000"),
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


class TestAfterApproval:
    """What was approved stays as it was: no one person changes what a page shows, now or at its hour."""

    @pytest.fixture
    def paper(self, cast: Cast) -> PublicDocument:
        add_document(cast.client("editor"), "draft.pdf", paper())
        return PublicDocument.objects.get(title="A file")

    @pytest.fixture
    def picture(self, cast: Cast) -> Picture:
        add_picture(cast.client("editor"), "p.jpg", photograph())
        return Picture.objects.get()

    def test_a_file_is_never_exchanged(self, cast: Cast, paper: PublicDocument, picture: Picture) -> None:
        """Not even where no page shows it yet: one may wait for approval, or for its hour."""
        for thing, place, name, content in (
            (paper, f"documents/edit/{paper.pk}", "new.pdf", with_text("Other words")),
            (picture, f"images/{picture.pk}", "new.jpg", photograph()),
        ):
            before = thing.file.name
            answer = change(cast.client("editor"), place, thing, file=SimpleUploadedFile(name, content))
            assert "stays as it was uploaded" in str(answer.context["form"].errors["file"])
            thing.refresh_from_db()
            assert thing.file.name == before
            assert default_storage.exists(before)

    def test_the_form_says_so_in_place_of_a_button(self, cast: Cast, paper: PublicDocument, picture: Picture) -> None:
        for place in (f"documents/edit/{paper.pk}", f"images/{picture.pk}"):
            form = cast.client("editor").get(f"/cms/{place}/").content.decode()
            assert "stays as it was uploaded" in form
            assert 'type="file"' not in form

    def test_nor_by_any_other_form(self, paper: PublicDocument, picture: Picture) -> None:
        for thing, content in ((paper, with_text("Other words")), (picture, photograph())):
            thing.file = SimpleUploadedFile(f"new.{thing.file.name.rpartition('.')[2]}", content)
            with pytest.raises(ValidationError, match="stays as it was uploaded"):
                thing.full_clean()

    def test_words_are_mended_where_nothing_shows_them(
        self, cast: Cast, paper: PublicDocument, picture: Picture
    ) -> None:
        news_item(live=False, body=[("text", link_to(paper)), ("picture", shown(picture))])
        for thing, place in ((paper, f"documents/edit/{paper.pk}"), (picture, f"images/{picture.pk}")):
            assert change(cast.client("editor"), place, thing, title="Mended").status_code == 302
            thing.refresh_from_db()
            assert thing.title == "Mended"

    @pytest.mark.parametrize("state", ["public", "waiting", "scheduled", "a newer version waits"])
    def test_words_and_the_focal_point_stay_as_approved(
        self, cast: Cast, paper: PublicDocument, picture: Picture, state: str
    ) -> None:
        uses_both(cast, paper, picture, state)
        place = f"documents/edit/{paper.pk}"
        answer = change(cast.client("editor"), place, paper, title="Changed")
        assert "cannot be changed under them" in str(answer.context["form"].errors["title"])
        place = f"images/{picture.pk}"
        answer = change(cast.client("editor"), place, picture, title="Changed", description="Changed")
        for field in ("title", "description"):
            assert "cannot be changed under them" in str(answer.context["form"].errors[field])
        focal = {f"focal_point_{side}": 10 for side in ("x", "y", "width", "height")}
        answer = change(cast.client("editor"), place, picture, **focal)
        assert "cannot be changed under them" in " ".join(map(str, answer.context["messages"])), "it has no field"
        multiple = f"/cms/images/multiple/{picture.pk}/"
        fields = {f"image-{picture.pk}-{name}": value for name, value in form_of(picture, title="Changed").items()}
        answer = cast.client("editor").post(multiple, fields, headers={"X-Requested-With": "XMLHttpRequest"})
        assert not answer.json()["success"]
        for thing in (paper, picture):
            thing.refresh_from_db()
            assert thing.title in ("A file", "A picture")
        assert not picture.has_focal_point()

    def test_what_readers_do_not_see_is_changed_all_the_same(self, cast: Cast, paper: PublicDocument) -> None:
        news_item(live=True, body=[("text", link_to(paper))])
        answer = change(cast.client("editor"), f"documents/edit/{paper.pk}", paper, tags="yearly")
        assert answer.status_code == 302
        assert [tag.name for tag in paper.tags.all()] == ["yearly"]


def form_of(thing: Any, **changes: Any) -> dict[str, Any]:
    """The form of a document or picture as a browser sends it back."""
    words = {"description": thing.description} if isinstance(thing, Picture) else {}
    return {"title": thing.title, "collection": thing.collection_id, "tags": "", **words, **changes}


def change(editor: Client, place: str, thing: Any, **changes: Any) -> Any:
    return editor.post(f"/cms/{place}/", form_of(thing, **changes))


def link_to(document: PublicDocument) -> RichText:
    return RichText(f'<p><a linktype="document" id="{document.pk}">Paper</a></p>')


def shown(picture: Picture) -> dict[str, Any]:
    picture.contextual_alt_text, picture.decorative = "What it shows", False
    return {"picture": picture, "caption": ""}


def uses_both(cast: Cast, document: PublicDocument, picture: Picture, state: str) -> None:
    """A page that shows a document and a picture, in some state between draft and public."""
    body = [("text", link_to(document)), ("picture", shown(picture))]
    page = news_item(live=state == "public", body=[] if state == "a newer version waits" else body)
    if state == "a newer version waits":
        page.save_revision().publish()
        page.body = body
    if state == "scheduled":
        page.go_live_at = timezone.now() + timedelta(hours=1)
    version = page.save_revision()
    if state == "scheduled":
        version.publish()
    elif state != "public":
        page.get_workflow().start(page, cast.editor)
