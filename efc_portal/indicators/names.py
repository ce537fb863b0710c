"""Names on the internet in running text: what looks like one and is none.

A name that somebody defanged is meant as one. Of the others, much has the form by chance: files, versions, packages of
software, and sentences without a space behind their full stop.
"""

from __future__ import annotations

import re

from efc_portal.core.standards.hosts import endings
from efc_portal.indicators.plain import Plain

_LONGEST = 253
_LEADS_ON = frozenset("@/\\+%")  # before what is part of an address or a path
_CALLS = frozenset("(=[")  # behind what is software
# Endings that are top-level domains as well as, in running text, far more often files.
_FILES = frozenset({"zip", "mov", "md", "py", "sh", "rs", "ps", "so", "pub", "cab", "java"})
# Endings that are words or forms of companies, behind a word of one or two letters: “it.is”, “Co.KG”.
_WORDS = frozenset("is it in at to so my be am do as no us by de la es et im ag se sa kg ab nu il un le tu".split())
_PACKAGES = ("com", "org", "net", "io")  # what names of software packages begin with: they are written backwards
_VERSION = re.compile(r"v?[0-9]+", re.IGNORECASE)


def name_within(plain: Plain, start: int, end: int) -> int | None:
    """Where the name that begins at a word's beginning ends, if the word is a name and no part of something longer."""
    text = plain.text
    if end - start > _LONGEST or text[start - 1 : start] in _LEADS_ON or text[end : end + 1] == "@":
        return None
    name = text[start:end].rstrip(".")
    stop = start + len(name)
    labels = name.split(".")
    if labels[-1].lower() not in endings() or len(labels) < 2 or "" in labels:
        return None
    if not (name[0].isalnum() and name[-1].isalnum()):
        return None
    if plain.is_defanged(start, stop) or _is_meant(labels, text[stop : stop + 1]):
        return stop
    return None


def _is_meant(labels: list[str], behind: str) -> bool:
    *before, ending = labels
    if ending != ending.lower() and (ending != ending.upper() or any(label != label.upper() for label in before)):
        return False
    if behind in _CALLS or before[0] in ("self", "this"):
        return False
    lower = ending.lower()
    if len(before) == 1:
        return lower not in _FILES and not (len(before[0]) < 3 and lower in _WORDS)
    if all(_VERSION.fullmatch(label) for label in before):
        return False
    return before[0].lower() == "www" or (before[0].lower() not in _PACKAGES and lower not in _FILES)
