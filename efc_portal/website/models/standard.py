from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from efc_portal.website.blocks import BodyBlock
from efc_portal.website.models.base import ADDRESS_PANEL, SEARCH_ENGINE_PANELS, SHARING_PANEL, PublicPage


class StandardPage(PublicPage):
    """A page of text: about the coalition, joining it, legal notices."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    show_in_footer = models.BooleanField(_("show in the footer"), default=False)
    show_date = models.BooleanField(
        _("show when it was last changed"), default=False, help_text=_("For notices, where the date matters.")
    )

    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types = ["website.StandardPage"]
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("show_date"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                ADDRESS_PANEL,
                *SEARCH_ENGINE_PANELS,
                FieldPanel("show_in_menus"),
                FieldPanel("show_in_footer"),
            ],
            _("Address, search engines and navigation"),
        ),
        SHARING_PANEL,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
