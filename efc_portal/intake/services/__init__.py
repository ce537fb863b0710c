"""Everything that writes files of rows: taking one in, checking it in slices, deciding about it, what follows."""

from efc_portal.intake.services.checking import intake_close, intake_write
from efc_portal.intake.services.erasing import intake_erase
from efc_portal.intake.services.files import intake_check, intake_describe, intake_upload
from efc_portal.intake.services.reading import intake_read
from efc_portal.intake.services.relating import intake_relate
from efc_portal.intake.services.steering import intake_cancel, intake_pause, intake_resume

__all__ = [
    "intake_cancel",
    "intake_check",
    "intake_close",
    "intake_describe",
    "intake_erase",
    "intake_pause",
    "intake_read",
    "intake_relate",
    "intake_resume",
    "intake_upload",
    "intake_write",
]
