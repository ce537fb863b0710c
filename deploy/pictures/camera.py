"""Chromium as a camera: people sign in once, and each picture is kept small."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from efc_portal.demo.coalition import PASSWORD

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--font-render-hinting=none"]  # fmt: skip
SIZES = {"phone": (390, 1000), "desktop": (1280, 1000)}  # what a picture shows of its page, at most
COLOURS = 256

Go = Callable[[Page], None]


class Camera:
    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder
        self._signed_in: dict[str, Any] = {}

    def take(self, name: str, go: Go, *, who: str = "", dark: bool = False) -> None:
        """`go` leads a page to what the picture shows; on a phone, on a desktop and, for `dark`, by night as well."""
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark") if dark and size == "desktop" else ("light",):
                page = self.page(who, width, height, scheme)
                go(page)
                self._keep(page, f"{name}-{size}" + ("-dark" if scheme == "dark" else ""), height)
                page.context.close()

    def page(self, who: str, width: int = 1280, height: int = 1000, scheme: Any = "light") -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            storage_state=self._session(who) if who else None,
        )
        return context.new_page()

    def _session(self, who: str) -> Any:
        """A person's cookies, after signing in with password and second factor."""
        if who not in self._signed_in:
            context = self.browser.new_context(base_url=self.address, locale="en-GB")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.fill("[name=code]", "000000")
            page.press("[name=code]", "Enter")
            page.wait_for_url("**/workspace/")
            self._signed_in[who] = context.storage_state()
            context.close()
        return self._signed_in[who]

    def _keep(self, page: Page, name: str, height: int) -> None:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        whole = int(page.evaluate("document.documentElement.scrollHeight"))
        width = page.viewport_size["width"] if page.viewport_size else 0
        if int(page.evaluate("document.documentElement.scrollWidth")) > width:
            print(f"{name}: the page is wider than the window", flush=True)
        top = {"x": 0, "y": 0, "width": width, "height": min(whole, height)}
        save(page.screenshot(full_page=True, clip=top), self.folder / f"{name}.png")  # type: ignore[arg-type]


def save(picture: bytes, file: Path) -> None:
    """As a PNG of few colours: text and flat areas lose nothing by it."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    small = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
