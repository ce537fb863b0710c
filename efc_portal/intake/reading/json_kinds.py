"""Which kind of JSON a file is: rows, a STIX bundle, or MISP events."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import shown
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.encoding import text_of
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.json_cursor import JsonCursor

_MAX_LISTS = 50


def json_dialect(stream: BinaryIO, encoding: str) -> Dialect:
    """The dialect of a text that begins like JSON. Raises `InvalidFile`."""
    cursor = JsonCursor(text_of(stream, encoding))
    if cursor.peek() == "[":
        for _element in cursor.elements():
            first = cursor.peek() == "{" and next(cursor.members(), "")
            return Dialect("misp" if first == "Event" else "json", encoding)
        raise _nothing()
    try:
        whole = cursor.value()
    except InvalidFile as error:
        if error.rule != "long_row":
            raise
        return _large(JsonCursor(text_of(stream, encoding)), encoding)
    if cursor.peek() == "{":
        return Dialect("json", encoding)  # an object a line
    cursor.end()
    return _small(whole, encoding)


def _small(whole: dict[str, Any], encoding: str) -> Dialect:
    if whole.get("type") == "bundle":
        return Dialect("stix", encoding)
    if isinstance(whole.get("Event"), dict) or isinstance(whole.get("response"), list | dict):
        return Dialect("misp", encoding)
    lists = [name for name, value in whole.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if lists:
        return Dialect("json", encoding, sheet=shown(lists[0]), sheets=tuple(map(shown, lists[:_MAX_LISTS])))
    return Dialect("json", encoding)  # one object alone is one row


def _large(cursor: JsonCursor, encoding: str) -> Dialect:
    """Of one object that is too large to be held: by the members before its first list."""
    for name in cursor.members():
        sign = cursor.peek()
        if (name == "type" and sign == '"' and cursor.value() == "bundle") or (name == "objects" and sign == "["):
            return Dialect("stix", encoding)
        if name in ("Event", "response") and sign in ("{", "["):
            return Dialect("misp", encoding)
        if sign == "[":
            return Dialect("json", encoding, sheet=shown(name), sheets=(shown(name),))
        if name != "type" or sign != '"':
            cursor.skip()
    raise _nothing()


def _nothing() -> InvalidFile:
    return InvalidFile(
        _("The file holds no list of objects. Give each row as an object, all of them in one list."), rule="empty"
    )
