"""Languages of the public site: an address says its language, a page leads to its translations, nothing is lost."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Locale, Page

from efc_portal.core.languages import address_in, language_named_in
from efc_portal.website.content import catalogue
from efc_portal.website.content.piece import Facts
from efc_portal.website.models import HomePage, InitialContent, NewsIndexPage, NewsPage, StandardPage
from tests.cast import Cast
from tests.website.factories import in_language, news_item
from tests.website.test_cms import errors

pytestmark = pytest.mark.usefixtures("demo_site")

FRENCH = {"Accept-Language": "fr"}
EVERY = [code for code, _name in settings.LANGUAGES]


def text(client: Client, url: str, **options: Any) -> str:
    return client.get(url, **options).content.decode()


def language_of(page: str) -> str:
    return re.findall(r'<html lang="([^"]+)"', page)[0]


def switch(page: str) -> dict[str, str]:
    """Where the header's language switch leads to, by language."""
    nav = page.partition('class="languages"')[2].partition("</nav>")[0]
    return {code: url for url, code in re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"', nav)}


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


def open_in(language: str) -> HomePage:
    """A home page in a language, published: the language is open from now on."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    home: HomePage = in_language(HomePage).copy_for_translation(locale)
    home.save_revision().publish()
    return home


# --- addresses


def test_english_stands_where_it_stood_and_french_behind_its_prefix(client: Client) -> None:
    for url, language in {"/": "en", "/news/": "en", "/fr/": "fr", "/fr/news/": "fr", "/de/": "de"}.items():
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert language_of(answer.content.decode()) == language
        assert answer.headers["Content-Language"] == language
    assert "Suivre" in text(client, "/fr/news/")
    assert client.get("/fr/news").headers["Location"] == "/fr/news/"
    assert client.get("/fr").headers["Location"] == "/fr/"


def test_nothing_but_the_address_decides_the_language_of_a_public_page(client: Client, cast: Cast) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    for url in ("/", "/news/", "/news/feed.xml"):
        answer = client.get(url, headers=FRENCH)
        assert answer.headers["Content-Language"] == "en", url
        assert "Accept-Language" not in answer.headers.get("Vary", ""), url
    assert language_of(text(client, "/fr/", headers={"Accept-Language": "en"})) == "fr"
    cast.reporter.language = "fr"
    cast.reporter.save()
    assert language_of(cast.client("reporter").get("/news/").content.decode()) == "en"


def test_behind_the_sign_in_the_reader_decides_as_before(client: Client, cast: Cast) -> None:
    assert language_of(text(client, "/accounts/login/", headers=FRENCH)) == "fr"
    assert "Accept-Language" in client.get("/accounts/login/").headers["Vary"]
    assert language_of(text(client, "/accounts/login/", headers={"Accept-Language": "de"})) == "en", "not translated"
    assert language_of(text(client, "/accounts/login/", headers={"Accept-Language": "de, fr-BE;q=0.5"})) == "fr"
    client.post("/language/", {"language": "fr", "next": "/accounts/login/"})
    assert language_of(text(client, "/accounts/login/", headers={"Accept-Language": "en"})) == "fr"
    cast.reporter.language = "fr"
    cast.reporter.save()
    workspace = cast.client("reporter").get("/workspace/").content.decode()
    assert language_of(workspace) == "fr"
    assert '<button class="link" name="language" value="en"' in workspace
    assert 'value="de"' not in workspace, "people choose among the languages that are translated whole"


@pytest.mark.parametrize("language", EVERY)
def test_every_official_language_can_be_a_prefix(client: Client, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    with translation.override(language):
        assert reverse("search") == f"{prefix}/search/"
        assert reverse("workspace") == "/workspace/"
        assert "November" not in date_format(date(2026, 11, 3)) or language in {"en", "de"}
    if not Page.objects.filter(depth=2, locale__language_code=language).exists():
        assert client.get(f"{prefix}/").status_code == 404
        open_in(language)
    page = text(client, f"{prefix}/")
    assert language_of(page) == language
    assert 'class="languages"' in page


def test_an_address_is_moved_between_languages() -> None:
    assert [language_named_in(path) for path in ("/fr/", "/fr/x/", "/fr", "/french/", "/en/x/", "/")] == [
        "fr",
        "fr",
        "",
        "",
        "",
        "",
    ]
    assert address_in("fr", "/search/") == "/fr/search/"
    assert address_in("de", "/fr/search/") == "/de/search/"
    assert address_in("en", "/fr/") == "/"


def test_a_page_cannot_take_the_address_of_a_language(cast: Cast) -> None:
    form = {"title": "Italian", "slug": "it", "introduction": "", "seo_title": "", "search_description": ""}
    form |= {"body-count": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    url = "/cms/pages/add/website/standardpage/{}/"
    answer = cast.client("editor").post(url.format(in_language(HomePage).pk), form)
    assert "belongs to another part of the portal" in errors(answer)
    answer = cast.client("editor").post(url.format(in_language(HomePage, "fr").pk), form)
    assert answer.status_code == 302, "/fr/it/ is nobody's"


# --- from one language to another


def test_the_switch_keeps_the_page(client: Client) -> None:
    page = text(client, "/news/two-payment-firms-join/")
    assert switch(page)["fr"] == "/fr/news/two-payment-firms-join/"
    assert switch(text(client, switch(page)["fr"]))["en"] == "/news/two-payment-firms-join/"
    assert switch(text(client, "/about/")) == {"fr": "/fr/about/", "de": "/de/about/"}
    assert 'action="/language/"' not in page


def test_where_nothing_is_translated_the_switch_leads_to_the_nearest_page_and_says_so(client: Client) -> None:
    news_item(slug="only-english", title="Only English")
    page = text(client, "/news/only-english/")
    assert switch(page) == {"fr": "/fr/news/", "de": "/de/"}
    link = page.partition('href="/fr/news/"')[2].partition("</a>")[0]
    assert '<span lang="fr">Français</span>' in link
    assert "this page is not translated" in link
    assert '<span lang="fr">Actualités</span>' in link


def test_a_draft_is_no_translation(client: Client) -> None:
    StandardPage.objects.get(slug="about", locale__language_code="fr").unpublish()
    assert switch(text(client, "/about/"))["fr"] == "/fr/"
    assert "fr" not in alternates(text(client, "/about/"))


def test_search_engines_learn_the_languages_of_a_page(client: Client) -> None:
    site = "http://127.0.0.1:8000"
    assert alternates(text(client, "/fr/about/")) == {
        "en": f"{site}/about/",
        "x-default": f"{site}/about/",
        "fr": f"{site}/fr/about/",
        "de": f"{site}/de/about/",
    }
    assert alternates(text(client, "/news/")) == {
        "en": f"{site}/news/",
        "x-default": f"{site}/news/",
        "fr": f"{site}/fr/news/",
    }
    assert f'<link rel="canonical" href="{site}/fr/about/">' in text(client, "/fr/about/")


def test_many_languages_open_on_request(client: Client) -> None:
    for language in ("it", "pl", "mt"):
        open_in(language)
    page = text(client, "/")
    assert '<details class="languages"' in page
    assert switch(page)["mt"] == "/mt/"
    assert "Malti" in page


# --- what is around a page


def test_header_footer_and_breadcrumbs_stay_in_the_language(client: Client) -> None:
    answer = client.get("/fr/news/two-payment-firms-join/")
    items = [*answer.context["site_navigation"](), *answer.context["footer_navigation"]()]
    assert {item["url"].split("/")[1] for item in items} == {"fr"}
    assert ("Actualités", True) in [(item["label"], item["current"]) for item in items]
    page = answer.content.decode()
    assert '<a class="govuk-breadcrumbs__link" href="/fr/">Accueil</a>' in page
    assert '<a class="brand" href="/fr/">' in page
    assert "(Français)" not in page


def test_what_a_begun_language_lacks_is_in_menus_in_the_portals_own(client: Client) -> None:
    page = client.get("/de/").content.decode()
    header, footer = page[: page.index("<main")], page[page.rindex("<footer") :]
    assert '<a href="/de/about/">Die Koalition</a>' in header
    assert '<a href="/news/" lang="en" hreflang="en">News</a>' in header
    assert '<a href="/privacy/" lang="en" hreflang="en">Privacy notice</a>' in footer
    assert 'lang="en"' not in client.get("/fr/").content.decode().split("<footer")[1]


def test_lists_hold_the_pages_of_their_language(client: Client) -> None:
    english, french = text(client, "/news/"), text(client, "/fr/news/")
    assert "Two payment firms" in english
    assert "Deux sociétés de paiement" not in english
    assert "Deux sociétés de paiement" in french
    assert "Two payment firms" not in french
    home = text(client, "/fr/")
    assert 'href="/fr/news/">' in home
    assert "Paiements et déplacement" in home


def test_each_language_has_its_feed(client: Client) -> None:
    feeds = {url: ElementTree.fromstring(client.get(url).content) for url in ("/news/feed.xml", "/fr/news/feed.xml")}
    assert [feed.findtext("channel/language") for feed in feeds.values()] == ["en", "fr"]
    links = [item.findtext("link") for item in feeds["/fr/news/feed.xml"].iter("item")]
    assert len(links) == 6
    assert all(link.startswith("http://127.0.0.1:8000/fr/news/") for link in links)
    assert client.get("/de/news/feed.xml").status_code == 404, "there are no news in German yet"


def test_dates_follow_the_language(client: Client) -> None:
    assert "2 November 2026" in text(client, "/chairs-letter/")
    assert "2 novembre 2026" in text(client, "/fr/chairs-letter/")
    assert "2. November 2026" in text(client, "/de/chairs-letter/")


def test_links_in_translated_pages_lead_somewhere(client: Client) -> None:
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code__in=["fr", "de"]).specific()
    links = {link for page in pages for link in re.findall(r'href="(/[^"#?]*)', text(client, page.url))}
    inside = {link for link in links if not link.startswith("/static/")} - {"/workspace/"}
    assert len(inside) > 20
    assert [link for link in sorted(inside) if client.get(link, follow=True).status_code != 200] == []


def test_the_number_of_queries_does_not_grow_with_languages(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/fr/about/")
    with django_assert_max_num_queries(18) as before:
        client.get("/fr/about/")
        allowed = len(before)
    for language in ("it", "pl", "es", "mt"):
        open_in(language)
    client.get("/fr/about/")
    with django_assert_max_num_queries(allowed):
        client.get("/fr/about/")


# --- what is not there


def test_a_page_that_is_not_translated_is_shown_where_it_is(client: Client) -> None:
    news_item(slug="only-english", title="Only English")
    answer = client.get("/fr/news/only-english/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert language_of(page) == "fr"
    assert '<a href="/news/only-english/" hreflang="en" lang="en">Only English (English)</a>' in page
    assert switch(page)["en"] == "/news/only-english/"
    news_item(slug="seulement-francais", title="Seulement en français", language="fr")
    assert "Seulement en français (Français)" in text(client, "/news/seulement-francais/")


def test_what_is_nowhere_is_an_ordinary_404_in_the_language_of_its_address(client: Client) -> None:
    for url, language, home in (
        ("/fr/nothing/", "fr", "/fr/"),
        ("/nothing/", "en", "/"),
        ("/fr/nothing.txt", "fr", "/fr/"),
    ):
        answer = client.get(url, headers={"Accept-Language": "en"})
        assert answer.status_code == 404, url
        assert language_of(answer.content.decode()) == language, url
        assert f'<a class="btn" href="{home}">' in answer.content.decode(), url


def test_a_language_without_a_home_page_is_closed(client: Client) -> None:
    assert "/it/" not in text(client, "/")
    answer = client.get("/it/about/")
    assert answer.status_code == 404
    assert language_of(answer.content.decode()) == "en"
    assert "Italiano" in answer.content.decode()
    assert '<a href="/about/"' in answer.content.decode()
    assert client.get("/it/news/feed.xml").status_code == 404
    Locale.objects.create(language_code="it")
    assert client.get("/it/").status_code == 404
    in_language(HomePage, "fr").unpublish()
    assert client.get("/fr/").status_code == 404
    assert client.get("/fr/news/feed.xml").status_code == 404
    assert "fr" not in switch(text(client, "/"))


# --- what editors do


def test_an_editor_adds_a_language_translates_and_opens_it(cast: Cast, client: Client) -> None:
    editor, home = cast.client("editor"), in_language(HomePage)
    assert "/cms/locales/" in editor.get("/cms/").content.decode()
    assert "Malti" in editor.get("/cms/locales/new/").content.decode()
    editor.post("/cms/locales/new/", {"language_code": "mt"})
    locale = Locale.objects.get(language_code="mt")
    editor.post(f"/cms/translation/submit/page/{home.pk}/", {"locales": [locale.pk], "include_subtree": "on"})
    assert HomePage.objects.get(locale=locale).slug == "home-mt"
    assert NewsPage.objects.filter(locale=locale).count() == NewsPage.objects.filter(locale=home.locale).count()
    assert client.get("/mt/").status_code == 404, "drafts are seen by nobody"
    for page in Page.objects.filter(locale=locale, depth__in=(2, 3)).specific():
        page.save_revision().publish()
    assert client.get("/mt/about/").status_code == 200
    assert switch(text(client, "/about/"))["mt"] == "/mt/about/"
    assert "ta’" in text(client, "/mt/chairs-letter/")


def test_editors_change_no_languages_code_and_delete_none_in_use(cast: Cast) -> None:
    editor, french = cast.client("editor"), Locale.objects.get(language_code="fr")
    editor.post(f"/cms/locales/edit/{french.pk}/", {"language_code": "it"})
    editor.post(f"/cms/locales/delete/{french.pk}/")
    assert Locale.objects.get(pk=french.pk).language_code == "fr"


def test_a_translation_may_be_withdrawn_but_not_what_the_portal_relies_on(cast: Cast) -> None:
    editor = cast.client("editor")
    editor.post(f"/cms/pages/{in_language(NewsIndexPage, 'fr').pk}/unpublish/")
    editor.post(f"/cms/pages/{in_language(NewsIndexPage).pk}/unpublish/")
    assert not in_language(NewsIndexPage, "fr").live
    assert in_language(NewsIndexPage).live


def test_a_second_list_of_news_cannot_be_made(cast: Cast) -> None:
    for language in ("en", "fr"):
        url = f"/cms/pages/add/website/newsindexpage/{in_language(HomePage, language).pk}/"
        assert cast.client("editor").get(url).status_code in (302, 403)


# --- initial content


def test_french_is_complete_and_german_begun() -> None:
    facts = Facts.of_settings()

    def keys(language: str) -> set[str]:
        return {piece.key for piece in catalogue.pieces(language, facts, demo=True)}

    assert catalogue.languages() == ["en", "de", "fr"]
    assert keys("en") - keys("fr") <= {"privacy", "accessibility", "terms", "security"}
    assert {"home", "about", "letter"} <= keys("de")
    for language in catalogue.languages():
        pieces = catalogue.pieces(language, facts, demo=True)
        assert len(pieces) == len({piece.key for piece in pieces}), "a key stands once"
        assert keys(language) <= keys("en"), "what is translated is there in the portal's own language"


def test_each_piece_is_the_translation_of_its_english_one() -> None:
    for page in Page.objects.filter(depth__gt=1).exclude(locale__language_code="en").select_related("locale"):
        assert page.has_translation(Locale.objects.get(language_code="en")), page


def test_languages_join_a_site_that_had_english_alone(client: Client) -> None:
    """As if the French and German content had come with an upgrade: what editors did meanwhile stays."""
    Page.objects.get(pk=in_language(HomePage, "fr").pk).delete()
    Page.objects.get(pk=in_language(HomePage, "de").pk).delete()
    InitialContent.objects.filter(key__contains=":").delete()
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    about.title, about.slug = "Who we are", "who-we-are"
    about.save_revision().publish()
    NewsPage.objects.get(slug="newsletter-summer").delete()
    call_command("load_site", demo=True, stdout=StringIO())
    assert switch(text(client, "/who-we-are/"))["fr"] == "/fr/about/"
    assert client.get("/fr/news/two-payment-firms-join/").status_code == 200
    assert client.get("/fr/news/newsletter-summer/").status_code == 404, "what was taken away does not come back"
    assert StandardPage.objects.get(pk=about.pk).title == "Who we are"


def test_security_txt_names_the_languages_that_are_read(client: Client) -> None:
    assert "Preferred-Languages: en, fr\n" in text(client, "/.well-known/security.txt")


def test_tlp_labels_are_never_translated(client: Client) -> None:
    for language in ("fr", "de", "mt"):
        with translation.override(language):
            for label in ("RED", "AMBER", "AMBER+STRICT", "GREEN", "CLEAR"):
                assert translation.gettext(f"TLP:{label}") == f"TLP:{label}"
                shown = render_to_string("components/tlp.html", {"value": label})
                assert f'translate="no">TLP:{label}</span>' in shown
