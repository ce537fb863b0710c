"""Database, cache, broker, and what happens by the clock."""

from __future__ import annotations

from typing import Any

import dj_database_url
from celery.schedules import crontab, schedule

from efc_portal.settings import environment as env
from efc_portal.settings.folders import VAR_DIR

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", "postgres:///efc"), conn_max_age=600, conn_health_checks=True
    )
}

CACHE_URL = env.text("CACHE_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "efc"}
        if CACHE_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond them, counts of sign-in attempts would be forgotten
        }
    ),
    # of each web process: counts that need not outlive it
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    # Wagtail would write each picture it shows into the default one; they are fetched with what shows them
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
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
        "schedule": schedule(120),
        "options": {"expires": 120},
    },
    "memorandum-remind": {
        "task": "efc_portal.partners.agreements.tasks.memorandum_remind",
        "schedule": crontab(hour=6, minute=10),
        "options": {"expires": 3600},
    },
    "public-totals": {
        "task": "efc_portal.partners.contributions.tasks.public_totals_renew",
        "schedule": crontab(hour=0, minute=5),
        "options": {"expires": 3600},
    },
    "workflow-tidy": {
        "task": "efc_portal.workflow.tasks.work_tidy",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 3600},
    },
    "purge-expired": {
        "task": "efc_portal.core.tasks.purge_expired",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
    "standing-daily": {
        "task": "efc_portal.partners.standing.tasks.standing_daily",  # what is due that day; repeating it does nothing
        "schedule": crontab(hour="5-20", minute=10),
        "options": {"expires": 3600},
    },
    "sessions-forget": {
        "task": "efc_portal.accounts.tasks.sessions_forget_task",
        "schedule": crontab(minute=50),
        "options": {"expires": 1800},
    },
    "page-changes-forget": {
        "task": "efc_portal.core.tasks.page_changes_forget",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 3600},
    },
    "publish-scheduled-pages": {
        "task": "efc_portal.website.tasks.pages_publish_scheduled",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "search-sweep": {
        "task": "efc_portal.website.tasks.search_sweep",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "links-check-begin": {
        "task": "efc_portal.website.tasks.links_check_begin",
        "schedule": crontab(day_of_week="mon", hour=4, minute=20),
        "options": {"expires": 3600},
    },
    "links-check": {
        "task": "efc_portal.website.tasks.links_check",  # goes on with a check that a lost worker left
        "schedule": schedule(120),
        "options": {"expires": 120},
    },
}
CELERY_BEAT_SCHEDULER = "efc_portal.core.heartbeats:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
