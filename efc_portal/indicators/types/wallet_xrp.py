"""XRP Ledger addresses: classic (r…), with a destination tag beside them, or both in one (X-address, XLS-5d).

An exchange receives for all its customers at one address and tells them apart by the tag, so a tag belongs to the
value: `r…?dt=123`, as payment links write it. Without a tag the address stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.coins import HASH_BYTES, NO_ADDRESS, PRIVATE_KEY, TEST_WORDS, WALLET_STIX, WRONG_LENGTH
from efc_portal.indicators.declaration import IndicatorType, Shape, Words
from efc_portal.indicators.enums import Confidence

_ACCOUNT, _SEED = b"\x00", b"\x21"  # versions
_PACKED, _PACKED_TEST = b"\x05\x44", b"\x04\x93"  # prefixes of X-addresses: they begin with X, or with T
_MOST_TAG = 2**32 - 1
_SHAPE = re.compile(
    r"(?:ripple:|xrpl?:)?(?:r[a-zA-Z0-9]{24,34}|X[a-zA-Z0-9]{46})(?:(?:[:?]|\?dt=)\d{1,10})?|s[a-zA-Z0-9]{28}"
)
_SCHEME = re.compile(r"^(?:ripple|xrpl?):(?=r|X)", re.IGNORECASE)
_TAG = re.compile(r"(?:\?dt=|[:?])([0-9]+)$")


class XrpWallet(IndicatorType):
    code = "wallet_xrp"
    label = _("XRP wallet")
    help = _("An address on the XRP Ledger: it begins with r, or with X. Add the destination tag: r…?dt=123.")
    example = "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59"
    order = 25
    lifetime_days = 5 * 365
    method = "virtual_currency"
    stix = WALLET_STIX
    found_as = Confidence.CERTAIN
    shapes = (Shape("r", 25, 35, ""), Shape("X", 47, 47, ""), Shape("s", 29, 29, ""), Shape("rxX", 26, marks=":?"))
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:r[1-9A-HJ-NP-Za-km-z]{24,34}(?:\?dt=[0-9]{1,10})?|X[1-9A-HJ-NP-Za-km-z]{46})(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = _SCHEME.sub("", fold(text).replace(" ", ""))
        if found := _TAG.search(address):
            tag, address = int(found[1]), address[: found.start()]
            if tag > _MOST_TAG:
                raise InvalidValue(
                    _("A destination tag is a number up to %(most)s"), rule="length", most=f"{_MOST_TAG:,}"
                )
            _check_classic(address)
            return f"{address}?dt={tag}"
        if address[:1] in ("X", "T") and len(address) > 40:
            return _classic(*_unpacked(address))
        _check_classic(address)
        return address

    def looks_like(self, text: str) -> bool:
        return _SHAPE.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        return "xrp-ledger"

    def detail(self, canonical: str) -> Words:
        _address, _mark, tag = canonical.partition("?dt=")
        return gettext("Destination tag %(tag)s") % {"tag": tag} if tag else ""

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """A tag's address: what is known of an exchange's address is known of each customer's."""
        address, _mark, tag = canonical.partition("?dt=")
        if tag:
            yield self.code, address


def _check_classic(address: str) -> None:
    if not 25 <= len(address) <= 36:
        raise InvalidValue(WRONG_LENGTH, rule="length", coin="the XRP Ledger", wanted="25–35", length=len(address))
    payload = base58.decode_check(address, base58.RIPPLE)
    if payload[:1] == _SEED and len(payload) == 17:
        raise InvalidValue(PRIVATE_KEY, rule="secret")
    if payload[:1] != _ACCOUNT or len(payload) != 1 + HASH_BYTES:
        raise InvalidValue(NO_ADDRESS, rule="structure", coin="the XRP Ledger")


def _unpacked(address: str) -> tuple[bytes, int | None]:
    """Account and tag of an X-address: two bytes of prefix, the account, a flag, and eight bytes of tag."""
    payload = base58.decode_check(address, base58.RIPPLE)
    network, account, flag, tag = payload[:2], payload[2:22], payload[22:23], payload[23:]
    if network == _PACKED_TEST:  # its classic form is that of the main network, so it would be taken for it
        raise InvalidValue(TEST_WORDS, rule="chain")
    if network != _PACKED or len(tag) != 8 or flag not in (b"\x00", b"\x01") or any(tag[4:]):
        raise InvalidValue(NO_ADDRESS, rule="structure", coin="the XRP Ledger")
    if flag == b"\x00" and any(tag):
        raise InvalidValue(_("The address says that it has no tag, and carries one: it was made up"), rule="structure")
    return account, int.from_bytes(tag[:4], "little") if flag == b"\x01" else None


def _classic(account: bytes, tag: int | None) -> str:
    address = base58.encode_check(_ACCOUNT + account, base58.RIPPLE)
    return address if tag is None else f"{address}?dt={tag}"


DECLARATION = XrpWallet()
