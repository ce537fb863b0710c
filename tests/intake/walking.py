"""Walking the pages of a file of rows without JavaScript."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from efc_portal.intake.models import Intake

NEW = "/submissions/import/"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Blobs of these tests alone: others write theirs at the same time."""
    blobs = {
        **settings.STORAGES["blobs"],
        "OPTIONS": {**settings.STORAGES["blobs"]["OPTIONS"], "location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "blobs": blobs}


def upload(client: Client, content: bytes, name: str = "rows.csv", to: str = NEW) -> Any:
    return client.post(to, {"file": SimpleUploadedFile(name, content)})


def blobs() -> set[str]:
    """Every stored blob, by its name."""
    folder = Path(storages["blobs"].path(""))
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def columns(**places: int) -> dict[str, str]:
    return {f"column_{name}": str(place) for name, place in places.items()}


def described(client: Client, intake: Intake, **data: str) -> Any:
    """Post the page as it was shown."""
    url = reverse("intake:describe", args=[intake.pk])
    html = client.get(url).content.decode()
    shown = re.search(r'name="shown" value="([^"]*)"', html)
    assert shown
    dialect = {"encoding": "UTF-8", "delimiter": intake.dialect["delimiter"], "header": "on"}
    return client.post(url, {"action": "check", "shown": shown[1], **dialect, **data})


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
