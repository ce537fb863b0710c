"""The name an attachment is shown under, and whether its ending fits the content."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.content.refusals import Reason, RefusedContent
from efc_portal.core.pan import truncate_pans

MAX_LENGTH = 120
ENDINGS = {f".{kind.value}": kind for kind in AttachmentKind}

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')  # not allowed in a file name somewhere
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)  # Windows devices
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def display_name(filename: str) -> str:
    """The last part of `filename` without what deceives or breaks: paths, control and direction characters, card
    numbers, device names. At most 120 characters, the ending kept.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    name = "".join(" " if character.isspace() else character for character in name)
    name = "".join(character for character in name if unicodedata.category(character) not in _INVISIBLE)
    name, _count = truncate_pans(name)
    name = _FORBIDDEN.sub("_", " ".join(name.split())).lstrip(". ").rstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name) > MAX_LENGTH:
        ending = PurePosixPath(name).suffix[:16]
        name = name[: MAX_LENGTH - 1 - len(ending)].rstrip() + "…" + ending
    return name or str(_("unnamed"))


def ending_of(name: str) -> str:
    """The ending with its dot, in lower case; empty when there is none."""
    return PurePosixPath(name).suffix.lower()


def ending_check(name: str, kind: AttachmentKind) -> None:
    """Refuse a name that promises something other than what the file holds."""
    ending = ending_of(name)
    if ENDINGS.get(ending) is kind:
        return
    if not ending:
        says = _("The name “%(file)s” has no ending, and its content is %(kind)s.")
    elif ending in ENDINGS:
        says = _("The name “%(file)s” says %(said)s, but the content is %(kind)s.")
    else:
        says = _("The name “%(file)s” ends in %(said)s, but the content is %(kind)s.")
    raise RefusedContent(
        Reason.NAME,
        says,
        _("Rename it so that it ends in %(ending)s, or choose the file you meant."),
        said=ENDINGS[ending].label if ending in ENDINGS else ending,
        kind=kind.label if kind is not AttachmentKind.TXT else _("plain text"),
        ending=f".{kind.value}",
    )
