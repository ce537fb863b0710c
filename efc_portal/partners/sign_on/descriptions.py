"""What a provider says about itself: OpenID Connect's discovery document, SAML's metadata."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.partners.sign_on.outside import provider_url_check, read_json

WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
METADATA_LONGEST = 500_000  # characters
SMALLEST_KEY = 2048  # bits
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"


@dataclass(frozen=True)
class Discovered:
    issuer: str
    endpoints: dict[str, Any]


@dataclass(frozen=True)
class Described:
    entity_id: str
    sso_url: str
    certificates: list[str]


def oidc_discover(issuer: str) -> Discovered:
    """Ask an OpenID provider what it is. Raises `ApplicationError` for one that cannot be used, with the reason."""
    asked = provider_url_check(issuer).removesuffix(WELL_KNOWN).rstrip("/")
    found = read_json(asked + WELL_KNOWN)
    said = str(found.get("issuer", ""))
    if said.rstrip("/") != asked:
        raise ApplicationError(
            _("%(asked)s calls itself “%(said)s”. Give the issuer exactly as it calls itself."),
            asked=asked,
            said=said[:100],
        )
    endpoints: dict[str, Any] = {}
    for name in ENDPOINTS:
        if found.get(name):
            endpoints[name] = provider_url_check(str(found[name]))
        elif name != "userinfo_endpoint":
            raise ApplicationError(_("The provider names no “%(name)s”."), name=name)
    if not ALGORITHMS & set(found.get("id_token_signing_alg_values_supported", ["RS256"])):
        raise ApplicationError(_("The provider signs its ID tokens in no way that can be checked with a public key."))
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    endpoints["token_endpoint_auth_methods_supported"] = [str(method) for method in methods][:10]
    return Discovered(issuer=said, endpoints=endpoints)


def saml_describe(metadata: str) -> Described:
    """Read a SAML provider's metadata. Raises `ApplicationError` with what is missing or not safe in it."""
    if len(metadata) > METADATA_LONGEST:
        raise ApplicationError(_("This is more than the metadata of one identity provider. Paste its alone."))
    try:
        root = fromstring(metadata.strip().encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ApplicationError(
            _("This is not the metadata of an identity provider: an XML document without a document type.")
        ) from error
    entities = [one for one in root.iter(f"{_MD}EntityDescriptor") if one.find(f"{_MD}IDPSSODescriptor") is not None]
    if len(entities) != 1:
        raise ApplicationError(
            _("The metadata describes %(count)s identity providers. Paste the part of one."), count=len(entities)
        )
    role = entities[0].find(f"{_MD}IDPSSODescriptor")
    assert role is not None
    services = [one for one in role.findall(f"{_MD}SingleSignOnService") if one.get("Binding") == REDIRECT]
    sso_url = services[0].get("Location", "") if services else ""
    if not sso_url:
        raise ApplicationError(_("The metadata names no single sign-on service with the binding HTTP-Redirect."))
    entity_id = entities[0].get("entityID", "")
    if not 0 < len(entity_id) <= 1024:
        raise ApplicationError(_("The metadata has no entityID."))
    return Described(entity_id=entity_id, sso_url=provider_url_check(sso_url), certificates=_certificates(role))


def _certificates(role: Element) -> list[str]:
    found: list[str] = []
    for key in role.findall(f"{_MD}KeyDescriptor"):
        if key.get("use") != "encryption":
            found += ["".join((one.text or "").split()) for one in key.iter(f"{_DS}X509Certificate")]
    usable = [one for one in dict.fromkeys(found) if _is_usable(one)]
    if not usable:
        raise ApplicationError(
            _("The metadata has no certificate that signs and is valid today, with a key of %(bits)s bits or more."),
            bits=SMALLEST_KEY,
        )
    return usable[:5]


def _is_usable(text: str) -> bool:
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
        key = certificate.public_key()
    except (ValueError, binascii.Error, x509.UnsupportedGeneralNameType):
        return False
    now = timezone.now()
    valid = certificate.not_valid_before_utc - timedelta(minutes=1) <= now <= certificate.not_valid_after_utc
    return valid and (not isinstance(key, RSAPublicKey) or key.key_size >= SMALLEST_KEY)
