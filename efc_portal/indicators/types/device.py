"""Devices and sessions, as logs name them: IMEI, MAC address, UUID, and any other number with what kind it is of.

- IMEI (3GPP TS 23.003): 15 digits, the last by Luhn. The 16 digits of an IMEISV are the same device with the version
  of its software, so its IMEI is what is kept.
- MAC address (IEEE EUI-48), in whatever of its five notations.
- UUID (RFC 9562): advertising and session ids, browsers, installations.
- Anything else as `kind: value`, such as `android id: 3f1e…`. Letters of the value keep their case.

Values that thousands of devices share, or that stand for none, are refused: they would tie strangers to each other.
"""

from __future__ import annotations

import re
import uuid
from string import ascii_letters, digits

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.cards import is_issued, luhn_valid
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.clues import hexadecimal_groups
from efc_portal.indicators.declaration import NO_STIX, IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

_IMEI_LEAD = re.compile(r"^IMEI(?:[ /-]?SV)?(?: ?(?:no|nr|number))?\.? ?[:#]? ?(?=[0-9])", re.IGNORECASE)
_MAC_LEAD = re.compile(r"^(?:MAC|WLAN|Wi-?Fi)(?:[ -](?:address|addr))?\.? ?: ?(?=[0-9a-f])", re.IGNORECASE)
_UUID_LEAD = re.compile(r"^(?:urn:uuid|uuid|guid|idfa|idfv|gaid|aaid|[a-z ]{1,20} id) ?: ?(?=[{0-9a-f])", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9](?:[ /-]?[0-9]){13,15}")
_MAC = re.compile(
    r"[0-9a-f]{2}(?P<mark>[:-])(?:[0-9a-f]{2}(?P=mark)){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|[0-9a-f]{12}",
    re.IGNORECASE,
)
_MAC_PARTED = re.compile(r"[0-9a-z]{2}(?:[:-][0-9a-z]{2}){5}|(?:[0-9a-z]{4}\.){2}[0-9a-z]{4}", re.IGNORECASE)
_UUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.IGNORECASE)
_UUID_ALIKE = re.compile(r"\{?[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}\}?", re.IGNORECASE)
_KIND = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9 _./-]{1,29}?) ?: ?(?P<value>\S{4,200})")
_OF_A_FORM = {"imei", "imeisv", "mac", "uuid", "guid", "wlan", "wifi"}  # kinds whose value has a form of its own
_SHORTEST, _LONGEST = 14, 80  # characters of what is recognised by its form, with words before it
_IMEI_DIGITS, _IMEISV_DIGITS = 15, 16
# Filled in where the true one is withheld: by Android and iOS, or by makers who numbered none of their devices.
_SHARED = {
    "imei:004999010640000", "imei:135790246811220", "imei:123456789012347", "imei:012345678912343",
    "mac:02:00:00:00:00:00", "mac:ff:ff:ff:ff:ff:ff", "mac:00:11:22:33:44:55", "mac:01:23:45:67:89:ab",
    "uuid:00000000-0000-0000-0000-000000000000", "uuid:ffffffff-ffff-ffff-ffff-ffffffffffff",
    "android id:9774d56d682e549c",
}  # fmt: skip
_DUMMY = _("This value stands for no device: it is filled in where the true one is not known or not told")


