"""Names of attachments inside a package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from efc_portal.referrals.package.content import Attachment, Rows

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST, _LONGEST_ENDING = 120, 7  # characters


def attachment_paths(attachments: Iterable[Attachment]) -> list[str]:
    """A path for each attachment, safe on every desktop and no two alike: `attachments/S-2026-000118/ledger.csv`."""
    taken: set[str] = set()
    paths = []
    for attachment in attachments:
        name = _safe(attachment.name)
        stem, dot, ending = name.rpartition(".")
        stem, ending = (stem, dot + ending) if dot else (name, "")
        path, number = f"attachments/{attachment.submission}/{name}", 1
        while path.casefold() in taken:
            number += 1
            path = f"attachments/{attachment.submission}/{stem}-{number}{ending}"
        taken.add(path.casefold())
        paths.append(path)
    return paths


def rows_path(rows: Rows) -> str:
    """Where the rows of a submission's files stand."""
    return f"rows/{rows.submission}.csv"


def _safe(name: str) -> str:
    """A file name without folders, blanks, characters that Windows refuses, or any that cannot be seen."""
    seen = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C")
    safe = _UNSAFE.sub("_", seen).strip("._ ")
    if len(safe) > _LONGEST:
        stem, _dot, ending = safe.rpartition(".")
        keeps_ending = stem and len(ending) <= _LONGEST_ENDING
        safe = f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if keeps_ending else safe[:_LONGEST]
    return f"_{safe}" if not safe or _RESERVED.fullmatch(safe) else safe
