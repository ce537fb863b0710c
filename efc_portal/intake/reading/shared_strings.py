"""The texts that cells of a workbook share: read as far as cells refer to them, and kept packed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.guarded_xml import Handler
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.limits import MAX_CELL

MAX_BYTES = 128 * 1024 * 1024


class SharedStrings:
    """`pieces` reads the part into a handler, piece by piece."""

    def __init__(self, pieces: Callable[[Handler], Iterator[None]]) -> None:
        self._packed = bytearray()
        self._ends = array("L")
        self._pieces = pieces(self)
        self._text: list[str] = []
        self._length = 0
        self._wanted = self._aside = False

    def __getitem__(self, index: int) -> str:
        """The text with this number; "" where there is none."""
        while index >= len(self._ends):
            try:
                next(self._pieces)
            except StopIteration:
                return ""
        start = self._ends[index - 1] if index else 0
        return self._packed[start : self._ends[index]].decode()

    def start(self, name: str, _attributes: list[str]) -> None:
        local = name.rpartition("}")[2]
        if local == "t":
            self._wanted = not self._aside
        elif local == "rPh":  # how it is pronounced
            self._aside = True

    def end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        self._wanted = False
        if local == "rPh":
            self._aside = False
        elif local == "si":
            self._packed += "".join(self._text)[:MAX_CELL].encode("utf-8", "replace")
            self._ends.append(len(self._packed))
            self._text.clear()
            self._length = 0
            if len(self._packed) > MAX_BYTES:
                raise InvalidFile(
                    _("The workbook holds more than %(most)s MB of text. Save the sheet as CSV, and upload this."),
                    rule="text",
                    most=MAX_BYTES // (1024 * 1024),
                )

    def text(self, data: str) -> None:
        if self._wanted and self._length < MAX_CELL:
            self._text.append(data)
            self._length += len(data)
