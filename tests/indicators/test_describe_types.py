from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from efc_portal.indicators.describe import index, page
from efc_portal.indicators.management.commands import describe_types
from efc_portal.indicators.types import TYPES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(describe_types, "FOLDER", tmp_path / "indicators")
    return tmp_path / "indicators"


def test_the_pages_in_the_repository_are_what_the_declarations_say() -> None:
    call_command("describe_types", "--check")


def test_every_type_has_its_page_and_stands_in_the_index() -> None:
    listed = index()
    for declaration in TYPES.values():
        assert f"({declaration.code}.md)" in listed
        text = page(declaration)
        assert str(declaration.help) in text
        assert all(value.replace("|", "\\|") in text for value in (*declaration.accepts, *declaration.refuses))


def test_a_page_says_what_really_happens() -> None:
    text = page(TYPES["ip"])
    assert "| `192.0.2.7:8443` | `192.0.2.7` | recognised | candidate | Port 8443 is not kept." in text
    assert "| `192.0.2.256` | `range` | Position 9: no number of an IPv4 address is above 255 |" in text
    assert "| taken as: URL |" in page(TYPES["username"]), "a profile’s address is a URL unless somebody says otherwise"


def test_what_changed_is_told_and_made_anew(folder: Path) -> None:
    call_command("describe_types", verbosity=0)
    call_command("describe_types", "--check")
    (folder / "iban.md").write_text("old")
    (folder / "gone.md").write_text("old")
    with pytest.raises(CommandError, match=r"Out of date: gone\.md, iban\.md.*run “manage\.py describe_types”"):
        call_command("describe_types", "--check")
    call_command("describe_types", verbosity=0)
    assert not (folder / "gone.md").exists()
