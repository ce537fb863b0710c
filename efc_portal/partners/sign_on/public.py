"""Signing in through an organisation: typing an address, going there, and coming back.

The way there is a link, not a form: the browser's policy for forms of this portal (`form-action 'self'`) stays as it
is. A link to a provider works only in the browser in which its person has just typed the address.
"""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.session_store import SessionStore, cookie_of, session_key_of
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.sign_on.adapters import provider_made
from efc_portal.partners.sign_on.assertions import SignOnRefused
from efc_portal.partners.sign_on.enums import ProviderKind
from efc_portal.partners.sign_on.forms import AddressForm
from efc_portal.partners.sign_on.oidc import OIDC
from efc_portal.partners.sign_on.refusals import refusals_told
from efc_portal.partners.sign_on.saml import SAMLProvider, answer_read, sp_metadata
from efc_portal.partners.sign_on.selectors import provider_of_address, provider_of_slug

UNDER_WAY = "sign_on"  # in the session: which provider the person is on the way to
ANSWER_COOKIE = "efc_saml_answer"
ANSWER_SECONDS = 120
ANSWER_LONGEST = 300_000  # characters of base64


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Type an address. Its domain alone decides: the answer is the same for whoever has an account and who has none."""
    if request.user.is_authenticated:
        return redirect("workspace")
    if not ratelimit.consume(request, action="sign_on"):
        return ratelimit.respond_429(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if provider := provider_of_address(form.cleaned_data["email"]):
            return way_to(request, provider, after=str(request.POST.get("next", "")))
        form.add_error(
            "email", _("No single sign-on is set up for this address. Sign in with your passkey or your password.")
        )
    after = request.POST.get("next") or request.GET.get("next", "")
    status = 422 if form.is_bound else 200
    return render(request, "partners/sign_on/begin.html", {"form": form, "next": after}, status=status)


def way_to(request: HttpRequest, provider: IdentityProvider, *, after: str = "", test: bool = False) -> HttpResponse:
    """To the page that says where the person goes now."""
    hosts, secure = {request.get_host()}, request.is_secure()
    safe = url_has_allowed_host_and_scheme(after, hosts, require_https=secure)
    request.session[UNDER_WAY] = {"slug": provider.slug, "next": after if safe else "", "test": test}
    return redirect("sign_on_continue", slug=provider.slug)


def _under_way(request: HttpRequest, slug: str) -> tuple[IdentityProvider, dict[str, Any]] | None:
    found = request.session.get(UNDER_WAY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    provider = provider_of_slug(slug) if found and found["slug"] == slug else None
    return (provider, found) if provider and found else None


@never_cache
@require_GET
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the person goes now, in words: they shall know the page on which they type their password."""
    if found := _under_way(request, slug):
        return render(request, "partners/sign_on/continue.html", {"provider": found[0], "is_test": found[1]["test"]})
    return redirect("sign_on_begin")


@never_cache
@require_GET
@refusals_told
def go(request: HttpRequest, slug: str) -> HttpResponse:
    """To the provider, with a question that only this browser can have answered."""
    found = _under_way(request, slug)
    if found is None:
        return redirect("sign_on_begin")
    row, way = found
    if request.user.is_authenticated and not way["test"]:
        return redirect("workspace")
    data = {"test": True} if way["test"] else None
    answer: HttpResponse = provider_made(request, row).redirect(
        request, process="login", next_url=way["next"] or None, data=data
    )
    return answer


@never_cache
@require_GET
@refusals_told
def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    _row(provider_id, ProviderKind.OIDC)
    view = OAuth2CallbackView.adapter_view(OIDC(request, provider_id))
    try:
        answer: HttpResponse = view(request)
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # an endpoint that answers something else
        raise SignOnRefused("provider_failed", _("The identity provider did not answer as it should.")) from error
    return answer


@never_cache
@csrf_exempt  # it comes from the provider's page; what it holds is signed, and answers a question of this browser
@require_POST
def saml_acs(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an answer, and read it with the next request: with this one the browser does not send its session."""
    row = provider_of_slug(slug)
    answer = request.POST.get("SAMLResponse", "")
    response = HttpResponseRedirect(reverse("saml_finish_acs", args=[slug]))
    if row is None or row.kind != ProviderKind.SAML or not 0 < len(answer) <= ANSWER_LONGEST:
        return response
    if not ratelimit.consume(request, action="sign_on"):
        return ratelimit.respond_429(request)
    store = SessionStore()
    store["answer"] = answer
    store.set_expiry(ANSWER_SECONDS)
    store.save()
    response.set_cookie(
        ANSWER_COOKIE,
        cookie_of(store.session_key or ""),
        max_age=ANSWER_SECONDS,
        path=response.url,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_GET
@refusals_told
def saml_finish(request: HttpRequest, slug: str) -> HttpResponse:
    row = _row(slug, ProviderKind.SAML)
    login = answer_read(request, SAMLProvider(request, row), _answer_taken(request))
    answer: HttpResponse = complete_social_login(request, login)
    answer.delete_cookie(ANSWER_COOKIE, path=request.path)
    return answer


def _answer_taken(request: HttpRequest) -> str:
    """The answer that waits, once."""
    store = SessionStore(session_key_of(request.COOKIES.get(ANSWER_COOKIE, "")))
    answer = store.get("answer")
    if not answer:
        raise SignOnRefused(
            "not_asked", _("Nothing came from the identity provider. Begin again at the portal’s sign-in page.")
        )
    store.delete()
    return str(answer)


@require_GET
@refusals_told
def saml_metadata(request: HttpRequest, slug: str) -> HttpResponse:
    row = _row(slug, ProviderKind.SAML)
    return HttpResponse(sp_metadata(request, row), content_type="application/samlmetadata+xml")


def _row(slug: str, kind: ProviderKind) -> IdentityProvider:
    row = provider_of_slug(slug)
    if row is None or row.kind != kind:
        raise SocialApp.DoesNotExist
    return row
