"""Addresses that nothing turns into a link.

A PDF reader makes links of what looks like an address, and one click on a suspect's site warns the suspect. In the
report every URL, host and e-mail address is therefore written with `hxxp` and `[.]`; the exact values are in the
CSV and STIX files.
"""

from __future__ import annotations

import re

_DOT = re.compile(r"(?<!\[)\.(?!\])")
_URL = re.compile(r"(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,19})://([^\s/?#]+)", re.IGNORECASE)
_MAIL = re.compile(r"([^\s@<>()\[\]]{1,64})@((?:[\w-]{1,63}\.)+[\w-]{2,63})")
_HOST = re.compile(r"(?<![\w.@-])(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}(?![\w-])")
_FILE = re.compile(r"\.(?:csv|xlsx|pdf|txt|json|xml)$", re.IGNORECASE)
_SCHEMES = {"http": "hxxp", "https": "hxxps", "ftp": "fxp", "ftps": "fxps"}


def _dots(host: str) -> str:
    return _DOT.sub("[.]", host)


def _url(match: re.Match[str]) -> str:
    scheme = match[1].lower()
    return f"{_SCHEMES.get(scheme, scheme)}://{_dots(match[2])}"


def defang_text(text: str) -> str:
    """`text` with every URL, e-mail address and host name defanged; what is defanged already stays as it is.

    Host names are taken by their form, not by a list of domains: a word too many with `[.]` in it does no harm.
    """
    text = _URL.sub(_url, text)
    text = _MAIL.sub(lambda match: f"{match[1]}@{_dots(match[2])}", text)
    return _HOST.sub(lambda match: match[0] if _FILE.search(match[0]) else _dots(match[0]), text)
