"""Pictures, recordings and archives written into text: data URIs, base64 and hexadecimal.

Looks at the beginning of each long unbroken run of characters. Works on a stream: memory stays flat whatever the
length of a line.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import NO_MEDIA, Reason, RefusedContent
from efc_portal.core.content.signatures import recognise_hidden

RUN = 44  # characters of a run that are looked at: 33 bytes of base64, 22 of hexadecimal

_LETTERS = r"[A-Za-z0-9+/_\\-]"
_RUN = re.compile(rf"(?<!{_LETTERS}){_LETTERS}{{{RUN}}}")
_DATA_URI = re.compile(
    r"data:(?:(?:image|video|audio|font)\\?/|application\\?/(?:zip|gzip|pdf|octet-stream|x-|vnd\.|ogg|mp4))"
    r"[\w.+-]{0,100}[;,]",
    re.IGNORECASE,
)
_MAIL_PART = re.compile(
    r"^(?:content-transfer-encoding:[ \t]*base64|content-type:[ \t]*multipart/"
    r"|begin(?:-base64)? [0-7]{3} \S|=ybegin )",
    re.IGNORECASE | re.MULTILINE,
)
_CARRY = 320  # characters kept from one chunk to the next, more than any of the patterns needs to be certain
_HEX_PREFIX = re.compile(r"^(?:0|\\+)[xX]")
_HEX = re.compile(r"[0-9A-Fa-f]+")


def watched(text: Iterable[str]) -> Iterator[str]:
    """Pass the chunks of a text through; refuse at the first thing hidden in it. Says on which line."""
    lines, tail = 1, ""
    for chunk in text:
        window = tail + chunk
        if (found := hidden_in(window, whole=not tail)) is not None:
            position, name = found
            raise refusal(name, lines - tail.count("\n") + window.count("\n", 0, position))
        lines += chunk.count("\n")
        tail = window[-_CARRY:]
        yield chunk


def hidden_in(text: str, *, whole: bool = True) -> tuple[int, str] | None:
    """Where something is hidden in `text`, and what; None where nothing is. `whole` says that nothing stands before."""
    if (mail := _MAIL_PART.search(text)) is not None and (whole or mail.start()):
        return mail.start(), "MIME"
    if (uri := _DATA_URI.search(text)) is not None:
        return uri.start(), uri.group(0)[5:40].split(";")[0].split(",")[0]
    for run in _RUN.finditer(text):
        if (whole or run.start()) and (name := _decoded(run.group(0))) is not None:
            return run.start(), name
    return None


def _decoded(run: str) -> str | None:
    """What the run is the beginning of, once decoded."""
    compact = _HEX_PREFIX.sub("", run).replace("\\", "")
    candidates = []
    if _HEX.fullmatch(compact):
        candidates.append(bytes.fromhex(compact[: len(compact) // 2 * 2]))
    compact = compact[: len(compact) // 4 * 4].replace("-", "+").replace("_", "/")
    with contextlib.suppress(binascii.Error):
        candidates.append(base64.b64decode(compact, validate=True))
    for data in candidates:
        if (foreign := recognise_hidden(data)) is not None:
            return foreign.name
        if data.startswith(b"%PDF-"):
            return "PDF"
    return None


def refusal(name: str, line: int | None = None) -> RefusedContent:
    """The sentence for something hidden in text; `line` counts from one."""
    where = (
        _("Line %(line)s of “%(file)s” holds another file (%(what)s) written as text.")
        if line
        else _("“%(file)s” holds another file (%(what)s) written as text.")
    )
    return RefusedContent(
        Reason.FILE_INSIDE, where, _("Remove it and attach the file again."), NO_MEDIA, what=name, line=line
    )
