"""The kinds of files that the portal takes."""

from __future__ import annotations

from django.db.models import TextChoices


class AttachmentKind(TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"
    TXT = "txt", "TXT"
    JSON = "json", "JSON"
    XML = "xml", "XML"
