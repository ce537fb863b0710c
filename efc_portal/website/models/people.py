"""Pages on which readers turn to somebody: joining, where to report, contact. Each exists once, at a fixed address."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from efc_portal.core.countries import country_name, is_country
from efc_portal.core.languages import speak_address
from efc_portal.core.public_facts import fact
from efc_portal.website import selectors
from efc_portal.website.blocks.text import PLAIN_FEATURES
from efc_portal.website.models.base import SEARCH_ENGINE_PANELS, SHARING_PANEL, FixedPage
from efc_portal.website.models.standard import StandardPage
from efc_portal.website.permissions import fixed_page_permissions


class _FixedStandardPage(StandardPage):
    """A page of text that the portal's addresses rely on: it is never moved, taken away or given another address."""

    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []
    promote_panels = [
        MultiFieldPanel(
            [
                *SEARCH_ENGINE_PANELS,
                FieldPanel("show_in_menus"),
                FieldPanel("show_in_footer"),
            ],
            _("Search engines and navigation"),
        ),
        SHARING_PANEL,
    ]

    class Meta:
        abstract = True

    max_count_per_parent = FixedPage.max_count_per_parent

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return fixed_page_permissions(user, self)


class _StepBlock(StructBlock):
    title = CharBlock(label=_("What happens"), max_length=80)
    duration = CharBlock(label=_("How long it takes"), max_length=60, required=False)
    text = TextBlock(label=_("More about it"), rows=3)


class _QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"))
    answer = RichTextBlock(label=_("Answer"), features=PLAIN_FEATURES)


class JoinPage(_FixedStandardPage):
    """Who can join, what is expected, the way in with how long each step takes, and questions."""

    steps_heading = models.CharField(_("heading"), max_length=80)
    steps = StreamField(StreamBlock([("step", _StepBlock(label=_("Step")))]), verbose_name=_("steps"), blank=True)
    questions = StreamField(
        StreamBlock([("question", _QuestionBlock(label=_("Question")))]),
        verbose_name=_("frequently asked questions"),
        blank=True,
    )

    content_panels = [
        *StandardPage.content_panels,
        MultiFieldPanel([FieldPanel("steps_heading"), FieldPanel("steps")], _("The way in")),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("page about joining")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The ways on: to the application, where an app says it is, and to the contact page with the topic chosen."""
        contact = ContactPage.objects.live().filter(locale_id=self.locale_id).first()
        return {
            **super().get_context(request, *args, **kwargs),
            "application_url": fact("application") or "",
            "contact_url": f"{contact.get_url(request)}?topic=joining" if contact else "",
        }


class WhereToReportPage(_FixedStandardPage):
    """Hotlines, police and helplines, by country. What they are is a table of its own: `ReportingPlace`."""

    parameters = ("country",)

    class Meta:
        verbose_name = _("page about where to report")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        wanted = request.GET.get("country", "").upper()
        countries, everywhere = selectors.reporting_places()
        contact = ContactPage.objects.live().filter(locale_id=self.locale_id).first()
        chosen = wanted if is_country(wanted) else ""
        return {
            **super().get_context(request, *args, **kwargs),
            "countries": countries,
            "everywhere": everywhere,
            "choices": selectors.reporting_country_choices(),
            "chosen": chosen,
            "chosen_name": country_name(chosen) if chosen else "",
            "found": next((one.places for one in countries if one.code == chosen), []),
            "asked": "country" in request.GET,
            "correction_url": f"{contact.get_url(request)}?topic=correction" if contact else "",
        }


class ContactPage(_FixedStandardPage):
    """How to write to the secretariat. The form comes from the app that keeps what is written."""

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        letterbox = fact("contact", topic=request.GET.get("topic", ""))
        return {**super().get_context(request, *args, **kwargs), "letterbox": letterbox}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Kept nowhere: the form carries the time at which it was shown."""
        speak_address(request, self.locale.language_code)
        response: HttpResponse = Page.serve(self, request, *args, **kwargs).render()
        patch_cache_control(response, no_store=True)
        return response
