from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from efc_portal.website import selectors
from efc_portal.website.models.base import PublicPage


class ChairLetterPage(PublicPage):
    """A letter of the coalition's chair. The latest one opens the home page; earlier ones are kept."""

    date = models.DateField(_("date"), default=timezone.localdate)
    opening = models.TextField(
        _("opening"), max_length=400, help_text=_("The sentences of the letter that the home page shows.")
    )
    body = RichTextField(_("letter"), features=["bold", "italic", "link", "ul"])
    signed_by = models.CharField(_("signed by"), max_length=120, blank=True)
    signed_as = models.CharField(_("as"), max_length=160)
    portrait = models.ForeignKey(
        "website.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["website.HomePage"]
    listing = "letters"
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("date"),
        FieldPanel("opening"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("signed_by"), FieldPanel("signed_as"), FieldPanel("portrait")], _("Signature")),
    ]

    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("opening", "body", "signed_by", "signed_as")),
    ]

    class Meta:
        verbose_name = _("chair’s letter")
        verbose_name_plural = _("chair’s letters")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        others = list(selectors.letters(self).exclude(pk=self.pk)[:12])
        return {**super().get_context(request, *args, **kwargs), "others": others}
