"""Who holds which office."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageChooserBlock


class _PersonBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=120)
    role = CharBlock(label=_("Role"), max_length=160)
    organisation = CharBlock(label=_("Organisation"), max_length=160, required=False)
    portrait = ImageChooserBlock(label=_("Portrait"), required=False)
    text = TextBlock(label=_("About the person"), required=False, rows=3)

    class Meta:
        icon = "user"


class PeopleBlock(StructBlock):
    """The people of a committee or an office. A portrait stands beside its name and so needs no words of its own."""

    people = ListBlock(_PersonBlock(label=_("Person")), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        template = "website/blocks/people.html"
        description = _("The people of a committee or an office, with name, role and organisation.")
        preview_value = {
            "people": [
                {"name": "Ada Example", "role": "Chair", "organisation": "An agency", "portrait": None, "text": ""},
                {
                    "name": "Ben Sample",
                    "role": "Member",
                    "organisation": "A bank",
                    "portrait": None,
                    "text": "Speaks for the financial sector.",
                },
            ]
        }

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """With all portraits' renditions read at once."""
        portraits = [person["portrait"] for person in value["people"] if person["portrait"]]
        prefetch_related_objects(portraits, "renditions")
        return super().get_context(value, parent_context=parent_context)
