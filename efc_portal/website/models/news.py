from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from efc_portal.website import selectors
from efc_portal.website.blocks import BodyBlock
from efc_portal.website.enums import NewsKind
from efc_portal.website.models.base import FixedPage, PublicPage

PAGE_SIZE = 12


class NewsIndexPage(FixedPage):
    """All news, the latest first, at `/news/`."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.NewsPage"]
    parameters = ("kind", "page")
    content_panels = [*FixedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        wanted = request.GET.get("kind", "")
        kind = NewsKind(wanted) if wanted in NewsKind.values else None
        items = selectors.news(self).filter(kind=kind) if kind else selectors.news(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "kind": kind,
            "kinds": list(NewsKind),
            "items": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page")),
            "feed_url": reverse("news_feed"),
        }


class NewsPage(PublicPage):
    """One announcement, event, call or newsletter."""

    kind = models.CharField(_("kind"), max_length=20, choices=NewsKind, default=NewsKind.ANNOUNCEMENT)
    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.TextField(_("summary"), max_length=300, help_text=_("One or two sentences, shown in lists."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)

    parent_page_types = ["website.NewsIndexPage"]
    listing = "news"
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("place")], _("Event")),
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("news item")
        indexes = [models.Index(fields=["-date"]), models.Index(fields=["kind", "-date"])]
        constraints = [
            models.CheckConstraint(name="website_newspage_kind", condition=models.Q(kind__in=NewsKind.values)),
            models.CheckConstraint(
                name="website_newspage_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.kind == NewsKind.EVENT and not self.starts_on:
            raise ValidationError({"starts_on": _("An event needs the day on which it starts.")})
        if self.ends_on and (not self.starts_on or self.ends_on < self.starts_on):
            raise ValidationError({"ends_on": _("An event cannot end before it starts. Correct one of the two days.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        others = list(selectors.news(self).exclude(pk=self.pk)[:3])
        return {**super().get_context(request, *args, **kwargs), "others": others}
