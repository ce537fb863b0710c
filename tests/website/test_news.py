"""News: what they are about, who wrote them, what stands beside them, and how a reader narrows the list."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from efc_portal.website.models import NewsCategory, NewsPage, NewsRelated, ReportPage
from tests.cast import Cast
from tests.website.factories import category, news_item
from tests.website.pages import main_of, published, titles
from tests.website.test_cms import add_news, errors

pytestmark = pytest.mark.usefixtures("demo_site")


def item_with(*tags: str, **fields: Any) -> NewsPage:
    item = news_item(**fields)
    item.tags.add(*tags)
    return published(item)


def test_filters_combine_and_say_when_nothing_fits(client: Client) -> None:
    law = category()
    for number, (kind, year, about) in enumerate(
        [("call", 2021, law), ("call", 2021, None), ("call", 2020, law), ("announcement", 2021, law)]
    ):
        news_item(number, kind=kind, date=date(year, 5, 1), category=about)
    page = main_of(client, "/news/?kind=call&category=law&year=2021")
    assert titles(page) == ["Item 0"]
    assert set(titles(main_of(client, "/news/?category=law"))) == {"Item 0", "Item 2", "Item 3"}
    nothing = main_of(client, "/news/?kind=newsletter&category=law")
    assert "Nothing matches" in nothing
    assert 'href="/news/"' in nothing
    for nonsense in (
        "?category=nonsense",
        "?year=1066",
        "?year=x",
        "?kind=%00",
        "?tag=%00",
        "?category=%00&year=²",
        f"?year={'9' * 5000}",
        "?year=02026",
    ):
        assert len(titles(main_of(client, f"/news/{nonsense}"))) == 10, nonsense


@pytest.mark.parametrize("address", ["/news/?year=", "/reports/?year=", "/search/?q=report&year=", "/news/?page="])
@pytest.mark.parametrize("number", ["9" * 5000, "00001" + "9" * 5000, "0000", "٢٠٢٦", "-2026", "2026.0"])
def test_a_number_that_is_no_year_is_left_out(client: Client, address: str, number: str) -> None:
    assert client.get(f"{address}{number}").status_code == 200


def test_a_page_says_what_it_varies_by_without_gaps(client: Client) -> None:
    for url in ("/", "/news/", "/news/feed.xml"):
        vary = client.get(url).headers["Vary"].split(",")
        assert all(name.strip() for name in vary), vary


def test_the_links_of_one_filter_keep_the_others(client: Client) -> None:
    news_item(kind="call", date=date(2021, 5, 1), category=category())
    page = main_of(client, "/news/?category=law&year=2021&page=1")
    assert 'href="?category=law&amp;year=2021&amp;kind=call"' in page
    form = page.partition('<form class="filters"')[2].partition("</form>")[0]
    assert '<option value="law" selected>Law' in form
    assert '<option value="2021" selected>2021' in form
    assert '<input type="hidden" name="kind" value="call">' in main_of(client, "/news/?kind=call&year=2021")


def test_each_year_has_its_archive(client: Client) -> None:
    news_item(1, kind="call", date=date(2021, 12, 31))
    news_item(2, date=date(2021, 1, 1))
    news_item(3, date=date(2020, 12, 31))
    assert titles(main_of(client, "/news/2021/")) == ["Item 1", "Item 2"]
    assert titles(main_of(client, "/news/2021/?kind=call")) == ["Item 1"]
    assert (
        '<link rel="canonical" href="http://127.0.0.1:8000/news/2021/">' in client.get("/news/2021/").content.decode()
    )
    assert 'href="/news/2020/?kind=call"' in main_of(client, "/news/?kind=call")
    for none in ("/news/1999/", "/news/0000/", "/news/20211/", "/news/2021/x/"):
        assert client.get(none).status_code == 404, none


def test_a_year_is_no_address_of_an_item(cast: Cast) -> None:
    assert "archive of that year" in errors(add_news(cast.client("editor"), slug="2026"))


def test_an_item_says_what_it_is_about_and_who_wrote_it(client: Client) -> None:
    law = category("Law and order")
    item_with("Vouchers", slug="about", category=law, author_name="Ada Example", author_role="analyst")
    page = main_of(client, "/news/about/")
    assert "Ada Example, analyst" in page
    assert 'href="/news/?category=law-and-order">Law and order</a>' in page
    assert 'href="/news/?tag=vouchers"' in page
    tagged = main_of(client, "/news/?tag=vouchers")
    assert "tagged “vouchers”" in tagged.lower()
    assert "Item 1" in titles(tagged)


def test_a_category_has_a_name_in_each_language(client: Client) -> None:
    from django.utils.translation import override

    law = category(fr="Droit")
    with override("fr"):
        assert NewsCategory.objects.get(pk=law.pk).local_name == "Droit"
    with override("de"):
        assert law.local_name == "Law"


def test_a_category_can_go_and_its_news_stay(cast: Cast, client: Client) -> None:
    law = category()
    item = published(news_item(slug="stays", category=law))
    editor = cast.client("editor")
    assert editor.get("/cms/snippets/website/newscategory/").status_code == 200
    assert editor.post(f"/cms/snippets/website/newscategory/delete/{law.pk}/").status_code == 302
    assert client.get("/news/stays/").status_code == 200
    assert editor.get(f"/cms/pages/{item.pk}/edit/").status_code == 200


def test_beside_an_item_stands_what_editors_chose(client: Client) -> None:
    item, draft = news_item(slug="chosen"), news_item(2, slug="draft", live=False, title="A draft")
    chosen = ReportPage.objects.get(locale__language_code="en", slug="prepaid-and-gift-cards")
    item.related_items = [NewsRelated(related=draft, sort_order=0), NewsRelated(related=chosen, sort_order=1)]
    item.save()
    beside = main_of(client, "/news/chosen/").partition('id="others"')[2]
    assert beside.startswith(">Related<")
    assert "Prepaid and gift cards: what issuers can see" in beside
    assert "A draft" not in beside
    chosen.delete()
    assert "More news" in main_of(client, "/news/chosen/")


def test_else_what_shares_a_tag_or_the_category_else_the_latest(client: Client) -> None:
    law = category()
    item_with("Alpha", slug="this", number=1)
    item_with("Alpha", slug="same-tag", number=900, title="Same tag")
    beside = main_of(client, "/news/this/").partition('id="others"')[2]
    assert "Same tag" in beside
    assert beside.count("<h3>") == 1
    item_with("Beta", slug="other", number=901, category=law, title="Same category")
    news_item(902, slug="third", category=law)
    assert "Same category" in main_of(client, "/news/third/").partition('id="others"')[2]
    news_item(903, slug="alone")
    assert main_of(client, "/news/alone/").partition('id="others"')[2].startswith(">More news<")


def test_coming_events_are_those_that_are_not_over(client: Client) -> None:
    today = timezone.localdate()
    days = {"Over": (-3, -1), "Now": (-1, 1), "Today": (0, None), "Soon": (5, None), "Late": (500, None)}
    for number, (title, (first, last)) in enumerate(days.items()):
        ends = today + timedelta(days=last) if last is not None else None
        news_item(number, title=title, kind="event", starts_on=today + timedelta(days=first), ends_on=ends)
    for url in ("/news/", "/", "/news/?kind=event"):
        coming = main_of(client, url).partition('id="coming"')[2].partition("</section>")[0]
        found = [title for title in days if f">{title}</a>" in coming]
        assert found == ["Now", "Today", "Soon"], url
    assert 'id="coming"' not in main_of(client, "/news/?kind=call")
    assert 'id="coming"' not in main_of(client, "/news/?year=2025")


def test_an_event_shows_its_times_with_their_zone(client: Client) -> None:
    day = date(2027, 7, 5)
    news_item(1, slug="hours", kind="event", starts_on=day, starts_at=time(9, 30), ends_at=time(17))
    assert "5 July 2027, 09:30–17:00 CEST" in main_of(client, "/news/hours/")
    more = {"starts_at": time(9, 30), "ends_on": day + timedelta(days=1)}
    news_item(2, slug="days", kind="event", starts_on=day, **more)
    assert "5 July 2027, 09:30 to 6 July 2027 CEST" in main_of(client, "/news/days/")
    news_item(3, slug="both", kind="event", starts_on=day, **more, ends_at=time(12))
    assert "5 July 2027, 09:30 to 6 July 2027, 12:00 CEST" in main_of(client, "/news/both/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": "09:00"}, "A time needs its day"),
        ({"starts_on": "2027-03-02", "ends_at": "17:00"}, "Enter the time at which the event starts"),
        ({"starts_on": "2027-03-02", "starts_at": "17:00", "ends_at": "09:00"}, "Correct one of the two times"),
        ({"starts_on": "2027-03-02", "ends_on": "9999-12-31"}, "Enter a day of the years 1900 to 2200"),
        ({"starts_on": "0001-01-01"}, "Enter a day of the years 1900 to 2200"),
        ({"date": "2201-01-01"}, "Enter a day of the years 1900 to 2200"),
        ({"issue": "3"}, "Only a newsletter has a number"),
        ({"kind": "newsletter", "issue": "0"}, "counted from 1"),
        ({"kind": "newsletter", "issue": "4"}, "Issue 4 is “Newsletter: what the first half"),
    ],
)
def test_what_does_not_fit_together_is_refused(cast: Cast, fields: dict[str, str], sentence: str) -> None:
    assert sentence in errors(add_news(cast.client("editor"), **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": time(9)},
        {"starts_on": date(2027, 1, 1), "ends_at": time(9)},
        {"starts_on": date(2027, 1, 1), "starts_at": time(9), "ends_at": time(8)},
        {"issue": 3},
    ],
)
def test_the_database_refuses_it_too(fields: dict[str, Any]) -> None:
    item = news_item()
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsPage.objects.filter(pk=item.pk).update(**fields)


def test_a_newsletter_is_an_issue_with_its_sections_and_the_others(client: Client) -> None:
    news_item(400, slug="issue-3", kind="newsletter", issue=3, title="The third")
    page = main_of(client, "/news/newsletter-summer/")
    assert "Newsletter · Issue 4" in page
    inside = page.partition("In this issue")[2].partition("</nav>")[0]
    assert inside.count("<li>") == 3
    assert "Vouchers that travel" in inside
    others = page.partition('id="issues"')[2].partition("</aside>")[0]
    assert "Issue 3" in others
    assert "The third" in others
    assert "/news/?kind=newsletter" in others
    assert "Newsletter, issue 3" in main_of(client, "/news/?kind=newsletter")
