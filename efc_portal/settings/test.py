"""Settings of the tests: everything real, in a folder of its own that the test session makes and removes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

if "EFC_VAR" not in os.environ:
    os.environ["EFC_VAR"] = tempfile.mkdtemp(prefix="efc-test-")

from efc_portal.settings import environment as env
from efc_portal.settings.base import *
from efc_portal.settings.base import INSTALLED_APPS, STORAGES

SECRET_KEY = "tests-only-secret-key-that-production-refuses"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", f"efc-test-{os.getpid()}")  # nobody else takes its messages
VAR_DIR = Path(os.environ["EFC_VAR"])
DEMO_SECOND_FACTOR_CODE = "000000"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO = True
INSTALLED_APPS = ["efc_portal.demo", *INSTALLED_APPS]
UNSCANNED_LOCKED = False
INTAKE_PART_ROWS = 200  # so that files of some thousand rows have many parts
PAGE_CACHE_MB = 0  # what a test undoes, no other process is told of; tests of the cache turn it on
