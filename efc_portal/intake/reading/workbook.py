"""XLSX workbooks: their sheets, one row after the other.

The package is read strictly, with the attachments' own readers (`core.content.xlsx`): every part is known, nothing in
it acts, no picture and no other file is in it. Cells are typed there: numbers and days come as what they are, whatever
format people state; formulas come as the value that was last computed.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content import xlsx
from efc_portal.core.content.guarded_xml import Handler, MalformedXml, XmlReader
from efc_portal.core.content.limits import Deadline, too_complex
from efc_portal.core.content.refusals import SAVE_AS_CSV, Reason, RefusedContent, shown
from efc_portal.core.content.xlsx.container import Container
from efc_portal.core.content.xlsx.parts import ContentTypes, Part, Relations, part_of
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.errors import InvalidFile, the_door
from efc_portal.intake.reading.shared_strings import SharedStrings
from efc_portal.intake.reading.sheet import Dates, SheetRows, Styles, WorkbookPart
from efc_portal.intake.reading.table import HeadedTable, RawRow

MAX_UNPACKED = 8 * 1024 * 1024 * 1024
_MAX_DIRECTORY = 20 * 1024 * 1024  # bytes of a ZIP container's list of parts
_END, _END_64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q")
_TAIL = _END.size + 20 + _END_64.size
_TYPES = "[Content_Types].xml"
_MAX_SMALL = 16 * 1024 * 1024  # bytes of a part that is kept in memory
_PATIENCE = 6 * 60 * 60.0  # seconds; who works in the background is stopped by people


def is_workbook(stream: BinaryIO, head: bytes) -> bool:
    """Whether the file is a workbook. Raises `RefusedContent` for other ZIP containers."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    _directory_check(stream)
    return xlsx.is_workbook(stream, head)


def _directory_check(stream: BinaryIO) -> None:
    """Refuse a container whose list of parts alone is too large to be held."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - _TAIL, 0))
    tail = stream.read(_TAIL)
    end = tail[-_END.size :]
    listed = _END.unpack(end)[5] if len(end) == _END.size and end.startswith(b"PK\x05\x06") else size
    if (large := tail.rfind(b"PK\x06\x06", 0, -_END.size)) >= 0 and large + _END_64.size <= len(tail):
        listed = _END_64.unpack_from(tail, large)[8]
    if listed > _MAX_DIRECTORY:
        raise too_complex()


class Workbook:
    """The parts of a workbook. Raises `RefusedContent`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._deadline = Deadline(seconds=_PATIENCE)
        self._container = Container(stream, self._deadline, limit=MAX_UNPACKED)
        names = {name.lower(): name for name in self._container.entries}
        if _TYPES not in self._container.entries:
            raise _no_workbook()
        types = ContentTypes()
        self._whole(_TYPES, types)
        parts = {name: part_of(name, types.of(name)) for name in self._container.entries if name != _TYPES}
        relations = {name: self._relations(name) for name, part in parts.items() if part is Part.RELATIONS}
        root = relations.get("_rels/.rels")
        main = names.get(((root and root.workbook) or "").lower(), "")
        if parts.get(main) is not Part.WORKBOOK:
            raise _no_workbook()
        folder, _slash, base = main.rpartition("/")
        listed = relations.get(f"{folder}/_rels/{base}.rels".lstrip("/"))
        book = WorkbookPart()
        self._whole(main, book)
        targets = {key: names.get(target.lower(), "") for key, target in (listed.targets if listed else {}).items()}
        self._sheets = {
            shown(name): targets[key]
            for name, key in book.sheets
            if key in targets and parts.get(targets[key]) is Part.SHEET
        }
        if not self._sheets:
            raise _no_workbook()
        self._parts = [name for name, part in parts.items() if part is Part.SHEET]
        styles = Styles()
        if (style_part := next((name for name in targets.values() if name.endswith("styles.xml")), "")) in parts:
            self._whole(style_part, styles)
        self._dates = Dates(styles.of_days, book.from_1904)
        strings = next((name for name, part in parts.items() if part is Part.STRINGS), None)
        self._strings = SharedStrings(lambda handler: self._pieces(strings, handler) if strings else iter(()))

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self._sheets)

    def rows(self, sheet: str) -> Iterator[RawRow]:
        """The rows of a sheet that are not empty."""
        return self._rows(self._sheets[sheet])

    def rows_elsewhere(self, sheet: str) -> Iterator[RawRow]:
        """The rows of all other sheets, hidden ones too."""
        for name in self._parts:
            if name != self._sheets[sheet]:
                yield from self._rows(name)

    def _rows(self, part: str) -> Iterator[RawRow]:
        handler = SheetRows(self._strings, self._dates)
        for _piece in self._pieces(part, handler):
            yield from handler.taken()
        yield from handler.taken()

    def _pieces(self, name: str, handler: Handler) -> Iterator[None]:
        """Read a part into a handler, piece by piece."""
        reader = XmlReader(handler, self._deadline)
        try:
            for piece in self._container.read(self._container.entries[name]):
                reader.feed(piece)
                yield
            reader.close()
        except MalformedXml as error:
            raise RefusedContent(
                Reason.MALFORMED,
                _("A part of “%(file)s” (%(part)s) is not well-formed XML."),
                SAVE_AS_CSV,
                part=shown(name),
            ) from error

    def _whole(self, name: str, handler: Handler) -> None:
        if self._container.entries[name].size > _MAX_SMALL:
            raise _no_workbook()
        for _piece in self._pieces(name, handler):
            pass

    def _relations(self, name: str) -> Relations:
        relations = Relations(name)
        self._whole(name, relations)
        return relations


class WorkbookTable(HeadedTable):
    """One sheet of a workbook."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self._stream, self._dialect = stream, dialect
        super().__init__(header=dialect.header)

    def all_records(self) -> Iterator[RawRow]:
        with the_door():
            book = Workbook(self._stream)
            if self._dialect.sheet not in book.sheets:
                raise InvalidFile(
                    _("The workbook has no sheet “%(name)s”. Choose one of its sheets."),
                    rule="sheet",
                    name=self._dialect.sheet,
                )
            yield from book.rows(self._dialect.sheet)


def _no_workbook() -> RefusedContent:
    return RefusedContent(
        Reason.MALFORMED, _("“%(file)s” is no workbook: the part that it should begin with is missing."), SAVE_AS_CSV
    )
