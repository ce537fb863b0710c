"""A SAML identity provider that signs real assertions; also a small site of its own: `python -m …saml_issuer`."""

from __future__ import annotations

import base64
import html
import secrets
import sys
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

PASSWORD_ONLY = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
STRONG = "https://refeds.org/profile/mfa"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
NS = {"samlp": "urn:oasis:names:tc:SAML:2.0:protocol", "saml": "urn:oasis:names:tc:SAML:2.0:assertion"}


@dataclass(frozen=True)
class Question:
    """An AuthnRequest, as far as its answer needs it."""

    id: str
    acs: str
    sp: str


def question_of(url: str) -> Question:
    """What the portal asks, from the address it sends the browser to."""
    text = base64.b64decode(parse_qs(urlsplit(url).query)["SAMLRequest"][0])
    root = etree.fromstring(zlib.decompress(text, -15))
    return Question(
        root.get("ID"), root.get("AssertionConsumerServiceURL"), root.findtext("saml:Issuer", namespaces=NS)
    )


@dataclass
class Issuer:
    """A provider with a key of its own."""

    entity_id: str = "https://idp.meridian.example/metadata"
    sso_url: str = "http://127.0.0.1:9/sso"
    bits: int = 2048
    key: str = field(init=False)
    certificate: str = field(init=False)

    def __post_init__(self) -> None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=self.bits)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.meridian.example")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .sign(private, hashes.SHA256())
        )
        self.key = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        self.certificate = base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()

    @property
    def metadata(self) -> str:
        return (
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{self.entity_id}">'
            '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
            f"<X509Certificate>{self.certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
            '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{self.sso_url}"/></IDPSSODescriptor></EntityDescriptor>'
        )

    def answer(
        self,
        question: Question,
        email: str,
        *,
        uid: str = "",
        context: str = PASSWORD_ONLY,
        age: int = 0,
        audience: str | None = None,
        name_format: str = PERSISTENT,
        in_response_to: str | None = None,
        confirms: str | None = None,
        is_signed: bool = True,
        assertion_id: str = "",
    ) -> str:
        """A response in XML with one assertion, `age` seconds old; it is valid for five minutes."""
        at = datetime.now(UTC) - timedelta(seconds=age)
        stamp, until = f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
        answers = question.id if in_response_to is None else in_response_to
        assertion = (
            f'<saml:Assertion xmlns:saml="{NS["saml"]}" ID="{assertion_id or _id()}" Version="2.0" '
            f'IssueInstant="{stamp}"><saml:Issuer>{self.entity_id}</saml:Issuer><saml:Subject>'
            f'<saml:NameID Format="{name_format}">{uid or email}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'InResponseTo="{answers if confirms is None else confirms}" NotOnOrAfter="{until}" '
            f'Recipient="{question.acs}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{stamp}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>'
            f"{audience or question.sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{stamp}" SessionIndex="{_id()}"><saml:AuthnContext>'
            f"<saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            '<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>'
            f"{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"
        )
        if is_signed:
            pem = f"-----BEGIN CERTIFICATE-----\n{self.certificate}\n-----END CERTIFICATE-----"
            assertion = OneLogin_Saml2_Utils.add_sign(assertion, self.key, pem).decode()
            assertion = assertion.removeprefix('<?xml version="1.0"?>')
        return (
            f'<samlp:Response xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}" ID="{_id()}" Version="2.0" '
            f'IssueInstant="{stamp}" Destination="{question.acs}" InResponseTo="{answers}">'
            f"<saml:Issuer>{self.entity_id}</saml:Issuer><samlp:Status>"
            '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f"{assertion}</samlp:Response>"
        )


def _id() -> str:
    return f"_{secrets.token_hex(16)}"


def encoded(answer: str) -> str:
    return base64.b64encode(answer.encode()).decode()


class Site(BaseHTTPRequestHandler):
    """Asks who one is, then has the browser post the answer, as SAML's POST binding wants."""

    issuer: Issuer

    def do_GET(self) -> None:
        if self.path.startswith("/metadata"):
            return self._say(self.issuer.metadata)
        return self._say(
            '<!doctype html><title>Provider</title><h1>The bank’s own sign-in</h1><form method="post">'
            '<label>Address <input name="email"></label><label><input type="checkbox" name="strong"> with a second '
            "factor</label><button>Sign in here</button></form>"
        )

    def do_POST(self) -> None:
        typed = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        question = question_of(self.path)
        answer = self.issuer.answer(question, typed["email"][0], context=STRONG if "strong" in typed else PASSWORD_ONLY)
        self._say(
            f'<!doctype html><title>Back</title><form method="post" action="{html.escape(question.acs)}">'
            f'<input type="hidden" name="SAMLResponse" value="{encoded(answer)}"><button>Go back</button></form>'
        )

    def _say(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: Any) -> None:
        pass


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    address = f"http://127.0.0.1:{server.server_port}"
    Site.issuer = Issuer(entity_id=f"{address}/metadata", sso_url=f"{address}/sso")
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
