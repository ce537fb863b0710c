"""Around German pages a visitor reads German: the catalogue holds all that public pages say, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import trans_real
from wagtail.models import Locale, Page

from efc_portal.contact import guard
from efc_portal.website.models import HomePage
from efc_portal.website.search.services import search_rebuild
from tests.cast import Cast
from tests.contact.test_public import token, written
from tests.website.factories import in_language, news_item, report

PORTAL = Path(settings.BASE_DIR) / "efc_portal"
GERMAN = PORTAL / "website" / "locale" / "de" / "LC_MESSAGES" / "django.po"
FRENCH = PORTAL / "locale" / "fr" / "LC_MESSAGES" / "django.po"

# Where every text is one for visitors. Of other files they see a part, which is found by reading pages.
FOR_VISITORS = re.compile(
    r"""templates/(
        base\.html | base_public\.html | base_focus\.html | errors/.+
        | website/(?!cms/).+ | partners/directory/.+ | contact/(_form|again|sent)\.html
    )
    | efc_portal/(
        core/(countries|middleware)\.py | partners/listing/facts\.py
        | website/(feeds\.py | charts/.+ | machines/.+ | templatetags/.+ | search/(forms|results|selectors|views)\.py)
    )""",
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")


class Entry(NamedTuple):
    places: list[str]
    texts: list[str]  # the English one, and that of the plural where there is one
    translations: list[str]


def entries(catalogue: Path) -> dict[str, Entry]:
    """What a catalogue holds, by the name under which Django looks it up."""
    found = {}
    for block in catalogue.read_text().split("\n\n")[1:]:
        values: dict[str, str] = {}
        places, name = [], ""
        for line in block.splitlines():
            if line.startswith("#:"):
                places += line.removeprefix("#:").split()
            elif not line.startswith("#"):
                keyword, quote, rest = line.partition('"')
                name = keyword.strip() or name
                values[name] = values.get(name, "") + ast.literal_eval(quote + rest)
        key = "\x04".join(values[part] for part in ("msgctxt", "msgid") if part in values)
        texts = [values[part] for part in ("msgid", "msgid_plural") if part in values]
        found[key] = Entry(places, texts, [value for name, value in values.items() if name.startswith("msgstr")])
    return found


# --- the catalogue


def test_each_text_is_one_that_the_portal_still_has() -> None:
    known = entries(FRENCH)
    assert len(known) > 1000
    assert [text for text in entries(GERMAN) if text not in known] == []


def test_each_text_is_translated_with_all_that_is_put_into_it() -> None:
    for key, entry in entries(GERMAN).items():
        assert all(entry.translations), key
        assert len(entry.translations) == len(entry.texts), key
        for text, german in zip(entry.texts, entry.translations, strict=True):
            assert sorted(_PLACEHOLDER.findall(german)) == sorted(_PLACEHOLDER.findall(text)), key


def test_what_only_visitors_see_is_there() -> None:
    german = entries(GERMAN)
    theirs = [key for key, entry in entries(FRENCH).items() if any(map(FOR_VISITORS.fullmatch, entry.places))]
    assert len(theirs) > 150
    assert [key for key in theirs if key not in german] == []


# --- what is read. Nothing is kept in memory (settings.test): each page is made anew.


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The texts that were asked for in German and are not there; those of the portal must be there in its own words."""
    german, own, portal = trans_real.translation("de"), entries(GERMAN), entries(FRENCH)
    missed: set[str] = set()

    def recording(look_up: Callable[..., str]) -> Callable[..., str]:
        def looked_up(text: str, *more: Any) -> str:
            known = text in german._catalog or (text, 0) in german._catalog
            if text not in own and (text in portal or not known):
                missed.add(text)
            return look_up(text, *more)

        return looked_up

    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(german, name, recording(getattr(german, name)))
    return missed


def translated_whole() -> None:
    """Every English page in German too, published, and known to search."""
    german = Locale.objects.get(language_code="de")
    pages = Page.objects.filter(depth__gt=1, locale__language_code="en").order_by("path")
    for page in pages.specific():
        if not page.has_translation(german):
            page.copy_for_translation(german, copy_parents=True).save_revision().publish()
    list(search_rebuild())


def read_all(client: Client, begin: list[str]) -> set[str]:
    """The addresses that answered: these, and whatever German ones they lead to."""
    waiting, seen = list(begin), set()
    while waiting:
        url = waiting.pop()
        if url not in seen:
            seen.add(url)
            page = client.get(url).content.decode(errors="replace")
            waiting += [unescape(link) for link in re.findall(r'href="(/de/[^"#]*)"', page)]
    return seen


def test_the_recorder_finds_what_is_english(english: set[str]) -> None:
    with translation.override("de"):
        translation.gettext("Sign out")
        translation.pgettext("page", "Next")
        translation.gettext_lazy("A text that nobody wrote")
        assert not english & {"A text that nobody wrote"}
        str(translation.gettext_lazy("A text that nobody wrote"))
        translation.ngettext("%(days)s day", "%(days)s days", 2)
    assert english == {"Sign out", "A text that nobody wrote", "%(days)s day"}


@pytest.mark.usefixtures("demo_site")
def test_what_there_is_in_german_stands_among_german_words(client: Client, cast: Cast, english: set[str]) -> None:
    assert cast.bank
    seen = read_all(client, ["/de/", "/de/nothing/", "/de/nothing.txt", "/de/news/"])
    assert seen >= {"/de/about/", "/de/chairs-letter/", "/de/search/", "/de/partners/", "/de/partners/meridian-bank/"}
    assert english == set()
    home, error = (client.get(url).content.decode() for url in ("/de/", "/de/nothing/"))
    assert "Zum Hauptinhalt springen" in home
    assert f'<span class="name">{in_language(HomePage, "de").title}</span>' in home
    assert "<h1>Unter dieser Adresse finden Sie nichts</h1>" in error


@pytest.mark.usefixtures("demo_site")
def test_a_site_that_is_translated_whole_is_german(client: Client, cast: Cast, english: set[str]) -> None:
    assert cast.bank
    assert cast.ngo
    translated_whole()
    seen = read_all(
        client,
        [
            "/de/",
            "/de/news/?kind=call&year=2001",
            "/de/news/?tag=training",
            "/de/reports/?kind=guidance",
            "/de/reports/?kind=analysis&year=1999",
            "/de/partners/?sector=financial&country=BE",
            "/de/where-to-report/?country=DE",
            "/de/where-to-report/?country=AQ",
            "/de/where-to-report/?country=none",
            "/de/contact/?topic=press",
            "/de/search/?q=koalition",
            "/de/search/?q=coalition+payments",
            "/de/search/?q=coalition+nowhereatall",
            "/de/search/?q=coalitional",
            "/de/search/?q=coalition&year=1999",
            "/de/search/?q=nowhereatall",
            f"/de/search/?q={'a' * 300}",
        ],
    )
    assert seen >= {"/de/news/", "/de/reports/", "/de/join/", "/de/contact/", "/de/where-to-report/"}
    assert any(url.endswith("/event.ics") for url in seen)
    assert english == set()


@pytest.mark.usefixtures("demo_site")
def test_news_and_reports_of_every_shape_are_german(client: Client, english: set[str]) -> None:
    translated_whole()
    day = timezone.localdate() + timedelta(days=30)
    news_item(1, kind="event", starts_on=day, ends_on=day + timedelta(days=1), language="de")
    for number in range(2, 30):
        news_item(number, kind="newsletter", issue=number, language="de")
    old = report(1, language="de")
    report(2, language="de", replaces=old, show_downloads=True, edition="Zwei")
    read_all(client, ["/de/news/", "/de/reports/", "/de/news/feed.xml", "/de/reports/atom.xml"])
    assert english == set()


@pytest.mark.usefixtures("demo_site")
def test_a_message_is_written_in_german(client: Client, cast: Cast, english: set[str]) -> None:
    def send(age: float = 60, **fields: str) -> Any:
        return client.post("/contact/send/", written(**{"token": token(age, "de"), **fields}))

    wrong = [
        send(topic="", name="", email="", message=""),
        send(topic="nonsense", email="at home", message="a" * 5001, name="b" * 200),
        send(message="https://a.example https://b.example https://c.example", homepage="https://d.example"),
        send(age=0),
        send(age=46800),
    ]
    assert all("Es gibt ein Problem" in answer.content.decode() for answer in wrong)
    assert "Ihre Nachricht ist angekommen" in client.get(send().headers["Location"]).content.decode()
    for _number in range(guard.PER_HOUR):
        last = send()
    assert "Aus Ihrem Netz" in last.content.decode()
    assert english == set()


def test_failures_are_told_in_german(english: set[str]) -> None:
    with translation.override("de"):
        for name in ("400", "403", "403_csrf", "404", "429", "500"):
            assert '<html lang="de">' in render_to_string(f"{name}.html")
    assert english == set()
