"""Pictures: small formats in several widths, measured, late, cropped where the editor says; never one query each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from efc_portal.website.models import ChairLetterPage, NewsPage, Picture
from tests.cast import Cast
from tests.website.factories import news_item, report

pytestmark = pytest.mark.usefixtures("demo_site")


def picture(title: str = "A picture", size: tuple[int, int] = (1000, 600), **fields: Any) -> Picture:
    made: Picture = Picture.objects.create(title=title, file=get_test_image_file(f"{title}.png", size=size), **fields)
    return made


def figure(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    assert "<picture>" in page
    return "<picture>" + page.partition("<picture>")[2].partition("</picture>")[0]


def test_a_figure_comes_in_avif_and_webp_and_several_widths(client: Client) -> None:
    block = {"image": picture().pk, "alt_text": "Money on its way", "decorative": False}
    page = news_item(body=[("picture", NewsPage.body.field.stream_block.child_blocks["picture"].to_python({
        "picture": block, "caption": "How it goes"}))])  # fmt: skip
    shown = figure(client, page.url)
    source, image = re.findall(r"<source[^>]*>|<img[^>]*>", shown)
    assert 'type="image/avif"' in source
    assert "480w" in source
    assert "860w" in image
    assert 'alt="Money on its way"' in image
    for attribute in ('loading="lazy"', 'decoding="async"', 'width="480"', 'height="288"', "sizes="):
        assert attribute in image
    for address in re.findall(r"(/media/images/\S+) \d+w", shown):
        answer = client.get(address)
        assert answer.headers["Content-Type"] in ("image/avif", "image/webp")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_portrait_is_cropped_around_the_face(client: Client) -> None:
    face = {"focal_point_x": 900, "focal_point_y": 100, "focal_point_width": 100, "focal_point_height": 100}
    letter = ChairLetterPage.objects.first()
    letter.portrait = picture("Portrait", **face)
    letter.save_revision().publish()
    first = figure(client, letter.url)
    assert 'width="160"' in first
    assert 'height="160"' in first
    letter.portrait.focal_point_x = 100
    letter.portrait.save()
    assert figure(client, letter.url) != first, "another crop has another address"
    assert figure(client, "/") == figure(client, letter.url)


def test_a_cover_at_the_top_is_not_late_and_one_in_a_list_is(client: Client) -> None:
    page = report(cover=picture("Cover", size=(600, 848)), date=timezone.localdate())
    assert 'loading="eager"' in figure(client, page.url)
    assert 'loading="lazy"' in figure(client, "/reports/")
    assert 'alt=""' in figure(client, "/reports/")


def test_the_name_of_a_file_is_no_alternative_text(cast: Cast) -> None:
    assert picture("IMG_4711").default_alt_text == ""
    assert picture("IMG_4712", description="A till in a kiosk").default_alt_text == "A till in a kiosk"
    form = cast.client("editor").get("/cms/images/add/").content.decode()
    assert "What the picture shows, for those who do not see it." in form


def test_covers_cost_no_query_each(client: Client, django_assert_max_num_queries: Any) -> None:
    def more(numbers: range) -> None:
        for number in numbers:
            report(number, cover=picture(f"Cover {number}", size=(60, 84)), date=timezone.localdate())
        client.get("/reports/")  # draws them

    more(range(1))
    with django_assert_max_num_queries(30) as few:
        client.get("/reports/")
    count = len(few)
    more(range(1, 9))
    with django_assert_max_num_queries(count):
        client.get("/reports/")
    assert default_storage.exists(Picture.objects.latest("pk").renditions.first().file.name)
