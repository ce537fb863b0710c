"""Whether every text is translated, and what is compiled is what is written: part of `make lint`."""

from __future__ import annotations

import filecmp
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.debian import installed
from deploy.local.folders import ROOT
from deploy.local.translations import CATALOGUES, collect

SHOWN = 10


def main() -> None:
    if not installed("msgfmt", "gettext"):
        print("not checked, for GNU gettext is missing: install it as root (Debian: “apt install gettext”)")
        return
    with tempfile.TemporaryDirectory() as folder:
        found = [*_uncompiled(Path(folder)), *_untranslated(), *_uncollected(Path(folder))]
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


def _uncompiled(folder: Path) -> list[str]:
    """Catalogues whose compiled form is missing or old."""
    found, fresh = [], folder / "fresh.mo"
    for catalogue in CATALOGUES.rglob("*.po"):
        subprocess.run(["msgfmt", "-o", fresh, catalogue], check=True)
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or not filecmp.cmp(fresh, compiled, shallow=False):
            found.append(f"{compiled.relative_to(ROOT)} is not what its .po says: run “make translations”.")
    return found


def _untranslated() -> list[str]:
    found = []
    for catalogue in CATALOGUES.rglob("*.po"):
        for what in ("untranslated", "only-fuzzy"):
            if texts := _texts(catalogue, f"--{what}"):
                name = catalogue.relative_to(ROOT)
                found.append(f"{name}: {len(texts)} texts are {what.removeprefix('only-')}, the first: {texts[0]}")
    return found


def _uncollected(folder: Path) -> list[str]:
    """Texts of the source that the catalogues do not hold."""
    fresh = folder / "locale"
    fresh.mkdir()
    collect(fresh)
    found = []
    for collected in fresh.rglob("django.po"):
        catalogue = CATALOGUES / "locale" / collected.relative_to(fresh)
        if not catalogue.exists():
            print(f"{catalogue.relative_to(ROOT)} does not exist yet: its readers see English")
            continue
        known = set(_texts(catalogue))
        missing = [text for text in _texts(collected) if text not in known]
        found += [f"{catalogue.relative_to(ROOT)} lacks {text}" for text in missing[:SHOWN]]
        if len(missing) > SHOWN:
            found.append(f"… and {len(missing) - SHOWN} more: run “make translations”, then translate them.")
    return found


def _texts(catalogue: Path, *which: str) -> list[str]:
    """The source texts of a catalogue, one line each, behind their context where they have one."""
    command = ["msgattrib", "--no-wrap", "--no-obsolete", "--no-location", *which, str(catalogue)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    texts, text = [], None
    for line in lines:
        if line.startswith("msgctxt "):
            text = line.removeprefix("msgctxt ") + " "
        elif line.startswith("msgid "):
            text = (text or "") + line.removeprefix("msgid ")
        elif text is not None and line.startswith('"'):
            text += line
        elif text is not None and line.startswith("msgstr"):
            texts.append(text.replace('""', ""))
            text = None
    return [text for text in texts if text]


if __name__ == "__main__":
    main()
