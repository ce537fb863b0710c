"""Every object of a PDF, looked at once: pictures, files, media, scripts, actions, and the texts beside the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

import pikepdf
from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.cards import SHORTEST, has_card_number
from efc_portal.core.content.embedded import RUN, hidden_in
from efc_portal.core.content.limits import MAX_DEPTH, Deadline, too_complex
from efc_portal.core.content.pdf.envelope import MAX_OBJECTS
from efc_portal.core.content.pdf.refusals import (
    active,
    card_number,
    file_inside,
    linked,
    media,
    not_text,
    picture,
)
from efc_portal.core.content.refusals import Reason, RefusedContent

Item = pikepdf.Object
Refusal = Callable[[int | None], RefusedContent]

_PICTURE_FILTERS = {"/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF"}
_COMPRESSIONS = {"/FlateDecode", "/Fl", "/RunLengthDecode", "/RL"}
_NOTATIONS = {"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}
_MEDIA = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/U3D", "/PRC"}
_SCRIPT = _("a script")
_PLAYING = _("one that plays a recording")
_ACTIONS = {
    "/JavaScript": _SCRIPT,
    "/Launch": _("one that starts a program"),
    "/SubmitForm": _("one that sends a form"),
    "/ImportData": _("one that fetches data"),
    "/Rendition": _PLAYING,
    "/RichMediaExecute": _PLAYING,
    "/GoToE": _("one that opens a file inside"),
    "/GoTo3DView": _("one that turns a model"),
    "/Movie": _PLAYING,
    "/Sound": _PLAYING,
    "/SetState": _("one that shows or hides parts"),
}
_ACTIVE_KEYS = {"/JS": _SCRIPT, "/JavaScript": _SCRIPT, "/XFA": _("a form of the XFA kind")}
_FILE_KEYS = {"/EF", "/EmbeddedFiles", "/Collection", "/RichMediaContent", "/3DD", "/Renditions"}
_LINK_SCHEMES = ("http", "https", "mailto", "tel", "")
_MAX_WALK = 20_000  # objects looked through to find the page of one


def objects_check(pdf: pikepdf.Pdf, deadline: Deadline) -> None:
    """Refuse the document at the first object that does not come in."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise too_complex()
    _check(pdf.trailer, pdf, pdf.trailer, 0)
    for item in pdf.objects:
        deadline.check()
        _check(item, pdf, item, 0)


def _check(item: Item, pdf: pikepdf.Pdf, owner: Item, depth: int) -> None:
    """Look at one object and at what stands in it directly; `owner` is the numbered object it stands in."""
    if depth > MAX_DEPTH:
        raise too_complex()
    if isinstance(item, pikepdf.Stream):
        _stream_check(item, pdf, owner)
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        _dictionary_check(item, pdf, owner)
        for key, value in item.items():
            if key != "/Parent" and isinstance(value, Item) and not value.is_indirect:
                _check(value, pdf, owner, depth + 1)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if isinstance(value, Item) and not value.is_indirect:
                _check(value, pdf, owner, depth + 1)
    elif isinstance(item, pikepdf.String):
        _string_check(str(item))


def _dictionary_check(item: Item, pdf: pikepdf.Pdf, owner: Item) -> None:
    if (refusal := _refusal_of(item)) is not None:
        raise refusal(page_of(pdf, owner))


def _refusal_of(item: Item) -> Refusal | None:
    keys = set(item.keys())
    if acting := keys & _ACTIVE_KEYS.keys():
        return partial(active, what=_ACTIVE_KEYS[acting.pop()])
    subtype, action, kind = _name(item, "/Subtype"), _name(item, "/S"), _name(item, "/Type")
    if keys & _FILE_KEYS or subtype == "/FileAttachment" or kind == "/EmbeddedFile":
        return file_inside
    if "/Thumb" in keys or subtype == "/Image":
        return picture
    if subtype in _MEDIA:
        return media
    if action in _ACTIONS:
        return partial(active, what=_ACTIONS[action])
    if action in ("/GoToR", "/Thread") and "/F" in keys:
        return partial(linked, what=_("a link into it"))
    if action == "/URI" and urlsplit(str(item.get("/URI", ""))).scheme.lower() not in _LINK_SCHEMES:
        return partial(active, what=_("a link that is no web or mail address"))
    return None


def _stream_check(item: pikepdf.Stream, pdf: pikepdf.Pdf, owner: Item) -> None:
    filters = _filters(item)
    if _PICTURE_FILTERS.intersection(filters) or ("/Width" in item and "/Height" in item):
        raise picture(page_of(pdf, owner))
    compressions = [name for name in filters if name not in _NOTATIONS]
    if len(filters) > 2 or len(compressions) > 1 or not _COMPRESSIONS.issuperset(compressions):
        raise not_text(page_of(pdf, owner))
    if "/F" in item or "/FFilter" in item:
        raise linked(page_of(pdf, owner), _("a part of the document is kept there"))
    if _name(item, "/Type") == "/Metadata":
        _metadata_check(item.read_bytes().decode("utf-8", "replace"))


def _filters(item: pikepdf.Stream) -> list[str]:
    found = item.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _metadata_check(text: str) -> None:
    if has_card_number(text):
        raise card_number()
    if hidden_in(text) is not None or "xmpGImg:image" in text:
        raise RefusedContent(
            Reason.PICTURE_INSIDE,
            _("“%(file)s” holds a preview picture or another file in its properties."),
            _("Print it to PDF, and attach this."),
        )


def _string_check(text: str) -> None:
    if len(text) >= SHORTEST and has_card_number(text):
        raise card_number()
    if len(text) >= RUN and (found := hidden_in(text)) is not None:
        raise file_inside(what=found[1])


def _name(item: Item, key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def page_of(pdf: pikepdf.Pdf, wanted: Item) -> int | None:
    """The number of the first page that reaches an object; None where none does."""
    if not wanted.is_indirect:
        return None
    walked = 0
    for number, page in enumerate(pdf.pages, start=1):
        seen: set[tuple[int, int]] = set()
        waiting: list[Item] = [page.obj]
        while waiting:
            item = waiting.pop()
            if item.is_indirect:
                if item.objgen == wanted.objgen:
                    return number
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
            walked += 1
            if walked > _MAX_WALK:
                return None
            waiting += _children(item)
    return None


def _children(item: Item) -> Iterator[Item]:
    """What an object refers to downwards."""
    values: list[object] = []
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        if _name(item, "/Type") in ("/Pages", "/Catalog", "/StructElem", "/StructTreeRoot"):
            return
        values = [value for key, value in item.items() if key not in ("/Parent", "/P", "/Dest", "/D", "/Popup", "/B")]
    elif isinstance(item, pikepdf.Array):
        values = list(item)
    for value in values:
        if isinstance(value, pikepdf.Dictionary) and _name(value, "/Type") == "/Page":
            continue
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array):
            yield value
