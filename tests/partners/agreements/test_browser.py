"""The pages of the memorandum and of contributions in Chromium: axe, 320 and 1280 pixels, nothing from elsewhere."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from efc_portal.partners.agreements.asking import members_ask
from efc_portal.partners.agreements.services import acceptance_accept, acceptance_ask
from efc_portal.partners.models import Acceptance
from efc_portal.workflow.worker import work_drain_for
from tests.browser import IN_CHROMIUM, chromium, faults, listened
from tests.cast import Cast, client_for
from tests.factories.agreements import version_draft, version_published
from tests.factories.contributions import contribution_of
from tests.factories.partners import OrganisationFactory

pytestmark = IN_CHROMIUM


@pytest.fixture
def browser(live_server: Any) -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def test_an_applicants_signatory_accepts_by_link_and_code(cast: Cast, live_server: Any, browser: Browser) -> None:
    cache.clear()
    version_published(cast.manager, cast.second_manager)
    acceptance_ask(
        application_id=uuid.uuid4(),
        party="Nordlicht Pay",
        name="Nora Lind",
        title="CEO",
        email="nora@nordlicht.example",
        language="en",
        actor=cast.manager,
    )
    work_drain_for(20)
    link = re.search(r"/join/memorandum/\S+/", str(mail.outbox[-1].body))
    assert link
    page, heard = listened(browser.new_context(base_url=live_server.url))
    page.goto(link[0])
    assert faults(page) == {}
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("The six digits")).to_be_visible()
    assert faults(page) == {}
    work_drain_for(20)
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code
    page.get_by_label("I have read the memorandum").check()
    page.get_by_label("The six digits").fill(code[0])
    page.get_by_role("button", name="Accept the memorandum").click()
    expect(page.get_by_role("heading", name="The memorandum is accepted")).to_be_visible()
    assert faults(page) == {}
    assert heard == []
    assert Acceptance.objects.get().status == "accepted"


def test_the_workspace_pages_fit_and_axe_finds_nothing(cast: Cast, live_server: Any, browser: Browser) -> None:
    version = version_published(cast.manager, cast.second_manager, changes="Members now name a deputy.")
    for _number in range(4):
        contribution_of(OrganisationFactory())
    entry = contribution_of(cast.bank, description="Nights on call.", amount=Decimal(1200), currency="EUR")
    members_ask(version)
    accepted = acceptance_accept(organisation=cast.bank, actor=cast.signatory, title="Head of Compliance")
    draft = version_draft(cast.second_manager)
    pages = {
        "manager": [
            "/members/memoranda/",
            "/members/memoranda/acceptances/",
            f"/members/memoranda/acceptances/{accepted.pk}/",
            f"/members/memoranda/acceptances/{accepted.pk}/countersign/",
            f"/members/memoranda/{draft.pk}/",
            f"/members/memoranda/{draft.pk}/publish/",
            "/members/contributions/all/",
        ],
        "second_officer": ["/members/memoranda/"],
        "signatory": ["/members/memorandum/", "/members/memorandum/accept/"],
        "bank_coordinator": [
            "/members/contributions/",
            "/members/contributions/new/",
            f"/members/contributions/{entry.pk}/withdraw/",
            "/partners/",
        ],
    }
    wrong = {}
    for who, addresses in pages.items():
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
        name = settings.SESSION_COOKIE_NAME
        value = client_for(getattr(cast, who)).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page, heard = listened(context)
        for address in addresses:
            page.goto(address)
            if found := faults(page):
                wrong[who, address] = found
        assert heard == []
        context.close()
    assert wrong == {}
