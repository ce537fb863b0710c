"""Texts written by hand: what people really send, and what machines make of it.

`{{type|canonical|written}}` is a find, `{{type!|…}}` one that a checksum makes certain; --- stands between texts.
"""

from __future__ import annotations

import re
from typing import Any

from tests.indicators.data import FOLDER

_FIND = re.compile(r"\{\{(\w+)(!?)\|([^|]*)\|(.*?)\}\}", re.DOTALL)


def _parsed(source: str) -> dict[str, Any]:
    text, finds, done = "", [], 0
    source = source.replace("{{wallet}}", "\0")
    for match in _FIND.finditer(source):
        text += source[done : match.start()]
        code, sure, canonical, written = match.groups()
        start = len(text)
        nested = written.find("\0")
        address = canonical.rpartition("/")[2]
        text += written.replace("\0", address)
        finds.append(_find(code, canonical, start, len(text), sure=bool(sure)))
        if nested >= 0:
            finds.append(_find("wallet_btc", address, start + nested, start + nested + len(address), sure=True))
        done = match.end()
    return {"text": text + source[done:], "finds": finds}


def _find(code: str, canonical: str, start: int, end: int, *, sure: bool) -> dict[str, Any]:
    confidence = "certain" if sure else "candidate"
    return {"type": code, "canonical": canonical, "start": start, "end": end, "confidence": confidence}


SOURCE = (FOLDER / "extraction-by-hand.txt").read_text()
HARD = [_parsed(source) for source in SOURCE.removesuffix("\n").split("\n---\n")]
