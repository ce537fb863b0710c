"""`make translations`: collect the texts to translate, and compile what is translated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.debian import installed
from deploy.local.folders import ROOT
from deploy.local.stop import Stop, told

CATALOGUES = ROOT / "efc_portal"
# “locale”: a catalogue beside the sources would draw their texts to itself, away from the one that is asked for
IGNORED = ("var", ".venv", "tests", "bench", "deploy", "node_modules", "locale")


def collect(target: Path | None = None) -> None:
    """Bring the portal's catalogues, or copies of them in a folder `target`, up to date with the source."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")
    django.setup()
    if target is not None:
        settings.LOCALE_PATHS = [str(target)]
    languages = [code for code, _name in settings.INTERFACE_LANGUAGES if code != settings.LANGUAGE_CODE]
    os.chdir(ROOT)
    call_command(
        "makemessages",
        locale=languages,
        ignore_patterns=list(IGNORED),
        extensions=["html", "txt", "py", "xml"],
        no_wrap=True,
        no_obsolete=True,
        add_location="file",
        verbosity=0,
    )


def compile_all() -> None:
    for catalogue in CATALOGUES.rglob("*.po"):
        subprocess.run(["msgfmt", "--check", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def main() -> None:
    with told():
        if not installed("msgfmt", "gettext"):
            raise Stop("GNU gettext is missing: install it as root (Debian: “apt install gettext”), then try again.")
        collect()
        compile_all()
        for catalogue in sorted(CATALOGUES.rglob("*.po")):
            print(f"{catalogue.relative_to(ROOT)}: ", end="", flush=True)
            subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", catalogue], stderr=sys.stdout)


if __name__ == "__main__":
    main()
