"""Chromium as a camera: people sign in once, and each picture is kept small."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from efc_portal.demo.coalition import PASSWORD

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--font-render-hinting=none"]  # fmt: skip
COLOURS = 256


@dataclass(frozen=True)
class View:
    """What a picture shows of its page, at most; `suffix` ends its name."""

    suffix: str
    width: int
    height: int = 1000
    scheme: Literal["light", "dark"] = "light"


VIEWS = (View("phone", 390), View("desktop", 1280), View("desktop-dark", 1280, scheme="dark"))

Go = Callable[[Page], None]


class Camera:
    """Takes pictures in one view. `sessions` are kept from camera to camera, so that people sign in once.

    Each view gets a browser of its own: in one that has shown a page on a phone, Chromium may apply the phone's rules
    to the same page on a desktop.
    """

    def __init__(self, browser: Browser, address: str, folder: Path, view: View, sessions: dict[str, Any]) -> None:
        self.browser, self.address, self.folder, self.view, self.sessions = browser, address, folder, view, sessions

    def take(self, name: str, go: Go, *, who: str = "", dark: bool = False) -> None:
        """`go` leads a page to what the picture shows; by night only when `dark` says so."""
        if self.view.scheme == "dark" and not dark:
            return
        page = self.page(who)
        go(page)
        self._keep(page, f"{name}-{self.view.suffix}")
        page.context.close()

    def page(self, who: str) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": self.view.width, "height": self.view.height},
            color_scheme=self.view.scheme,
            reduced_motion="reduce",
            locale="en-GB",
            storage_state=self._session(who) if who else None,
        )
        return context.new_page()

    def _session(self, who: str) -> Any:
        """A person's cookies, after signing in with password and second factor."""
        if who not in self.sessions:
            context = self.browser.new_context(base_url=self.address, locale="en-GB")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.fill("[name=code]", settings.DEMO_SECOND_FACTOR_CODE)
            page.press("[name=code]", "Enter")
            page.wait_for_url("**/workspace/")
            self.sessions[who] = context.storage_state()
            context.close()
        return self.sessions[who]

    def _keep(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        if int(page.evaluate("document.documentElement.scrollWidth")) > self.view.width:
            print(f"{name}: the page is wider than the window", flush=True)
        height = min(int(page.evaluate("document.body.scrollHeight")), self.view.height)
        clip = FloatRect(x=0, y=0, width=self.view.width, height=height)
        save(page.screenshot(clip=clip), self.folder / f"{name}.png")


def save(picture: bytes, file: Path) -> None:
    """As a PNG of few colours: text and flat areas lose nothing by it."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    small = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
