"""A mail server that takes everything and delivers nothing, for measuring and testing mailings."""

from __future__ import annotations

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.mail import get_connection

_PATH = re.compile(rb"<([^>]*)>")
PORT_FILE = "run/sink-port"  # in the portal's folder, while letters go to the sink


@dataclass(frozen=True)
class Taken:
    """A message as it came: the two addresses of the envelope, and the text."""

    sender: str
    recipient: str
    data: bytes


@dataclass
class Sink:
    """`answers` holds what single recipients, or `data`, are answered instead of yes: `550 no such mailbox`.

    While `hold` is set, the message after `hold_after` gets no answer, though the sink has it.
    """

    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hold: threading.Event = field(default_factory=threading.Event)
    hold_after: int = 0
    connections: int = 0
    port: int = 0


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        sink: Sink = self.server.sink  # type: ignore[attr-defined]
        sink.connections += 1
        sender = recipient = ""
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper().decode("ascii", "replace").strip()
            if verb in ("EHLO", "HELO"):
                self._say("250 sink")
            elif verb == "MAIL":
                sender = _path(line)
                self._say(sink.answers.get("MAIL", "250 ok"))
            elif verb == "RCPT":
                recipient = _path(line)
                self._say(sink.answers.get(recipient, "250 ok"))
            elif verb == "DATA":
                self._say("354 go on")
                data = b"".join(iter(self.rfile.readline, b".\r\n"))
                sink.taken.append(Taken(sender, recipient, data))
                while sink.hold.is_set() and len(sink.taken) > sink.hold_after:
                    threading.Event().wait(0.05)
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


def _path(line: bytes) -> str:
    found = _PATH.search(line)
    return found[1].decode() if found else ""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@contextmanager
def sink_running() -> Iterator[Sink]:
    """A sink in a thread of this process."""
    sink = Sink()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.sink = sink  # type: ignore[attr-defined]
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.hold.clear()
            server.shutdown()
            thread.join(5)


@contextmanager
def sink_process() -> Iterator[int]:
    """A sink in a process of its own; its port."""
    process = subprocess.Popen([sys.executable, "-m", "bench.sink"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def backend(**options: Any) -> Any:
    """For EMAIL_BACKEND: SMTP to the sink while its port stands in the portal's folder, else files as in the trial."""
    place = Path(os.environ["EFC_VAR"]) / PORT_FILE
    if place.exists():
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        return get_connection(smtp, host="127.0.0.1", port=int(place.read_text()), use_tls=False, **options)
    return get_connection("django.core.mail.backends.filebased.EmailBackend", **options)


if __name__ == "__main__":
    with sink_running() as running:
        print(running.port, flush=True)
        threading.Event().wait()
