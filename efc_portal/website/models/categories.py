from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from efc_portal.website.languages import EU_LANGUAGES


class NewsCategory(ClusterableModel):
    """What news are about. One category for all languages, with a name in each: its address is the same everywhere."""

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("In the language of the first pages."))
    slug = models.SlugField(
        _("name in addresses"), max_length=60, unique=True, help_text=_("Small letters, without spaces.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        InlinePanel("names", label=_("Name in another language"), heading=_("Names in other languages")),
    ]

    class Meta:
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """The name in the language that is active, or the first name. Prefetch `names` where there are several."""
        language = get_language()
        return next((one.name for one in self.names.all() if one.language == language), self.name)


class NewsCategoryName(Orderable):
    """The name of a category in one language."""

    category = ParentalKey(NewsCategory, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=5, choices=EU_LANGUAGES)
    name = models.CharField(_("name"), max_length=60)

    panels = [FieldPanel("language"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["category", "language"], name="website_newscategoryname_one_per_language"),
            models.CheckConstraint(
                name="website_newscategoryname_language",
                condition=models.Q(language__in=[code for code, _name in EU_LANGUAGES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
