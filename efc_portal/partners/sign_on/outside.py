"""The portal's own requests to identity providers: to a checked address, with a deadline, and no further.

In production an address begins with https:// and its host is on the public internet; the host is resolved once, looked
at, and connected to by that very address. Elsewhere a provider may run on the same machine, for trials and tests.
"""

from __future__ import annotations

import ipaddress
import time
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from efc_portal.core.errors import ApplicationError
from efc_portal.core.public_hosts import Guard, NotPublic

TIMEOUT = (4, 6)  # seconds to connect, and between two pieces of an answer
ANSWERED = 12  # seconds for a whole answer: one that comes byte by byte would hold a process of the portal for hours
MOST = 512 * 1024  # bytes of an answer
_PIECE = 16 * 1024
HERE = {"127.0.0.1", "localhost"}
GUARD = Guard(ports=frozenset({443, 8443}))
_LONGEST = 500


def provider_url_check(text: str) -> str:
    """The address of a provider, or of a part of it, in one form. Raises `ApplicationError` for what cannot be one."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    is_here = not settings.PRODUCTION and parts.scheme == "http" and host in HERE
    if not host or len(url) > _LONGEST or parts.fragment or parts.username or parts.password:
        raise ApplicationError(_("“%(url)s” is not the address of an identity provider."), url=url[:100])
    if parts.scheme != "https" and not is_here:
        raise ApplicationError(_("“%(url)s” must begin with https://."), url=url[:100])
    if settings.PRODUCTION and (_is_inside(host) or "." not in host):
        raise ApplicationError(
            _("“%(url)s” is an address within a network. The portal speaks to hosts of the public internet alone."),
            url=url[:100],
        )
    return url


def _is_inside(host: str) -> bool:
    try:
        return not GUARD.allows(ipaddress.ip_address(host))
    except ValueError:
        return host.endswith((".local", ".internal", ".localhost", ".home.arpa"))


class _Checked(HTTPAdapter):
    """Connects to the address that was looked at, reads no more than a limit, and follows nowhere."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        url, until = provider_url_check(request.url or ""), time.monotonic() + ANSWERED
        if settings.PRODUCTION:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or 443
            try:
                address = GUARD.address_of(host, port)
            except (NotPublic, OSError) as error:
                raise requests.ConnectionError("not a host of the public internet") from error
            inside = f"[{address}]" if ":" in address else address
            request.headers["Host"] = parts.netloc
            request.url = urlunsplit(parts._replace(netloc=f"{inside}:{port}"))
            self.poolmanager.connection_pool_kw.update(server_hostname=host, assert_hostname=host)
        response = super().send(request, *args, **{**options, "stream": True})
        try:
            content = _read(response.raw, until)
        except HTTPError as error:  # of urllib3, which nobody who asks through `requests` expects
            raise requests.ConnectionError("the answer broke off, or is not what its header says") from error
        finally:
            response.close()
        response._content, response._content_consumed = content, True
        return response


def _read(raw: Any, until: float) -> bytes:
    """An answer's whole body. Raises `requests.RequestException` for one that is too long or takes too long."""
    content = b""
    while piece := raw.read1(_PIECE, decode_content=True):
        content += piece
        if len(content) > MOST:
            raise requests.ConnectionError("more than an identity provider has to say")
        if time.monotonic() > until:
            raise requests.ReadTimeout("the answer takes too long")
    return content


class ProviderSession(requests.Session):
    """For allauth and for this package: whatever is asked of a provider is asked through one of these."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxy, no .netrc
        self.mount("https://", _Checked())
        self.mount("http://", _Checked())

    def request(self, method: str, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        return super().request(method, url, *args, **{**options, "timeout": TIMEOUT, "allow_redirects": False})


def read_json(url: str) -> dict[str, Any]:
    """What a provider answers at one of its addresses. Raises `ApplicationError` when that is no JSON object."""
    try:
        with ProviderSession() as session:
            answer = session.get(url)
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as error:
        raise ApplicationError(
            _("%(url)s does not answer as an identity provider does. Check the address, and that it is reachable."),
            url=url,
        ) from error
    if not isinstance(found, dict):
        raise ApplicationError(
            _("%(url)s does not answer as an identity provider does. Check the address, and that it is reachable."),
            url=url,
        )
    return found
