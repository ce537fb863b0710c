from __future__ import annotations

import pytest

from efc_portal.core.models import DataKey
from efc_portal.core.rotation import rotation_run, shared_purposes
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier, KnownValue
from efc_portal.indicators.services import identifier_open, identifiers_resolve, known_value_add, known_value_open
from tests.cast import Cast
from tests.indicators.test_identifiers import emails


@pytest.mark.django_db
def test_rotating_keys_reseals_identifiers_and_known_values(cast: Cast) -> None:
    assert "identifiers" in shared_purposes()
    rows = identifiers_resolve(emails(25))
    own = identify("GB29 NWBK 6016 1331 9268 19")
    entry = known_value_add(actor=cast.officer, recognised=own, effect=KnownEffect.INFORM, reason="Own account.")
    before = DataKey.objects.get(purpose="identifiers")

    rotation_run(batch=10)

    after = DataKey.objects.filter(purpose="identifiers").latest("created_at")
    assert after != before
    assert set(Identifier.objects.values_list("data_key", flat=True)) == {after.pk}
    opened = identifier_open(Identifier.objects.all())
    assert [opened[row.pk] for row in rows] == [one.canonical for one in emails(25)]
    fresh = KnownValue.objects.get(pk=entry.pk)
    assert fresh.data_key == after
    assert known_value_open(fresh) == own
    assert [row.pk for row in identifiers_resolve(emails(25))] == [row.pk for row in rows]
