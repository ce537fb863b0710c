"""Every kind of page of the public site, on a phone and a desktop, by day and by night."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import Page

from deploy.pictures.camera import Camera, View

VIEWS = (
    View("phone", 390, 1400),
    View("phone-dark", 390, 1400, "dark"),
    View("desktop", 1280, 1400),
    View("desktop-dark", 1280, 1400, "dark"),
)
PAGES = {
    "home": "/",
    "home-french": "/fr/",
    "letter": "/chairs-letter/",
    "about": "/about/",
    "news": "/news/",
    "news-item": "/news/two-payment-firms-join/",
    "news-event": "/news/training-virtual-currency-tracing/",
    "news-newsletter": "/news/newsletter-summer/",
    "reports": "/reports/",
    "report": "/reports/strategic-assessment-2026/",
    "report-replaced": "/reports/strategic-assessment-2024/",
    "partners": "/partners/",
    "partner": "/partners/northbank/",
    "join": "/join/",
    "where-to-report": "/where-to-report/?country=FI",
    "contact": "/contact/",
    "legal": "/privacy/",
    "search": "/search/?q=payments",
    "not-found": "/news/nothing-of-that-name/",
}


def take_all(camera: Camera) -> None:
    for name, address in PAGES.items():
        camera.take(name, partial(_open, address), dark=True)


def _open(address: str, page: Page) -> None:
    page.goto(address)
