"""Values in the narrative: what a checksum proves is reported, of the rest what the reporter ticks."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.services import known_value_add
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.journeys import pages

pytestmark = pytest.mark.django_db

OTHER_IBAN = "GB29NWBK60161331926819"
WORDS = f"Paid to {OTHER_IBAN}, asked by name@shop.example.com and +44 20 7946 0123; page hxxps://clips[.]example[.]com/pay."
MAIL, PHONE, PAGE = "email:name@shop.example.com", "phone:+442079460123", "url:https://clips.example.com/pay"


def filled(client, narrative: str) -> str:
    """A draft that is ready to be sent."""
    pk = pages.begin(client, narrative=narrative)
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    pages.save(client, pk, "payments", pages.rows("payments", pages.PAYMENTS))
    pages.save(client, pk, "handling", pages.handling())
    return pk


def check_page(client, pk: str) -> str:
    return client.get(reverse("submissions:edit", args=[pk, "check"])).content.decode()


def sighted(pk: str) -> list[str]:
    """The types of what was found in the text and counts."""
    work_drain_for(10)
    return sorted(
        Submission.objects.get(pk=pk).sightings.filter(source="narrative").values_list("identifier__type", flat=True)
    )


def test_the_last_step_shows_what_was_found_and_asks(cast: Cast) -> None:
    client = cast.client("reporter")
    page = check_page(client, filled(client, WORDS))
    assert "GB29 NWBK 6016 1331 9268 19" in page
    for key in (MAIL, PHONE, PAGE):
        assert f'value="{key}"' in page
    assert not re.search('name="found"[^>]* checked', page)
    assert "name@shop[.]example[.]com" in page


def test_only_what_is_ticked_is_reported_beside_what_is_certain(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = filled(client, WORDS)
    assert client.post(reverse("submissions:finish", args=[pk]), {"found": [MAIL]}).status_code == 302
    assert Submission.objects.get(pk=pk).document["found"] == [{"type": "email", "value": "name@shop.example.com"}]
    assert sighted(pk) == ["email", "iban"]


def test_nothing_ticked_reports_what_is_certain_alone(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = filled(client, WORDS)
    client.post(reverse("submissions:finish", args=[pk]))
    assert sighted(pk) == ["iban"]


def test_a_value_that_does_not_stand_in_the_text_cannot_be_slipped_in(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = filled(client, WORDS)
    client.post(reverse("submissions:finish", args=[pk]), {"found": ["email:other@example.com", "iban:x", "", PHONE]})
    assert Submission.objects.get(pk=pk).document["found"] == [{"type": "phone", "value": "+442079460123"}]


def test_what_was_given_in_the_form_is_not_asked_about(cast: Cast) -> None:
    client = cast.client("reporter")
    page = check_page(client, filled(client, f"To {pages.IBAN}, again {pages.WALLET}."))
    assert 'id="found"' not in page


def test_a_card_number_is_asked_about_as_it_is_kept(cast: Cast) -> None:
    client = cast.client("reporter")
    page = check_page(client, filled(client, "Paid with 4111 1111 1111 1111 at night."))
    assert 'value="payment_card:411111******1111"' in page


@pytest.mark.parametrize(("effect", "offered"), [(KnownEffect.REFUSE, False), (KnownEffect.INFORM, True)])
def test_what_a_list_refuses_is_not_offered_and_what_it_tells_is_said(
    cast: Cast, effect: KnownEffect, offered: bool
) -> None:
    reason = "The help desk that answers every customer."
    recognised = identify("desk@example.net")
    known_value_add(actor=cast.officer, recognised=recognised, effect=effect, reason=reason)
    client = cast.client("reporter")
    page = check_page(client, filled(client, "From desk@example.net, to shop@clips.example.com."))
    assert ('value="email:desk@example.net"' in page) == offered
    assert (reason in page) == offered
    assert 'value="email:shop@clips.example.com"' in page


def test_one_page_asks_before_it_sends_and_keeps_the_ticks(cast: Cast) -> None:
    client, address = cast.client("reporter"), reverse("submissions:one_page")
    form = {
        **pages.what(narrative=WORDS),
        **pages.rows("identifiers", pages.IDENTIFIERS),
        **pages.rows("payments", pages.PAYMENTS),
        **pages.handling(),
        "action": "send",
    }
    asked = client.post(address, form)
    assert asked.status_code == 422
    assert "Say which of the values in your text to report." in asked.content.decode()
    assert not Submission.objects.exists()
    answer = pages.with_answer(client, form, [PAGE])
    wrong = client.post(address, {**answer, "title": ""}).content.decode()
    assert re.search(f'value="{PAGE}"[^>]* checked', wrong)
    assert not re.search(f'value="{MAIL}"[^>]* checked', wrong)
    changed = client.post(address, {**answer, "narrative": f"{WORDS} And b@example.net."})
    assert changed.status_code == 422
    sent = client.post(address, answer)
    assert sent.status_code == 302
    assert sighted(str(Submission.objects.get().pk)) == ["iban", "url"]


def test_one_page_without_candidates_is_sent_at_once(cast: Cast) -> None:
    client = cast.client("reporter")
    form = {
        **pages.what(narrative="Eleven senders at night, and nothing else."),
        **pages.rows("identifiers", pages.IDENTIFIERS),
        **pages.rows("payments", pages.PAYMENTS),
        **pages.handling(),
    }
    assert client.post(reverse("submissions:one_page"), form).status_code == 302
