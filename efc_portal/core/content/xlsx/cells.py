"""What stands in the XML parts of a workbook: full card numbers, pictures, files written as text, active formulas."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.cards import SHORTEST, has_card_number, whole_number
from efc_portal.core.content.embedded import RUN, hidden_in
from efc_portal.core.content.limits import too_complex
from efc_portal.core.content.refusals import (
    CARD_NUMBERS,
    NO_MEDIA,
    SAVE_AS_CSV,
    Reason,
    RefusedContent,
    shown,
)

MAX_CELLS = 5_000_000

_PICTURES = {"pic", "blip", "imagedata", "picture", "svgBlip"}
_FILES = {"oleObject", "oleObjects", "oleLink", "control", "controls"}
_LINKS = {"ddeLink", "externalReference", "externalReferences", "externalBook", "webPublishItem", "connection", "dbPr"}
_UNWANTED = _PICTURES | _FILES | _LINKS
_FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FETCHING = re.compile(r"\||\b(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(", re.IGNORECASE)
_REFERENCE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_PARAGRAPHS = {"p", "comment", "text", "si"}
_MAX_PIECES = 1_000  # of 8 KiB each, in one element
_VML_FILL = "urn:schemas-microsoft-com:vml}fill"


class PartText:
    """Reads any XML part; `where` names it in sentences."""

    def __init__(self, where: str, root: str = "") -> None:
        self._where = where
        self._root: str | None = root
        self._locals: dict[str, str] = {}
        self._text: list[str] = []
        self._runs: list[str] = []  # pieces of one paragraph, note or string that are formatted differently

    def start(self, name: str, attributes: list[str]) -> None:
        local = self._local(name)
        if self._root is not None:
            if self._root not in ("", local):
                raise RefusedContent(
                    Reason.MALFORMED,
                    _("“%(file)s” holds a part that is not what the workbook says it is (%(part)s)."),
                    SAVE_AS_CSV,
                    part=self._where,
                )
            self._root = None
        if local in _UNWANTED or name == _VML_FILL:
            self._unwanted(local, attributes)
        for value in attributes[1::2]:
            if len(value) >= SHORTEST:
                self._check(value)
        self._text.clear()

    def end(self, name: str) -> None:
        local = self._local(name)
        value = "".join(self._text)
        self._text.clear()
        if local == "t":
            self._runs.append(value)
        elif local in _PARAGRAPHS:
            value = "".join(self._runs)
            self._runs.clear()
        elif local in _FORMULAS:
            formula_check(value, self._here)
        if len(value) >= SHORTEST:
            self._check(value)

    def text(self, data: str) -> None:
        self._text.append(data)
        if len(self._text) > _MAX_PIECES:
            raise too_complex()

    def _local(self, name: str) -> str:
        if (local := self._locals.get(name)) is None:
            local = name.rpartition("}")[2]
            if len(self._locals) < 1000:
                self._locals[name] = local
        return local

    def _unwanted(self, local: str, attributes: list[str]) -> None:
        if local == "fill":
            if not any(name.rpartition("}")[2] in ("relid", "src", "href") for name in attributes[::2]):
                return
            local = "pic"
        if local in _PICTURES:
            raise RefusedContent(
                Reason.PICTURE_INSIDE,
                _("“%(file)s” holds a picture (%(part)s)."),
                _("Delete it, logos and backgrounds too, save the workbook again, and attach it."),
                NO_MEDIA,
                part=self._where,
            )
        if local in _FILES:
            raise RefusedContent(
                Reason.FILE_INSIDE,
                _("“%(file)s” holds another file or a control (%(part)s)."),
                _("Delete it, save the workbook again, and attach it."),
                part=self._where,
            )
        raise RefusedContent(
            Reason.LINKED,
            _("“%(file)s” fetches data from elsewhere (%(part)s)."),
            _("Remove the link, save the workbook, and attach it again."),
            part=self._where,
        )

    def _here(self) -> str:
        return self._where

    def _check(self, value: str) -> None:
        if has_card_number(value):
            raise card_number_refusal(self._here())
        if len(value) >= RUN and (found := hidden_in(value)) is not None:
            raise RefusedContent(
                Reason.FILE_INSIDE,
                _("“%(file)s” holds another file (%(what)s) written as text (%(part)s)."),
                _("Delete it, save the workbook, and attach it again."),
                NO_MEDIA,
                part=self._here(),
                what=found[1],
            )


class SharedStrings(PartText):
    """Reads the shared strings; `with_card` holds the positions of those with a full card number."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "sst")
        self.with_card: set[int] = set()
        self._position = -1

    def end(self, name: str) -> None:
        if self._local(name) != "si":
            super().end(name)
            return
        self._position += 1
        value = "".join(self._runs)
        self._runs.clear()
        if len(value) >= SHORTEST:
            if has_card_number(value):
                self.with_card.add(self._position)
            else:
                self._check(value)

    def _check(self, value: str) -> None:
        """Leaves card numbers to the string they stand in, whose cell is known later."""
        if not has_card_number(value):
            super()._check(value)


