"""The columns of a table of contacts, by their names in every language of the interface."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.countries import alphabetical
from efc_portal.partners.enums import ContactKind

LABELS = {
    "organisation": pgettext_lazy("column", "organisation"),
    "kind": pgettext_lazy("column", "contact for"),
    "name": pgettext_lazy("column", "name"),
    "email": pgettext_lazy("column", "e-mail"),
    "phone": pgettext_lazy("column", "telephone"),
}
REQUIRED = ("organisation", "kind", "name", "email")
ROW, WRONG = pgettext_lazy("column", "row"), _("what is wrong")  # further columns of the broken rows' file
_ALSO = {
    "organisation": ("organization", "member", "lei"),
    "kind": ("type", "purpose"),
    "name": ("contact", "contact name"),
    "email": ("mail", "email address", "e-mail address"),
    "phone": ("telephone number", "tel"),
}


def key_of(text: str) -> str:
    """What is the same for two spellings of a name: without accents, case, strokes and repeated blanks."""
    folded = alphabetical(unicodedata.normalize("NFKC", text)).replace("-", " ").replace("_", " ")
    return " ".join(folded.split())


def column_of(heading: str) -> str:
    """Which column a heading means; empty for one that the import does not read."""
    return _columns().get(key_of(heading), "")


def kind_of(text: str) -> str:
    """The kind of contact that a cell names, by its code or its label in any language; empty for none."""
    return _kinds().get(key_of(text), "")


@cache
def _columns() -> dict[str, str]:
    names = {key_of(also): column for column, others in _ALSO.items() for also in others}
    names |= {key_of(column): column for column in LABELS}
    return names | _in_every_language((label, column) for column, label in LABELS.items())


@cache
def _kinds() -> dict[str, str]:
    codes = {key_of(kind.value): kind.value for kind in ContactKind}
    return _in_every_language((kind.label, kind.value) for kind in ContactKind) | codes


def _in_every_language(labels: Iterable[tuple[object, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    pairs = list(labels)
    for language, _name in settings.INTERFACE_LANGUAGES:
        with translation.override(language):
            found |= {key_of(str(label)): value for label, value in pairs}
    return found
