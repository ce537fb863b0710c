"""Debian's Chromium, driven by Playwright, and what every page must pass in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
WIDER = """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 100))"""
SETTLED = (
    "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"
)
HAS_WIDTH = "width => innerWidth === width && matchMedia(`(width: ${width}px)`).matches"
WIDTHS = (320, 1280)
# Debian's build for tests, without the windows that Chromium itself is made of and that would take half a core
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="No Chromium here: `apt-get install chromium-headless-shell` brings it."
    ),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium of its own. Playwright's loop runs in this thread meanwhile: Django then wants to be told that it may
    ask the database (`DJANGO_ALLOW_ASYNC_UNSAFE`), and does so over another connection than before."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()


def listened(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what went wrong or strayed on it."""
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda answer: heard.append(answer.url) if answer.status >= 400 else None)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("http://localhost", "data:", "blob:")) else heard.append(asked.url),
    )
    return page, heard


def faults(page: Page, widths: tuple[int, ...] = WIDTHS) -> dict[int, list[Any]]:
    """What axe finds on the open page at each width, and whether it is wider than the window; empty when nothing."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(HAS_WIDTH, arg=width)  # the window is told at once, the page a moment later
        page.evaluate(SETTLED)
        wrong = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations.map("
            "fault => [fault.id, fault.nodes.map(node => node.target.join(' '))]))"
        )
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(["wider than the window", page.evaluate(WIDER)])
        if wrong:
            found[width] = wrong
    return found
