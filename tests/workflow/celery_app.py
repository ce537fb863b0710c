"""The portal's Celery application with the tests' steps: `celery -A tests.workflow.celery_app worker`."""

from efc_portal.celery import app
from tests.workflow import effects

__all__ = ["app", "effects"]
