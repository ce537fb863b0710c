"""What the content security policy forbids is in no template, and the files behind the pages are what they must be."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "notifications" not in path.parts)  # mail
TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
LONGEST_LINE = 200
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline style": re.compile(r"<style[\s>]", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE),
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign address": re.compile(r"""(?:src|href)=["'](?:https?:)?//""", re.IGNORECASE),
}


def test_nothing_inline() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in TEMPLATES
        for what, pattern in FORBIDDEN.items()
        if pattern.search(TAGS.sub("", path.read_text()))
    ]
    assert found == []


def test_templates_of_the_workspace_are_read_without_scrolling() -> None:
    folders = ("audit", "cases", "components", "mfa", "partners", "referrals", "submissions", "usersessions")
    long = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
        for path in TEMPLATES
        if path.relative_to(ROOT / "templates").parts[0] in folders
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_static_files_can_be_fingerprinted(tmp_path: Path) -> None:
    """No url() or source map points at a file that is not there."""
    with override_settings(
        STATIC_ROOT=tmp_path,
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_a_first_visit_is_light() -> None:
    """Styles, script and the two faces of the public room: the home page's budget of 150 kB leaves 50 for the rest."""
    compressed = [
        "css/tokens.css",
        "css/govuk.css",
        "css/base.css",
        "css/components.css",
        "css/public.css",
        "js/efc.js",
    ]
    fonts = ["fonts/source-sans-3-latin-wght-normal.woff2", "fonts/source-serif-4-latin-wght-normal.woff2"]
    size = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in compressed)
    size += sum((STATIC / name).stat().st_size for name in fonts)
    assert size < 100_000


@pytest.mark.parametrize("part", ["govuk-frontend", "htmx", "source-sans-3", "source-serif-4"])
def test_licences_are_kept(part: str) -> None:
    assert (STATIC / "licences" / f"{part}.txt").read_text().strip()


def test_no_crown() -> None:
    """GOV.UK's own type, crown and pictures are not among the files."""
    css = (STATIC / "css/govuk.css").read_text()
    assert "transport" not in css.lower()
    assert "url(" not in css
