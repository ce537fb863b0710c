"""Where the public reports what it saw: the one table behind the page “Where to report”."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from efc_portal.core.countries import country_name
from efc_portal.website.enums import PlaceKind
from efc_portal.website.languages import EU_LANGUAGES

CHECK_EVERY = timedelta(days=365)


class ReportingPlace(ClusterableModel):
    """A hotline, the police, a helpline of one country; or, without a country, what serves every country."""

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Empty: for every country."))
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=120)
    website = models.URLField(
        _("website"),
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The page on which one reports, rather than the home page."),
    )
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[+0-9][0-9 /()-]*$", _("Digits, blanks and a leading plus, such as 116 111."))],
    )
    languages = models.CharField(
        _("languages"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(r"^[a-z]{2}(, [a-z]{2})*$", _("Codes with commas between them, such as fi, sv, en."))
        ],
        help_text=_("In which one can report: codes with commas between them, such as fi, sv, en."),
    )
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last opened the page and called the number.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Within the country, small first."))

    panels = [
        MultiFieldPanel([FieldPanel("country"), FieldPanel("kind"), FieldPanel("name")], _("What it is")),
        MultiFieldPanel([FieldPanel("website"), FieldPanel("phone"), FieldPanel("languages")], _("How to reach it")),
        MultiFieldPanel([FieldPanel("checked_on"), FieldPanel("order")], _("Upkeep")),
        InlinePanel("notes", label=_("Note"), heading=_("Notes, one for each language")),
    ]

    class Meta:
        verbose_name = _("place to report to")
        verbose_name_plural = _("places to report to")
        ordering = ["country", "order", "pk"]
        constraints = [
            models.CheckConstraint(name="website_reportingplace_kind", condition=models.Q(kind__in=PlaceKind.values)),
            models.CheckConstraint(
                name="website_reportingplace_country", condition=models.Q(country__regex=r"^([A-Z]{2})?$")
            ),
            models.CheckConstraint(name="website_reportingplace_reachable", condition=~models.Q(website="", phone="")),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.name}".strip()

    def clean(self) -> None:
        super().clean()
        if not self.website and not self.phone:
            raise ValidationError(_("Give a website or a telephone number: otherwise nobody can reach it."))
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet. Give the day of the last check.")})

    @property
    def country_label(self) -> str:
        return country_name(self.country) if self.country else str(_("Every country"))

    @property
    def is_due(self) -> bool:
        """Whether nobody has checked it for a year."""
        return self.checked_on is None or self.checked_on < timezone.localdate() - CHECK_EVERY

    @property
    def language_names(self) -> str:
        """In their own names: “Suomi, Svenska, English”."""
        return ", ".join(_native(code) for code in self.languages.split(", ") if code)

    @property
    def note(self) -> str:
        """In the active language; empty when there is none in it."""
        return next((note.text for note in self.notes.all() if note.language == get_language()), "")


class ReportingPlaceNote(models.Model):
    """A sentence about a place in one language."""

    place = ParentalKey(ReportingPlace, on_delete=models.CASCADE, related_name="notes")
    language = models.CharField(_("language"), max_length=12, choices=EU_LANGUAGES, default="en")
    text = models.CharField(_("text"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "language"],
                name="website_reportingplacenote_one_per_language",
                violation_error_message=_("There is a note in this language already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


def _native(code: str) -> str:
    """A language in its own name, which begins with a capital whatever its own custom."""
    try:
        return dict(EU_LANGUAGES).get(code) or capfirst(str(get_language_info(code)["name_local"]))
    except KeyError:
        return code
