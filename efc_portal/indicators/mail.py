"""The text of a mail (RFC 5322, MIME), decoded: of several forms of it the plain one, of a page its words."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import MIMEPart
from html.parser import HTMLParser
from typing import BinaryIO

_HEADERS = ("From", "Reply-To", "To", "Cc", "Subject")
_HIDDEN = ("script", "style")
_BREAKS = ("p", "br", "div", "tr", "td", "th", "li")


def mail_text(source: BinaryIO) -> Iterator[str]:
    """Who wrote to whom, the subject, and every text in a mail. It is read whole: it is as large as a mail may be."""
    message = email.message_from_binary_file(source, policy=email.policy.default)
    for name in _HEADERS:
        for value in message.get_all(name, []):
            yield f"{name}: {value}\n"
    for text in _texts(message):
        yield f"\n{text}\n"


def _texts(message: MIMEPart) -> Iterator[str]:
    body = message.get_body(("plain", "html"))
    if body is not None:
        yield _text(body)
    for part in message.iter_attachments() if message.is_multipart() else ():
        if part.get_content_type() == "message/rfc822":
            yield from _texts(part.get_content())
        elif part.get_content_maintype() == "text":
            yield _text(part)


def _text(part: MIMEPart) -> str:
    try:
        text = part.get_content(errors="replace")
    except LookupError:  # a character set that nobody knows
        payload = part.get_payload(decode=True)
        text = payload.decode("latin-1") if isinstance(payload, bytes) else ""
    return _shown(text) if part.get_content_subtype() == "html" else str(text)


class _Words(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "a" and (link := dict(attributes).get("href")):
            self.pieces.append(f" {link} ")
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN

    def handle_data(self, text: str) -> None:
        if self._hidden <= 0:
            self.pieces.append(text)


def _shown(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    return "".join(words.pieces)
