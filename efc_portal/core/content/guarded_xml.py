"""XML read as a stream, with nothing in it that could act: no document type, no entities, no stylesheet.

defusedxml sets its refusals on an expat parser; the content goes from there straight to the handlers, without objects
for each element, so that a worksheet of a million cells takes a second and no memory.
"""

from __future__ import annotations

from typing import Protocol
from xml.parsers.expat import ExpatError, errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import CHUNK_BYTES, MAX_DEPTH, MAX_TOKEN, Deadline, too_complex
from efc_portal.core.content.refusals import NO_MEDIA, Reason, RefusedContent, shown

_PICTURES = {"http://www.w3.org/2000/svg": "SVG"}
_PAGES = {"http://www.w3.org/1999/xhtml": "XHTML", "http://www.w3.org/1999/XSL/Transform": "XSLT"}
_ACTING = {"xml-stylesheet", "php", "mso-application"}


class Handler(Protocol):
    """What a reader wants to hear of. Names are `namespace}local`, attributes name, value, name, value…"""

    def start(self, name: str, attributes: list[str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class MalformedXml(Exception):
    """Not well-formed: what expat says, and where (lines and columns from one)."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class XmlReader:
    """Feed it the bytes of one document, then `close`. Raises `MalformedXml` or `RefusedContent`.

    `encoding` overrides what the document declares; without it only UTF-8 and UTF-16 are read.
    """

    def __init__(self, handler: Handler, deadline: Deadline, *, encoding: str | None = None) -> None:
        self._handler, self._deadline = handler, deadline
        self._depth, self._fed = 0, 0
        expat = DefusedXMLParser(target=object(), encoding=encoding, forbid_dtd=True).parser
        expat.DefaultHandlerExpand = None
        expat.buffer_text = True
        expat.ordered_attributes = True
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        expat.CharacterDataHandler = handler.text
        expat.StartNamespaceDeclHandler = self._namespace
        expat.ProcessingInstructionHandler = self._instruction
        if encoding is None:
            expat.XmlDeclHandler = self._declaration
        self._expat = expat

    def feed(self, data: bytes) -> None:
        for start in range(0, len(data), CHUNK_BYTES):
            piece = data[start : start + CHUNK_BYTES]
            self._parse(piece, final=False)
            self._fed += len(piece)
            if self._fed - self._expat.CurrentByteIndex > 4 * MAX_TOKEN:
                raise too_complex()  # one tag or comment without end, which expat reads again at each chunk
            self._deadline.check()

    def close(self) -> None:
        self._parse(b"", final=True)

    def _parse(self, data: bytes, *, final: bool) -> None:
        try:
            self._expat.Parse(data, final)
        except ExpatError as error:
            raise MalformedXml(errors.messages[error.code], error.lineno, error.offset + 1) from error
        except DefusedXmlException as error:
            raise RefusedContent(
                Reason.DTD,
                _("“%(file)s” declares a document type or entities, which the portal does not read."),
                _("Remove the <!DOCTYPE …> part, or export the file without it, and attach it again."),
            ) from error

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RefusedContent(
                Reason.TOO_COMPLEX,
                _("“%(file)s” is nested more than %(depth)s levels deep."),
                _("Save what matters as CSV, and attach this."),
                depth=MAX_DEPTH,
            )
        self._handler.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name)

    def _namespace(self, _prefix: str | None, uri: str | None) -> None:
        if uri in _PICTURES or uri in _PAGES:
            raise foreign_markup(_PICTURES.get(uri) or _PAGES[uri])

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() in _ACTING:
            raise RefusedContent(
                Reason.ACTIVE,
                _("“%(file)s” holds an instruction (%(what)s) to a program that opens it."),
                _("Remove the <?%(what)s …?> part, and attach the file again."),
                what=shown(target),
            )

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf-16", "us-ascii"):
            raise MalformedXml(f"unexpected encoding {shown(encoding)}", 1, 1)


def foreign_markup(name: str) -> RefusedContent:
    """The refusal of a picture or web page that is written in XML."""
    if name == "SVG":
        return RefusedContent(
            Reason.IMAGE,
            _("“%(file)s” is or holds a picture (%(what)s)."),
            NO_MEDIA,
            _("If it is a chart or a logo, export the data without it, and attach this."),
            what=name,
        )
    return RefusedContent(
        Reason.WEB_PAGE,
        _("“%(file)s” is or holds a web page (%(what)s)."),
        _("Export the data without it, and attach this."),
        what=name,
    )
