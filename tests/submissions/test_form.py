"""The form: what is kept, what is refused, and with which sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from efc_portal.audit.models import AuditEvent
from efc_portal.indicators.types import TYPES
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import draft_discard, draft_save
from efc_portal.submissions.views import form
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages
from tests.journeys import pages

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def draft_of(pk: str) -> Submission:
    return Submission.objects.get(pk=pk)


def test_a_wrong_identifier_is_told_with_its_place_and_kept(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    wrong = [{"value": "DE88370400440532013000", "type": "", "role": "recipient"}]
    answer = pages.save(client, pk, "identifiers", pages.rows("identifiers", wrong))
    assert answer.status_code == 422
    assert "DE88370400440532013000" in text(answer)
    assert "Identifier 1" in text(answer)
    assert draft_of(pk).document["identifiers"][0]["value"] == "DE88370400440532013000"


def test_a_draft_with_mistakes_cannot_be_sent_and_says_why(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    answer = client.post(reverse("submissions:finish", args=[pk]))
    assert answer.status_code == 422
    assert "Give at least one account, wallet, merchant, address or handle." in text(answer)
    assert "This step is not filled in yet." in text(answer)
    assert draft_of(pk).is_draft


def test_an_unfinished_step_is_saved_as_it_was_typed(cast: Cast) -> None:
    client = cast.client("reporter")
    answer = client.post(reverse("submissions:new"), pages.what(title="", action="leave"))
    assert answer.status_code == 302
    assert Submission.objects.get().document["what"]["narrative"] == pages.NARRATIVE


def test_card_numbers_are_cut_before_anything_is_stored(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client, narrative="Paid with 4111 1111 1111 1111 at night.")
    assert draft_of(pk).document["what"]["narrative"] == "Paid with 411111******1111 at night."
    card = [{"value": "4111-1111-1111-1111", "type": "payment_card", "role": "sender"}]
    pages.save(client, pk, "identifiers", pages.rows("identifiers", card))
    assert "411111******1111" in draft_of(pk).document["identifiers"][0]["value"]


def test_removing_an_identifier_moves_the_sides_of_payments_with_it(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    payment = [{**pages.PAYMENTS[0], "sender": "0", "recipient": "1"}]
    pages.save(client, pk, "payments", pages.rows("payments", payment))
    rows = [{**pages.IDENTIFIERS[0], "DELETE": "on"}, pages.IDENTIFIERS[1]]
    pages.save(client, pk, "identifiers", pages.rows("identifiers", rows))
    document = draft_of(pk).document
    assert [row["value"] for row in document["identifiers"]] == [pages.WALLET]
    assert (document["payments"][0]["sender"], document["payments"][0]["recipient"]) == ("", "0")


def test_pasted_lines_become_rows(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    data = {**pages.rows("identifiers", []), "paste": f"{pages.IBAN}\tDE\n\n{pages.WALLET}", "action": "add"}
    pages.save(client, pk, "identifiers", data)
    assert [row["value"] for row in draft_of(pk).document["identifiers"]] == [pages.IBAN, pages.WALLET]


@pytest.mark.parametrize(
    ("amount", "currency", "sentence"),
    [
        ("1.234", "EUR", "can be read in two ways"),
        ("12.345,67", "JPY", "JPY has no digits after the point"),
        ("twelve", "EUR", "in digits only"),
        ("-5", "EUR", "in digits only"),
        ("٣", "EUR", "in digits only"),
        ("9" * 14, "EUR", "too large"),
    ],
)
def test_amounts_are_never_guessed(cast: Cast, amount: str, currency: str, sentence: str) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    pages.save(client, pk, "identifiers", pages.rows("identifiers", pages.IDENTIFIERS))
    payment = [{**pages.PAYMENTS[0], "amount": amount, "currency": currency}]
    answer = pages.save(client, pk, "payments", pages.rows("payments", payment))
    assert answer.status_code == 422
    assert sentence in text(answer)


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ({"tlp": "TLP:WHITE"}, "WHITE is now CLEAR"),
        ({"contains_str": "yes"}, "Without your FIU’s agreement"),
        ({"handling_codes": ["H3"]}, "You ticked H3"),
        ({"contains_str": ""}, "Answer yes or no."),
    ],
)
def test_marks_must_be_whole(cast: Cast, marks: dict, sentence: str) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    answer = pages.save(client, pk, "handling", pages.handling(**marks))
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_draft_that_is_discarded_while_somebody_writes_gives_the_text_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)

    def too_late(**what: Any) -> int:
        draft_discard(draft=Submission.objects.get(pk=pk), actor=cast.analyst)
        return draft_save(**what)

    monkeypatch.setattr(form, "draft_save", too_late)
    answer = pages.save(client, pk, "what", pages.what(narrative="Money came at night."))
    assert answer.status_code == 409
    assert "This draft was discarded meanwhile" in text(answer)
    assert "Money came at night." in text(answer)


def test_two_people_on_one_draft_do_not_overwrite_each_other(cast: Cast) -> None:
    first, second = cast.client("reporter"), cast.client("analyst")
    pk = pages.begin(first)
    seen = draft_of(pk).saves
    pages.save(first, pk, "what", pages.what(title="Mine", seen=seen))
    answer = pages.save(second, pk, "what", pages.what(title="Theirs", seen=seen))
    assert answer.status_code == 409
    assert "Theirs" in text(answer)
    assert draft_of(pk).title == "Mine"
    answer = pages.save(second, pk, "what", pages.what(title="Theirs", seen=seen, own="1"))
    assert answer.status_code == 302
    assert draft_of(pk).title == "Theirs"


def test_a_first_step_with_a_mistake_goes_on_in_the_draft_it_began(cast: Cast) -> None:
    """Mended on the page that names the mistake, pressed twice, or gone back to: it is one draft, and no conflict."""
    client = cast.client("reporter")
    key = client.get(reverse("submissions:new")).context["form_key"]
    wrong = client.post(reverse("submissions:new"), pages.what(title="", form_key=key))
    draft = Submission.objects.get()
    here = reverse("submissions:edit", args=[draft.pk, "what"])
    assert wrong.status_code == 422
    assert f'action="{here}"' in wrong.content.decode()
    assert "<title>Error:" in wrong.content.decode()
    assert client.post(here, pages.what(seen=wrong.context["seen"])).status_code == 302
    again = client.post(reverse("submissions:new"), pages.what(title="Gone back", form_key=key, seen=0))
    assert again.status_code == 302
    assert draft_of(draft.pk).title == "Gone back"
    other = cast.client("analyst").post(reverse("submissions:new"), pages.what(form_key=key))
    assert str(draft.pk) not in other.url
    assert Submission.objects.count() == 2


def test_a_form_gone_back_to_after_sending_changes_nothing(cast: Cast) -> None:
    client = cast.client("reporter")
    key = client.get(reverse("submissions:new")).context["form_key"]
    pk = pages.submit(client, process=False, form_key=key)
    answer = client.post(reverse("submissions:new"), pages.what(title="Gone back", form_key=key))
    assert answer.status_code == 409
    assert "already sent" in text(answer)
    assert str(Submission.objects.get().pk) == pk
    for step in ("what", "check"):
        back = client.get(reverse("submissions:edit", args=[pk, step]))
        assert back.headers["Location"] == reverse("submissions:detail", args=[pk])
    assert cast.client("outsider").get(reverse("submissions:edit", args=[pk, "what"])).status_code == 404
    assert "HX-Refresh" not in client.get(reverse("submissions:progress", args=[pk])).headers
    work_drain_for(10)
    assert client.get(reverse("submissions:progress", args=[pk])).headers["HX-Refresh"] == "true"


def test_autosave_answers_with_where_the_draft_is(cast: Cast) -> None:
    client = cast.client("reporter")
    answer = client.post(reverse("submissions:new"), pages.what(), headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    assert answer.json()["url"] == reverse("submissions:edit", args=[Submission.objects.get().pk, "what"])


def test_sent_twice_is_sent_once(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.submit(client, process=False)
    answer = client.post(reverse("submissions:finish", args=[pk]))
    assert answer.status_code == 302
    assert Submission.objects.exclude(reference=None).count() == 1


def test_a_sent_submission_cannot_be_changed(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.submit(client, process=False)
    before = bytes(draft_of(pk).content)
    for step in ("what", "identifiers", "payments", "handling"):
        assert pages.save(client, pk, step, pages.what(title="Changed")).status_code == 404
    assert client.post(reverse("submissions:discard", args=[pk])).status_code == 404
    assert bytes(draft_of(pk).content) == before


def test_discarding_erases(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    key = draft_of(pk).data_key
    assert "erased" in text(client.get(reverse("submissions:discard", args=[pk])))
    client.post(reverse("submissions:discard", args=[pk]))
    key.refresh_from_db()
    assert not Submission.objects.exists()
    assert key.wrapped is None


def test_the_whole_form_on_one_page(cast: Cast) -> None:
    client = cast.client("reporter")
    data = {
        **pages.what(),
        **pages.rows("identifiers", pages.IDENTIFIERS),
        **pages.rows("payments", pages.PAYMENTS),
        **pages.handling(),
        "action": "send",
    }
    wrong = client.post(reverse("submissions:one_page"), {**data, "title": ""})
    assert wrong.status_code == 422
    assert "Enter a title." in text(wrong)
    assert pages.WALLET in text(wrong)
    assert not Submission.objects.exists()
    data = pages.with_answer(client, data)
    assert client.post(reverse("submissions:one_page"), data).status_code == 302
    assert Submission.objects.get().reference == "S-2026-000001"


def test_one_page_costs_the_same_however_much_it_says_and_whatever_was_said_before(cast: Cast) -> None:
    client = cast.client("reporter")

    def statements(identifiers: list[dict[str, str]]) -> int:
        form = {
            **pages.what(),
            **pages.rows("identifiers", identifiers),
            **pages.rows("payments", pages.PAYMENTS),
            **pages.handling(),
            "action": "send",
        }
        form = pages.with_answer(client, form)
        with CaptureQueriesContext(connection) as captured:
            assert client.post(reverse("submissions:one_page"), form).status_code == 302
        return len(captured)

    more = [{"value": f"payer{number}@mail.example", "type": "", "role": "contact"} for number in range(20)]
    statements(pages.IDENTIFIERS)
    assert statements(pages.IDENTIFIERS) == statements(more) == statements(more)
    sent = Submission.objects.order_by("finished_at")[0]
    events = AuditEvent.objects.filter(object_id=str(sent.pk)).order_by("id")
    assert [event.action for event in events] == ["submission.begin", "submission.finish"]


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9" * 5000])
def test_a_number_that_is_none_in_a_hidden_field_is_no_error_of_the_portal(cast: Cast, number: str) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    assert pages.save(client, pk, "what", pages.what(seen=number)).status_code < 500
    for step in ("identifiers", "payments"):
        assert pages.save(client, pk, step, {f"{step}-TOTAL_FORMS": number}).status_code < 500


def test_the_form_on_one_page_sent_twice_is_sent_once(cast: Cast) -> None:
    """A double click, or no answer the first time; with other words it is another submission."""
    client, page = cast.client("reporter"), reverse("submissions:one_page")
    key = client.get(page).context["form_key"]
    form = {
        **pages.what(),
        **pages.handling(),
        **pages.rows("identifiers", pages.IDENTIFIERS),
        **pages.rows("payments", pages.PAYMENTS),
        "form_key": str(key),
    }
    form = pages.with_answer(client, form)
    first, second = client.post(page, form), client.post(page, form)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Submission.objects.get().reference == "S-2026-000001"
    assert client.post(page, {**form, "title": "Another account"}).url != first.url
    assert cast.client("analyst").post(page, form).url != first.url
    assert client.post(page, {**form, "form_key": "no key"}).url != first.url
    assert Submission.objects.exclude(reference=None).count() == 4
    assert AuditEvent.objects.filter(action="submission.begin").count() == 4


def test_a_chain_and_a_token_are_kept_beside_the_address(cast: Cast) -> None:
    address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    client = cast.client("reporter")
    pk = pages.begin(client)
    typed = [{"value": f"USDT on Polygon: {address}", "type": "", "role": "recipient"}]
    pages.save(client, pk, "identifiers", pages.rows("identifiers", typed))
    pages.save(client, pk, "payments", pages.rows("payments", []))
    pages.save(client, pk, "attachments", {})
    pages.save(client, pk, "handling", pages.handling())
    assert "USDT on Polygon" in text(client.get(reverse("submissions:edit", args=[pk, "check"])))
    client.post(reverse("submissions:finish", args=[pk]))
    (kept,) = draft_of(pk).document["identifiers"]
    assert (kept["value"], kept["chain"], kept["token"]) == (address.lower(), "polygon", "USDT")
    page = reverse("submissions:detail", args=[pk])
    assert "USDT on Polygon" in text(client.get(page)), "as it was reported"
    work_drain_for(60)
    assert "USDT on Polygon" in text(client.get(page)), "and once it is normalised"


def test_an_account_at_a_proven_bank_is_no_card(cast: Cast) -> None:
    account = "US 021000021 / 41234567890120"  # passes the Luhn check, at a length that no card has
    kept = [{"value": account, "type": "bank_account", "role": "recipient"}]
    submission = stages.submission_of(cast.reporter, identifiers=kept, payments=[])
    page = cast.client("reporter").get(reverse("submissions:detail", args=[submission.pk])).content.decode()
    assert account in page
    assert draft_save(draft=stages.draft_of(cast.reporter), parts={"identifiers": kept}, actor=cast.reporter) == 0


def test_the_number_of_a_phone_is_no_card_where_it_is_called_one(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    typed = [{"value": "IMEI 356938035643809", "type": "", "role": "other"}]
    answer = pages.save(client, pk, "identifiers", pages.rows("identifiers", typed))
    assert answer.status_code == 302
    assert draft_of(pk).document["identifiers"][0]["value"] == "IMEI 356938035643809"


def test_every_type_is_explained_on_one_page(cast: Cast) -> None:
    for who in ("reporter", "officer", "investigator"):
        page = text(cast.client(who).get(reverse("submissions:types")))
        for declaration in TYPES.values():
            assert escape(str(declaration.label)) in page
            assert escape(declaration.example) in page
    assert reverse("submissions:types") in text(cast.client("reporter").get(reverse("submissions:one_page")))


def test_the_groups_stand_beside_the_identifiers_before_sending(cast: Cast) -> None:
    client = cast.client("reporter")
    pk = pages.begin(client)
    rows = [{"value": "DE89370400440532013000", "type": "", "role": "recipient", "group": "Ring 4"}]
    pages.save(client, pk, "identifiers", pages.rows("identifiers", rows))
    assert "group Ring 4" in text(client.get(reverse("submissions:edit", args=[pk, "check"])))
