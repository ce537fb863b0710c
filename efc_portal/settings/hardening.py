"""What browsers are told, and how much they may send."""

from __future__ import annotations

from efc_portal.settings.files import (
    ATTACHMENT_MAX_BYTES,
    DATA_UPLOAD_MAX_MEMORY_SIZE,
    DATA_UPLOAD_MAX_NUMBER_FILES,
    INTAKE_MAX_BYTES,
)

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
# Wagtail's editor writes scripts and styles into its pages and shows previews in a frame: only under /cms/.
CMS_CONTENT_SECURITY_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# The largest body of a request, by the longest prefix of its path.
REQUEST_BODY_LIMITS = {
    "/": DATA_UPLOAD_MAX_MEMORY_SIZE + 64 * 1024,
    "/submissions/": DATA_UPLOAD_MAX_NUMBER_FILES * ATTACHMENT_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE,
    "/submissions/import/": INTAKE_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE,
    "/members/memoranda/": ATTACHMENT_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE,
    "/cms/": 100 * 1024 * 1024,
}
