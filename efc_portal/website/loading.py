"""Loading initial content: each piece once in each language, never again, whatever editors made of it since."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision, Site

from efc_portal.core.errors import ApplicationError
from efc_portal.website.content import catalogue, places
from efc_portal.website.content.piece import Facts, Piece, ReportFile
from efc_portal.website.models import (
    HomePage,
    InitialContent,
    NewsCategory,
    NewsCategoryName,
    PublicDocument,
    ReportDocument,
    ReportingPlace,
    ReportingPlaceNote,
)
from efc_portal.website.services import site_address_follow, site_ground_prepare

CHART_KEY = "demo-chart"


@transaction.atomic
def site_load(*, demo: bool) -> list[str]:
    """Load whatever was never loaded, publish it, and return the titles. `demo` adds invented news and reports."""
    site_ground_prepare()
    titles = []
    for language in catalogue.languages():
        with override(language):
            titles += _load(language, Facts.of_settings(), demo=demo)
    with override(settings.LANGUAGE_CODE):
        titles += _places()
    site_address_follow()
    return titles


def _load(language: str, facts: Facts, *, demo: bool) -> list[str]:
    loaded = set(InitialContent.objects.values_list("key", flat=True))
    locale, _made = Locale.objects.get_or_create(language_code=language)
    pieces = catalogue.pieces(language, facts, demo=demo)
    placed = [piece for piece in pieces if _key(language, piece.key) not in loaded and _place(piece, locale)]
    for piece in placed:
        _publish(piece)
    InitialContent.objects.bulk_create(InitialContent(key=_key(language, piece.key)) for piece in placed)
    titles = [piece.page.title for piece in placed]
    if demo and _key(language, CHART_KEY) not in loaded:
        titles += _demo_chart(language)
    return titles


def _key(language: str, key: str) -> str:
    return key if language == settings.LANGUAGE_CODE else f"{language}:{key}"


def _place(piece: Piece, locale: Locale) -> bool:
    """Put a draft of a page into the tree, with its files; a translation only where what it translates still is.

    What editors took away in the portal's own language, or the page it stood under, does not come back in another.
    """
    page = piece.page
    page.live, page.locale = False, locale
    main = locale.language_code == settings.LANGUAGE_CODE
    if not main:
        original = _original(piece)
        if original is None or original.has_translation(locale):
            return False
        page.translation_key = original.translation_key
    if isinstance(page, HomePage):
        _place_home(page, main=main)
    else:
        parent = piece.parent.objects.filter(locale=locale).first() if piece.parent else None
        if parent is None and not main:
            return False
        if parent is None:
            raise ApplicationError(
                _("“%(title)s” has no page to stand under: restore the page of the kind “%(kind)s” first."),
                title=page.title,
                kind=piece.parent._meta.verbose_name if piece.parent else "",
            )
        parent.add_child(instance=page)
    for place, file in enumerate(piece.files):
        ReportDocument.objects.create(
            page=page, document=_document(file), language=file.language, label=file.label, sort_order=place
        )
    return True


def _original(piece: Piece) -> Page | None:
    """The page that a piece became in the portal's own language, wherever editors have moved it since."""
    pages = type(piece.page).objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    slug = piece.page.slug
    began_with = Revision.page_revisions.filter(content__slug=slug).values_list("object_id", flat=True)
    found: Page | None = pages.filter(slug=slug).first() or pages.filter(pk__in=[int(pk) for pk in began_with]).first()
    return found


def _place_home(page: HomePage, *, main: bool) -> None:
    """Put a home page beside the others. That of the portal's own language becomes the site's root, in place of the
    page that Wagtail installs; the others are roots because they translate it."""
    root = Page.objects.get(depth=1)
    if not main:
        page.slug = f"{page.slug}-{page.locale.language_code}"
        root.add_child(instance=page)
        return
    root.get_children().type(Page).exact_type(Page).delete()
    Page.objects.get(depth=1).add_child(instance=page)
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)


def _publish(piece: Piece) -> None:
    page = type(piece.page).objects.get(pk=piece.page.pk)
    for field, slug in piece.links.items():
        model = type(page)._meta.get_field(field).remote_field.model
        near = model.objects.filter(slug=slug, depth__in=(3, 4), locale=page.locale)
        setattr(page, field, near.order_by("depth").first())
    if piece.category:
        page.category = _category(piece)
    if piece.tags:
        page.tags.set(piece.tags)
    page.save_revision().publish()


def _category(piece: Piece) -> NewsCategory:
    category, fresh = NewsCategory.objects.get_or_create(
        slug=slugify(piece.category), defaults={"name": piece.category}
    )
    if fresh:
        for language, name in piece.category_names.items():
            NewsCategoryName.objects.create(category=category, language=language, name=name)
    return category


def _places() -> list[str]:
    """Fill the table of places to report to, once; from then on it is the editors'."""
    _loading, fresh = InitialContent.objects.get_or_create(key=places.KEY)
    if not fresh:
        return []
    for order, row in enumerate(places.ROWS):
        place = ReportingPlace.objects.create(
            country=row.country,
            kind=row.kind,
            name=row.name,
            website=row.website,
            phone=row.phone,
            languages=row.languages,
            order=order,
        )
        for language, text in row.notes.items():
            ReportingPlaceNote.objects.create(place=place, language=language, text=text)
    return [gettext("%(number)d places to report to") % {"number": len(places.ROWS)}]


def _demo_chart(language: str) -> list[str]:
    """Put the illustrative chart beside the headline, unless an editor has put one there."""
    chart = catalogue.demo_chart(language)
    home = HomePage.objects.filter(locale__language_code=language).first()
    if chart is None or home is None:
        return []
    InitialContent.objects.create(key=_key(language, CHART_KEY))
    if home.hero:
        return []
    home.hero = [("chart", chart)]
    home.save_revision().publish()
    return [chart["title"]]


def _document(file: ReportFile) -> PublicDocument:
    document = PublicDocument(title=file.title)
    document.file.save(file.filename, ContentFile(file.make()), save=False)
    document._set_document_file_metadata()
    document.save()
    return document
