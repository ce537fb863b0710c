"""What a yearly review asks an organisation, as a list that nouns add to.

    @review_item("contacts", label=_("Confirm your contacts"), url_name="contacts", order=10)
    def contacts(review: Review) -> bool: ...   # whether it is done

A noun of this app says so in its own `review_items.py`, which is imported when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.models import Review

Done = Callable[[Review], bool]


@dataclass(frozen=True)
class ReviewItem:
    """One thing that is asked. `url_name` is reversed without arguments; `hint` is a sentence under the label."""

    code: str
    label: Any
    url_name: str
    order: int
    is_done: Done
    hint: Any = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_items: dict[str, ReviewItem] = {}


def review_item(code: str, *, label: Any, url_name: str, order: int, hint: Any = "") -> Callable[[Done], Done]:
    """Register what a review asks, with the function that says whether it is done."""

    def register(function: Done) -> Done:
        if code in _items:
            raise ValueError(f"two items of the review are called {code}")
        _items[code] = ReviewItem(code, label, url_name, order, function, hint)
        return function

    return register


def review_items() -> list[ReviewItem]:
    return sorted(_items.values(), key=lambda item: item.order)


@review_item(
    "contacts",
    label=_("Confirm your contacts"),
    url_name="contacts",
    order=10,
    hint=_("Who is named for the membership, data protection and operations, and how to reach them."),
)
def contacts(review: Review) -> bool:
    return review.contacts_confirmed_at is not None


@review_item(
    "domains",
    label=_("Confirm your mail domains"),
    url_name="review_domains",
    order=20,
    hint=_("Only people with an address at one of them can be invited."),
)
def domains(review: Review) -> bool:
    return review.domains_confirmed_at is not None
