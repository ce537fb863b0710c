"""Settings of the portal whose plugs are pulled: the tests' own, impatient, and with mail that can be counted."""

from __future__ import annotations

from pathlib import Path

from celery.schedules import schedule

from efc_portal.settings import environment as env
from efc_portal.settings.base import CELERY_BEAT_SCHEDULE
from efc_portal.settings.test import *

RUN = Path(env.required("EFC_RUN"))
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = RUN / "mail"
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN / "beat-schedule")
CELERY_BEAT_SCHEDULE["workflow-sweep"]["schedule"] = schedule(1)
CELERY_BEAT_SCHEDULE["audit-seal"]["schedule"] = schedule(3)
