"""Which parts an XLSX package may have, by the content type each declares, and which links between them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.cards import has_card_number
from efc_portal.core.content.refusals import (
    CARD_NUMBERS,
    NO_MEDIA,
    SAVE_AS_CSV,
    Reason,
    RefusedContent,
    shown,
)


class Part(Enum):
    """How a part is read."""

    WORKBOOK = "workbook"
    SHEET = "worksheet"
    STRINGS = "sst"
    OTHER = ""  # XML without cells of its own: styles, themes, tables, comments, charts, properties
    PRINTER = "printer settings"
    RELATIONS = "Relationships"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_SHEET = f"{_OFFICE}.spreadsheetml"
_ALLOWED = {
    f"{_SHEET}.sheet.main+xml": Part.WORKBOOK,
    f"{_SHEET}.worksheet+xml": Part.SHEET,
    f"{_SHEET}.sharedStrings+xml": Part.STRINGS,
    f"{_SHEET}.printerSettings": Part.PRINTER,
    "application/vnd.openxmlformats-package.relationships+xml": Part.RELATIONS,
    **dict.fromkeys(
        [
            f"{_SHEET}.chartsheet+xml",
            f"{_SHEET}.styles+xml",
            f"{_SHEET}.calcChain+xml",
            f"{_SHEET}.sheetMetadata+xml",
            f"{_SHEET}.table+xml",
            f"{_SHEET}.comments+xml",
            f"{_SHEET}.pivotTable+xml",
            f"{_SHEET}.pivotCacheDefinition+xml",
            f"{_SHEET}.pivotCacheRecords+xml",
            f"{_OFFICE}.theme+xml",
            f"{_OFFICE}.themeOverride+xml",
            f"{_OFFICE}.drawing+xml",
            f"{_OFFICE}.vmlDrawing",
            f"{_OFFICE}.drawingml.chart+xml",
            f"{_OFFICE}.drawingml.chartshapes+xml",
            f"{_OFFICE}.extended-properties+xml",
            f"{_OFFICE}.custom-properties+xml",
            f"{_OFFICE}.customXmlProperties+xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            "application/vnd.ms-excel.threadedcomments+xml",
            "application/vnd.ms-excel.person+xml",
            "application/vnd.ms-excel.slicer+xml",
            "application/vnd.ms-excel.slicerCache+xml",
            "application/vnd.ms-office.chartstyle+xml",
            "application/vnd.ms-office.chartcolorstyle+xml",
            "application/vnd.ms-office.chartex+xml",
            "application/vnd.ms-office.classificationlabels+xml",
        ],
        Part.OTHER,
    ),
}
_LINK_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class _Unwanted:
    words: tuple[str, ...]  # in a content type or a part's name, in lower case
    reason: Reason
    sentences: tuple[object, ...]


_UNWANTED = [
    _Unwanted(
        ("docprops/thumbnail",),
        Reason.PICTURE_INSIDE,
        (
            _("“%(file)s” holds a preview picture of itself (%(part)s)."),
            _("In Excel, untick “Save preview picture” among the advanced properties, save it, and attach it again."),
        ),
    ),
    _Unwanted(
        ("image/", "xl/media/", "video/", "audio/"),
        Reason.PICTURE_INSIDE,
        (
            _("“%(file)s” holds a picture or recording (%(part)s)."),
            _("Delete it, logos and backgrounds too, save the workbook again, and attach it."),
            NO_MEDIA,
        ),
    ),
    _Unwanted(
        ("macro", "vbaproject", "vbadata", "dialogsheet", "activex", "ctrlprop", "controlproperties", "customui"),
        Reason.ACTIVE,
        (
            _("“%(file)s” holds macros or controls (%(part)s)."),
            _("Save it as “Excel workbook (*.xlsx)” without them, and attach this."),
        ),
    ),
    _Unwanted(
        ("oleobject", "embeddings/", "officedocument.package", "wordprocessingml", "presentationml"),
        Reason.FILE_INSIDE,
        (
            _("“%(file)s” holds another file (%(part)s)."),
            _("Delete it, save the workbook again, and attach it; attach the other file by itself if it matters."),
        ),
    ),
    _Unwanted(
        ("externallink", "connections", "querytable", "volatiledependencies", "webextension", "xl/model/"),
        Reason.LINKED,
        (
            _("“%(file)s” fetches data from elsewhere (%(part)s)."),
            _("Break its links (in Excel: Data, Edit links; and Data, Queries), save it, and attach it again."),
        ),
    ),
    _Unwanted(
        ("template.main+xml",),
        Reason.OFFICE,
        (_("“%(file)s” is a template."), _("Save it as “Excel workbook (*.xlsx)”, and attach this.")),
    ),
]


def part_of(name: str, content_type: str | None) -> Part:
    """How the part `name` is read; refuses parts that a workbook may not have here, and those nobody knows."""
    says = f"{content_type or ''} {name}".lower()
    for unwanted in _UNWANTED:
        if any(word in says for word in unwanted.words):
            raise RefusedContent(unwanted.reason, *unwanted.sentences, part=shown(name))
    if content_type == "application/xml" and name.startswith("customXml/"):
        return Part.OTHER
    if (part := _ALLOWED.get(content_type or "")) is None:
        raise RefusedContent(
            Reason.UNKNOWN,
            _("“%(file)s” holds a part that the portal does not know (%(part)s)."),
            SAVE_AS_CSV,
            part=shown(name),
        )
    return part


class ContentTypes:
    """Reads `[Content_Types].xml`."""

    def __init__(self) -> None:
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}

    def start(self, name: str, attributes: list[str]) -> None:
        values = dict(zip(attributes[::2], attributes[1::2], strict=True))
        local = name.rpartition("}")[2]
        if local == "Default":
            self._defaults[values.get("Extension", "").lower()] = values.get("ContentType", "")
        elif local == "Override":
            self._overrides[values.get("PartName", "").lstrip("/").lower()] = values.get("ContentType", "")

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass

    def of(self, name: str) -> str | None:
        lowered = name.lower()
        return self._overrides.get(lowered) or self._defaults.get(lowered.rpartition(".")[2])


class Relations:
    """Reads one `.rels` part: `targets` maps ids to the names of parts. Refuses what points out of the package."""

    def __init__(self, name: str) -> None:
        folder, _slash, _rels = name.rpartition("_rels/")
        self._folder = folder
        self.targets: dict[str, str] = {}
        self.workbook: str | None = None

    def start(self, name: str, attributes: list[str]) -> None:
        if name.rpartition("}")[2] != "Relationship":
            return
        values = dict(zip(attributes[::2], attributes[1::2], strict=True))
        target, kind = values.get("Target", ""), values.get("Type", "").rpartition("/")[2]
        if has_card_number(target):
            raise RefusedContent(Reason.CARD_NUMBER, _("A link in “%(file)s” holds a full card number."), CARD_NUMBERS)
        if values.get("TargetMode", "").lower() == "external":
            if kind != "hyperlink" or urlsplit(target).scheme.lower() not in _LINK_SCHEMES:
                raise RefusedContent(
                    Reason.LINKED,
                    _("“%(file)s” points to another file (%(target)s)."),
                    _("Remove this link, save the workbook, and attach it again."),
                    target=shown(target),
                )
            return
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(self._folder + target)
        self.targets[values.get("Id", "")] = path
        if kind == "officeDocument":
            self.workbook = path

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass
