"""`manage.py extract`: the identifiers of a text, as one JSON object a find. Streams, and touches no database."""

from __future__ import annotations

import email
import email.policy
import io
import json
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.extract import extract_stream
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
                pieces = _mail(source) if options["mail"] else iter(lambda: source.read(_PIECE), "")
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


def _opened(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="")
    return Path(name).open(encoding="utf-8-sig", errors="replace", newline="")


def _mail(source: TextIO) -> Iterator[str]:
    """Subject, people and text of a mail, decoded; of several forms of the same text the plain one."""
    if not isinstance(source, io.TextIOWrapper):
        raise CommandError("A mail is read from a file or standard input.")
    message = email.message_from_binary_file(source.buffer, policy=email.policy.default)
    for header in ("From", "Reply-To", "To", "Cc", "Subject"):
        for value in message.get_all(header, []):
            yield f"{header}: {value}\n"
    for part in _texts(message):
        yield f"\n{part}\n"


def _texts(message: EmailMessage) -> Iterator[str]:
    body = message.get_body(("plain", "html"))
    parts = [body] if body is not None else []
    parts += [part for part in message.iter_attachments() if part.get_content_maintype() in ("text", "message")]
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            yield from _texts(part.get_content())
            continue
        text = part.get_content() if part.get_content_maintype() == "text" else ""
        yield _shown(text) if part.get_content_type() == "text/html" else text


class _Shown(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        if tag == "a" and (link := dict(attributes).get("href")):
            self.pieces.append(f" {link} ")
        elif tag in ("p", "br", "div", "tr", "td", "th", "li"):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, text: str) -> None:
        if self._hidden <= 0:
            self.pieces.append(text)


def _shown(page: str) -> str:
    shown = _Shown()
    shown.feed(page)
    shown.close()
    return "".join(shown.pieces)
