"""Static files, the public site's media, encrypted blobs, uploads and keys."""

from __future__ import annotations

from pathlib import Path

from efc_portal.settings import environment as env
from efc_portal.settings.folders import BASE_DIR, VAR_DIR

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"  # the public site's pictures and documents; nothing confidential
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "efc_portal.core.static_files.StaticFiles"},
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
INTAKE_MAX_BYTES = 500 * 1024 * 1024  # of a file of rows
INTAKE_PART_ROWS = 10_000  # rows of it that are checked and written in one transaction
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")  # a socket's path or host:port; empty: no scanner
IDENTIFIER_COMMON_CAP = env.number("IDENTIFIER_COMMON_CAP", 50)  # submissions above which a value makes no matches
LOOK_UP_VALUES_PER_HOUR = env.number("LOOK_UP_VALUES_PER_HOUR", 5000)  # that one person may look up
UNSCANNED_LOCKED = True  # without a scanner, attachments stay locked


EFC_KEY_PROVIDER = env.text("EFC_KEY_PROVIDER", "file")
EFC_KEY_DIR = Path(env.text("EFC_KEY_DIR", str(VAR_DIR / "keys")))
EFC_KEK = env.text("EFC_KEK")
EFC_SECRETS = {
    "match": env.text("EFC_MATCH_KEY"),
    "audit-mac": env.text("EFC_AUDIT_MAC_KEY"),
    "audit-signing": env.text("EFC_AUDIT_SIGNING_KEY"),
}
