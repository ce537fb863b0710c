"""Text as people paste it: cleaned of what cannot be seen, defanged for showing, refanged for reading.

Zero-width and other invisible characters go, full-width letters and digits and exotic spaces become plain ones
(Unicode NFKC), and every Unicode decimal digit can be folded to ASCII.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

MAX_LENGTH = 2048  # characters of one value

# Zero-width and format characters that hide in copied text: soft hyphen, joiners, directional marks, BOM …
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_REMOVED = dict.fromkeys(map(ord, INVISIBLE))
_DASHED = dict.fromkeys(map(ord, DASHES), "-")
FOLDS: dict[int, str] = {
    **{point: str(unicodedata.digit(chr(point))) for point in range(128, 0x1FBFA) if chr(point).isdecimal()},
    **{point: chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)},  # full-width forms of ! to ~
    **_DASHED,
    **dict.fromkeys(map(ord, SPACES), " "),
}
_WRAPPERS = {"<": ">", '"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’", "(": ")", "[": "]"}

_FANGS = re.compile(r" ?[\[({] ?(dot|punkt|point|at) ?[\])}] ?|[\[({](\.|,|:|://|//|/|@)[\])}]", re.IGNORECASE)
_FANGED = {"dot": ".", "punkt": ".", "point": ".", "at": "@", ",": "."}
_SCHEME = re.compile(r"^(hxxp|htxp|hxtp|h\*\*p|hppt|fxp)(s?)(?=\s?:|\[)", re.IGNORECASE)


def clean(value: str) -> str:
    """One value as a person meant it: visible characters only, single spaces inside, none at the ends.

    Raises `InvalidValue` when nothing is left, when it is longer than any value, or when it holds control characters.
    """
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value.translate(_REMOVED)).translate(_DASHED)
    text = value.strip()
    if not text.isprintable():
        text = " ".join(text.split())
        if not text.isprintable():
            raise InvalidValue(_("The value holds control characters. Paste it again as plain text."), rule="alphabet")
    if len(text) > MAX_LENGTH:
        raise InvalidValue(
            _("The value is longer than %(limit)s characters. Give one value at a time."),
            rule="length",
            limit=MAX_LENGTH,
        )
    if len(text) > 1 and _WRAPPERS.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    if not text:
        raise InvalidValue(_("The value is empty."), rule="empty")
    return text


def fold(text: str) -> str:
    """The text with each decimal digit, full-width form, dash and space as its ASCII twin; same length and places."""
    return text if text.isascii() else text.translate(FOLDS)


def refang(text: str) -> str:
    """Undo what analysts do to links so that nobody follows them: hxxp, [.], (dot), [at], [:]//."""
    if "[" in text or "(" in text or "{" in text:
        text = _FANGS.sub(lambda match: _FANGED.get((match[1] or match[2]).lower(), match[2]), text)
    return _SCHEME.sub(lambda match: ("ftp" if match[1][0] in "fF" else "http") + match[2].lower(), text)


def defang(host: str) -> str:
    """A host name as the portal shows it: nothing that software turns into a link."""
    return host.replace(".", "[.]")
