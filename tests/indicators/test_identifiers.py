from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext

from efc_portal.core.encryption import Erased, SealBroken
from efc_portal.core.models import DataKey
from efc_portal.core.services import data_key_create, data_key_destroy
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifier_open, identifiers_resolve

VALUES = ["DE89370400440532013000", "name@shop.example.com", "shop.example.com", "4111111111111111", "+4915123456789"]


def emails(count: int, start: int = 0) -> list[Recognised]:
    return [Recognised("email", f"person{number}@example.com") for number in range(start, start + count)]


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.mark.django_db
def test_equal_values_are_one_identifier() -> None:
    first = identifiers_resolve([identify(value) for value in VALUES])
    again = identifiers_resolve(
        [identify(value) for value in (VALUES[1].upper(), "DE89 3704 0044 0532 0130 00", *VALUES)]
    )
    assert [one.pk for one in again[2:]] == [one.pk for one in first]
    assert (again[0].pk, again[1].pk) == (first[1].pk, first[0].pk)
    assert Identifier.objects.count() == len(VALUES)
    assert set(Identifier.objects.matching([identify(VALUES[0])])) == {first[0]}


@pytest.mark.django_db
def test_the_same_text_of_another_type_is_another_identifier() -> None:
    one, two = identifiers_resolve([Recognised("merchant", "12345678"), Recognised("iban", "12345678")])
    assert one.pk != two.pk
    assert bytes(one.match_key) != bytes(two.match_key)


@pytest.mark.django_db
def test_values_open_again_and_are_nowhere_in_clear() -> None:
    rows = identifiers_resolve([identify(value) for value in VALUES])
    opened = identifier_open(Identifier.objects.filter(pk__in=[row.pk for row in rows]))
    assert [opened[row.pk] for row in rows] == [identify(value).canonical for value in VALUES]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM indicators_identifier t")
        dump = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(encode(value_sealed || match_key, 'escape'), '') FROM indicators_identifier")
        dump += cursor.fetchone()[0]
    for value in VALUES:
        assert identify(value).canonical not in dump


@pytest.mark.django_db
def test_a_constant_number_of_statements() -> None:
    identifiers_resolve(emails(1))  # the data key is made once
    assert (
        statements(lambda: identifiers_resolve(emails(6))) == statements(lambda: identifiers_resolve(emails(300))) <= 4
    )
    assert statements(lambda: identifiers_resolve(emails(300))) == 1
    assert statements(lambda: identifiers_resolve([])) <= 1
    rows = list(Identifier.objects.all())
    assert statements(lambda: identifier_open(rows)) == 1
    assert identifiers_resolve([]) == []
    assert identifier_open([]) == {}


@pytest.mark.django_db
def test_a_value_moved_to_another_row_does_not_open() -> None:
    one, two = identifiers_resolve(emails(2))
    one.value_sealed, two.value_sealed = two.value_sealed, one.value_sealed
    with pytest.raises(SealBroken):
        identifier_open([one])


@pytest.mark.django_db
def test_erased_values_say_so() -> None:
    (row,) = identifiers_resolve(emails(1))
    data_key_destroy(data_key=row.data_key)
    with pytest.raises(Erased):
        identifier_open([row])
    (fresh,) = identifiers_resolve(emails(1, start=7))  # under a new key
    assert identifier_open([fresh]) == {fresh.pk: "person7@example.com"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken", [{"match_key": b"short"}, {"type": "No Type"}, {"value_sealed": b"x"}, {"match_key": b"x" * 33}]
)
def test_the_database_refuses_what_must_never_be(broken: dict[str, object]) -> None:
    key = data_key_create(purpose="identifiers")
    fields = {"type": "email", "match_key": b"k" * 32, "value_sealed": b"s" * 40, "data_key": key}
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(**{**fields, **broken})
    Identifier.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(**fields)


@pytest.mark.django_db(transaction=True)
def test_writers_with_values_in_common_neither_deadlock_nor_double() -> None:
    """Eight threads, each in its own transaction, resolve overlapping values in orders of their own."""
    values = emails(60)
    problems: list[BaseException] = []
    results: list[dict[str, int]] = []
    start = threading.Barrier(8)

    def write(seed: int) -> None:
        source = random.Random(seed)
        try:
            for turn in range(6):
                mine = source.sample(values, 40) + emails(3, start=1000 * seed + 10 * turn + 1000)
                source.shuffle(mine)
                start.wait(30)
                with transaction.atomic():
                    rows = identifiers_resolve(mine)
                results.append({one.canonical: row.pk for one, row in zip(mine, rows, strict=True)})
        except BaseException as error:
            problems.append(error)
            start.abort()
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert len(results) == 48
    assert Identifier.objects.count() == len({canonical for result in results for canonical in result})
    for canonical in {canonical for result in results for canonical in result}:
        assert len({result[canonical] for result in results if canonical in result}) == 1
    assert DataKey.objects.filter(purpose="identifiers").count() == 1
