"""The blocks that pages are composed of: shown to editors before they choose, graceful when a part is gone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.blocks import StreamValue, StructBlock
from wagtail.models import Page, ReferenceIndex

from efc_portal.website.blocks import BodyBlock
from efc_portal.website.models import NewsPage, Picture, PublicDocument
from tests.cast import Cast
from tests.website.factories import news_item

pytestmark = pytest.mark.usefixtures("demo_site")
BLOCKS = BodyBlock().child_blocks


def document(name: str, content: bytes) -> PublicDocument:
    made = PublicDocument(title=name, file=ContentFile(content, name))
    made._set_document_file_metadata()
    made.save()
    return made


def picture(title: str = "Chair") -> Picture:
    drawn = io.BytesIO()
    Image.new("RGB", (300, 300), "#1f4a7c").save(drawn, "PNG")
    made: Picture = Picture.objects.create(title=title, file=ContentFile(drawn.getvalue(), "p.png"))
    return made


def shown(client: Client, *body: tuple[str, Any]) -> str:
    page = news_item(slug="blocks", body=list(body))
    return client.get(page.url).content.decode()


def cleaned(name: str, **values: Any) -> Any:
    block = BLOCKS[name]
    assert isinstance(block, StructBlock)
    return block.clean(block.normalize({**block.get_default(), **values}))


def refused(name: str, **values: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        cleaned(name, **values)
    return " ".join(" ".join(map(str, error.messages)) for error in caught.value.block_errors.values())


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_shown_before_it_is_chosen(cast: Cast, name: str) -> None:
    block = BLOCKS[name]
    assert block.is_previewable
    assert block.label
    assert block.meta.icon not in {"placeholder", ""}
    assert block.get_description()
    answer = cast.client("editor").get("/cms/block-preview/", {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert "css/website.css" in answer.content.decode()
    assert "note danger" not in answer.content.decode(), "the example itself is in order"


def test_sections_open_one_by_one(client: Client) -> None:
    sections = [{"heading": f"Question {n}", "text": f"<p>Answer {n}</p>"} for n in (1, 2)]
    page = shown(client, ("more", {"sections": sections}))
    assert page.count('<details class="more-box">') == 2
    assert "Answer 2" in page


def test_a_section_from_before_there_were_groups_is_shown_and_edited_as_a_group_of_one(cast: Cast) -> None:
    old = [{"type": "more", "value": {"heading": "Alone", "text": "<p>Still here</p>"}, "id": "1"}]
    body = NewsPage._meta.get_field("body").to_python(old)
    assert isinstance(body, StreamValue)
    assert body[0].value["sections"][0]["heading"] == "Alone"
    assert "Still here" in str(body[0].render())
    page = news_item(slug="old", body=[("more", {"heading": "Alone", "text": "<p>Still here</p>"})])
    assert "Still here" in cast.client("editor").get(f"/cms/pages/{page.pk}/edit/").content.decode()


def test_people_have_an_office_and_perhaps_a_portrait(client: Client) -> None:
    people = [
        {"name": "Ada Example", "role": "Chair", "organisation": "An agency", "portrait": picture(), "text": ""},
        {"name": "Ben Sample", "role": "Member", "organisation": "", "portrait": None, "text": "Of a bank."},
    ]
    page = shown(client, ("people", {"people": people}))
    assert "Ada Example" in page
    assert "Chair" in page
    assert page.count('class="portrait"') == 1
    many = BLOCKS["people"].normalize({"people": [{**people[0], "portrait": picture(str(n))} for n in range(6)]})
    BLOCKS["people"].render(many)
    with CaptureQueriesContext(connection) as asked:
        BLOCKS["people"].render(many)
    assert sum("website_picturerendition" in query["sql"] for query in asked) <= 1, "all portraits at once"


CSV = "Year;Card;Voucher\n2024;40;33\n2026;31;45\n"


def test_a_chart_follows_its_document(client: Client) -> None:
    source = document("figures.csv", CSV.encode("utf-8-sig"))
    chart = {"title": "Payments", "kind": "lines", "cells": "", "document": source, "unit": "%", "caption": ""}
    chart |= {"source": "", "illustration": False}
    page = shown(client, ("chart", chart))
    assert "<svg" in page
    assert ">45<" in page, "and its table"
    cleaned("chart", **chart)


def test_a_chart_that_cannot_be_drawn_says_why() -> None:
    chart = {"title": "Payments", "kind": "lines"}
    source = document("figures.csv", CSV.encode())
    assert "not both" in refused("chart", **chart, cells=CSV, document=source)
    assert "is no CSV file" in refused("chart", **chart, document=document("paper.pdf", b"%PDF-"))
    assert "cannot be read" in refused("chart", **chart, document=document("latin.csv", "a;b\né;1".encode("latin-1")))
    assert "is not a number" in refused("chart", **chart, document=document("words.csv", b"a;b\nx;many\n"))
    assert "too large" in refused("chart", **chart, document=document("long.csv", b"a;b\n" + b"x;1\n" * 30_000))


def test_a_chart_whose_file_is_gone_leaves_a_sentence_and_no_error(client: Client) -> None:
    source = document("figures.csv", CSV.encode())
    source.file.storage.delete(source.file.name)
    page = shown(client, ("chart", {**BLOCKS["chart"].get_preview_value(), "cells": "", "document": source}))
    assert "cannot be read" in page


def test_a_download_or_picture_that_was_deleted_is_left_out(client: Client) -> None:
    source, image = document("figures.csv", CSV.encode()), picture()
    body = [
        ("text", "<p>Before.</p>"),
        ("download", {"document": source, "text": ""}),
        ("picture", {"picture": image, "caption": "Gone"}),
    ]
    page = news_item(slug="blocks", body=body)
    source.delete()
    image.delete()
    words = client.get(page.url).content.decode()
    assert "Before." in words
    assert "figures.csv" not in words


def test_a_picture_needs_words_or_a_mark_that_it_decorates() -> None:
    image = picture()
    block = BLOCKS["picture"].child_blocks["picture"]
    image.contextual_alt_text, image.decorative = "", False
    with pytest.raises(ValidationError):
        block.clean(image)
    for words, decorative in (("A chart on a wall", False), ("", True)):
        image.contextual_alt_text, image.decorative = words, decorative
        assert block.clean(image) == image


def test_what_uses_a_file_is_known(client: Client) -> None:
    source = document("figures.csv", CSV.encode())
    page = news_item(slug="blocks", body=[("download", {"document": source, "text": ""})])
    ReferenceIndex.create_or_update_for_object(page)
    words = render_to_string("wagtailadmin/shared/usage_summary.html", {"object": source, "usage_url": "/", "page": ""})
    assert Page.objects.get(pk=page.pk).title in words
