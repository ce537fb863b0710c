"""What search finds, and the text of documents."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from efc_portal.website.enums import EntryKind, ReadingStatus


class SearchEntry(models.Model):
    """A live page, or one file that a live page offers. Address and liveness are the page's own, never copied."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey("website.PublicDocument", null=True, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(  # the page's; without an index, which would be taken in place of the one of words
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    language = models.CharField(max_length=12)  # of the text: a file may be in another than its page
    kind = models.CharField(max_length=12, choices=EntryKind)
    date = models.DateField()
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)  # begins with the summary
    about = SearchVectorField()  # the words of title and summary: small, so that many can be put in order
    vector = SearchVectorField()  # all words
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [GinIndex(name="website_searchentry_words", fields=["vector"], fastupdate=False)]
        constraints = [
            models.UniqueConstraint(name="website_searchentry_once", fields=["page", "document"], nulls_distinct=False),
            models.CheckConstraint(name="website_searchentry_kind", condition=models.Q(kind__in=EntryKind.values)),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentText(models.Model):
    """What was read out of a PDF document, or that it still has to be."""

    document = models.OneToOneField(
        "website.PublicDocument", on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    file = models.CharField(max_length=255)  # the file it was read from: a document's file may be replaced
    status = models.CharField(max_length=12, choices=ReadingStatus, default=ReadingStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    pages = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        constraints = [
            models.CheckConstraint(
                name="website_documenttext_status", condition=models.Q(status__in=ReadingStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def problem(self) -> str:
        """What an editor should know and mend; empty where the text was read, or will be soon."""
        if self.status == ReadingStatus.EMPTY:
            return ngettext(
                "No text was found on the page of this PDF; it is probably a scan. Readers with a screen reader "
                "cannot read it, and search finds it by its title alone. Upload a PDF with text in its place.",
                "No text was found on the %(pages)s pages of this PDF; it is probably a scan. Readers with a screen "
                "reader cannot read it, and search finds it by its title alone. Upload a PDF with text in its place.",
                self.pages,
            ) % {"pages": self.pages}
        if self.status == ReadingStatus.LOCKED:
            return gettext(
                "This PDF is protected by a password, so most readers cannot open it, and search finds it by its "
                "title alone. Upload it without the password."
            )
        if self.status == ReadingStatus.BROKEN:
            return gettext(
                "This PDF could not be read: it is damaged, or too large or complex. Open it to see whether readers "
                "can, and export it again. Until then search finds it by its title alone."
            )
        return ""
