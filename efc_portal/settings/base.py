"""Settings that every surface shares, by subject. `dev`, `test` and `production` add what differs."""

from __future__ import annotations

from efc_portal.settings import environment as env
from efc_portal.settings.accounts import *
from efc_portal.settings.files import *
from efc_portal.settings.folders import *
from efc_portal.settings.hardening import *
from efc_portal.settings.languages import *
from efc_portal.settings.site import *
from efc_portal.settings.workflow import *

PRODUCTION = False  # `production` turns it on: an insecure setting then stops the start (core.checks)
DEMO = False  # only `dev` and `test` turn it on

INSTALLED_APPS = [
    # the house, from the top down
    "efc_portal.referrals",
    "efc_portal.cases",
    "efc_portal.intake",
    "efc_portal.submissions",
    "efc_portal.contact",
    "efc_portal.indicators",
    "efc_portal.partners",
    "efc_portal.accounts",
    "efc_portal.website",
    "efc_portal.notifications",
    "efc_portal.workflow",
    "efc_portal.audit",
    "efc_portal.core",
    # accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    # the public site
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "csp",
]

if env.flag("EFC_LEAN"):  # Celery beat: it sends names of tasks, and saves half its memory without the applications
    INSTALLED_APPS = []

MIDDLEWARE = [
    "efc_portal.core.page_cache.middleware.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "efc_portal.core.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "efc_portal.accounts.middleware.SignedSessionCookie",
    "efc_portal.core.middleware.LanguageOfRequest",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "efc_portal.accounts.middleware.SessionLimits",
    "efc_portal.accounts.middleware.PreferredLanguage",
    "efc_portal.accounts.middleware.SecondFactorRequired",
    "efc_portal.core.middleware.BodyLimit",
    "efc_portal.core.middleware.ApplicationErrors",
    "efc_portal.website.middleware.PageRedirects",
    "efc_portal.website.middleware.ClosedLanguages",
]

ROOT_URLCONF = "efc_portal.urls"
WSGI_APPLICATION = "efc_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "efc_portal.core.context.portal",
                "efc_portal.website.context.navigation",
                "efc_portal.partners.context.workspace",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "efc_portal.core.logs.UtcFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_tasks": {"level": "WARNING"},  # Wagtail's indexing, two lines for each saved page
        "pikepdf": {"level": "WARNING"},  # greets at its import
    },
}