class Sheet(PartText):
    """Reads a worksheet, cell by cell. Its two methods run a million times: they look names up before they call."""

    def __init__(self, where: str, with_card: set[int]) -> None:
        super().__init__(where, "worksheet")
        self._with_card = with_card
        self._cells = 0
        self._reference = self._type = ""
        self._inline = False

    def start(self, name: str, attributes: list[str]) -> None:
        local = self._locals.get(name) or self._local(name)
        if local == "c":
            self._cell(attributes)
        elif local == "v" or local == "is":
            self._text.clear()
            self._inline = local == "is"
        elif not self._inline:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        local = self._locals.get(name) or self._local(name)
        if local == "c" or local == "row" or (self._inline and local != "is"):
            return  # within an inline string, pieces in different formats make one text
        if local not in ("v", "is", "f"):
            super().end(name)
            return
        value = "".join(self._text)
        self._text.clear()
        self._inline = False
        if local == "f":
            formula_check(value, self._here)
            self._check(value)
        elif self._type == "s":
            if self._with_card and value.strip().isdecimal() and int(value) in self._with_card:
                raise card_number_refusal(self._here())
        elif self._type in ("", "n"):
            if ("E" in value or len(value) >= SHORTEST) and has_card_number(whole_number(value)):
                raise card_number_refusal(self._here())
        elif len(value) >= SHORTEST:
            self._check(value)

    def _cell(self, attributes: list[str]) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_complex()
        self._text.clear()
        self._reference = self._type = ""
        for position in range(0, len(attributes), 2):
            name, value = attributes[position], attributes[position + 1]
            if name == "r":
                self._reference = value
            elif name == "t":
                self._type = value
            elif len(value) >= SHORTEST:
                self._check(value)
        if self._reference and not _REFERENCE.fullmatch(self._reference):
            raise RefusedContent(
                Reason.MALFORMED,
                _("“%(file)s” has a cell with an impossible address (%(cell)s of %(part)s)."),
                SAVE_AS_CSV,
                part=self._where,
                cell=shown(self._reference),
            )

    def _here(self) -> str:
        if not self._reference:
            return self._where
        return str(_("cell %(cell)s of %(sheet)s") % {"cell": self._reference, "sheet": self._where})


def formula_check(formula: str, where: Callable[[], str]) -> None:
    """Refuse formulas that start programs (DDE) or fetch something when the workbook is opened."""
    if "|" not in formula and "(" not in formula:
        return
    if _FETCHING.search(_QUOTED.sub("", formula)):
        raise RefusedContent(
            Reason.ACTIVE,
            _("“%(file)s” has a formula that starts a program or fetches data when it is opened (%(part)s)."),
            _("Replace it by its value, save the workbook, and attach it again."),
            part=where(),
        )


def card_number_refusal(where: str) -> RefusedContent:
    return RefusedContent(
        Reason.CARD_NUMBER, _("“%(file)s” holds a full card number (%(part)s)."), CARD_NUMBERS, part=where
    )
