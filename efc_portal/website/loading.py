"""Loading initial content: each piece once, never again, whatever editors made of it since."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from efc_portal.core.errors import ApplicationError
from efc_portal.website.content import en, places
from efc_portal.website.content.piece import Facts, Piece, ReportFile
from efc_portal.website.models import (
    HomePage,
    InitialContent,
    NewsCategory,
    PublicDocument,
    ReportDocument,
    ReportingPlace,
    ReportingPlaceNote,
)
from efc_portal.website.services import site_address_follow, site_ground_prepare


@transaction.atomic
def site_load(*, demo: bool) -> list[str]:
    """Load whatever was never loaded, publish it, and return the titles. `demo` adds invented news and reports."""
    site_ground_prepare()
    facts = Facts.of_settings()
    loaded = set(InitialContent.objects.values_list("key", flat=True))
    with override("en"):
        pieces = [*en.initial(facts), *(en.demo(facts) if demo else [])]
        fresh = [piece for piece in pieces if piece.key not in loaded]
        for piece in fresh:
            _place(piece)
        for piece in fresh:
            _publish(piece)
        titles = [piece.page.title for piece in fresh]
        titles += _places()
        if demo and en.DEMO_CHART_KEY not in loaded:
            titles += _demo_chart()
    InitialContent.objects.bulk_create(InitialContent(key=piece.key) for piece in fresh)
    site_address_follow()
    return titles


def _place(piece: Piece) -> None:
    """Put a draft of a page into the tree, with its files."""
    page = piece.page
    page.live, page.locale = False, Locale.objects.get(language_code="en")
    if isinstance(page, HomePage):
        _place_home(page)
    else:
        parent = piece.parent.objects.first() if piece.parent else None
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


def _place_home(page: HomePage) -> None:
    """Make the home page the site's root, in place of the page that Wagtail installs."""
    root = Page.objects.get(depth=1)
    root.get_children().type(Page).exact_type(Page).delete()
    Page.objects.get(depth=1).add_child(instance=page)
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)


def _publish(piece: Piece) -> None:
    page = type(piece.page).objects.get(pk=piece.page.pk)
    for field, slug in piece.links.items():
        model = type(page)._meta.get_field(field).remote_field.model
        setattr(page, field, model.objects.filter(slug=slug, depth__in=(3, 4)).order_by("depth").first())
    if piece.category:
        page.category = _category(piece.category)
    if piece.tags:
        page.tags.set(piece.tags)
    page.save_revision().publish()


def _category(name: str) -> NewsCategory:
    return NewsCategory.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


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


def _demo_chart() -> list[str]:
    """Put the illustrative chart beside the headline, unless an editor has put one there."""
    InitialContent.objects.create(key=en.DEMO_CHART_KEY)
    home = HomePage.objects.first()
    if home is None or home.hero:
        return []
    home.hero = [("chart", en.demo_chart())]
    home.save_revision().publish()
    return [home.hero[0].value["title"]]


def _document(file: ReportFile) -> PublicDocument:
    document = PublicDocument(title=file.title)
    document.file.save(file.filename, ContentFile(file.make()), save=False)
    document._set_document_file_metadata()
    document.save()
    return document
