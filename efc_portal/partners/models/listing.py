"""What the public directory says about an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.models.organisation import Organisation


class Listing(models.Model):
    """What the public directory says about an organisation. Whether it says anything is the organisation's choice.

    Partners are shown until they hide themselves, agencies hidden until they show themselves, the secretariat never.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="listing"
    )
    slug = models.SlugField(max_length=80, unique=True)  # of the public page; never changes
    name = models.CharField(_("public name"), max_length=200)
    descriptions = models.JSONField(_("public description"), default=dict)  # by language code
    is_shown = models.BooleanField(_("shown in the directory"), default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partners_listing_slug", condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="partners_listing_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="partners_listing_descriptions_by_language",
                condition=Exact(
                    models.Func("descriptions", function="jsonb_typeof", output_field=models.TextField()), "object"
                ),
            ),
        ]
        indexes = [models.Index(fields=["name"], name="partners_listing_shown", condition=models.Q(is_shown=True))]

    def __str__(self) -> str:
        return self.name

    def description(self, language: str) -> str:
        """In a language, else in the default one, else in any."""
        return str(
            self.descriptions.get(language)
            or self.descriptions.get(settings.LANGUAGE_CODE)
            or next(iter(self.descriptions.values()), "")
        )

    @property
    def initials(self) -> str:
        """The mark that stands for a logo: the first letters of the first two words."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "·"
