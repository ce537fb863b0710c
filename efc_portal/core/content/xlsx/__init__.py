"""XLSX workbooks: OOXML packages whose every part is known, read and free of what does not come in."""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.embedded import hidden_in
from efc_portal.core.content.foreign import zip_refusal
from efc_portal.core.content.guarded_xml import Handler, MalformedXml, XmlReader
from efc_portal.core.content.limits import Deadline
from efc_portal.core.content.refusals import SAVE_AS_CSV, Reason, RefusedContent, shown
from efc_portal.core.content.signatures import hidden_within, recognise_hidden
from efc_portal.core.content.xlsx.cells import PartText, SharedStrings, Sheet, card_number_refusal
from efc_portal.core.content.xlsx.container import Container, Entry
from efc_portal.core.content.xlsx.parts import ContentTypes, Part, Relations, part_of

_TYPES = "[Content_Types].xml"
_MAX_SMALL = 32 * 1024 * 1024  # bytes of a part that is kept in memory: content types and relations
_MAX_PRINTER = 256 * 1024
_DEVMODE_VERSIONS = (0x0320, 0x0400, 0x0401)


def is_workbook(stream: BinaryIO, head: bytes) -> bool:
    """Whether the file is a ZIP container that calls itself a workbook; other such containers are refused here."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError):
        return False
    if _TYPES in names and any(name.lower().startswith("xl/") for name in names):
        return True
    raise zip_refusal(names)


def check(stream: BinaryIO, deadline: Deadline) -> None:
    """Refuse the workbook unless every part of it is proven."""
    _Package(stream, deadline).check()


class _Package:
    def __init__(self, stream: BinaryIO, deadline: Deadline) -> None:
        self._deadline = deadline
        self._container = Container(stream, deadline)
        self._names = {name.lower(): name for name in self._container.entries}

    def check(self) -> None:
        types = ContentTypes()
        self._read(_TYPES, types)
        parts = {name: part_of(name, types.of(name)) for name in self._container.entries if name != _TYPES}
        relations = {name: self._relations(name) for name, part in parts.items() if part is Part.RELATIONS}
        labels = self._sheet_labels(parts, relations)
        with_card: set[int] = set()
        for name in _of(parts, Part.STRINGS):
            strings = SharedStrings(shown(name))
            self._read(name, strings)
            with_card |= strings.with_card
        for name in _of(parts, Part.SHEET):
            self._read(name, Sheet(labels.get(name.lower(), shown(name)), with_card))
        if with_card:  # in the file, though no cell shows it
            raise card_number_refusal(str(_("a text that no cell shows")))
        for name in _of(parts, Part.OTHER):
            self._read(name, PartText(shown(name)))
        for name in _of(parts, Part.PRINTER):
            self._printer_settings(self._container.entries[name])

    def _relations(self, name: str) -> Relations:
        relations = Relations(name)
        self._read(name, relations, limit=_MAX_SMALL)
        return relations

    def _sheet_labels(self, parts: dict[str, Part], relations: dict[str, Relations]) -> dict[str, str]:
        """What people call each worksheet, by its part; proves that there is one workbook."""
        root = relations.get("_rels/.rels")
        workbook = self._names.get(((root and root.workbook) or "").lower(), "")
        if parts.get(workbook) is not Part.WORKBOOK or len(_of(parts, Part.WORKBOOK)) != 1:
            raise RefusedContent(
                Reason.MALFORMED,
                _("“%(file)s” is no workbook: the part that it should begin with is missing."),
                SAVE_AS_CSV,
            )
        sheets = _Workbook()
        self._read(workbook, sheets)
        folder, _slash, base = workbook.rpartition("/")
        found = relations.get(f"{folder}/_rels/{base}.rels".lstrip("/"))
        targets = found.targets if found else {}
        return {
            targets[key].lower(): str(_("sheet “%(name)s”") % {"name": shown(name)})
            for key, name in sheets.names.items()
            if key in targets
        }

    def _read(self, name: str, handler: Handler, limit: int | None = None) -> None:
        entry = self._container.entries[name]
        if limit is not None and entry.size > limit:
            raise self._malformed(name)
        reader = XmlReader(handler, self._deadline)
        try:
            for piece in self._container.read(entry):
                reader.feed(piece)
            reader.close()
        except MalformedXml as error:
            raise self._malformed(name) from error

    def _malformed(self, name: str) -> RefusedContent:
        return RefusedContent(
            Reason.MALFORMED,
            _("A part of “%(file)s” (%(part)s) is not well-formed XML."),
            SAVE_AS_CSV,
            part=shown(name),
        )

    def _printer_settings(self, entry: Entry) -> None:
        """What Windows (a DEVMODE structure) or macOS (a property list) left about the last printer."""
        data = b"".join(self._container.read(entry)) if entry.size <= _MAX_PRINTER else b""
        known = data.startswith(b"<?xml") or _is_devmode(data)
        hidden = recognise_hidden(data) or hidden_within(data) or hidden_in(data.decode("latin-1"))
        if not known or hidden:
            raise RefusedContent(
                Reason.UNKNOWN,
                _("“%(file)s” holds printer settings that are something else (%(part)s)."),
                SAVE_AS_CSV,
                part=shown(entry.name),
            )


def _of(parts: dict[str, Part], wanted: Part) -> list[str]:
    return [name for name, part in parts.items() if part is wanted]


class _Workbook(PartText):
    """Reads the workbook part; `names` maps relation ids to the names of sheets."""

    def __init__(self) -> None:
        super().__init__(str(_("the list of sheets")), "workbook")
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: list[str]) -> None:
        super().start(name, attributes)
        if self._local(name) == "sheet":
            values = {n.rpartition("}")[2]: v for n, v in zip(attributes[::2], attributes[1::2], strict=True)}
            self.names[values.get("id", "")] = values.get("name", "")


def _is_devmode(data: bytes) -> bool:
    if len(data) < 72:
        return False
    version, _driver, size, extra = struct.unpack_from("<4H", data, 64)
    return version in _DEVMODE_VERSIONS and 0 <= len(data) - size - extra <= 1024
