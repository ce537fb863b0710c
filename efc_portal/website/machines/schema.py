"""What a page is, in schema.org's words, for search engines: a data block in the page's head."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.models import Page

from efc_portal.website.machines.citation import permanent_address
from efc_portal.website.models import HomePage, NewsPage, ReportPage


def described(page: Page, request: HttpRequest, *, address: str, picture: str) -> dict[str, Any]:
    """The graph of a live page: what it is, and the way to it. `address` and `picture` are whole addresses."""
    nodes = []
    if isinstance(page, HomePage):
        nodes = [_organisation(page), _site(page, address)]
    elif isinstance(page, NewsPage):
        nodes = [_article(page, address, picture), *([_event(page, address, picture)] if page.starts_on else [])]
    elif isinstance(page, ReportPage):
        nodes = [_report(page, request, address, picture)]
    if not isinstance(page, HomePage):
        nodes.append(_way(page, request, address))
    return {"@context": "https://schema.org", "@graph": nodes}


def _coalition_id() -> str:
    return f"{settings.PORTAL_URL}/#coalition"


def _organisation(page: HomePage) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": _coalition_id(),
        "name": _(settings.WAGTAIL_SITE_NAME),
        "url": f"{settings.PORTAL_URL}/",
        "logo": f"{settings.PORTAL_URL}{static('img/mark.svg')}",
        "description": page.search_description or page.introduction,
        "email": settings.SECRETARIAT["email"],
    }


def _site(page: HomePage, address: str) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "name": _(settings.WAGTAIL_SITE_NAME),
        "url": address,
        "inLanguage": page.locale.language_code,
        "publisher": {"@id": _coalition_id()},
    }


def _publisher() -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": _coalition_id(),
        "name": _(settings.WAGTAIL_SITE_NAME),
        "url": f"{settings.PORTAL_URL}/",
    }


def _published(page: NewsPage | ReportPage, address: str, picture: str) -> dict[str, Any]:
    return {
        "url": address,
        "mainEntityOfPage": address,
        "description": page.summary,
        "image": [picture],
        "datePublished": page.date.isoformat(),
        **({"dateModified": page.last_published_at.isoformat()} if page.last_published_at else {}),
        "inLanguage": page.locale.language_code,
        "publisher": _publisher(),
    }


def _article(page: NewsPage, address: str, picture: str) -> dict[str, Any]:
    author: dict[str, Any] = _publisher()
    if page.author_name:
        author = {"@type": "Person", "name": page.author_name}
        if page.author_role:
            author["jobTitle"] = page.author_role
    words = [tag.name for tag in page.tags.all()]
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        **_published(page, address, picture),
        "author": author,
        **({"articleSection": page.category.local_name} if page.category else {}),
        **({"keywords": words} if words else {}),
    }


def _event(page: NewsPage, address: str, picture: str) -> dict[str, Any]:
    assert page.starts_on
    start = page.starts or page.starts_on
    end = page.ends or (None if page.starts and page.last_day == page.starts_on else page.last_day)
    return {
        "@type": "Event",
        "name": page.title,
        "url": address,
        "description": page.summary,
        "image": [picture],
        "startDate": start.isoformat(),
        **({"endDate": end.isoformat()} if end else {}),
        "eventStatus": "https://schema.org/EventScheduled",
        **({"location": {"@type": "Place", "name": page.place, "address": page.place}} if page.place else {}),
        "organizer": _publisher(),
        "inLanguage": page.locale.language_code,
    }


def _report(page: ReportPage, request: HttpRequest, address: str, picture: str) -> dict[str, Any]:
    files = [
        {
            "@type": "MediaObject",
            "name": file.label or file.document.title,
            "contentUrl": request.build_absolute_uri(file.document.url),
            "encodingFormat": file.document.content_type,
            "contentSize": str(file.document.file_size or 0),
            "inLanguage": file.language,
        }
        for file in page.files.all()
    ]
    return {
        "@type": "Report",
        "name": page.title,
        "headline": page.title,
        **_published(page, address, picture),
        "author": _publisher(),
        "identifier": permanent_address(page),
        "genre": str(page.get_kind_display()),
        **({"version": page.edition} if page.edition else {}),
        **({"encoding": files} if files else {}),
    }


def _way(page: Page, request: HttpRequest, address: str) -> dict[str, Any]:
    """The way to a page from the home page."""
    above = [one for one in page.get_ancestors() if one.depth > 1]
    steps = [
        (_("Home") if one.depth == 2 else one.title, one.get_full_url(request) or f"{settings.PORTAL_URL}/")
        for one in above
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": where}
            for place, (name, where) in enumerate([*steps, (page.title, address)], start=1)
        ],
    }
