"""The bundle: STIX 2.1 that python-stix2 reads, with exact values and ids that others compute too."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.indicators.identify import identify
from efc_portal.referrals.package.content import Content, Identifier, Term
from efc_portal.referrals.package.marks import MARKINGS
from efc_portal.referrals.package.stix import stix_bundle
from efc_portal.referrals.package.stix_objects import _EXTENSIONS, identifier_object, observable_id, own_id
from tests.referrals.package import sample

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def objects(content: Content) -> list[dict[str, Any]]:
    return json.loads(stix_bundle(content))["objects"]


def _content_of(value: str) -> Identifier:
    found = identify(value)
    stix, observed = found.declaration.observable(found.canonical)
    return Identifier(
        type=Term(found.type, str(found.declaration.label)),
        value=found.canonical,
        stix=stix,
        observed=observed,
        display=found.display,
    )


def of_type(content: Content, kind: str) -> list[dict[str, Any]]:
    return [one for one in objects(content) if one["type"] == kind]


def references(value: object) -> set[str]:
    """Every id that an object refers to."""
    found: set[str] = set()
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("_ref"):
                found.add(inner)
            elif name.endswith("_refs"):
                found.update(inner)
            else:
                found |= references(inner)
    elif isinstance(value, list):
        for inner in value:
            found |= references(inner)
    return found


def test_python_stix2_reads_it() -> None:
    parsed = stix2.parse(stix_bundle(sample.CONTENT), allow_custom=True)
    assert parsed.type == "bundle"
    assert {type(one).__name__ for one in parsed.objects} >= {
        "Report",
        "ObservedData",
        "Note",
        "Relationship",
        "Identity",
    }


def test_where_no_extension_is_needed_nothing_custom_is() -> None:
    payment = replace(sample.payments(1)[0], sender=None, recipient=sample.SHOP)
    plain = sample.content(identifiers=(sample.EMAIL, sample.DOMAIN, sample.URL, sample.SHOP), payments=(payment,))
    stix2.parse(stix_bundle(plain), allow_custom=False)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert stix_bundle(sample.CONTENT) == stix_bundle(sample.content())


def test_ids_are_unique_and_every_reference_resolves() -> None:
    made = objects(sample.CONTENT)
    ids = [one["id"] for one in made]
    assert len(ids) == len(set(ids))
    foreign = {"identity--9779a2db-f98c-5f4b-8d08-8ee04e02dbb5"}  # who published the extension definitions
    assert references(made) - set(ids) == foreign


def test_one_report_binds_everything() -> None:
    made = objects(sample.CONTENT)
    (report,) = (one for one in made if one["type"] == "report")
    free = {"marking-definition", "extension-definition", "report"}
    assert set(report["object_refs"]) == {one["id"] for one in made if one["type"] not in free}
    assert [one["external_id"] for one in report["external_references"]] == ["R-2026-000017", "C-2026-000045"]


@pytest.mark.parametrize("label", MARKINGS)
def test_everything_carries_the_tlp_marking_of_oasis(label: str) -> None:
    submissions = tuple(replace(one, handling=replace(one.handling, tlp=label)) for one in sample.SUBMISSIONS)
    made = objects(sample.content(tlp=label, submissions=submissions))
    marking = next(one for one in made if one["id"] == MARKINGS[label])
    assert marking["extensions"][TLP_EXTENSION]["tlp_2_0"] == label[4:].lower()
    for one in made:
        if one["type"] not in ("marking-definition", "extension-definition"):
            assert one["object_marking_refs"][0] == MARKINGS[label], one["type"]


def test_the_handling_of_a_submission_is_a_statement_on_its_objects() -> None:
    made = objects(sample.CONTENT)
    statements = {one["id"]: one["definition"]["statement"] for one in made if "definition" in one}
    note = next(one for one in made if one["type"] == "note" and "S-2026-000121" in one["abstract"])
    said = " ".join(statements[ref] for ref in note["object_marking_refs"] if ref in statements)
    assert "4x4 grade B2" in said
    assert "H1: not in judicial proceedings" in said
    assert "Name us to the prosecutor only after asking us." in said
    assert "Not a sole basis for a decision" in said


def test_extension_objects_have_only_the_properties_their_definition_lists() -> None:
    allowed = {
        one["object_type"]: {*one["properties"], "spec_version", "object_marking_refs"}
        for one in json.loads(_EXTENSIONS.read_text())["definitions"]
    }
    made = [one for one in objects(sample.CONTENT) if one["type"] in allowed]
    assert {one["type"] for one in made} == set(allowed) - {"cryptocurrency-transaction"}
    for one in made:
        assert set(one) <= allowed[one["type"]]
        (extension,) = one["extensions"]
        assert one["extensions"][extension] == {"extension_type": "new-sco"}
        assert any(other["id"] == extension for other in objects(sample.CONTENT))


def test_a_card_is_only_its_truncated_number() -> None:
    (card,) = of_type(sample.CONTENT, "payment-card")
    assert card["value"] == "411111******1111"
    assert "security_code" not in card
    assert b"security_code" not in stix_bundle(sample.CONTENT)


def test_values_are_exact_not_defanged() -> None:
    assert of_type(sample.CONTENT, "url")[0]["value"] == "https://pay.northgate-media.example/checkout?plan=3"
    assert of_type(sample.CONTENT, "phone-number")[0]["value"] == "48221234567"


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("email-addr", stix2.EmailAddress(value="billing@northgate-media.example")),
        ("domain-name", stix2.DomainName(value="northgate-media.example")),
        ("url", stix2.URL(value="https://pay.northgate-media.example/checkout?plan=3")),
    ],
)
def test_standard_observables_have_the_ids_that_others_compute(kind: str, made: Any) -> None:
    assert of_type(sample.CONTENT, kind)[0]["id"] == made.id


def test_a_file_has_the_id_that_others_compute() -> None:
    attachment = sample.attachment()
    expected = stix2.File(name=attachment.name, hashes={"SHA-256": attachment.sha256}).id
    assert expected in {one["id"] for one in of_type(sample.CONTENT, "file")}


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_ids_follow_canonical_json_for_any_value(value: str) -> None:
    assert observable_id("domain-name", {"value": value}) == stix2.DomainName(value=value).id


def test_addresses_of_both_kinds_find_their_type() -> None:
    assert identifier_object(_content_of("203.0.113.7"))["type"] == "ipv4-addr"
    assert identifier_object(_content_of("2001:db8::7"))["type"] == "ipv6-addr"


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (
            "X: @North_Star",
            stix2.UserAccount(account_type="twitter", account_login="north_star"),
        ),
        ("Telegram: north_star", stix2.UserAccount(account_type="telegram", account_login="north_star")),
        ("00:1B:44:11:3A:B7", stix2.MACAddress(value="00:1b:44:11:3a:b7")),
        ("2001:DB8::7", stix2.IPv6Address(value="2001:db8::7")),
        ("192.0.2.7:443", stix2.IPv4Address(value="192.0.2.7")),
        ("192.0.2.0/24", stix2.IPv4Address(value="192.0.2.0/24")),
    ],
)
def test_a_type_says_what_its_observable_holds(value: str, made: Any) -> None:
    found = identifier_object(_content_of(value))
    assert (found["type"], found["id"]) == (made["type"], made["id"])


def test_types_without_an_observable_are_named_by_an_identity() -> None:
    company = identifier_object(_content_of("LEI 529900T8BM49AURSDO55"))
    assert (company["type"], company["name"], company["identity_class"]) == (
        "identity",
        "LEI 529900T8BM49AURSDO55",
        "organization",
    )
    phone = identifier_object(_content_of("IMEI 490154203237518"))
    assert (phone["type"], phone["name"]) == ("identity", "Device or session: imei:490154203237518")


def test_a_transaction_is_the_one_a_payment_names() -> None:
    number = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    found = identifier_object(_content_of(f"bitcoin:{number}"))
    assert (found["type"], found["value"]) == ("cryptocurrency-transaction", number)
    assert found["id"] == observable_id("cryptocurrency-transaction", {"value": number})


def test_a_payment_is_a_relationship_with_its_exact_amount() -> None:
    paid = [one for one in of_type(sample.CONTENT, "relationship") if one["relationship_type"] == "paid"]
    assert len(paid) == len(sample.CONTENT.payments)
    first = paid[0]
    (extension,) = first["extensions"].values()
    assert extension == {
        "extension_type": "property-extension",
        "amount": "150.00",
        "currency": "EUR",
        "method": "bank_transfer",
    }
    assert first["start_time"] == "2026-03-04T00:00:00.000Z"
    assert first["source_ref"].startswith("bank-account--")
    assert first["target_ref"].startswith("bank-account--")


def test_a_known_ledger_entry_is_a_transaction() -> None:
    payment = replace(sample.payments(48)[-2], recipient=sample.WALLET, currency="BTC", transaction="ab" * 32)
    (entry,) = of_type(sample.content(payments=(payment,)), "cryptocurrency-transaction")
    assert entry["value"] == "ab" * 32
    assert entry["symbol"] == "BTC"
    assert entry["output"][0]["address_ref"].startswith("cryptocurrency-wallet--")


def test_a_source_that_is_not_named_cannot_be_told_from_its_id() -> None:
    unnamed = next(one for one in of_type(sample.CONTENT, "identity") if one["name"] == "A partner")
    assert unnamed["id"] != own_id("identity", "organisation", "A partner")
    elsewhere = next(
        one for one in of_type(sample.content(reference="R-2026-000018"), "identity") if one["name"] == "A partner"
    )
    assert elsewhere["id"] != unnamed["id"]


def test_a_bare_submission_still_refers_to_something() -> None:
    bare = replace(sample.SUBMISSIONS[0], narrative="", period_from=None, period_to=None, red_flags=(), methods=())
    made = objects(sample.content(submissions=(bare,), identifiers=(), payments=(), attachments=()))
    (note,) = (one for one in made if one["type"] == "note")
    assert note["content"]
    assert note["object_refs"][0].startswith("report--")
    for one in made:
        stix2.parse(one, allow_custom=False)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=400))
def test_any_words_give_a_bundle_that_reads(words: str) -> None:
    submission = replace(sample.SUBMISSIONS[0], narrative=words, organisation=words)
    shop = replace(sample.SHOP, value=words)
    stix2.parse(
        stix_bundle(sample.content(title=words, submissions=(submission,), identifiers=(shop,), payments=())),
        allow_custom=True,
    )
