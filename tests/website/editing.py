"""What editors do in the CMS, as their browsers send it."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from efc_portal.website.models import NewsIndexPage, NewsPage

PAGES = "/cms/pages"
# made once: a browser sends an unchanged text back with the same marks
BODY = streamfield([("text", rich_text("<p>Please bring questions.</p>"))])


def news_form(**changes: Any) -> dict[str, Any]:
    """The form of a news item; `action=` is the button: save, submit, publish."""
    action = changes.pop("action", "submit")
    return nested_form_data(
        {
            "title": "A workshop on merchants",
            "slug": "a-workshop-on-merchants",
            "kind": "announcement",
            "date": "2026-11-20",
            "summary": "One afternoon, with invented cases.",
            "body": BODY,
            "starts_on": "",
            "ends_on": "",
            "place": "",
            "related_items": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            **({} if action == "save" else {f"action-{action}": f"action-{action}"}),
            **changes,
        }
    ) | {"body-0-id": "5b4a0f0e-7a55-4d5f-9b0e-0d0f5d6f7a11"}


def add_news(client: Client, **changes: Any) -> Any:
    index = NewsIndexPage.objects.get(locale__language_code="en")
    return client.post(f"{PAGES}/add/website/newspage/{index.pk}/", news_form(**changes))


def edit_news(client: Client, page: Page, **changes: Any) -> Any:
    return client.post(f"{PAGES}/{page.pk}/edit/", news_form(slug=page.slug, **changes))


def submitted(client: Client, **changes: Any) -> NewsPage:
    """A news item that an editor wrote and submitted."""
    assert add_news(client, **changes).status_code == 302
    return NewsPage.objects.latest("pk")


def decide(client: Client, page: Page, action: str = "approve", comment: str = "") -> Any:
    """Approve or reject by the buttons under the page."""
    extra = json.dumps({"comment": comment})
    button = {"action-workflow-action": "1", "workflow-action-name": action, "workflow-action-extra-data": extra}
    return client.post(f"{PAGES}/{page.pk}/edit/", button, follow=True)


def withdraw(client: Client, page: Page) -> Any:
    return edit_news(client, page, action="cancel-workflow")


def said(answer: Any) -> str:
    """The words of the messages on a page."""
    return " ".join(str(message) for message in answer.context["messages"]) if answer.context else ""
