"""Workers that send to the test's mail server: `celery -A tests.partners.mailings.celery_app worker`."""

import os

from django.conf import settings

from efc_portal.celery import app

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST = "127.0.0.1"
settings.EMAIL_PORT = int(os.environ["SINK_PORT"])
settings.EMAIL_TIMEOUT = 60

__all__ = ["app"]
