"""Zcash's bech32 addresses, by the official test vectors (zcash-test-vectors, unified_address)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards import zcash
from efc_portal.core.standards.errors import InvalidValue

UNIFIED = [
    "u1l8xunezsvhq8fgzfl7404m450nwnd76zshscn6nfys7vyz2ywyh4cc5daaq0c7q2su5lqfh23sp7fkf3kt27ve5948mzpfdvckzaect2jtte308mk"
    "wlycj2u0eac077wu70vqcetkxf",
    "u1qxqf8ctkxlsdh7xdcgkdtyw4mku7dxma8tsz45xd6ttgs322gdk7kazg3sdn52z7na3tzcrzf7lt3xrdtfp9d4pccderalchvvxk8hghduxrky5gu"
    "zqlw65fmgp6x7aj4k8v5jkgwuw",
    "u1pg2aaph7jp8rpf6yhsza25722sg5fcn3vaca6ze27hqjw7jvvhhuxkpcg0ge9xh6drsgdkda8qjq5chpehkcpxf87rnjryjqwymdheptpvnljqqrj"
    "qzjwkc2ma6hcq666kgwfytxwac8eyex6ndgr6ezte66706e3vaqrd25dzvzkc69kw0jgywtd0cmq52q5lkw6uh7hyvzjse8ksx",
    "u1ay3aawlldjrmxqnjf5medr5ma6p3acnet464ht8lmwplq5cd3ugytcmlf96rrmtgwldc75x94qn4n8pgen36y8tywlq6yjk7lkf3fa8wzjrav8z2x"
    "pxqnrnmjxh8tmz6jhfh425t7f3vy6p4pd3zmqayq49efl2c4xydc0gszg660q9p",
    "u1snf9yr883aj2hm8pksp9aymnqdwzy42rpzuffevj35hhxeckays5pcpeq7vy2mtgzlcuc4mnh9443qnuyje0yx6h59angywka4v2ap6kchh2j96ez"
    "f9w0c0auyz3wwts2lx5gmk2sk9",
]
TEX = ["tex10wur2u9clts5dcpu2vc6qg93uzyj7cca2xm732", "tex1rkq7seu3cukjjtusde7q8xnjne93laluyvdxu7"]


@pytest.mark.parametrize("address", UNIFIED)
def test_official_unified_addresses(address: str) -> None:
    assert zcash.decode(address) == zcash.decode(address.upper()) == (zcash.UNIFIED, "zcash")


@pytest.mark.parametrize("address", TEX)
def test_official_tex_addresses(address: str) -> None:
    assert zcash.decode(address) == (zcash.TEX, "zcash")


@pytest.mark.parametrize("place", range(3, len(UNIFIED[0]), 5))
def test_one_wrong_character_is_always_noticed(place: int) -> None:
    good = UNIFIED[0]
    with pytest.raises(InvalidValue):
        zcash.decode(good[:place] + ("q" if good[place] != "q" else "p") + good[place + 1 :])


@given(st.binary(min_size=48, max_size=300))
def test_jumbling_is_undone(data: bytes) -> None:
    assert zcash.unjumbled(zcash.jumbled(data)) == data
    assert zcash.jumbled(zcash.unjumbled(data)) == data


def test_another_prefix_is_no_address_of_zcash() -> None:
    with pytest.raises(InvalidValue, match="no address of Zcash"):
        zcash.decode("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
