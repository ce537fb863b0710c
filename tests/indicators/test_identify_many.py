from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import ibans
from bench.invented import values_of
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.demo.values import Invented
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify, identify_many
from efc_portal.indicators.types import TYPES, UnknownType

ODD = [
    "", " ", "n/a", "TLP:RED", "DE89\x0037", "a" * 3000, "DE89 3704" + " " * 2100 + "0044 0532 0130 00", "１A1", "(x)",
    "DE89\n37040044053201300 0", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS",
]  # fmt: skip


def one_by_one(values: list[str], types: list[str | None], region: str | None) -> list[object]:
    answers: list[object] = []
    for value, code in zip(values, types, strict=True):
        try:
            answers.append(identify(value, type=code, region=region))
        except InvalidValue as error:
            answers.append(told(error))
    return answers


def told(answer: Recognised | InvalidValue) -> object:
    """All that a refusal says, for comparing."""
    if isinstance(answer, Recognised):
        return answer
    return answer.message, answer.rule, answer.position, answer.types


def values(seed: int, count: int) -> list[str]:
    source, invented = random.Random(seed), Invented(f"many {seed}")
    found = [*ODD, *(one.example for one in TYPES.values()), *ibans.many(seed, count)]
    for _turn in range(count // 6):
        found += values_of(invented)
    for place in range(0, len(found), 5):
        text = found[place]
        if text:
            where = source.randrange(len(text))
            found[place] = text[:where] + source.choice("0OIlx ") + text[where + 1 :]
    source.shuffle(found)
    return found


@pytest.mark.parametrize("region", [None, "DE"])
def test_says_of_each_value_what_identify_says(region: str | None) -> None:
    given_values = values(1, 600)
    for types in (None, *TYPES):
        wanted = one_by_one(given_values, [types] * len(given_values), region)
        assert [told(one) for one in identify_many(given_values, types=types, region=region)] == wanted


def test_takes_a_type_for_each_value() -> None:
    given_values = values(2, 600)
    source = random.Random(2)
    types = [source.choice([None, *TYPES]) for _ in given_values]
    wanted = one_by_one(given_values, types, None)
    assert [told(one) for one in identify_many(given_values, types=types)] == wanted


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=8))
def test_says_the_same_of_any_text(texts: list[str]) -> None:
    for types in (None, "iban"):
        wanted = one_by_one(texts, [types] * len(texts), None)
        assert [told(one) for one in identify_many(texts, types=types)] == wanted


def test_refuses_a_type_that_nobody_declared() -> None:
    with pytest.raises(UnknownType):
        identify_many(["x"], types="nothing")
    with pytest.raises(UnknownType):
        identify_many(["x", "y"], types=[None, "nothing"])


def test_nothing_gives_nothing() -> None:
    assert identify_many([]) == identify_many([], types="iban") == identify_many([], types=[]) == []
