"""Malware scanning of attachments by ClamAV's daemon.

`scan` streams the content to clamd (its INSTREAM command) and never takes a failure for a clean file: only clamd's
own, whole and unambiguous “OK” is clean. Everything else that is not a find (no daemon, a broken connection, a limit of
the daemon, an answer nobody knows) is `unavailable`, with a sentence for the operator.

The protocol is spoken here because the client library on PyPI may send only part of a chunk without noticing, so that
clamd scans something other than the file, and connects without a time limit.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

CHUNK_BYTES = 256 * 1024
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0  # for each piece sent and for the answer; clamd's own MaxScanTime is 120 s
_MAX_ANSWER = 4096
_LIMIT_FINDS = ("Heuristics.Limits.Exceeded",)  # clamd stopped half-way: not a find, and not clean


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class ScanResult:
    """`malware` is clamd's name of what it found; `problem` tells the operator why there is no result."""

    verdict: Verdict
    malware: str = ""
    problem: str = ""


def scan(stream: BinaryIO) -> ScanResult:
    """Scan a file from where it stands to its end."""
    return scan_parts(iter(lambda: stream.read(CHUNK_BYTES), b""))


def scan_parts(parts: Iterable[bytes]) -> ScanResult:
    """Scan a file that comes in pieces, through the clamd at `CLAMD_ADDRESS`.

    The address is the path of a Unix socket or `host:port`; empty means that there is no scanner. What reading the
    content itself raises is raised.
    """
    address = settings.CLAMD_ADDRESS.strip()
    if not address:
        return _unavailable(_("No malware scanner is set up: give its address in CLAMD_ADDRESS."))
    try:
        connection = _connect(address)
    except (OSError, ValueError) as error:
        return _unavailable(
            _("The malware scanner at %(address)s does not answer (%(error)s).") % {"address": address, "error": error}
        )
    with connection:
        return _result(_ask(connection, (part for part in parts if part)))  # an empty one would end the stream


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(address)
        except OSError:
            connection.close()
            raise
    else:
        host, _colon, port = address.rpartition(":")
        connection = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    connection.settimeout(ANSWER_SECONDS)
    return connection


def _ask(connection: socket.socket, parts: Iterator[bytes]) -> str:
    """clamd's answer to the stream; empty when it gave none.

    When clamd closes early (its StreamMaxLength), what it said before is still read.
    """
    sent = _send(connection, b"zINSTREAM\0")
    while sent and (part := next(parts, b"")):
        sent = _send(connection, struct.pack("!L", len(part)) + part)
    if sent:
        _send(connection, struct.pack("!L", 0))
    answer = b""
    try:
        while b"\0" not in answer and len(answer) < _MAX_ANSWER and (received := connection.recv(_MAX_ANSWER)):
            answer += received
    except OSError:
        return ""
    return answer.decode("utf-8", "replace")


def _send(connection: socket.socket, data: bytes) -> bool:
    try:
        connection.sendall(data)
    except OSError:
        return False
    return True


def _result(answer: str) -> ScanResult:
    complete, end, _rest = answer.partition("\0")
    if end and complete == "stream: OK":
        return ScanResult(Verdict.CLEAN)
    if end and complete.startswith("stream: ") and complete.endswith(" FOUND"):
        name = complete.removeprefix("stream: ").removesuffix(" FOUND")
        if not name.startswith(_LIMIT_FINDS):
            return ScanResult(Verdict.INFECTED, malware=name)
        return _unavailable(_("The malware scanner stopped at one of its limits (%(name)s).") % {"name": name})
    if not complete:
        return _unavailable(_("The malware scanner ended the connection without a result."))
    return _unavailable(_("The malware scanner gave no result: %(answer)s") % {"answer": complete[:200]})


def _unavailable(problem: str) -> ScanResult:
    return ScanResult(Verdict.UNAVAILABLE, problem=problem)
