"""Asking a public address whether it is there: HEAD, then the first bytes of a GET; nothing is kept of the answer.

The host is resolved once, looked at, and connected to by that very address, so that no name can point elsewhere a
moment later. Each redirect is looked at anew. No cookie, no credentials, no proxy; a deadline for the whole.
"""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from efc_portal.core.public_hosts import Guard, NotPublic
from efc_portal.website.enums import LinkStatus
from efc_portal.website.plain import plain

logger = logging.getLogger(__name__)

TIMEOUT = 5.0  # seconds for a step of the conversation
DEADLINE = 12.0  # seconds for one request, however slowly it drips
REDIRECTS = 5
_GONE = {404, 410}
_MOVED_FOR_GOOD = {301, 308}
_MOVED = _MOVED_FOR_GOOD | {302, 303, 307}
_HEAD_REFUSED = {403, 404, 405, 410, 429, 500, 501, 503}


@dataclass(frozen=True)
class Answer:
    """What became of a link. `code` is the last HTTP status, 0 without one; `moved_to` where it now lies for good."""

    status: LinkStatus
    code: int = 0
    moved_to: str = ""


def link_fetch(url: str, guard: Guard) -> Answer:
    """Look whether an address answers. Never raises: whatever happens is an answer."""
    moved_to, here = "", url
    for _turn in range(REDIRECTS + 1):
        try:
            code, location = _ask("HEAD", here, guard)
            if code in _HEAD_REFUSED:
                code, location = _ask("GET", here, guard)
            if code not in _MOVED or not location:
                return _judged(code, moved_to)
            here = urljoin(here, plain(location))
        except NotPublic:
            return Answer(LinkStatus.NOT_PUBLIC)
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(LinkStatus.UNREACHABLE)
        except Exception:  # one address, whatever is odd about it, never stops the check of all others
            logger.exception("A link could not be tried.")
            return Answer(LinkStatus.UNREACHABLE)
        moved_to = here if code in _MOVED_FOR_GOOD and (moved_to or _turn == 0) else ""
    return Answer(LinkStatus.UNCLEAR, code)


def _judged(code: int, moved_to: str) -> Answer:
    if 200 <= code < 300 or code == 416:
        return Answer(LinkStatus.MOVED if moved_to else LinkStatus.WORKS, code, moved_to)
    return Answer(LinkStatus.BROKEN if code in _GONE else LinkStatus.UNCLEAR, code)


def _ask(method: str, url: str, guard: Guard) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise NotPublic
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _Pinned(host, port, address=guard.address_of(host, port), secure=parts.scheme == "https")
    alarm = threading.Timer(DEADLINE, connection.abort)
    alarm.start()
    try:
        headers = {"User-Agent": settings.LINK_CHECK_USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        if method == "GET":
            headers["Range"] = "bytes=0-1023"
        connection.request(method, _target(parts), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        alarm.cancel()
        connection.close()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever the host's name would resolve to now; TLS still checks the name."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._secure = address, secure
        self.default_port = 443 if secure else 80  # as `Host` leaves it out

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def abort(self) -> None:
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
