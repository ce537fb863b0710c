"""`manage.py identify`: what values are, as one JSON object a line. Streams, and touches no database."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import type_of

_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Command(BaseCommand):
    help = "Read values, one a line or from a CSV column, and print what each is as a JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="the file to read; standard input without one")
        parser.add_argument("--column", help="read CSV with a header, and take the values of this column")
        parser.add_argument("--type", help="insist on one type")
        parser.add_argument("--region", help="country of phone numbers without a country code, such as DE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["type"]:
                type_of(options["type"])
            with _opened(options["file"]) as source:
                for value in _values(source, options["column"]):
                    answer = _answer(value, options["type"], options["region"])
                    self.stdout.write(_ENCODER.encode(answer))
        except ApplicationError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error


def _opened(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="")
    return Path(name).open(encoding="utf-8-sig", errors="replace", newline="")


def _values(source: TextIO, column: str | None) -> Iterator[str]:
    if column is None:
        for line in source:
            yield line.rstrip("\r\n")
        return
    reader = csv.DictReader(source)
    if column not in (reader.fieldnames or ()):
        raise CommandError(f"There is no column “{column}”. The columns are: {', '.join(reader.fieldnames or ())}.")
    for row in reader:
        yield row[column] or ""


def _answer(value: str, type_code: str | None, region: str | None) -> dict[str, object]:
    """What is printed of one value; a full card number is not."""
    shown, _count = truncate_pans(value)
    try:
        found = identify(value, type=type_code, region=region)
    except InvalidValue as error:
        return {
            "value": shown,
            "valid": False,
            "type": error.types[0] if len(error.types) == 1 else None,
            "chain": None,
            "canonical": None,
            "display": None,
            "country": None,
            "reason": error.message,
        }
    return {
        "value": found.display if found.type == "payment_card" else value,
        "valid": True,
        "type": found.type,
        "chain": found.chain or None,
        "canonical": found.canonical,
        "display": found.display,
        "country": found.country or None,
        "reason": None,
    }
