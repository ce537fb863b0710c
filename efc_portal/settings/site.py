"""Words, time, mail, and the public site."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.settings import environment as env
from efc_portal.settings.folders import BASE_DIR
from efc_portal.settings.languages import INTERFACE_LANGUAGES

LOCALE_PATHS = [BASE_DIR / "efc_portal" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
FORMAT_MODULE_PATH = "efc_portal.formats"
TIME_ZONE = env.text("TIME_ZONE", "Europe/Brussels")


DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "EFC portal <portal@efc.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# where letters of the secretariat come back to that could not be delivered (docs/operating.md); empty: nowhere special
MAILING_BOUNCE_ADDRESS = env.text("MAILING_BOUNCE_ADDRESS")
PORTAL_URL = env.text("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")  # links in mail start with it

WAGTAIL_SITE_NAME = "European Financial Coalition"
WAGTAILADMIN_BASE_URL = PORTAL_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = INTERFACE_LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "efc_portal.website.review.approved_publish"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # no request to a third party, neither by editors nor by readers
WAGTAILIMAGES_IMAGE_MODEL = "website.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "efc_portal.website.forms.uploads.PictureForm"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp", "avif": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "website.PublicDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "efc_portal.website.forms.uploads.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx"]
SITE_DOCUMENT_MAX_BYTES = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

TAGGIT_CASE_INSENSITIVE = True  # “Vouchers” and “vouchers” are one tag

# who runs the coalition's office; the initial pages and security.txt say so
SECRETARIAT = {
    "name": env.text("SECRETARIAT_NAME") or _("Secretariat of the European Financial Coalition"),
    "address": env.text("SECRETARIAT_ADDRESS"),
    "email": env.text("SECRETARIAT_EMAIL", "secretariat@efc.invalid"),
    "security_email": env.text("SECURITY_EMAIL", "security@efc.invalid"),
}
CHAIR_NAME = env.text("CHAIR_NAME")  # signs the welcome letter
SECURITY_TXT = env.text("SECURITY_TXT")  # a signed security.txt of the deployment's own; empty: the portal writes one
CONTACT_KEEP_DAYS = env.number("CONTACT_KEEP_DAYS", 365)  # then a visitor's message is erased
LEFT_KEEP_DAYS = env.number("LEFT_KEEP_DAYS", 365)  # then names and addresses of people who left are erased
APPLICATION_KEEP_DAYS = env.number("APPLICATION_KEEP_DAYS", 3 * 365)  # content of those that led to nothing
SEARCHES_A_MINUTE = env.number("SEARCHES_A_MINUTE", 120)  # from one address

# whether the weekly check of links asks other sites too; production says so (docs/operating.md)
LINK_CHECK_EXTERNAL = env.flag("LINK_CHECK_EXTERNAL")
LINK_CHECK_USER_AGENT = f"EFC-portal-link-check/1.0 (+{PORTAL_URL})"

PAGE_CACHE_MB = env.number("PAGE_CACHE_MB", 32)  # memory for finished public pages in each web process; 0: none
