"""`make pictures`: take the pictures of the real pages anew, into docs/pictures; public pages in `site/`."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import sync_playwright

from deploy.local.debian import installed
from deploy.local.folders import ROOT
from deploy.local.run import Stopping, stoppable
from deploy.local.stop import Stop, told

FOLDER = ROOT / "docs" / "pictures"


def take() -> None:
    if not installed("chromium", "chromium"):
        raise Stop("Chromium is missing: install it as root (Debian: “apt install chromium”), then try again.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "efc_portal.settings.dev"
    import django

    django.setup()
    from deploy.pictures import site
    from deploy.pictures.camera import FLAGS, VIEWS, Camera, save
    from deploy.pictures.portal import demo_portal
    from deploy.pictures.report import first_page
    from deploy.pictures.scenes import INVESTIGATOR, package_of, take_all

    (FOLDER / "site").mkdir(parents=True, exist_ok=True)
    sessions: dict[str, Any] = {}
    with demo_portal() as portal, sync_playwright() as playwright:
        for view in VIEWS:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            camera = Camera(browser, portal.address, FOLDER, view, sessions)
            take_all(camera)
            package = package_of(camera.page(INVESTIGATOR))
            browser.close()
        for view in site.VIEWS:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            site.take_all(Camera(browser, portal.address, FOLDER / "site", view, sessions))
            browser.close()
        save(first_page(package, portal.folder / "demo-keys"), FOLDER / "package.png")
    files = list(FOLDER.rglob("*.png"))
    print(f"{len(files)} pictures, {sum(file.stat().st_size for file in files) // 1024} KB in {FOLDER}")


def main() -> None:
    os.umask(0o077)
    with told(), stoppable():
        try:
            take()
        except Stopping:
            print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
