"""In the workspace: an organisation's identity provider, and all of them for managers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.decorators import recently_authenticated
from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission as P
from efc_portal.partners.decorators import require
from efc_portal.partners.models import IdentityProvider
from efc_portal.partners.permissions import access_of
from efc_portal.partners.sign_on import services
from efc_portal.partners.sign_on.enums import ProviderKind, ProviderStatus
from efc_portal.partners.sign_on.forms import OIDCForm, SAMLForm
from efc_portal.partners.sign_on.public import way_to
from efc_portal.partners.sign_on.selectors import links_of, providers_for

PER_PAGE = 25
COLUMNS = [
    {"label": _("State")},
    {"label": _("Organisation")},
    {"label": _("Name")},
    {"label": _("Kind")},
    {"label": _("Tried"), "num": True},
    {"label": _("Since"), "num": True},
]
STEPS: dict[str, dict[str, Any]] = {
    "activate": {
        "label": _("Confirm"),
        "question": _("Let this organisation’s people sign in through this provider?"),
        "text": _(
            "Make sure by a second way, such as a call to a number you know, that the organisation has proposed it. "
            "Whoever runs the provider can open the account of each of its people. One that was active before ends."
        ),
        "done": _("The organisation’s people can sign in through the provider now."),
        "by": P.MEMBERS_MANAGE,
    },
    "withdraw": {
        "label": _("Withdraw"),
        "question": _("Withdraw this proposal?"),
        "text": _("What was entered is ended, and its secret destroyed. You can propose another one."),
        "done": _("The proposal is withdrawn."),
        "by": P.ORGANISATION_MANAGE,
        "kind": "danger",
    },
    "end": {
        "label": _("End"),
        "question": _("End signing in through this provider?"),
        "text": _("Your people then sign in with passwords and passkeys of the portal. This cannot be undone."),
        "done": _("Nobody signs in through the provider any more."),
        "by": P.ORGANISATION_MANAGE,
        "kind": "danger",
    },
    "revoke": {
        "label": _("End"),
        "question": _("End signing in through this provider?"),
        "text": _("The organisation’s people then sign in with passwords and passkeys. This cannot be undone."),
        "done": _("Nobody signs in through the provider any more."),
        "by": P.MEMBERS_MANAGE,
        "kind": "danger",
    },
    "enforce": {
        "label": _("Allow no other way in"),
        "question": _("Let your people sign in through this provider alone?"),
        "text": _("Passwords and passkeys of the portal then open nothing for them, yours included."),
        "done": _("Your people sign in through the provider alone now."),
        "by": P.ORGANISATION_MANAGE,
    },
    "release": {
        "label": _("Allow passwords and passkeys as well"),
        "question": _("Let your people sign in with passwords and passkeys as well?"),
        "text": _("Who has a password or a passkey of the portal can use it again."),
        "done": _("Your people can sign in with passwords and passkeys as well."),
        "by": P.ORGANISATION_MANAGE,
    },
    "open": {
        "label": _("Open passwords for a day"),
        "question": _("Let this organisation’s people sign in with passwords and passkeys for 24 hours?"),
        "text": _("For when their provider does not work. Afterwards it is the only way in again."),
        "done": _("Passwords and passkeys work for 24 hours."),
        "by": P.MEMBERS_MANAGE,
    },
}


@require_GET
@require(P.ORGANISATION_MANAGE, P.MEMBERS_MANAGE)
def provider_list(request: PersonRequest) -> HttpResponse:
    page = Paginator(providers_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "columns": COLUMNS, "may_propose": access_of(request.user).may(P.ORGANISATION_MANAGE)}
    return render(request, "partners/sign_on/list.html", context)


@require_http_methods(["GET", "POST"])
@require(P.ORGANISATION_MANAGE)
@recently_authenticated
def propose_oidc(request: PersonRequest) -> HttpResponse:
    form = OIDCForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        given = {name: typed[name] for name in ("issuer", "client_id", "client_secret")}
        if provider := _proposed(request, form, services.provider_propose_oidc, **given):
            return redirect("sign_on_detail", pk=provider.pk)
    return _asked(request, form, _("Propose an OpenID Connect provider"))


@require_http_methods(["GET", "POST"])
@require(P.ORGANISATION_MANAGE)
@recently_authenticated
def propose_saml(request: PersonRequest) -> HttpResponse:
    form = SAMLForm(request.POST or None)
    if form.is_valid():
        metadata = form.cleaned_data["metadata"]
        if provider := _proposed(request, form, services.provider_propose_saml, metadata=metadata):
            return redirect("sign_on_detail", pk=provider.pk)
    return _asked(request, form, _("Propose a SAML provider"))


def _proposed(request: PersonRequest, form: Any, propose: Any, **given: Any) -> IdentityProvider | None:
    organisation = access_of(request.user).organisation
    try:
        provider: IdentityProvider = propose(actor=request.user, organisation=organisation, **form.common, **given)
    except ApplicationError as error:
        form.add_error(None, error.message)
        return None
    messages.success(request, _("The provider is proposed. Enter the portal’s addresses there, then try it."))
    return provider


def _asked(request: PersonRequest, form: Any, title: Any) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "partners/sign_on/propose.html", context, status=422 if form.is_bound else 200)


@require_GET
@require(P.ORGANISATION_MANAGE, P.MEMBERS_MANAGE)
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    provider = get_object_or_404(providers_for(request.user), pk=pk)
    context = {
        "provider": provider,
        "steps": [{**STEPS[name], "name": name} for name in _open_steps(request, provider)],
        "may_test": _may_test(request, provider),
        "addresses": _addresses(request, provider),
        "links": links_of(provider)[:200],
    }
    return render(request, "partners/sign_on/detail.html", context)


@require_http_methods(["GET", "POST"])
@require(P.ORGANISATION_MANAGE, P.MEMBERS_MANAGE)
@recently_authenticated
def step(request: PersonRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask, then do it."""
    provider = get_object_or_404(providers_for(request.user), pk=pk)
    if step not in STEPS or not access_of(request.user).may(STEPS[step]["by"]):
        raise Http404
    if request.method == "GET":
        return render(request, "partners/sign_on/step.html", {"provider": provider, "step": STEPS[step]})
    if step == "activate":
        services.provider_activate(provider=provider, actor=request.user)
    elif step in ("enforce", "release"):
        services.provider_enforce(provider=provider, is_only=step == "enforce", actor=request.user)
    elif step == "open":
        services.passwords_open(provider=provider, actor=request.user)
    else:
        services.provider_end(provider=provider, name=step, actor=request.user)
    messages.success(request, STEPS[step]["done"])
    return redirect("sign_on_detail", pk=pk)


