"""What the link checker found."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.website.enums import LinkKind, LinkStatus

LEFT_AFTER = timedelta(hours=1)  # without a worker
LONGEST_CHECK = timedelta(days=1)


class LinkCheck(models.Model):
    """One walk over the links of all public pages. It remembers how far it came, so that it can go on after a crash."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # none: the calendar
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(default=timezone.now)  # by the worker that is at it
    last_page = models.PositiveBigIntegerField(default=0)  # pages are taken in the order of their ids
    pages = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    sites = models.PositiveIntegerField(default=0)  # addresses of other sites
    sites_done = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), name="website_linkcheck_one_at_a_time", condition=models.Q(finished_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_left_lying(self) -> bool:
        """Whether nobody goes on with it, or it comes to no end: another one may begin."""
        now = timezone.now()
        late = self.claimed_until < now - LEFT_AFTER or self.started_at < now - LONGEST_CHECK
        return self.finished_at is None and late


class Link(models.Model):
    """A link of a public page, and what stood behind it when it was last tried."""

    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind)
    target = models.CharField(_("leads to"), max_length=2000)
    text = models.CharField(_("words of the link"), max_length=200, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=LinkStatus, default=LinkStatus.WAITING)
    code = models.PositiveSmallIntegerField(_("HTTP status"), default=0)
    moved_to = models.CharField(_("lies now at"), max_length=2000, blank=True)
    first_broken_at = models.DateTimeField(_("first seen broken"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint("page", "kind", MD5("target"), name="website_link_once_a_page"),
            models.CheckConstraint(name="website_link_kind", condition=models.Q(kind__in=LinkKind.values)),
            models.CheckConstraint(name="website_link_status", condition=models.Q(status__in=LinkStatus.values)),
        ]
        indexes = [models.Index(fields=["status", "page"]), models.Index(fields=["kind", "checked_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"
