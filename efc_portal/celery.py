"""The Celery application. Tasks carry no data: PostgreSQL is the truth, the broker only wakes."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")

app = Celery("efc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
