"""What belongs together in a submission, and where the other half is reported."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from efc_portal.core.encryption import match_key
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import common_cap_set, known_value_add
from efc_portal.submissions.enums import RelationKind
from efc_portal.submissions.models import Relation, Submission
from efc_portal.submissions.querysets import SubmissionQuerySet
from efc_portal.submissions.relations import kind_of
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

BITCOIN = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"  # the example of BIP-173
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # an example of EIP-55
PAGE = "https://pay.shop-seven.example.org/basket?id=7"


def reported(reporter: Any, *rows: tuple[str, str]) -> Submission:
    """A submission of values, each with its group, and nothing paid."""
    identifiers = [{"value": value, "type": "", "role": "other", "group": group} for value, group in rows]
    return stages.submission_of(reporter, identifiers=identifiers, payments=[])


def kinds(submission: Submission) -> list[tuple[str, str, str]]:
    return sorted(
        (one.source.type, one.kind, one.target.type) for one in Relation.objects.filter(submission=submission)
    )


def test_wallets_of_one_group_are_one_cluster(cast: Cast) -> None:
    submission = reported(cast.reporter, (BITCOIN, "A"), (ETHEREUM, "a"), (stages.IBAN, ""))
    assert kinds(submission) == [("wallet_eth", RelationKind.SAME_CLUSTER, "wallet_btc")]
    page = cast.client("reporter").get(reverse("submissions:detail", args=[submission.pk])).content.decode()
    assert f"belongs to the same wallet cluster as {BITCOIN}" in page


def test_an_account_is_held_at_the_bank_of_its_group() -> None:
    assert kind_of("iban", "bic") == kind_of("bank_account", "bic") == RelationKind.HELD_AT
    assert kind_of("iban", "email") == kind_of("iban", "wallet_btc") == RelationKind.SAME_HOLDER


def test_a_page_lies_under_its_host_and_its_domain(cast: Cast) -> None:
    submission = reported(cast.reporter, (PAGE, ""))
    assert set(kinds(submission)) == {("url", RelationKind.NAMES, "domain")}
    page = cast.client("reporter").get(reverse("submissions:detail", args=[submission.pk])).content.decode()
    assert "names pay[.]shop-seven[.]example[.]org" in page
    assert submission.sightings.count() == 1  # the domain was not reported, so it is not shown as if it were


def test_what_is_known_relates_nothing(cast: Cast) -> None:
    domain = identify("pay.shop-seven.example.org", type="domain")
    before = reported(cast.reporter, (PAGE, ""))
    key = match_key(domain.type, domain.canonical)
    assert before.relations.filter(target__match_key=key).exists()
    known_value_add(actor=cast.officer, recognised=domain, effect="inform", reason="A payment page of everybody’s.")
    after = reported(cast.coordinator, ("shop@pay.shop-seven.example.org", ""))
    assert not after.relations.filter(target__match_key=key).exists()
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[before.pk])).content.decode()
    assert after.reference in page  # by the domain above, which nobody put on a list
    known = f'<span class="value">{domain.display}</span>'
    assert known not in page.split("Related values</h2>")[1].split("</section>")[0]


def test_an_officer_sees_where_the_other_wallet_of_a_cluster_is_reported(cast: Cast) -> None:
    reported(cast.coordinator, (BITCOIN, "A"), (ETHEREUM, "A"))
    first = reported(cast.reporter, (BITCOIN, ""))
    second = reported(cast.reporter, (ETHEREUM, ""))
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[first.pk])).content.decode()
    related = page.split("Related values</h2>")[1].split("</section>")[0]
    assert second.reference in related
    assert identify(ETHEREUM).display in related


def test_two_pages_of_one_host_meet_there(cast: Cast) -> None:
    one = reported(cast.reporter, (PAGE, ""))
    other = reported(cast.coordinator, ("https://pay.shop-seven.example.org/other", ""))
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[one.pk])).content.decode()
    assert other.reference in page.split("Related values</h2>")[1].split("</section>")[0]
    assert "No other submission reports one of these identifiers." in page  # related is not the same


def related_rows(submission: Submission, client: Client) -> list[str]:
    """The rows of "Related values" on the page of a submission, as a reader sees them."""
    page = client.get(reverse("cases:triage_detail", args=[submission.pk])).content.decode()
    table = page.split("Related values</h2>")[1].split("</section>")[0].split("<tbody>")[1]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("<tr>")[1:]]


def test_a_pair_stands_once_with_how_many_submissions_name_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one = reported(cast.reporter, ("https://shop-seven.com/a", ""))
    others = [reported(cast.coordinator, (f"desk{number}@shop-seven.com", "")) for number in range(5)]
    client = cast.client("officer")
    (row,) = related_rows(one, client)
    assert "in 5 submissions" in row
    assert (
        [other.reference for other in others if str(other.reference) in row]
        == [  # the newest are named
            other.reference for other in others[2:]
        ]
    )
    assert row.endswith("and 2 earlier")
    visible = Submission.objects.exclude(pk__in=[other.pk for other in others[1:]])
    monkeypatch.setattr(SubmissionQuerySet, "visible_to", lambda self, user: self.filter(pk__in=visible.values("pk")))
    (row,) = related_rows(one, client)
    assert "in 1 submission " in row
    assert str(others[0].reference) in row


def test_a_pair_stands_once_whichever_of_the_two_names_the_other(cast: Cast) -> None:
    one = reported(cast.reporter, ("desk@shop-seven.com", "A"), ("shop-seven.com", "A"))
    other = reported(cast.coordinator, ("desk@shop-seven.com", "A"), ("shop-seven.com", "A"))
    (row,) = related_rows(one, cast.client("officer"))
    assert "in 1 submission " in row
    assert str(other.reference) in row


def test_what_is_common_here_relates_nothing(cast: Cast) -> None:
    reported(cast.coordinator, (BITCOIN, "A"), (ETHEREUM, "A"))
    first = reported(cast.reporter, (BITCOIN, ""))
    reported(cast.reporter, (ETHEREUM, ""))
    assert len(related_rows(first, cast.client("officer"))) == 1
    reported(cast.coordinator, (BITCOIN, ""))
    common = Identifier.objects.get(match_key=match_key("wallet_btc", BITCOIN))
    common_cap_set(actor=cast.officer, identifier=common, cap=1, reason="An exchange's own wallet.")
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[first.pk])).content.decode()
    assert "Related values" not in page


@pytest.mark.parametrize("unfinished", [True, False])
def test_what_is_not_sent_relates_nothing(cast: Cast, unfinished: bool) -> None:
    other = reported(cast.coordinator, (BITCOIN, "A"), (ETHEREUM, "A"))
    first, second = reported(cast.reporter, (BITCOIN, "")), reported(cast.reporter, (ETHEREUM, ""))
    if unfinished:
        Submission.objects.filter(pk=other.pk).update(status="draft", reference=None, finished_at=None)
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[first.pk])).content.decode()
    assert (second.reference in page) is not unfinished


def test_more_relations_cost_no_more_statements(cast: Cast) -> None:
    few = reported(cast.reporter, (BITCOIN, "A"), (ETHEREUM, "A"))
    many = reported(cast.reporter, *((f"https://shop-{n}.example.org/a", "B") for n in range(40)))
    client, counts = cast.client("officer"), []
    for one in (few, many):
        url = reverse("cases:triage_detail", args=[one.pk])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
