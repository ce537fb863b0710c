from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from string import ascii_uppercase, digits

import pytest
import schwifty
from schwifty.exceptions import SchwiftyException

from bench import ibans
from efc_portal.core.standards import iban
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from tests.indicators.data import lines

EXAMPLES = lines("iban-examples.txt")


def schwifty_accepts(text: str) -> bool:
    try:
        schwifty.IBAN(text)
    except SchwiftyException:
        return False
    return True


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_of_every_country(text: str) -> None:
    found = identify(text)
    assert (found.type, found.canonical, found.display) == ("iban", text.replace(" ", ""), text)
    assert found.country == text[:2]
    assert found.detail == "" or found.detail.startswith("Bank code ")


def test_agrees_with_schwifty_on_mutated_values() -> None:
    """Five thousand IBANs with one, two or no character changed, moved, added or lost."""
    source = random.Random(20260311)
    compact = [text.replace(" ", "") for text in EXAMPLES]
    accepted = 0
    for _turn in range(5_000):
        value = mutated(source.choice(compact), source)
        verdict = iban.is_valid(value)
        assert verdict == schwifty_accepts(value), value
        accepted += verdict
    assert accepted > 500


def mutated(value: str, source: random.Random) -> str:
    chars = list(value)
    for _change in range(source.choice((0, 1, 1, 1, 2))):
        place = source.randrange(len(chars))
        kind = source.randrange(5)
        if kind == 0:
            chars[place] = source.choice(digits + ascii_uppercase)
        elif kind == 1:
            other = source.randrange(len(chars))
            chars[place], chars[other] = chars[other], chars[place]
        elif kind == 2:
            del chars[place]
        elif kind == 3:
            chars.insert(place, source.choice(digits + ascii_uppercase))
        else:
            chars[2:4] = f"{(int(''.join(chars[2:4])) + 97) % 100:02d}" if "".join(chars[2:4]).isdigit() else "00"
    return "".join(chars)


def test_differs_from_schwifty_in_the_listed_ways_alone() -> None:
    """Twenty thousand mutated IBANs of every country, in the forms people write; `make bench` takes a million."""
    values = list(ibans.many(20260311, 20_000))
    found = Counter(ibans.difference(value) for value in values)
    assert found.pop("") > 19_000
    assert set(found) <= set(ibans.CLASSES)
    assert len(found) >= 4
    named = (Path(__file__).parents[2] / "docs" / "indicators-agreement.md").read_text()
    assert [name for name in ibans.CLASSES if name not in named] == []


def test_many_at_once_have_the_verdicts_of_single_ones() -> None:
    values = list(ibans.many(20260312, 5_000))
    for value, quick in zip(values, iban.valid_ones(values), strict=True):
        assert quick is None or quick == ibans.portal_says(value) == ibans.schwifty_says(value)
    plain = [value for value in values if re.fullmatch("[A-Za-z0-9 ]+", value) and value[:4] != "IBAN"]
    assert len(plain) > 3_000
    assert iban.valid_ones(plain) == [ibans.portal_says(value) for value in plain]


@pytest.mark.parametrize(
    "odd", ["DE8937040044053201300\t", "DE89+3704004405320130", "DE89370400440_532013000", "DE89\n370400440532013000",
            "DE8937040044053201300\x1c", "DE89３７０４００４４０５３２０１３０００", "", "DE", "\n"]
)  # fmt: skip
def test_nothing_is_read_over_in_many(odd: str) -> None:
    good = "DE89370400440532013000"
    for odd_one in (odd, *(odd.replace("0", char, 1) for char in "_+-\t\v")):
        for times in (1, 500):
            assert iban.valid_ones([good, odd_one, good.lower()] * times) == [good, None, good] * times
        assert not iban.is_valid(odd_one)


@pytest.mark.parametrize("country", sorted(iban.structures()))
def test_the_check_is_that_of_iso_7064(country: str) -> None:
    """MOD 97-10 as the standard writes it: letters as numbers from 10, the first four characters at the end."""
    source = random.Random(f"7064 {country}")
    verdicts: dict[str, bool] = {}
    for lettered in (0.0, 0.3, 1.0):
        value = ibans.valid(source, country, lettered=lettered)
        for check in range(100):
            changed = f"{country}{check:02}{value[4:]}"
            number = int("".join(str(int(char, 36)) for char in changed[4:] + changed[:4]))
            verdicts[changed] = number % 97 == 1 and 2 <= check <= 98
    told = [changed if right else None for changed, right in verdicts.items()]
    assert [changed if iban.is_valid(changed) else None for changed in verdicts] == told
    assert iban.valid_ones(list(verdicts)) == told
    assert iban.valid_ones(list(verdicts) * 2) == told * 2  # so many that they are checked together


def test_the_example_of_iso_7064() -> None:
    """Its annex: the check characters of 794 are 44."""
    assert int("79444") % 97 == 1
    assert iban.is_valid("GB82WEST12345698765432")  # ISO 13616
    assert not iban.is_valid("GB82WEST12345698765423")


@pytest.mark.parametrize("country", sorted(iban.structures()))
def test_agrees_with_schwifty_on_random_values_of_every_country(country: str) -> None:
    source = random.Random(country)
    structure = iban.structures()[country]
    for _turn in range(20):
        national = "".join(
            source.choice(digits if kind == "n" else ascii_uppercase if kind == "a" else digits + ascii_uppercase)
            for count, kind in structure.parts
            for _place in range(count)
        )
        for check in ("00", "01", "02", "50", "97", "98", "99"):
            value = country + check + national
            assert iban.is_valid(value) == schwifty_accepts(value), value
        good = schwifty.IBAN.from_bban(country, national)
        assert iban.is_valid(str(good))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("DE89 3704 0044 0532 0130 01", "Wrong checksum: a character was probably mistyped, or two were swapped"),
        ("DE89 3704 0O44 0532 0130 00", "Position 10: a digit belongs here, not O"),
        ("GB29 NW8K 6016 1331 9268 19", "Position 7: a letter belongs here, not 8"),
        ("DE89 3704 0044 0532 0130", "Wrong length: an IBAN of DE has 22 characters, this one has 20"),
        ("XX89 3704 0044 0532 0130 00", "An IBAN begins with its country’s two letters; XX is no country"),
        ("DE89 3704 0044 0532_0130 00", "Position 17: _ cannot stand in an IBAN"),
        ("DE01 3704 0044 0532 0130 00", "Wrong checksum"),
    ],
)
def test_says_which_rule_failed_and_where(text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(text, type="iban")
    assert error.value.message.startswith(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "de89370400440532013000",
        "DE89-3704-0044-0532-0130-00",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "ＤＥ８９　３７０４　００４４　０５３２　０１３０　００",
        "DE89\u200b3704\u00a00044 0532\u20090130 00\ufeff",
        "DE٨٩ ٣٧٠٤ ٠٠٤٤ ٠٥٣٢ ٠١٣٠ ٠٠",
        "“DE89 3704 0044 0532 0130 00”",
    ],
)
def test_reads_what_people_paste(text: str) -> None:
    assert identify(text).canonical == "DE89370400440532013000"


def test_kosovo_has_a_name() -> None:
    assert identify("XK05 1212 0123 4567 8906").label == "IBAN, Kosovo"


def test_words_of_the_form() -> None:
    found = identify("DE89370400440532013000")
    assert (found.label, found.detail) == ("IBAN, Germany", "Bank code 37040044")
    assert found.masked == "DE89 … 3000"
