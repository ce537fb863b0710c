"""Onion addresses of version 3 (Tor rend-spec-v3, section 6): a public key, two checksum bytes, the version."""

from __future__ import annotations

import base64
import hashlib
import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

SUFFIX = ".onion"
LENGTH = 56
_BASE32 = re.compile(r"[a-z2-7]*")


def check(label: str) -> None:
    """Refuse what is not a valid last label before `.onion`, in lower case; says which rule failed."""
    good = _BASE32.match(label)
    if good is not None and good.end() < len(label):
        raise InvalidValue(
            _("Position %(position)s: %(character)s is not in an onion address, which has a to z and 2 to 7"),
            rule="alphabet",
            position=good.end() + 1,
            character=label[good.end()],
        )
    if len(label) == 16:
        raise InvalidValue(
            _("Onion addresses of 16 characters stopped working in 2021; give the one with 56"), rule="version"
        )
    if len(label) != LENGTH:
        raise InvalidValue(
            _("Wrong length: an onion address has %(wanted)s characters before .onion, this one has %(length)s"),
            rule="length",
            wanted=LENGTH,
            length=len(label),
        )
    raw = base64.b32decode(label.upper())
    key, checksum, version = raw[:32], raw[32:34], raw[34:]
    digest = hashlib.sha3_256(b".onion checksum" + key + version).digest()
    if version != b"\x03" or digest[:2] != checksum:
        raise InvalidValue(_("Wrong checksum: a character was probably mistyped"), rule="checksum")
