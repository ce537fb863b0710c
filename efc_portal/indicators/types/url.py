"""Addresses of pages and files on the web, normalised as RFC 3986, section 6.2 says, and no further.

Scheme and host in lower case, the host in its ASCII form, the scheme's own port left out, dot segments resolved,
percent-encoding of one form. Path, query and fragment keep their case and order: they decide what is shown. A name and
password before the host are dropped, as secrets have no place here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.hosts import host, ip_address, parents
from efc_portal.core.standards.ip_ranges import networks_above
from efc_portal.core.text import defang, refang
from efc_portal.indicators.clues import names, schemes
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

_PORTS = {"http": 80, "https": 443, "ftp": 21}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)\s?:\s?/{2,}\s?")
_BARE = re.compile(r"[^\s/@:?#.]+(?:\.[^\s/@:?#.]+)+(?::\d+)?[/?#]")
_CIDR = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}/[0-9]{1,2}")  # a network, not a page
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
# Most addresses: nothing in them has another form, and no opening bracket, which may be one of a defanged dot.
_USUAL = re.compile(
    r"(https?://)([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/(?:[A-Za-z0-9_~!$&')*+,;=:@/-]|\.(?![./]|$))*(?:\?[A-Za-z0-9._~!$&')*+,;=:@/?-]+)?)?",
    re.ASCII,
)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# What may stand unencoded in a path, query or fragment (RFC 3986 pchar, with / and ?); brackets are common in practice.
_UNSAFE = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]-]|%(?![0-9A-Fa-f]{2})")
_SCHEME_BEFORE = re.compile(r"(?<![A-Za-z0-9])(?:h(?:tt|xx|tx|xt|\*\*)ps?|hppts?|f[tx]ps?) ?$", re.IGNORECASE)
_PATH = re.compile(r"(?::[0-9]{1,5})?/[\w~%?#]")
_REST = re.compile(r"[^\s<>\"'`|\\^{}]{1,2000}")
_NEXT_LINE = re.compile(r"\r?\n[ \t]{0,8}([^\s<>\"]{1,1000})")
_TRAILING = ".,;:!?*_…”’»"

# An address that is written as the canonical form writes it, but perhaps for the slash after the name.
_CANONICAL = re.compile(
    r"(https?://)([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~!$&')*+,;=:@-][A-Za-z0-9._~!$&')*+,;=:@-]*)*/?)"
    r"(\?[A-Za-z0-9._~!$&')*+,;=:@/?-]+)?(#[A-Za-z0-9._~!$&')*+,;=:@/?-]+)?"
)


class Url(IndicatorType):
    code = "url"
    label = _("URL")
    help = _("The address of a page, with http:// or https://. Defanged ones (hxxp, [.]) are understood.")
    example = "https://shop.example.com/checkout?item=7"
    accepts = (
        "hxxps://shop[.]example[.]com/checkout",
        "shop.example.com/checkout",
    )
    refuses = (
        "javascript://shop.example.com",
        "https://shop/checkout",
        "https://shop.example.com/a b",
    )
    order = 50
    lifetime_days = 180
    stix = StixHint("url", "value")
    misp = MispHint("", "url")
    goaml = "t_entity/url"
    shapes = (Shape(marks="/?#"),)
    clues = (schemes, names)

    def canonicalise(self, text: str, region: str | None = None) -> str:
        if usual := _USUAL.fullmatch(text):
            scheme, name, path = usual.groups()
            return _normalised(text) if name[-1].isdigit() else f"{scheme}{host(name).name}{path or '/'}"
        address = _refanged(text)
        if plain := _CANONICAL.fullmatch(address):
            start, name, path, query, fragment = plain.groups("")
            return f"{start}{_site(name)}{path or '/'}{query}{fragment}"
        if scheme := _SCHEME.match(address):
            address = f"{scheme[1].lower()}://{address[scheme.end() :]}"
        elif _BARE.match(address):
            address = f"https://{address}"
        else:
            raise InvalidValue(
                _("A URL begins with http:// or https://, or has a name and a path, as in example.com/page"),
                rule="structure",
            )
        if space := re.search(r"\s", address):
            raise InvalidValue(
                _("Position %(position)s: there is a space inside the URL"), rule="alphabet", position=space.start() + 1
            )
        canonical = _normalised(address)
        again = refang(canonical)  # a dot between brackets may have been percent-encoded
        return canonical if again == canonical else self.canonicalise(again)

    def looks_like(self, text: str) -> bool:
        address = refang(text)
        if _CIDR.fullmatch(address):
            return False
        return _SCHEME.match(address) is not None or _BARE.match(address) is not None

    def display(self, canonical: str) -> str:
        scheme, _sep, rest = canonical.partition("://")
        name, slash, path = rest.partition("/")
        return f"{scheme.replace('tt', 'xx').replace('ft', 'fx')}://{defang(name)}{slash}{path}"

    def masked(self, canonical: str) -> str:
        scheme, _sep, rest = canonical.partition("://")
        return f"{scheme.replace('tt', 'xx').replace('ft', 'fx')}://{defang(rest.partition('/')[0])}/…"

    def detail(self, canonical: str) -> Words:
        return gettext("On %(host)s") % {"host": defang(_host_of(canonical))}

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        name = _host_of(canonical)
        if address := ip_address(name):
            if not address.is_unspecified:
                yield "ip", str(address)
            yield from (("ip", str(network)) for network in networks_above(address))
            return
        for above in (name, *parents(name)):
            yield "domain", above

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """With its scheme, or a name with a path; without what the sentence around it put at its end."""
        text = plain.text
        if text.startswith("://", start):
            first = _scheme_before(text, start)
        else:
            first = start if text[end : end + 1] in ("/", ":") and _PATH.match(text, end) else -1
        rest = _REST.match(text, end) if first >= 0 else None
        if rest is None:
            return None
        if text[first - 1 : first] == "<" and (wrapped := _in_angles(text, first, rest.end())):
            return wrapped
        address = _without_closing(text[first : rest.end()].rstrip(_TRAILING))
        return Span(first, first + len(address), address, self.found_as) if len(address) > end - first else None


def _scheme_before(text: str, end: int) -> int:
    """Where the scheme begins that ends at a place, defanged or not; or -1."""
    for scheme in ("https", "http"):  # nearly always
        first = end - len(scheme)
        if text.startswith(scheme, max(first, 0)) and not text[max(first - 1, 0) : first].isalnum():
            return first
    found = _SCHEME_BEFORE.search(text, max(end - 7, 0), end)
    return found.start() if found else -1


def _in_angles(text: str, first: int, stop: int) -> Span | None:
    """An address that goes on in the next lines: between < and >, line breaks do not count (RFC 3986, appendix C)."""
    address = text[first:stop]
    for _try in range(3):
        piece = _NEXT_LINE.match(text, stop)
        if piece is None:
            return None
        address += piece[1]
        stop = piece.end()
        if text[stop : stop + 1] == ">":
            return Span(first, stop, address, Confidence.CANDIDATE)
    return None


def _without_closing(address: str) -> str:
    """Drop closing brackets that were opened before the address."""
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(".,;:!?")
    return address


def _refanged(text: str) -> str:
    """Defanged however many times."""
    while (again := refang(text)) != text:
        text = again
    return text


def _host_of(canonical: str) -> str:
    return urlsplit(canonical).hostname or ""


def _normalised(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise InvalidValue(
            _("The part between // and the next / is not a host name and port"), rule="structure"
        ) from error
    if parts.scheme not in _PORTS:
        raise InvalidValue(
            _("%(scheme)s: is not a web address. URLs here begin with http, https or ftp"),
            rule="scheme",
            scheme=parts.scheme,
        )
    if not parts.hostname:
        raise InvalidValue(_("The name of the site is missing after //"), rule="structure")
    name = _site(parts.hostname)
    place = f"{name}:{port}" if port not in (None, _PORTS[parts.scheme]) else name
    path = _without_dots(_encoded(parts.path)) or "/"
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{place}{path}{query}{fragment}"


def _site(name: str) -> str:
    """A host name or an IP address as it stands in a URL."""
    if found := ip_address(name):
        return f"[{found.compressed}]" if found.version == 6 else str(found)
    if "." not in name:
        raise InvalidValue(
            _("“%(name)s” is no name on the internet: it has no ending such as .com"), rule="structure", name=name
        )
    return host(name).name


def _encoded(text: str) -> str:
    """Percent-encoding in one form: none for unreserved characters, all of what may not stand, digits upper case."""
    text = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode(errors="replace")), text)

    def one_form(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.match(char) else match[0].upper()

    return _PERCENT.sub(one_form, text)


def _without_dots(path: str) -> str:
    """Resolve . and .. as RFC 3986, section 5.2.4 says."""
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        is_last = number == len(segments) - 1
        if segment == ".." and len(kept) > 1:
            kept.pop()
        if segment in (".", ".."):
            if is_last:
                kept.append("")
        else:
            kept.append(segment)
    return "/".join(kept)


DECLARATION = Url()
