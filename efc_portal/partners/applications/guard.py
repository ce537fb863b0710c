"""What keeps machines from flooding the first page, and anybody from flooding a mailbox by way of it."""

from __future__ import annotations

from efc_portal.core.form_guard import FormGuard

GUARD = FormGuard("application", per_hour=6)
MAILBOX = FormGuard("application-link", per_hour=4)  # counts the letters that are asked for to one address