class Device(IndicatorType):
    code = "device"
    label = _("Device or session")
    help = _("An IMEI, a MAC address, a UUID, or another id with what it is, as in “android id: 3f1e5a77c0d92b64”.")
    example = "IMEI 49-015420-323751-8"
    accepts = (
        "IMEI: 490154203237518",
        "IMEISV 4901542032375101",
        "00-1B-44-11-3A-B7",
        "MAC: 001b44113ab7",
        "{6D92078A-8246-4BA4-AE5B-76104861E7DC}",
        "session id: 6d92078a-8246-4ba4-ae5b-76104861e7dc",
        "Android ID: 3f1e5a77c0d92b64",
    )
    refuses = (
        "IMEI 490154203237519",
        "IMEI 49015420323751",
        "00000000-0000-0000-0000-000000000000",
        "00:1B:44:11:3A:ZZ",
        "8c02be4410f7a95d",
    )
    order = 90
    lifetime_days = 2 * 365
    stix = StixHint("mac-addr", "value")
    misp = MispHint("phone", "imei")
    goaml = "t_network_device/device_number"
    shapes = (
        Shape("iI", _SHORTEST, _LONGEST),
        Shape("mMwW", _SHORTEST, _LONGEST, ":"),
        Shape(ascii_letters + digits, 14, 14, "."),
        Shape(ascii_letters + digits, 17, 17, ":-"),
        Shape(ascii_letters + digits + "{", 36, _LONGEST, "-"),
    )
    clues = (hexadecimal_groups,)
    words = ("imei", "imeisv")
    pattern = re.compile(
        r"(?<![\w-])(?:"
        r"[iI][mM][eE][iI](?:[ /-]?[sS][vV])?(?: (?i:no|nr|number))?\.?[ :#]{1,3}[0-9](?:[ /-]?[0-9]){13,15}(?!-?\w)"
        r"|(?<![:.])[0-9a-fA-F]{2}(?:(?::[0-9a-fA-F]{2}){5}|(?:-[0-9a-fA-F]{2}){5})(?![:-]?\w)"
        r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!-?\w))"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        canonical = _canonical(fold(text))
        kind, _mark, value = canonical.partition(":")
        if canonical in _SHARED or len(set(value) - set("-:. ")) == 1:
            raise InvalidValue(_DUMMY, rule="dummy")
        if kind != "imei" and truncate_pans(canonical)[1]:
            raise InvalidValue(
                _("This holds what would pass for a card number, which is never kept. Give another id of the device"),
                rule="kind",
            )
        return canonical

    def looks_like(self, text: str) -> bool:
        """What names itself, or has a form of its own. Bare digits could be anything."""
        if not _SHORTEST <= len(text) <= _LONGEST:
            return False
        folded = fold(text)
        bare = _MAC_LEAD.sub("", folded)
        if _IMEI_LEAD.match(folded) or bare != folded or _UUID_ALIKE.fullmatch(_UUID_LEAD.sub("", folded)):
            return True
        return _MAC_PARTED.fullmatch(bare) is not None and (":" in bare or not bare.replace("-", "").isdigit())

    def display(self, canonical: str) -> str:
        kind, _mark, value = canonical.partition(":")
        if kind == "imei":
            return f"IMEI {value[:2]}-{value[2:8]}-{value[8:14]}-{value[14]}"
        if kind in ("mac", "uuid"):
            return f"{kind.upper()}: {value}"
        return f"{kind}: {value}"

    def masked(self, canonical: str) -> str:
        kind, _mark, value = canonical.partition(":")
        return f"{kind.upper() if kind in ('imei', 'mac', 'uuid') else kind}: {value[:2]}…{value[-2:]}"

    def detail(self, canonical: str) -> Words:
        kind, _mark, value = canonical.partition(":")
        if kind == "imei":
            return gettext("Phone or modem; its model has the number (TAC) %(tac)s") % {"tac": value[:8]}
        if kind == "mac":
            return _mac_words(value)
        if kind == "uuid":
            return _uuid_words(uuid.UUID(value))
        return ""

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        """A MAC address is an observable of STIX; the others are not, and go by their kind and value."""
        kind, _mark, value = canonical.partition(":")
        return (self.stix, {"value": value}) if kind == "mac" else (NO_STIX, {"name": canonical})

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """An IMEI by its name. Digits alone with dashes between their pairs are no MAC address, but a date and time."""
        span = super().at(plain, start, end, region)
        if span is None or span.text.replace("-", "").isdigit():
            return None
        return span._replace(confidence=Confidence.CERTAIN) if span.text[0] in "iI" else span


def _canonical(text: str) -> str:
    if lead := _IMEI_LEAD.match(text):
        return _imei(text[lead.end() :])
    bare = _MAC_LEAD.sub("", text)
    if _MAC.fullmatch(bare):
        digits = re.sub(r"[^0-9a-f]", "", bare.lower())
        return "mac:" + ":".join(digits[place : place + 2] for place in range(0, 12, 2))
    if found := _UUID.fullmatch(_UUID_LEAD.sub("", text)):
        return f"uuid:{found[1].lower()}"
    if bare != text or _MAC_PARTED.fullmatch(bare):
        raise InvalidValue(_("A MAC address has six pairs of hexadecimal digits (0–9, a–f)"), rule="structure")
    if _UUID_ALIKE.fullmatch(_UUID_LEAD.sub("", text)):
        raise InvalidValue(_("A UUID has hexadecimal digits alone (0–9, a–f)"), rule="alphabet")
    if _DIGITS.fullmatch(text):
        return _imei(text)
    found = _KIND.fullmatch(text)
    if found and re.split("[ _./-]", found["kind"].lower())[0] in _OF_A_FORM:
        raise InvalidValue(
            _("An IMEI has 15 digits, a MAC address 12 hexadecimal digits, a UUID 32 of them in groups with dashes"),
            rule="structure",
        )
    if found:
        return f"{' '.join(found['kind'].lower().split())}:{found['value']}"
    raise InvalidValue(
        _("Say what kind of id it is, then a colon, then the id without spaces, as in android id: 3f1e5a77c0d92b64"),
        rule="structure",
    )


def _imei(text: str) -> str:
    digits = given = re.sub(r"[ /-]", "", text)
    if not digits.isdigit() or len(digits) not in (_IMEI_DIGITS, _IMEISV_DIGITS):
        raise InvalidValue(
            _("Wrong length: an IMEI has 15 digits, an IMEISV 16, this one has %(length)s"),
            rule="length",
            length=len(digits),
        )
    if len(digits) == _IMEISV_DIGITS:
        digits = next(f"{digits[:14]}{check}" for check in range(10) if luhn_valid(f"{digits[:14]}{check}"))
    if is_issued(digits) or is_issued(given):
        raise InvalidValue(
            _("These digits are a card number as well. Give a card as a payment card, a device by its 15-digit IMEI"),
            rule="kind",
        )
    if not luhn_valid(digits):
        raise InvalidValue(_("Wrong checksum: a digit was probably mistyped, or two were swapped"), rule="checksum")
    return f"imei:{digits}"


def _mac_words(address: str) -> Words:
    first = int(address[:2], 16)
    if first & 1:
        return _("Multicast address: a group of receivers, not one device")
    if first & 2:
        return _("Locally administered: often made up anew for each network, so it may not come back")
    return gettext("Network card; its maker has the number (OUI) %(oui)s") % {"oui": address[:8]}


def _uuid_words(value: uuid.UUID) -> Words:
    if value.version == 4:
        return _("Random UUID: it names whatever made it, once")
    if value.version in (1, 6):
        return _("UUID made from the time and a network card: its end may be the card’s MAC address")
    return gettext("UUID, version %(version)s") % {"version": value.version} if value.version else _("UUID")


DECLARATION = Device()
