"""Asking a provider as production does: by the address that was looked at, with the certificate of its name."""

from __future__ import annotations

import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings

from efc_portal.partners.sign_on import outside

NAME = "login.bank.example"


class Provider(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers["Host"])
        content = b"x" * (outside.MOST + 1) if self.path == "/long" else b'{"issuer": "https://login.bank.example"}'
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "https://elsewhere.example/")
        self.send_header("Content-Length", str(len(content)))
        if self.path == "/squeezed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.path == "/drip":
            for letter in content:
                self.wfile.write(bytes([letter]))
                time.sleep(0.05)
        self.wfile.write(content[:9] if self.path == "/broken" else content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the provider's name, and the key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def port(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known = replace(
        outside.GUARD,
        resolve=lambda host: ["127.0.0.1"],
        allows=lambda one: True,
        ports=frozenset({server.server_port}),
    )
    monkeypatch.setattr(outside, "GUARD", known)
    with override_settings(PRODUCTION=True):
        yield server.server_port
    server.shutdown()
    server.server_close()


def test_it_is_asked_by_its_name_at_the_address_that_was_looked_at(port: int, certificate: Path) -> None:
    with outside.ProviderSession() as session:
        session.verify = str(certificate)
        assert session.get(f"https://{NAME}:{port}/").json() == {"issuer": f"https://{NAME}"}
    assert Provider.asked[-1] == f"{NAME}:{port}"


def test_the_certificate_of_another_name_is_not_taken(port: int, certificate: Path) -> None:
    with outside.ProviderSession() as session, pytest.raises(requests.exceptions.SSLError):
        session.verify = str(certificate)
        session.get(f"https://other.bank.example:{port}/")


def test_it_leads_nowhere_else_and_says_no_more_than_a_limit(port: int, certificate: Path) -> None:
    with outside.ProviderSession() as session:
        session.verify = str(certificate)
        assert session.get(f"https://{NAME}:{port}/away").status_code == 302
        with pytest.raises(requests.ConnectionError, match="more than"):
            session.get(f"https://{NAME}:{port}/long")


@pytest.mark.parametrize("path", ["/broken", "/squeezed"])
def test_an_answer_that_is_not_whole_is_told_as_any_other_failure(port: int, certificate: Path, path: str) -> None:
    with outside.ProviderSession() as session, pytest.raises(requests.ConnectionError, match="broke off"):
        session.verify = str(certificate)
        session.get(f"https://{NAME}:{port}{path}")


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(
    port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "ANSWERED", 0.3)
    with outside.ProviderSession() as session, pytest.raises(requests.ReadTimeout):
        session.verify = str(certificate)
        session.get(f"https://{NAME}:{port}/drip")
