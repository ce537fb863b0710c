"""The pages of the lists of known values, of members' own, and of limits."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from efc_portal.audit.models import AuditEvent
from efc_portal.indicators.enums import KnownEffect, OwnValueStatus
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import CommonCap, Identifier, KnownList, KnownValue, OwnValue
from efc_portal.indicators.selectors import known_effect
from efc_portal.indicators.services import (
    identifiers_resolve,
    known_list_of,
    known_value_add,
    known_value_end,
    own_value_propose,
)
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

ACCOUNT = "DE48999900000123456789"  # of a bank code that no bank has
CARD = "4388576018402621"  # passes the check, and is nobody's


def url(name: str, *args: Any) -> str:
    return reverse(f"indicators:{name}", args=args)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def known(cast: Cast, value: str = ACCOUNT, **options: Any) -> KnownValue:
    options = {"effect": KnownEffect.INFORM, "reason": "Settlement account.", **options}
    return known_value_add(actor=cast.officer, recognised=identify(value), **options)


def filled(**changes: Any) -> dict[str, Any]:
    known_list = str(known_list_of("other").pk)
    return {"value": ACCOUNT, "type": "", "known_list": known_list, "effect": "refuse", "reason": "Ours.", **changes}


def test_adding_looking_up_ending_and_putting_back(cast: Cast) -> None:
    officer = cast.client("officer")
    answer = officer.post(url("known_find"), {"value": "DE48 9999 0000 0123 4567 89", "type": ""})
    assert "It stands on no list." in text(answer)
    answer = officer.post(url("known_new"), {"prefill": "1", "value": ACCOUNT, "type": "iban"})
    assert ACCOUNT in text(answer)
    answer = officer.post(url("known_new"), filled())
    entry = KnownValue.objects.get()
    assert answer.headers["Location"] == url("known_entry", entry.pk)
    assert "DE48 9999 0000 0123 4567 89" in text(officer.get(url("known")))
    assert "It stands on a list" in text(officer.post(url("known_find"), {"value": ACCOUNT, "type": ""}))
    assert "on a list already" in text(officer.post(url("known_new"), filled()))

    assert "State the reason." in text(officer.post(url("known_end", entry.pk), {"reason": ""}))
    officer.post(url("known_end", entry.pk), {"reason": "Sold to a customer."})
    page = text(officer.get(url("known_entry", entry.pk)))
    assert "Sold to a customer." in page
    assert "Olga Novak" in page
    assert "DE48 9999" not in text(officer.get(url("known")))
    assert "DE48 9999" in text(officer.get(url("known"), {"state": "ended"}))
    assert officer.get(url("known_end", entry.pk)).status_code == 409

    officer.post(url("known_again", entry.pk), {**filled(reason="Bought back."), "value": "", "type": ""})
    assert known_effect(identify(ACCOUNT)).reason == "Bought back."
    assert officer.get(url("known_again", entry.pk)).status_code == 409
    page = text(officer.get(url("known_entry", entry.pk)))
    assert "Bought back." in page  # the whole history of the value


def test_every_look_is_recorded_and_no_value_is(cast: Cast) -> None:
    entry = known(cast)
    officer = cast.client("officer")
    officer.get(url("known"))
    officer.post(url("known_find"), {"value": ACCOUNT, "type": ""})
    officer.get(url("known_entry", entry.pk))
    events = AuditEvent.objects.filter(actor_id=cast.officer.pk, category="consultation")
    assert [one.action for one in events.order_by("id")] == ["known_value.list", "known_value.find", "known_value.view"]
    assert ACCOUNT not in str(list(AuditEvent.objects.values()))


def test_what_is_wrong_is_said(cast: Cast) -> None:
    officer = cast.client("officer")
    answer = officer.post(url("known_new"), filled(value="DE48999900000123456788"))
    assert answer.status_code == 422
    assert "Wrong checksum" in text(answer)
    assert "Only a domain or a network" in text(officer.post(url("known_new"), filled(covers_below="on")))
    assert officer.post(url("known_find"), {"value": "??", "type": ""}).status_code == 422
    assert officer.get(url("known"), {"type": "nothing", "known_list": "x", "page": "99"}).status_code == 200
    assert not KnownValue.objects.exists()


def test_a_value_below_a_known_one_is_found_under_it(cast: Cast) -> None:
    known(cast, "mill-and-mallow.com", covers_below=True)
    page = text(cast.client("officer").post(url("known_find"), {"value": "a@mill-and-mallow.com", "type": ""}))
    assert "lies under a value that stands for what is below it" in page


def test_many_are_shown_first_and_added_when_confirmed(cast: Cast) -> None:
    known(cast, "mill-and-mallow.com")
    officer = cast.client("officer")
    pasted = "\n".join(
        [
            "value;type;reason",
            f"{ACCOUNT};;Treasury.",
            "not a value;;",
            "mill-and-mallow.com;;",
            f"{ACCOUNT};;",
            f"{CARD};;",
        ]
    )
    data = filled(shape="csv", text=pasted, reason="Ours.")
    page = text(officer.post(url("known_many"), data))
    assert "The same value as in row 2." in page
    assert "On a list already: Other known values." in page
    assert "is not recognised as any type" in page
    assert "Treasury." in page
    assert CARD not in page  # a whole card number does not come back
    assert KnownValue.objects.count() == 1

    carried = {
        **data,
        "text": page.partition('<textarea name="text" hidden aria-hidden="true" tabindex="-1">\n')[2].partition(
            "</textarea>"
        )[0],
    }
    answer = officer.post(url("known_many"), {**carried, "confirm": "1"}, follow=True)
    assert "2 values were put on the list." in text(answer)
    assert known_effect(identify(ACCOUNT)).reason == "Treasury."
    assert known_effect(identify(CARD)).reason == "Ours."
    assert known_effect(identify(CARD)).refuses


def test_many_from_a_file_and_what_is_wrong_with_one(cast: Cast) -> None:
    officer = cast.client("officer")

    def send(content: bytes, **changes: Any) -> str:
        file = SimpleUploadedFile("values.txt", content)
        return text(officer.post(url("known_many"), filled(shape="lines", text="", file=file, **changes)))

    assert "DE48 9999 0000 0123 4567 89" in send(f"\ufeff{ACCOUNT}\r\n\r\n".encode())
    assert "not text in UTF-8" in send(b"\xff\xfe\x00")
    assert "larger than 1 MB" in send(b"a\n" * 600_000)
    assert "Give at most 5000 at once" in send(b"a\n" * 5001)
    assert "No reason stands in this row" in send(ACCOUNT.encode(), reason="")
    assert "Paste the values, or choose a file." in text(
        officer.post(url("known_many"), filled(shape="lines", text=""))
    )
    assert "no CSV that can be read" in text(
        officer.post(url("known_many"), filled(shape="csv", text='a,"' + "b" * 200_000))
    )
    assert not KnownValue.objects.exists()


def test_a_list_of_the_coalitions_own(cast: Cast) -> None:
    manager = cast.client("manager")
    manager.post(url("lists"), {"name": "Charity shops", "purpose": "Of members.", "discreet": "on"})
    assert "Charity shops" in text(manager.get(url("lists")))
    assert KnownList.objects.get().discreet
    assert "There is a list of this name" in text(manager.post(url("lists"), {"name": "charity shops", "purpose": "x"}))


def test_pages_cost_the_same_whatever_they_show(cast: Cast) -> None:
    def cost(client: Client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    officer, analyst = cast.client("officer"), cast.client("analyst")
    paths = ((officer, url("known")), (officer, url("proposals")), (officer, url("lists")), (analyst, url("own")))

    def make(numbers: range) -> None:
        for number in numbers:
            one = identify(f"shop{number}.mill-and-mallow.com")
            known(cast, one.canonical)
            own_value_propose(actor=cast.analyst, organisation=cast.bank, recognised=one, statement="Shop.")

    make(range(1))
    few = [cost(client, path) for client, path in paths]
    make(range(1, 12))
    assert [cost(client, path) for client, path in paths] == few


def test_a_member_proposes_and_an_officer_decides(cast: Cast) -> None:
    analyst, officer = cast.client("analyst"), cast.client("officer")
    report = stages.submission_of(cast.coordinator, identifiers=[{"value": ACCOUNT, "type": "", "role": "recipient"}])
    sent = {"values": f"{ACCOUNT}\nmeridian-pay.example\n", "type": "", "statement": "Settlement"}
    wrong = analyst.post(url("own_new"), {**sent, "values": f"{ACCOUNT}\nnot one\n"})
    assert "Line 2:" in text(wrong)
    assert not OwnValue.objects.exists()
    analyst.post(url("own_new"), sent)
    assert OwnValue.objects.filter(status=OwnValueStatus.PROPOSED).count() == 2
    assert "has given this value already" in text(analyst.post(url("own_new"), sent))
    page = text(analyst.get(url("own")))
    assert "DE48 9999" in page
    assert "Waits for the secretariat" in page

    own_value = OwnValue.objects.get(type="iban")
    assert "Members’ own values to confirm" in text(officer.get(reverse("workspace")))
    page = text(officer.get(url("proposal", own_value.pk)))
    assert "1 finished submission reports this very value." in page
    assert reverse("cases:triage_detail", args=[report.pk]) in page
    assert "Meridian Bank" in page
    known_list = known_list_of("own_accounts").pk
    assert officer.post(url("proposal_confirm", own_value.pk), {"known_list": known_list}).status_code == 422
    officer.post(url("proposal_confirm", own_value.pk), {"known_list": known_list, "note": "Seen the contract."})
    page = text(analyst.get(url("own")))
    assert "Confirmed" in page
    assert "Seen the contract." in page
    other = OwnValue.objects.get(type="domain")
    officer.post(url("proposal_decline", other.pk), {"note": "Not registered to you."})
    assert "Not registered to you." in text(analyst.get(url("own")))
    assert "Nothing waits here" in text(officer.get(url("proposals")))

    assert analyst.get(url("own_withdraw", own_value.pk)).status_code == 200
    analyst.post(url("own_withdraw", own_value.pk), {"reason": "Closed."})
    assert known_effect(identify(ACCOUNT)) is None
    assert analyst.get(url("own_withdraw", own_value.pk)).status_code == 409


def test_others_read_that_it_is_known_and_officers_whose_it_is(cast: Cast) -> None:
    entry = known(cast, known_list=known_list_of("own_accounts"), reason="Meridian Bank: settlement.")
    identifiers = [{"value": ACCOUNT, "type": "", "role": "recipient"}]
    submission = stages.submission_of(cast.coordinator, identifiers=identifiers)
    ngo = cast.client("coordinator")
    told = "On a list of known values: that it turns up says nothing by itself."
    fields = {"identifiers-0-value": ACCOUNT, "identifiers-0-type": "", "prefix": "identifiers-0"}
    draft = stages.draft_of(cast.coordinator, identifiers=identifiers)
    for answer in (
        ngo.get(reverse("submissions:detail", args=[submission.pk])),
        ngo.post(reverse("submissions:identify"), fields),
        ngo.get(reverse("submissions:edit", args=[draft.pk, "identifiers"])),
        ngo.get(reverse("submissions:edit", args=[draft.pk, "check"])),
    ):
        assert told in text(answer)
        assert "Meridian Bank: settlement." not in text(answer)
    page = text(cast.client("officer").get(reverse("cases:triage_detail", args=[submission.pk])))
    assert "Meridian Bank: settlement." in page
    known_value_end(actor=cast.officer, known_value=entry, reason="Sold.")
    assert told not in text(ngo.get(reverse("submissions:detail", args=[submission.pk])))


def test_a_refused_value_is_refused_at_every_door_with_the_reason(cast: Cast) -> None:
    known(cast, effect=KnownEffect.REFUSE, reason="The clearing house’s: report the account behind it.")
    identifiers = [{"value": ACCOUNT, "type": "", "role": "recipient"}]
    bank = cast.client("reporter")
    draft = stages.draft_of(cast.reporter, identifiers=identifiers, payments=[])
    fields = {"identifiers-0-value": ACCOUNT, "identifiers-0-type": "", "prefix": "identifiers-0"}
    rows = {"identifiers-TOTAL_FORMS": "1", "identifiers-INITIAL_FORMS": "0", **fields}
    rows |= {"identifiers-0-role": "recipient", "payments-TOTAL_FORMS": "0", "payments-INITIAL_FORMS": "0"}
    for answer in (
        bank.post(reverse("submissions:identify"), fields),
        bank.get(reverse("submissions:edit", args=[draft.pk, "identifiers"])),
        bank.post(reverse("submissions:finish", args=[draft.pk])),
        bank.post(reverse("submissions:one_page"), rows),
    ):
        assert "report the account behind it." in text(answer)
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_limit_of_one_value(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    identifier = submission.sightings.get().identifier
    officer = cast.client("officer")
    path = url("cap", identifier.pk)
    assert "NL91 ABNA" in text(officer.get(path))
    assert officer.post(path, {"cap": "0", "reason": "x"}).status_code == 422
    assert officer.post(path, {"cap": "5", "reason": ""}).status_code == 422
    officer.post(path, {"cap": "5", "reason": "One merchant."})
    assert CommonCap.objects.get().cap == 5
    assert "One merchant." in text(officer.get(path))
    officer.post(path, {"cap": "", "reason": "Done."})
    assert CommonCap.objects.get().cap is None


def test_what_no_finished_submission_reports_is_not_there(cast: Cast) -> None:
    (identifier,) = identifiers_resolve([identify(ACCOUNT)])
    assert cast.client("officer").get(url("cap", identifier.pk)).status_code == 404
    assert Identifier.objects.count() == 1


def test_get_changes_nothing_and_others_do_not_get_in(cast: Cast) -> None:
    entry = known(cast)
    own_value = own_value_propose(
        actor=cast.analyst, organisation=cast.bank, recognised=identify(ACCOUNT), statement="Ours."
    )
    officer = cast.client("officer")
    for path in (
        url("known_find"),
        url("proposal_confirm", own_value.pk),
        url("proposal_decline", own_value.pk),
    ):
        assert officer.get(path).status_code == 405
    officer.get(url("known_end", entry.pk))
    assert KnownValue.objects.active().exists()

    assert cast.client("editor").get(url("known")).status_code == 403  # a colleague without the role
    assert cast.client("reporter").get(url("own")).status_code == 403
    for who, path in (
        ("outsider", url("known")),
        ("investigator", url("known_entry", entry.pk)),
        ("analyst", url("known_entry", entry.pk)),
        ("officer", url("own")),
        ("coordinator", url("own_withdraw", own_value.pk)),  # of another organisation
    ):
        assert cast.client(who).get(path).status_code == 404, who
    assert "DE48" not in text(cast.client("coordinator").get(url("own")))


def test_the_words_beside_a_value_hold_none(cast: Cast) -> None:
    sent = {"values": ACCOUNT, "type": "iban", "statement": f"Settlement account, as {ACCOUNT}"}
    answer = cast.client("analyst").post(url("own_new"), sent)
    assert "This sentence holds a value" in text(answer)
    assert not OwnValue.objects.exists()
    card = filled(reason="Test card 4111 1111 1111 1111 of the scheme")
    assert "This sentence holds a value" in text(cast.client("officer").post(url("known_new"), card))
    assert not KnownValue.objects.filter(reason__contains="4111").exists()
