"""SAML 2.0: Web Browser SSO begun here, with signed assertions, by python3-saml; its answers in sentences."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider as AllauthSAMLProvider
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.assertions import Asserted, SignOnRefused

Constants.ALLOWED_CLOCK_DRIFT = 60  # seconds; the library's default is five minutes
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"
PAIRWISE_ID = "urn:oasis:names:tc:SAML:attribute:pairwise-id"
ADDRESS = (
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
    "mail",
)
SPENT_FOR = 60 * 60  # seconds for which an assertion's id is kept at least
UID_LONGEST = 191
_V = OneLogin_Saml2_ValidationError
_BROKEN = (
    "assertion_broken",
    _("What %(provider)s said cannot be checked, so it is not believed. Ask whoever runs it."),
)
_WRONG: dict[int, tuple[str, Any]] = {
    _V.STATUS_CODE_IS_NOT_SUCCESS: ("not_signed_in", _("%(provider)s did not sign you in.")),
    _V.ASSERTION_EXPIRED: ("assertion_expired", _("What %(provider)s said has expired. Sign in again.")),
    _V.SESSION_EXPIRED: ("assertion_expired", _("What %(provider)s said has expired. Sign in again.")),
    _V.RESPONSE_EXPIRED: ("assertion_expired", _("What %(provider)s said has expired. Sign in again.")),
    _V.ASSERTION_TOO_EARLY: (
        "assertion_early",
        _("What %(provider)s said is not valid yet: its clock is ahead. Ask whoever runs it."),
    ),
    _V.WRONG_AUDIENCE: ("assertion_for_others", _("What %(provider)s said was meant for another site.")),
    _V.WRONG_DESTINATION: ("assertion_for_others", _("What %(provider)s said was meant for another site.")),
    _V.WRONG_ISSUER: ("assertion_of_others", _("The answer does not come from %(provider)s.")),
    _V.NO_SIGNED_ASSERTION: ("assertion_unsigned", _("%(provider)s did not sign what it said, so it is not believed.")),
    _V.NO_SIGNATURE_FOUND: ("assertion_unsigned", _("%(provider)s did not sign what it said, so it is not believed.")),
    _V.INVALID_SIGNATURE: (
        "assertion_altered",
        _("The signature on what %(provider)s said does not fit: it was altered, or its key is another now."),
    ),
    _V.WRONG_INRESPONSETO: ("not_asked", _("This does not answer a sign-in that was begun here. Begin again.")),
}


class SAMLProvider(AllauthSAMLProvider):
    """One organisation's; `row` is what it is made of."""

    def __init__(self, request: HttpRequest, row: IdentityProvider) -> None:
        self.row = row
        app = SocialApp(provider=AllauthSAMLProvider.id, provider_id=row.slug, name=row.name, client_id=row.slug)
        super().__init__(request, app=app)

    def serialize(self) -> dict[str, Any]:
        return {"id": self.row.slug}

    def extract_uid(self, data: Asserted) -> str:
        return data.uid

    def extract_extra_data(self, data: Asserted) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Asserted) -> dict[str, Any]:
        return {}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **more: Any
    ) -> HttpResponseRedirect:
        auth = OneLogin_Saml2_Auth(_request_data(request, self.row), settings_of(request, self.row))
        url = auth.login(return_to="")
        self.stash_redirect_state(request, process, next_url, data, state_id=auth.get_last_request_id(), **more)
        return HttpResponseRedirect(url)


def settings_of(request: HttpRequest, row: IdentityProvider) -> dict[str, Any]:
    """Both sides, as python3-saml wants them. Strict: every check of the standard is made."""
    return {
        "strict": True,
        "sp": {
            "entityId": request.build_absolute_uri(reverse("saml_metadata", args=[row.slug])),
            "assertionConsumerService": {"url": _acs_url(request, row), "binding": Constants.BINDING_HTTP_POST},
            "NameIDFormat": Constants.NAMEID_PERSISTENT,
        },
        "idp": {
            "entityId": row.entity_id,
            "singleSignOnService": {"url": row.sso_url, "binding": Constants.BINDING_HTTP_REDIRECT},
            "x509certMulti": {"signing": row.certificates},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "signatureAlgorithm": Constants.RSA_SHA256,
            "digestAlgorithm": Constants.SHA256,
        },
    }


def sp_metadata(request: HttpRequest, row: IdentityProvider) -> bytes:
    """What the provider's operator needs of the portal."""
    found = OneLogin_Saml2_Settings(settings_of(request, row), sp_validation_only=True).get_sp_metadata()
    return found if isinstance(found, bytes) else found.encode()


