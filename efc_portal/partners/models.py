"""Organisations of the coalition, and who belongs to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import Matter, OrganisationKind, Role, Sector


class Organisation(models.Model):
    """A partner, the secretariat, or a law enforcement agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    country = models.CharField(_("country"), max_length=2)  # ISO 3166-1 alpha-2; also the provider's country
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partners_organisation_kind", condition=models.Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="partners_organisation_country", condition=models.Q(country__regex=r"^[A-Z]{2}$")
            ),
            models.UniqueConstraint(
                fields=["kind"],
                name="partners_one_secretariat",
                condition=models.Q(kind=OrganisationKind.SECRETARIAT),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an organisation, with one or more of its roles. At most one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="partners_membership_one_at_a_time", condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="partners_membership_known_roles",
                condition=models.Q(roles__contained_by=Role.values) & models.Q(roles__len__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}: {', '.join(self.roles)}"


class Agency(models.Model):
    """What a law enforcement agency is competent for, and the key its packages are encrypted to."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="agency")
    countries = ArrayField(models.CharField(max_length=2), default=list)  # ISO 3166-1; empty: every country
    matters = ArrayField(models.CharField(max_length=40, choices=Matter), default=list)
    recipient = models.CharField(max_length=120, blank=True)  # age X25519 public key: age1…
    recipient_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return str(self.organisation_id)

    @property
    def matter_labels(self) -> list[str]:
        return [str(Matter(matter).label) for matter in self.matters]


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
