"""The door for attachments: `inspect` says what a file is or refuses it, `clean` yields the bytes to keep."""

from efc_portal.core.content.inspection import Inspection, clean, inspect
from efc_portal.core.content.limits import MAX_BYTES
from efc_portal.core.content.refusals import Reason, RefusedContent

__all__ = ["MAX_BYTES", "Inspection", "Reason", "RefusedContent", "clean", "inspect"]
