"""`python -m bench.readers <port> <path> <seconds> [<header>: <value> …]`: readers who ask for one page, over and over.

A process of its own, and raw sockets, so that the readers are never what is measured. Prints JSON: the requests a
second, the bytes of an answer, and the share of a core that the readers took.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

CONNECTIONS = 8  # two for each of the server's threads: it never waits for a reader
BROWSER = "Accept-Encoding: gzip, deflate, br, zstd"


@dataclass(frozen=True)
class Reading:
    rate: float
    size: int
    share: float


def read(port: int, path: str, seconds: float, *headers: str) -> Reading:
    """Let readers ask for a page for so long. Raises RuntimeError when it is not answered with 200."""
    command = [sys.executable, "-S", "-m", "bench.readers", str(port), path, str(seconds), *headers]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60 + seconds)
    if done.returncode:
        raise RuntimeError(f"{path} could not be read: {done.stderr.strip().splitlines()[-1]}")
    return Reading(**json.loads(done.stdout))


def _ask(port: int, path: str, seconds: float, headers: list[str]) -> Reading:
    request = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", ""]).encode()
    readers = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    for reader in readers:
        reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    size = [_first(reader, request) for reader in readers][-1]
    count, began, cpu = 0, time.perf_counter(), time.process_time()
    for reader in readers:
        reader.sendall(request)
    while time.perf_counter() < began + seconds:
        for reader in readers:
            answer = reader.recv(size, socket.MSG_WAITALL)
            if not answer.startswith(b"HTTP/1.1 200 ") or len(answer) != size:
                raise SystemExit(f"it was answered with {answer[:40]!r}")
            reader.sendall(request)
        count += len(readers)
    taken = time.perf_counter() - began
    return Reading(count / taken, size, (time.process_time() - cpu) / taken)


def _first(reader: socket.socket, request: bytes) -> int:
    """The size of the answer with its headers; later ones are as large."""
    reader.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += reader.recv(65536)
    head, _blank, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    if not head.startswith(b"HTTP/1.1 200 ") or not lengths:
        raise SystemExit(f"it was answered with {head[:40]!r}")
    length = int(lengths[0].split(b":")[1])
    if len(body) < length:
        reader.recv(length - len(body), socket.MSG_WAITALL)
    return len(head) + 4 + length


if __name__ == "__main__":
    found = _ask(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4:])
    print(json.dumps(found.__dict__))
