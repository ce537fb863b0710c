"""What the form of a news item refuses because of other pages. What a page itself must be is its model's matter."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from efc_portal.website.enums import NewsKind
from efc_portal.website.forms.pages import PublicPageForm


class NewsPageForm(PublicPageForm):
    def clean_slug(self) -> str:
        slug = super().clean_slug()
        if len(slug) == 4 and slug.isdigit():
            raise ValidationError(
                _("The address %(slug)s belongs to the archive of that year. Add a word."), params={"slug": slug}
            )
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        number = cleaned.get("issue")
        if number and cleaned.get("kind") == NewsKind.NEWSLETTER:
            from efc_portal.website.models import NewsPage

            same = NewsPage.objects.filter(issue=number, locale=self.instance.locale).exclude(pk=self.instance.pk)
            if other := same.first():
                self.add_error(
                    "issue",
                    _("Issue %(number)s is “%(title)s” already. Choose another number.")
                    % {"number": number, "title": other.title},
                )
        return cleaned
