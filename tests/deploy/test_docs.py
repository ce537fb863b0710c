"""What the documents name is there: files and headings they link to, commands, variables, modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from deploy.local.folders import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
MANAGE = re.compile(r"manage\.py ([a-z_]+)")
MAKE = re.compile(r"`make ([a-z]+)`|^make ([a-z]+)$", re.MULTILINE)
PATH = re.compile(r"`((?:efc_portal|deploy|tests|bench|templates|static|docs|\.ci)/[\w./-]*)`")
READ = re.compile(r"env\.(?:text|required|words|flag|number)\(\s*\"([A-Z_]+)\"")
OTHER_WORDS = {"help"}  # of `manage.py`, not of an app


def text(document: Path) -> str:
    return document.read_text()


def anchors(document: Path) -> set[str]:
    """The headings of a document as GitHub and its like name them."""
    heads = re.findall(r"^#+ (.+)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.fixture(params=DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in (one or other for one, other in LINK.findall(text(document))):
        if re.match(r"[a-z]+:", link):
            continue
        place, _hash, anchor = link.partition("#")
        target = (document.parent / place).resolve() if place else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_commands_exist(document: Path) -> None:
    assert set(MANAGE.findall(text(document))) - get_commands().keys() - OTHER_WORDS == set()
    made = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {one or other for one, other in MAKE.findall(text(document))} - set(made) == set()


def test_files_exist(document: Path) -> None:
    assert [path for path in PATH.findall(text(document)) if not (ROOT / path).exists()] == []


def test_every_setting_of_the_environment_is_told() -> None:
    read = {name for file in (ROOT / "efc_portal" / "settings").glob("*.py") for name in READ.findall(file.read_text())}
    told = set(re.findall(r"`([A-Z][A-Z_]+)`", text(ROOT / "docs" / "operating.md")))
    assert len(read) > 20
    assert read - told == set()


def test_every_command_of_the_portal_is_told() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("efc_portal.")}
    assert {name for name in ours if f"`{name}" not in text(ROOT / "docs" / "operating.md")} == set()
