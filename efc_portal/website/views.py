"""Public addresses beside the pages."""

from __future__ import annotations

from datetime import UTC, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.models import Page

from efc_portal.website.machines.card import card_png
from efc_portal.website.models import ReportPage

# What addresses of the portal's own part begin with.
CLOSED = ("accounts", "api", "audit", "cases", "cms", "members", "referrals", "submissions", "taxii2", "workspace")
PICTURES = {"webp": "image/webp", "avif": "image/avif", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """The public site is for everybody; what needs signing in is not worth a robot's time."""
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in CLOSED), ""]
    lines.append(f"Sitemap: {settings.PORTAL_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """How to tell the coalition about a weakness of this portal (RFC 9116).

    A deployment that signs its own file gives its text as SECURITY_TXT. Otherwise the file is written here, and
    renews its expiry each month, half a year ahead.
    """
    content = settings.SECURITY_TXT or "\n".join(
        [
            f"Contact: mailto:{settings.SECRETARIAT['security_email']}",
            f"Expires: {_expiry()}",
            f"Canonical: {settings.PORTAL_URL}{reverse('security_txt')}",
            f"Policy: {settings.PORTAL_URL}/security/",
            f"Preferred-Languages: {', '.join(code for code, _name in settings.INTERFACE_LANGUAGES)}",
        ]
    )
    return HttpResponse(content.rstrip("\n") + "\n", content_type="text/plain; charset=utf-8")


def _expiry() -> str:
    month = timezone.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (month + timedelta(days=184)).strftime("%Y-%m-%dT%H:%M:%SZ")


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A picture as the site re-encoded it. What editors uploaded lies in another folder and has no address."""
    kind = PICTURES.get(name.rpartition(".")[2])
    if kind is None or ".." in name or not default_storage.exists(f"images/{name}"):
        raise Http404
    return FileResponse(default_storage.open(f"images/{name}"), content_type=kind)


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def card(request: HttpRequest, pk: int, digest: str) -> FileResponse:
    """The picture that was made from a page's title. An address of an older title answers as long as it is kept."""
    page = Page.objects.live().filter(pk=pk, depth__gt=1).first()
    name = card_png(page.specific, digest) if page else None
    if name is None:
        raise Http404
    answer = FileResponse(default_storage.open(name), content_type="image/png")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # made to be shown elsewhere
    return answer


@require_safe
@cache_control(public=True, no_cache=True)
def report_permanent(request: HttpRequest, short_id: str) -> HttpResponse:
    """The address of a report that stays: it leads to wherever the report is now."""
    report = ReportPage.objects.live().filter(short_id=short_id.lower()).first()
    where = report.get_url(request) if report else None
    if where is None:
        raise Http404
    return redirect(where)


def cms_login(request: HttpRequest) -> HttpResponse:
    """There is one way in, with the second factor: Wagtail's own sign-in page leads to it."""
    wanted = request.GET.get("next", "")
    here = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted if wanted.startswith(here) else here})}")


def cms_logout(request: HttpRequest) -> HttpResponse:
    """The CMS's own button signs out of the whole portal; whoever follows a link is asked first."""
    if request.method != "POST":
        return redirect("account_logout")
    get_adapter(request).logout(request)
    return redirect("/")


class CmsAccountView(AccountView):
    """An editor's preferences in the CMS. Names belong to the portal's account pages; pictures of people to nobody."""

    def get_panels(self) -> list[object]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]
