"""`manage.py extract`: the identifiers of a text, as one JSON object a find. Streams, and touches no database."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.extract import extract_stream
from efc_portal.indicators.mail import mail_text
from efc_portal.indicators.types import type_of

_PIECE = 1 << 16  # characters read at once


class Command(BaseCommand):
    help = "Find the identifiers in a text, and print each as a JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="the file to read; standard input without one")
        parser.add_argument("--type", action="append", help="only this type; may be given several times")
        parser.add_argument("--region", help="the country of the text’s author, such as DE")
        parser.add_argument("--certain", action="store_true", help="only what a checksum proves")
        parser.add_argument(
            "--mail",
            action="store_true",
            help="read a mail (RFC 5322): its text is decoded, and places are those of the decoded text",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = frozenset(options["type"] or ())
        try:
            for code in wanted:
                type_of(code)
            with _opened(options["file"]) as source:
                pieces = mail_text(source) if options["mail"] else _pieces(source)
                for find in extract_stream(pieces, region=options["region"]):
                    if wanted and find.type not in wanted:
                        continue
                    if options["certain"] and find.confidence is not Confidence.CERTAIN:
                        continue
                    self.stdout.write(json.dumps(find._asdict(), ensure_ascii=False))
        except ApplicationError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error


def _opened(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == "-" else Path(name).open("rb")


def _pieces(source: BinaryIO) -> Iterator[str]:
    text = io.TextIOWrapper(source, encoding="utf-8-sig", errors="replace", newline="")
    while piece := text.read(_PIECE):
        yield piece
