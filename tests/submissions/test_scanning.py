"""The malware scanner is a real clamd, with a database of one signature: that of the harmless EICAR test file."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from efc_portal.submissions import scanning
from efc_portal.submissions.scanning import Verdict, scan, scan_parts
from tests.submissions.conftest import EICAR, STREAM_LIMIT


@pytest.fixture
def scanner(clamd: str, settings: Settings) -> str:
    settings.CLAMD_ADDRESS = clamd
    return clamd


@pytest.mark.usefixtures("scanner")
class TestWithClamd:
    def test_a_harmless_file_is_clean(self) -> None:
        assert scan(io.BytesIO(b"date;amount\n2026-03-04;20.00\n")).verdict is Verdict.CLEAN

    def test_an_empty_file_is_clean(self) -> None:
        assert scan(io.BytesIO(b"")).verdict is Verdict.CLEAN

    def test_malware_is_found_and_named(self) -> None:
        result = scan(io.BytesIO(EICAR))
        assert result.verdict is Verdict.INFECTED
        assert result.malware == "Test.Eicar.UNOFFICIAL"

    @pytest.mark.parametrize("size", [1, 7, 68, 1024])
    def test_malware_is_found_in_whatever_pieces_it_comes(self, size: int) -> None:
        data = b"Paid 20 EUR. " * 500 + EICAR
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert scan_parts([b"", *pieces, b""]).verdict is Verdict.INFECTED

    def test_malware_behind_much_else_is_found(self) -> None:
        assert scan(io.BytesIO(b"Paid 20 EUR. " * 250_000 + EICAR)).verdict is Verdict.INFECTED

    def test_the_scan_goes_on_from_where_a_file_stands(self) -> None:
        stream = io.BytesIO(EICAR + b" and more")
        stream.seek(len(EICAR))
        assert scan(stream).verdict is Verdict.CLEAN

    def test_more_than_the_scanner_takes_is_no_result(self) -> None:
        result = scan(io.BytesIO(b"Paid 20 EUR. " * (STREAM_LIMIT // 10)))
        assert result.verdict is Verdict.UNAVAILABLE
        assert "size limit" in result.problem or "without a result" in result.problem

    def test_a_content_that_breaks_off_is_an_error_and_no_result(self) -> None:
        def broken() -> Iterator[bytes]:
            yield b"Paid"
            raise OSError("the disk")

        with pytest.raises(OSError, match="the disk"):
            scan_parts(broken())


def test_without_an_address_there_is_no_result(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = ""
    result = scan(io.BytesIO(b"Paid 20 EUR"))
    assert result.verdict is Verdict.UNAVAILABLE
    assert "CLAMD_ADDRESS" in result.problem


@pytest.mark.parametrize(
    "address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "[::1]:1", "no port", "host:", ":", "a:99999"]
)
def test_an_address_that_nobody_answers_is_no_result(address: str, settings: Settings) -> None:
    settings.CLAMD_ADDRESS = address
    result = scan(io.BytesIO(b"Paid 20 EUR"))
    assert result.verdict is Verdict.UNAVAILABLE
    assert address in result.problem


@pytest.fixture
def answering(settings: Settings) -> Iterator[Callable[[bytes], None]]:
    """A daemon that reads the stream to its end and says whatever it is told to."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"
    threads: list[threading.Thread] = []

    def serve(answer: bytes) -> None:
        connection, _peer = server.accept()
        with connection:
            received = b""
            while not received.endswith(b"\0\0\0\0"):
                received += connection.recv(65_536)
            connection.sendall(answer)

    def start(answer: bytes) -> None:
        threads.append(threading.Thread(target=serve, args=(answer,)))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(10)
    server.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",  # the end is missing: it may go on
        b"stream: OK\n",
        b"OK\0",
        b"stream: not OK\0",
        b"stream: OK FOUN\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"COMMAND READ TIMED OUT\0",
        b"UNKNOWN COMMAND\0",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        b"\xff\xfe\0",
        b"x" * 10_000,
    ],
)
def test_only_clamds_own_word_is_clean(answering: Callable[[bytes], None], answer: bytes) -> None:
    answering(answer)
    result = scan(io.BytesIO(b"Paid 20 EUR"))
    assert result.verdict is Verdict.UNAVAILABLE
    assert result.problem.endswith((".", ")", "x")) or "no result" in result.problem


@pytest.mark.parametrize(
    ("answer", "verdict", "malware"),
    [
        (b"stream: OK\0", Verdict.CLEAN, ""),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Verdict.INFECTED, "Win.Test.EICAR_HDB-1"),
    ],
)
def test_clamds_answers_over_the_network(
    answering: Callable[[bytes], None], answer: bytes, verdict: Verdict, malware: str
) -> None:
    answering(answer)
    result = scan(io.BytesIO(b"Paid 20 EUR"))
    assert (result.verdict, result.malware) == (verdict, malware)


def test_a_daemon_that_never_answers_is_no_result(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"
        assert scan(io.BytesIO(b"Paid 20 EUR" * 1_000_000)).verdict is Verdict.UNAVAILABLE
