"""`make run`: the whole portal on one machine, with a demo coalition. Refused by the checks of production."""

from __future__ import annotations

from efc_portal.settings import environment as env
from efc_portal.settings.base import *
from efc_portal.settings.base import INSTALLED_APPS, VAR_DIR

DEMO = True
if INSTALLED_APPS:
    INSTALLED_APPS = ["efc_portal.demo", *INSTALLED_APPS]
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY", "demo-only-secret-key-that-production-refuses")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
DEMO_SECOND_FACTOR_CODE = "000000"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
UNSCANNED_LOCKED = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