@require_http_methods(["GET", "POST"])
@require(P.ORGANISATION_MANAGE)
def test(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Sign in through a provider without being signed in by it, to see that it works as it shall."""
    provider = get_object_or_404(providers_for(request.user), pk=pk)
    if not _may_test(request, provider):
        raise Http404
    if request.method == "GET":
        return render(request, "partners/sign_on/test.html", {"provider": provider})
    return way_to(request, provider, test=True)


@require_http_methods(["GET", "POST"])
@require(P.ORGANISATION_MANAGE, P.MEMBERS_MANAGE)
@recently_authenticated
def forget(request: PersonRequest, pk: UUID, link: int) -> HttpResponse:
    """Forget whose account at the provider somebody's is, after a question."""
    provider = get_object_or_404(providers_for(request.user), pk=pk)
    found = get_object_or_404(links_of(provider), pk=link)
    if request.method == "GET":
        return render(request, "partners/sign_on/forget.html", {"provider": provider, "person": found.user})
    services.link_forget(provider=provider, link=found, actor=request.user)
    messages.success(request, _("The account is forgotten. The next sign-in notes it anew."))
    return redirect("sign_on_detail", pk=pk)


def _may_test(request: PersonRequest, provider: IdentityProvider) -> bool:
    access = access_of(request.user)
    is_own = access.may(P.ORGANISATION_MANAGE) and access.organisation_id == provider.organisation_id
    return is_own and provider.status != ProviderStatus.ENDED


def _open_steps(request: PersonRequest, provider: IdentityProvider) -> list[str]:
    """The steps that are open from where the provider stands, and that this person may take."""
    names: list[str] = []
    if provider.status == ProviderStatus.PROPOSED:
        names = [*(["activate"] if provider.tested_at else []), "withdraw", "revoke"]
    elif provider.is_active:
        names = ["release" if provider.is_only else "enforce", *(["open"] if provider.is_only else []), "end", "revoke"]
    access = access_of(request.user)
    return [name for name in names if access.may(STEPS[name]["by"])]


def _addresses(request: PersonRequest, provider: IdentityProvider) -> list[dict[str, Any]]:
    """What whoever runs the provider needs to know of the portal."""
    if provider.kind == ProviderKind.OIDC:
        named = [(_("Redirect URI"), "openid_connect_callback")]
    else:
        named = [(_("Entity id, and metadata"), "saml_metadata"), (_("Assertion consumer service"), "saml_acs")]
    return [
        {"label": label, "value": request.build_absolute_uri(reverse(name, args=[provider.slug]))}
        for label, name in named
    ]
