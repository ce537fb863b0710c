"""The cast itself: everybody can be made, and is who the other tests believe them to be."""

from __future__ import annotations

import pytest

from efc_portal.partners.permissions import access_of
from tests.cast import PEOPLE, Cast


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "newcomer"])
def test_everybody_gets_past_the_sign_in(cast: Cast, who: str) -> None:
    assert cast.client(who).get("/workspace/").status_code == 200


def test_they_belong_where_the_table_says(cast: Cast) -> None:
    assert access_of(cast.reporter).organisation == access_of(cast.analyst).organisation == cast.bank
    assert access_of(cast.coordinator).organisation == cast.ngo
    assert access_of(cast.manager).organisation == cast.secretariat
    assert access_of(cast.liaison).organisation == cast.agency.organisation
    assert access_of(cast.other_investigator).organisation == cast.other_agency.organisation
    assert access_of(cast.outsider).organisation is None
