"""Plain text and tables written as text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import MAX_TOKEN
from efc_portal.core.content.refusals import Reason, RefusedContent

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR_LINE = re.compile(r"sep=([,;:|^~\t])\n?", re.IGNORECASE)
_SAMPLE_LINES = 50
_END = ["\x1fend"]  # a row that no text holds: control characters were refused before


def table_check(text: Iterable[str]) -> None:
    """Refuse what does not read as a table to its end: a quotation mark left open, a row or field without end."""
    lines = _lines(text)
    sample = [line for line, _number in zip(lines, range(_SAMPLE_LINES), strict=False)]

    def all_lines() -> Iterator[str]:
        yield from sample
        yield from lines
        yield _END[0]

    reader = csv.reader(all_lines(), delimiter=_delimiter(sample))
    begun, ended, last = 1, 0, [""]
    try:
        for last in reader:  # noqa: B007  (read after the loop)
            begun, ended = ended + 1, reader.line_num
    except csv.Error:
        begun, last = ended + 1, []
    if last != _END:
        raise RefusedContent(
            Reason.MALFORMED,
            _(
                "The row that begins in line %(line)s of “%(file)s” has a quotation mark that is never closed, or a "
                "cell longer than a table can have."
            ),
            _("Close or double it there, or rename the file to .txt if it is no table, and attach it again."),
            line=begun,
        )


def _lines(text: Iterable[str]) -> Iterator[str]:
    """Lines with their ends as one \\n, none longer than a row may be."""
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    rest = ""
    number = 1
    for chunk in text:
        *whole, rest = (rest + newlines.decode(chunk)).split("\n")
        for line in whole:
            yield f"{line}\n"
        number += len(whole)
        if len(rest) > MAX_TOKEN:
            raise RefusedContent(
                Reason.TOO_COMPLEX,
                _("Line %(line)s of “%(file)s” is longer than a row of a table can be."),
                _("Rename the file to .txt if it is no table, and attach it again."),
                line=number,
            )
    if rest := rest + newlines.decode("", final=True):
        yield rest


def _delimiter(sample: list[str]) -> str:
    """The character that separates cells: what a `sep=` line says, else the most frequent one outside quotes."""
    if sample and (said := _SEPARATOR_LINE.fullmatch(sample[0])) is not None:
        return said.group(1)
    bare = _QUOTED.sub("", "".join(sample))
    return max(_DELIMITERS, key=bare.count)
