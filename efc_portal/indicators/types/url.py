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
from efc_portal.core.text import defang, refang
from efc_portal.indicators.declaration import IndicatorType, Shape, Span, StixHint, Words

_PORTS = {"http": 80, "https": 443, "ftp": 21}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)\s?:\s?/{2,}\s?")
_BARE = re.compile(r"[^\s/@:?#.]+(?:\.[^\s/@:?#.]+)+(?::\d+)?[/?#]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# What may stand unencoded in a path, query or fragment (RFC 3986 pchar, with / and ?); brackets are common in practice.
_UNSAFE = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]-]|%(?![0-9A-Fa-f]{2})")

# An address that is written as the canonical form writes it, but perhaps for the slash after the name.
_CANONICAL = re.compile(
    r"(https?://)([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~!$&'()*+,;=:@-]*)*/?)"
    r"(\?[A-Za-z0-9._~!$&'()*+,;=:@/?-]+)?(#[A-Za-z0-9._~!$&'()*+,;=:@/?-]+)?"
)


class Url(IndicatorType):
    code = "url"
    label = _("URL")
    help = _("The address of a page, with http:// or https://. Defanged ones (hxxp, [.]) are understood.")
    example = "https://shop.example.com/checkout?item=7"
    order = 50
    lifetime_days = 180
    stix = StixHint("url", "value")
    shapes = (Shape(marks="/?#"),)
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:h(?:tt|xx|tx|xt)ps?|f[tx]ps?)(?::|\[:\])(?://|\[//\])[^\s<>\"'`|\\^{}]{4,2000}",
        re.IGNORECASE,
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = refang(text)
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
        return _normalised(address)

    def looks_like(self, text: str) -> bool:
        address = refang(text)
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
        for above in (name, *parents(name)):
            yield "domain", above

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Without the full stop, bracket or comma that the sentence around it put at its end."""
        for span in super().candidates(text, region):
            address = span.text.rstrip(".,;:!?*_…”’»")
            address = _without_closing(address)
            yield Span(span.start, span.start + len(address), address, span.confidence)


def _without_closing(address: str) -> str:
    """Drop closing brackets that were opened before the address."""
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(".,;:!?")
    return address


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
