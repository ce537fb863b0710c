"""The Celery application. Tasks carry no data: PostgreSQL is the truth, the broker only wakes."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.core.exceptions import ImproperlyConfigured

from efc_portal.core.heartbeats import WorkerHeartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")

app = Celery("efc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(WorkerHeartbeat)


@celeryd_init.connect
@beat_init.connect
def refuse_insecure_start(**_more: object) -> None:
    """A worker or beat of production ends at once when a setting is insecure."""
    from efc_portal.core import checks  # needs Django to be set up, which Celery has done by now

    try:
        checks.refuse_insecure_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery swallows any other error of a signal