def _acs_url(request: HttpRequest, row: IdentityProvider) -> str:
    return request.build_absolute_uri(reverse("saml_acs", args=[row.slug]))


def _request_data(request: HttpRequest, row: IdentityProvider) -> dict[str, Any]:
    """As if the answer had come straight to the address that takes answers."""
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": reverse("saml_acs", args=[row.slug]),
        "get_data": {},
        "post_data": {},
    }


def answer_read(request: HttpRequest, provider: SAMLProvider, answer: str) -> SocialLogin:
    """The sign-in that an answer in base64 stands for. Raises `SignOnRefused` with what is wrong with it.

    It must answer a question of this very browser that nobody answered yet, and hold one signed assertion that says
    the same, for this portal, now, and for the first time.
    """
    row = provider.row
    try:
        response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(settings_of(request, row)), answer)
        asked = response.get_in_response_to()
    except (OneLogin_Saml2_Error, _V, SyntaxError, ValueError, TypeError) as error:
        raise SignOnRefused(*_BROKEN, provider=row.name) from error
    state = statekit.unstash_state(request, state_id=asked or "", provider_id=row.slug)
    if not asked or state is None:
        raise SignOnRefused(
            "not_asked",
            _(
                "This does not answer a sign-in that was begun in this browser, or it was used already. Begin at the "
                "portal’s sign-in page."
            ),
        )
    try:
        response.is_valid(_request_data(request, row), request_id=asked, raise_exceptions=True)
        _check_bounds(response, asked, provider)
        asserted = _asserted(response, row)
    except _V as error:
        reason, sentence = _WRONG.get(error.code, _BROKEN)
        raise SignOnRefused(reason, sentence, provider=row.name) from error
    except SignOnRefused:
        raise
    except Exception as error:  # the library raises whatever its parsers do; nothing of it is believed
        raise SignOnRefused(*_BROKEN, provider=row.name) from error
    login: SocialLogin = provider.sociallogin_from_response(request, asserted)
    login.asserted, login.state = asserted, state
    return login


def _check_bounds(response: OneLogin_Saml2_Response, asked: str, provider: SAMLProvider) -> None:
    """What the library lets pass when it is missing: whom the assertion is for, what it answers, until when, once."""
    row = provider.row
    if not response.get_audiences():
        raise _V("no audience", _V.WRONG_AUDIENCE)
    confirmed = response._query_assertion("/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData")
    if not confirmed or any(one.get("InResponseTo") != asked for one in confirmed):
        raise _V("answers nothing", _V.WRONG_INRESPONSETO)
    if not all(one.get("NotOnOrAfter") and one.get("Recipient") for one in confirmed):
        raise _V("no end", _V.WRONG_SUBJECTCONFIRMATION)
    until = response.get_assertion_not_on_or_after() or 0
    mark = hashlib.sha256(f"{row.slug}:{response.get_assertion_id()}".encode()).hexdigest()
    keep = max(SPENT_FOR, int(until - time.time()) + 2 * Constants.ALLOWED_CLOCK_DRIFT)
    if not cache.add(f"efc.saml-assertion:{mark}", True, timeout=keep):
        raise SignOnRefused(
            "assertion_replayed",
            _("This answer of %(provider)s was used already. Sign in again."),
            provider=row.name,
        )


def _asserted(response: OneLogin_Saml2_Response, row: IdentityProvider) -> Asserted:
    attributes: dict[str, list[Any]] = response.get_attributes()
    stable = next((attributes[name][0] for name in (SUBJECT_ID, PAIRWISE_ID) if attributes.get(name)), None)
    if stable is None and response.get_nameid_format() == TRANSIENT:
        raise SignOnRefused(
            "account_transient",
            _(
                "%(provider)s gives your account another name at each sign-in. Ask whoever runs it to send a "
                "persistent NameID, or the attribute subject-id."
            ),
            provider=row.name,
        )
    uid = str(stable if stable is not None else response.get_nameid())
    if not 0 < len(uid) <= UID_LONGEST:
        raise _V("no name", _V.NO_NAMEID)
    return Asserted(
        provider=row,
        uid=uid,
        email=next((str(attributes[name][0]) for name in ADDRESS if attributes.get(name)), ""),
        is_verified=True,  # an organisation's directory gives its addresses out itself; SAML has no word for it
        factors=frozenset(response.get_authn_contexts()),
    )
