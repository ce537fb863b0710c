"""Production: everything comes from the environment, and what is missing or insecure stops the start."""

from __future__ import annotations

from efc_portal.settings import environment as env
from efc_portal.settings.base import *

PRODUCTION = True
DEBUG = False
SECRET_KEY = env.required("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # earlier ones, for the time of a change
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PORTAL_URL = env.required("PORTAL_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = PORTAL_URL
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
env.required("DATABASE_URL")  # read by base, which has a default for one machine

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.required("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.required("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-efc_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-efc_csrf"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-efc_language"
DEVICE_COOKIE_NAME = "__Secure-efc_device"
APPLICATION_COOKIE_NAME = "__Secure-efc_application"

BEHIND_PROXY = env.flag("BEHIND_PROXY")  # one that sets X-Forwarded-Proto and adds to X-Forwarded-For
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
