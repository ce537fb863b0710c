"""Settings that every surface shares. `dev`, `test` and `production` add what differs."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from celery.schedules import crontab, schedule
from django.utils.translation import gettext_lazy as _

from efc_portal.settings import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("EFC_VAR", str(BASE_DIR / "var")))

# --- Applications -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # the house, from the top down
    "efc_portal.referrals",
    "efc_portal.cases",
    "efc_portal.submissions",
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
    # the public site
    "wagtail.contrib.redirects",
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
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "efc_portal.core.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
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
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
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

# --- Database, cache, workflow ----------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", "postgres:///efc"), conn_max_age=600, conn_health_checks=True
    )
}

CACHE_URL = env.text("CACHE_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "efc"}
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
    )
}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://localhost//")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "efc")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 10, "socket_keepalive": True}
if CELERY_BROKER_URL.startswith("amqp"):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_WORKER_DETECT_QUORUM_QUEUES = True
    CELERY_BROKER_NATIVE_DELAYED_DELIVERY_QUEUE_TYPE = "quorum"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_BEAT_SCHEDULE = {
    "workflow-sweep": {
        "task": "efc_portal.workflow.tasks.work_sweep",
        "schedule": schedule(5),
        "options": {"expires": 10},
    },
    "audit-seal": {
        "task": "efc_portal.audit.tasks.seal",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "audit-seal-whole": {
        "task": "efc_portal.audit.tasks.seal_whole",
        "schedule": crontab(hour=2, minute=40),
        "options": {"expires": 3600},
    },
    "audit-verify": {
        "task": "efc_portal.partners.tasks.record_verify",  # verifies when the last time is a day ago
        "schedule": crontab(minute=25),
        "options": {"expires": 1800},
    },
    "workflow-tidy": {
        "task": "efc_portal.workflow.tasks.work_tidy",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 3600},
    },
    "publish-scheduled-pages": {
        "task": "efc_portal.website.tasks.pages_publish_scheduled",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
}
CELERY_BEAT_SCHEDULER = "efc_portal.core.heartbeats:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- Files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"  # the public site's pictures and documents; nothing confidential
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "blobs": {
        "BACKEND": "efc_portal.core.blobs.DurableFileSystemStorage",
        "OPTIONS": {
            "location": str(VAR_DIR / "blobs"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o600
ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")  # a socket's path or host:port; empty: no scanner
IDENTIFIER_COMMON_CAP = env.number("IDENTIFIER_COMMON_CAP", 50)  # submissions above which a value makes no matches
UNSCANNED_LOCKED = True  # without a scanner, attachments stay locked

# --- Keys -------------------------------------------------------------------------------------------------------

EFC_KEY_PROVIDER = env.text("EFC_KEY_PROVIDER", "file")
EFC_KEY_DIR = Path(env.text("EFC_KEY_DIR", str(VAR_DIR / "keys")))
EFC_KEK = env.text("EFC_KEK")
EFC_SECRETS = {
    "match": env.text("EFC_MATCH_KEY"),
    "audit-mac": env.text("EFC_AUDIT_MAC_KEY"),
    "audit-signing": env.text("EFC_AUDIT_SIGNING_KEY"),
}

# --- Accounts ---------------------------------------------------------------------------------------------------

PRODUCTION = False  # `production` turns it on: an insecure setting then stops the start (core.checks)
DEMO = False  # only `dev` and `test` turn it on
DEMO_SECOND_FACTOR_CODE = ""  # passes for everybody's authenticator app when DEMO is on; refused in production

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "efc_portal.partners.backends.RolePermissions",  # first: it answers without asking the database again
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"

ACCOUNT_ADAPTER = "efc_portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # allauth asks for it; nobody can sign up
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever invites vouches for the address
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers; the page says the same either way
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tell people of changes to their password and second factors
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, Django ends all others
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # the new password and the second factor are asked for
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 10 * 60  # from the password to the second factor
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",  # key: the address, apart for each browser known for it
    "second_factor": "20/d/key",  # key: the person; a right code starts anew
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "signup": "5/m/ip",
}
MFA_ADAPTER = "efc_portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_TOTP_TOLERANCE = 1  # half a minute of drift either way; a code still works once (accounts.forms)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = False
MFA_FORMS = {
    "authenticate": "efc_portal.accounts.forms.SignInCodeForm",
    "reauthenticate": "efc_portal.accounts.forms.StepUpCodeForm",
    "activate_totp": "efc_portal.accounts.forms.EnrolAppForm",
    "add_webauthn": "efc_portal.accounts.forms.AddPasskeyForm",
}
USERSESSIONS_ADAPTER = "efc_portal.accounts.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True  # accounts.middleware.SessionLimits does it, at most once a minute
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # production: 1 behind a proxy that sets X-Forwarded-For
DEVICE_COOKIE_NAME = "efc_device"

SESSION_ENGINE = "efc_portal.accounts.session_store"
SESSION_COOKIE_NAME = "efc_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # absolute, enforced by accounts.middleware.SessionLimits
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "efc_portal.core.views.csrf_failure"

# --- Language and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "efc_portal" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
FORMAT_MODULE_PATH = "efc_portal.formats"
TIME_ZONE = env.text("TIME_ZONE", "Europe/Brussels")

# --- Mail -------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "EFC portal <portal@efc.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
PORTAL_URL = env.text("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")  # links in mail start with it

# --- The public site --------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "European Financial Coalition"
WAGTAILADMIN_BASE_URL = PORTAL_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False  # editors publish what they write
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # no request to a third party, neither by editors nor by readers
WAGTAILIMAGES_IMAGE_MODEL = "website.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "efc_portal.website.forms.uploads.PictureForm"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp", "avif": "webp"}
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "website.PublicDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "efc_portal.website.forms.uploads.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# who runs the coalition's office; the initial pages and security.txt say so
SECRETARIAT = {
    "name": env.text("SECRETARIAT_NAME", "Secretariat of the European Financial Coalition"),
    "address": env.text("SECRETARIAT_ADDRESS"),
    "email": env.text("SECRETARIAT_EMAIL", "secretariat@efc.invalid"),
    "security_email": env.text("SECURITY_EMAIL", "security@efc.invalid"),
}
CHAIR_NAME = env.text("CHAIR_NAME")  # signs the welcome letter
SECURITY_TXT = env.text("SECURITY_TXT")  # a signed security.txt of the deployment's own; empty: the portal writes one

# --- Web hardening ----------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
# Wagtail's editor writes scripts and styles into its pages and shows previews in a frame: only under /cms/.
CMS_CONTENT_SECURITY_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# The largest body of a request, by the longest prefix of its path.
REQUEST_BODY_LIMITS = {
    "/": DATA_UPLOAD_MAX_MEMORY_SIZE + 64 * 1024,
    "/submissions/": DATA_UPLOAD_MAX_NUMBER_FILES * ATTACHMENT_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE,
    "/cms/": 100 * 1024 * 1024,
}

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
