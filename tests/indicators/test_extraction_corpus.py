"""What extraction finds in the labelled texts: all that stands there, at its place, and hardly anything else."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from efc_portal.indicators.extract import extract
from efc_portal.indicators.types import TYPES
from tests.indicators.data import lines

LEAST = 0.99


@pytest.fixture(scope="module")
def counted() -> dict[str, Counter[str]]:
    """Right, missed and wrong finds of each type. Types that nothing declares do not count."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("right", "missed", "wrong", "unsure")}
    for line in lines("extraction.jsonl"):
        one = json.loads(line)
        wanted = {
            (find["type"], find["canonical"], find["start"], find["end"]): find["confidence"]
            for find in one["finds"]
            if find["type"] in TYPES
        }
        found = {
            (find.type, find.canonical, find.start, find.end): str(find.confidence) for find in extract(one["text"])
        }
        counts["right"].update(key[0] for key in wanted.keys() & found.keys())
        counts["missed"].update(key[0] for key in wanted.keys() - found.keys())
        counts["wrong"].update(key[0] for key in found.keys() - wanted.keys())
        counts["unsure"].update(key[0] for key in wanted.keys() & found.keys() if wanted[key] != found[key])
    return counts


@pytest.mark.parametrize("code", [code for code, one in TYPES.items() if one.clues or one.words])
def test_a_type_is_found_and_nothing_is_taken_for_it(code: str, counted: dict[str, Counter[str]]) -> None:
    right = counted["right"][code]
    assert right >= 100
    assert right / (right + counted["missed"][code]) >= LEAST
    assert right / (right + counted["wrong"][code]) >= LEAST


def test_certain_is_what_a_checksum_proves(counted: dict[str, Counter[str]]) -> None:
    assert not counted["unsure"]


def test_what_is_certain_is_never_wrong() -> None:
    for line in lines("extraction.jsonl"):
        one = json.loads(line)
        wanted = {(find["type"], find["canonical"]) for find in one["finds"]}
        for find in extract(one["text"]):
            assert find.confidence == "candidate" or (find.type, find.canonical) in wanted, one["text"]
