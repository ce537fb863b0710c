from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from efc_portal.website import listings, selectors
from efc_portal.website.blocks import BodyBlock
from efc_portal.website.cms.panels import KindPanel
from efc_portal.website.enums import NewsKind
from efc_portal.website.forms.news import NewsPageForm
from efc_portal.website.models.base import OUTSIDE_MENUS_PANEL, SHARING_PANEL, FixedPage, PublicPage

FIRST_YEAR, LAST_YEAR = 1900, 2200


class NewsIndexPage(FixedPage):
    """All news, the latest first, at `/news/`; of one year at `/news/2026/`; for feed readers at `/news/feed.xml`."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.NewsPage"]
    parameters = ("category", "kind", "page", "tag", "year")
    content_panels = [*FixedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        match path_components:
            case [year] if self.live and len(year) == 4 and year.isascii() and year.isdigit() and int(year):
                return RouteResult(self, kwargs={"year": int(year)})
            case [kind, ("feed.xml" | "atom.xml") as file] if self.live and kind in NewsKind.values:
                return RouteResult(self, kwargs={"file": file, "kind": kind})
        return super().route(request, path_components)

    def serve_file(self, request: HttpRequest, file: str, **which: str) -> HttpResponse | None:
        from efc_portal.website.feeds import feed_of

        return feed_of(self, request, file, kind=which.get("kind", ""))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        listing = listings.NewsListing(self, request, kwargs.get("year"))
        return {**super().get_context(request, *args, **kwargs), **listing.context()}


class NewsTag(TaggedItemBase):
    """A tag on a news item."""

    content_object = ParentalKey("website.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsPage(PublicPage):
    """One announcement, event, call or newsletter."""

    kind = models.CharField(_("kind"), max_length=20, choices=NewsKind, default=NewsKind.ANNOUNCEMENT)
    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.TextField(_("summary"), max_length=300, help_text=_("One or two sentences, shown in lists."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    category = models.ForeignKey(
        "website.NewsCategory",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tags = ClusterTaggableManager(verbose_name=_("tags"), through=NewsTag, blank=True)
    author_name = models.CharField(_("author"), max_length=120, blank=True, help_text=_("A person’s name, if any."))
    author_role = models.CharField(_("role of the author"), max_length=160, blank=True)
    issue = models.PositiveSmallIntegerField(_("issue"), null=True, blank=True, help_text=_("A newsletter’s number."))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    starts_at = models.TimeField(_("at"), null=True, blank=True, help_text=_("Without one, it takes the whole day."))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)

    base_form_class = NewsPageForm
    parent_page_types = ["website.NewsIndexPage"]
    listing = "news"
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["issue"]
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("category"), FieldPanel("tags")], _("What it is about")),
        MultiFieldPanel([FieldPanel("author_name"), FieldPanel("author_role")], _("Author")),
        KindPanel(
            [
                FieldPanel("starts_on"),
                FieldPanel("starts_at"),
                FieldPanel("ends_on"),
                FieldPanel("ends_at"),
                FieldPanel("place"),
            ],
            _("Event"),
            kind=NewsKind.EVENT,
        ),
        KindPanel([FieldPanel("issue")], _("Newsletter"), kind=NewsKind.NEWSLETTER),
        InlinePanel(
            "related_items",
            label=_("Related item"),
            heading=_("Related items"),
            help_text=_("Without any, the page shows news of the same category or with the same tags."),
            max_num=3,
        ),
    ]
    promote_panels = [OUTSIDE_MENUS_PANEL, SHARING_PANEL]
    search_fields = [*PublicPage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("news item")
        indexes = [
            models.Index(fields=["-date"]),
            models.Index(fields=["kind", "-date"]),
            models.Index(fields=["category", "-date"], name="website_newspage_category"),
            models.Index(fields=["starts_on"], name="website_newspage_events", condition=models.Q(kind="event")),
        ]
        constraints = [
            models.CheckConstraint(name="website_newspage_kind", condition=models.Q(kind__in=NewsKind.values)),
            models.CheckConstraint(
                name="website_newspage_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="website_newspage_times_have_days",
                condition=models.Q(starts_at=None, ends_at=None)
                | models.Q(starts_on__isnull=False, starts_at__isnull=False),
            ),
            models.CheckConstraint(
                name="website_newspage_ends_at_after_start",
                condition=models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at"))
                | models.Q(ends_on__isnull=False, ends_on__gt=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="website_newspage_issue_is_a_newsletters",
                condition=models.Q(issue=None) | models.Q(kind="newsletter", issue__gt=0),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, Any] = {}
        if self.kind == NewsKind.EVENT and not self.starts_on:
            wrong["starts_on"] = _("An event needs the day on which it starts.")
        if self.ends_on and (not self.starts_on or self.ends_on < self.starts_on):
            wrong["ends_on"] = _("An event cannot end before it starts. Correct one of the two days.")
        if self.starts_at and not self.starts_on:
            wrong["starts_on"] = _("A time needs its day. Enter the day on which the event starts.")
        if self.ends_at and not self.starts_at:
            wrong["starts_at"] = _("Enter the time at which the event starts, or leave both times empty.")
        elif self.ends_at and self.starts_at and self.ends_at <= self.starts_at and self.last_day == self.starts_on:
            wrong["ends_at"] = _("An event cannot end before it starts. Correct one of the two times.")
        if self.issue is not None and self.kind != NewsKind.NEWSLETTER:
            wrong["issue"] = _("Only a newsletter has a number. Empty this field, or change the kind.")
        elif self.issue == 0:
            wrong["issue"] = _("Issues are counted from 1.")
        for name in ("date", "starts_on", "ends_on"):
            day = getattr(self, name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                wrong[name] = ValidationError(
                    _("Enter a day of the years %(first)s to %(last)s."),
                    params={"first": FIRST_YEAR, "last": LAST_YEAR},
                )
        if wrong:
            raise ValidationError(wrong)

    @property
    def last_day(self) -> dt.date | None:
        """The day on which an event ends."""
        return self.ends_on or self.starts_on

    @property
    def starts(self) -> dt.datetime | None:
        """The moment at which an event starts, when it has a time: that of the portal's time zone."""
        return _moment(self.starts_on, self.starts_at)

    @property
    def ends(self) -> dt.datetime | None:
        return _moment(self.last_day, self.ends_at)

    def serve_file(self, request: HttpRequest, file: str, **which: str) -> HttpResponse | None:
        from efc_portal.website.machines.calendar import calendar_answer

        return calendar_answer(self, request) if file == "event.ics" and self.starts_on else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        related, others = selectors.beside(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "tags": list(self.tags.all()),
            "related": related,
            "others": others,
            "issues": selectors.other_issues(self) if self.kind == NewsKind.NEWSLETTER else [],
        }


def _moment(day: dt.date | None, at: dt.time | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, at)) if day and at else None


class NewsRelated(Orderable):
    """A page that an editor chose to stand beside a news item."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_items")
    related = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("related", ["website.NewsPage", "website.ReportPage"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.related_id}"
