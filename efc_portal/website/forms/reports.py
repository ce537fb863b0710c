"""What the form of a report refuses because of other reports."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from efc_portal.website import selectors
from efc_portal.website.forms.pages import PublicPageForm


class ReportPageForm(PublicPageForm):
    def clean_replaces(self) -> object:
        """Editions follow one another in one line: no edition replaces itself, a later one, or one that is replaced."""
        earlier = self.cleaned_data["replaces"]
        if earlier is None:
            return None
        here = self.instance
        if earlier.locale_id != here.locale_id:
            raise ValidationError(_("Choose an edition in the language of this page."))
        if earlier.pk == here.pk:
            raise ValidationError(_("A report cannot replace itself. Choose the edition before it."))
        if here.pk and earlier.pk in selectors.later_ids(here.pk):
            raise ValidationError(
                _("“%(title)s” replaces this report already, directly or through others. Choose an earlier edition."),
                params={"title": earlier.title},
            )
        other = type(earlier).objects.filter(replaces=earlier).exclude(pk=here.pk).first()
        if other:
            raise ValidationError(
                _("“%(earlier)s” is replaced by “%(other)s” already. Choose that one, or another."),
                params={"earlier": earlier.title, "other": other.title},
            )
        return earlier
