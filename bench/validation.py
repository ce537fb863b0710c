"""Validating and making canonical, recognising without a type, and what else each value of a file costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench import ibans, wallets
from bench.figures import Section, by_turns
from bench.invented import values_of
from efc_portal.core.encryption import match_keys, seal_texts
from efc_portal.core.standards.iban import valid_ones
from efc_portal.demo.values import Invented
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify_many
from efc_portal.indicators.types import TYPES

IBANS, MUTATED, WALLETS, MIXED, STREAMED = 20_000, 1_000_000, 2_000, 12_000, 250_000
IBAN_TIMES = 20  # as fast as schwifty
WALLETS_A_SECOND, MICROSECONDS = 100_000, 15


def measure() -> Section:
    section = Section("Validation")
    _ibans(section)
    _agreement(section)
    _wallets(section)
    _mixed(section)
    _command(section)
    return section


def _ibans(section: Section) -> None:
    values = ibans.realistic(1, IBANS)
    accepted = [ibans.schwifty_says(value) for value in values]
    section.require(
        valid_ones(values) == [ibans.portal_says(value) for value in values] == accepted,
        "The portal and schwifty say the same of every account number of the realistic mix.",
    )
    many, single, theirs = by_turns(
        lambda: valid_ones(values),
        lambda: [ibans.portal_says(value) for value in values],
        lambda: [ibans.schwifty_says(value) for value in values],
    )
    beside = f"schwifty {IBANS / theirs:,.0f}/s"
    section.add(
        "IBANs, many at once",
        f"{IBANS / many:,.0f}/s",
        f"{beside}: {theirs / many:.1f} × as fast (must be {IBAN_TIMES})",
    )
    section.add(
        "IBANs, one by one, with the reason for each refusal",
        f"{IBANS / single:,.0f}/s",
        f"{beside}: {theirs / single:.1f} × as fast",
    )
    section.require(theirs / many >= IBAN_TIMES, f"Many IBANs are validated {IBAN_TIMES} times as fast as by schwifty.")


def _agreement(section: Section) -> None:
    classes = Counter(ibans.difference(value) for value in ibans.many(7, MUTATED))
    same, unexplained = classes.pop(""), classes.pop("unexplained", 0)
    listed = ", ".join(f"{name} {count:,}" for name, count in sorted(classes.items()))
    section.add("mutated IBANs of every country with the verdict of schwifty", f"{same:,} of {MUTATED:,}", listed)
    section.add("of a class that docs/indicators-agreement.md does not list", f"{unexplained:,}")
    section.require(not unexplained, "Every difference from schwifty is of a class that is listed.")


def _wallets(section: Section) -> None:
    values = {code: wallets.of(code, 1, WALLETS) for code in wallets.FORMS}

    def canonical(code: str) -> None:
        canonicalise = TYPES[code].canonicalise
        for value in values[code]:
            canonicalise(value)

    taken = by_turns(*(lambda code=code: canonical(code) for code in values))
    for code, seconds in zip(values, taken, strict=True):
        section.add(f"{TYPES[code].label}, every form", f"{WALLETS / seconds:,.0f}/s")
    rate = WALLETS * len(values) / sum(taken)
    section.add("wallets, every type by turns", f"{rate:,.0f}/s", f"must be {WALLETS_A_SECOND:,} a core")
    section.require(rate >= WALLETS_A_SECOND, f"A core validates {WALLETS_A_SECOND:,} wallets a second.")


def _mixed(section: Section) -> None:
    invented = Invented("a mixed file")
    values = [value for _ in range(MIXED // 6) for value in values_of(invented)]
    for place in range(0, MIXED, 33):  # three in a hundred mistyped
        values[place] = values[place][:-2] + values[place][:-3:-1]
    found = [one for one in identify_many(values) if isinstance(one, Recognised)]
    key = os.urandom(32)

    def stored() -> None:
        fingerprints = match_keys((one.type, one.canonical) for one in found)
        seal_texts(
            key,
            (
                (one.canonical, f"identifier:{one.type}:{fingerprint.hex()}")
                for one, fingerprint in zip(found, fingerprints, strict=True)
            ),
        )

    recognised, sealed = by_turns(lambda: identify_many(values), stored)
    section.add("values of a mixed file recognised without a type", f"{len(values) / recognised:,.0f}/s")
    section.add("match keys made and values sealed", f"{len(found) / sealed:,.0f}/s")
    each = recognised / len(values) * 1e6 + sealed / len(found) * 1e6
    section.add("all that for one value", f"{each:.1f} µs", f"must be {MICROSECONDS} µs at most")
    section.require(each <= MICROSECONDS, f"A value of a mixed file costs {MICROSECONDS} µs at most.")


def _command(section: Section) -> None:
    """`manage.py identify`, as people run it: a process of its own."""
    invented = Invented("a long file")
    lines = [value for _ in range(MIXED // 6) for value in values_of(invented)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "values.txt"
        file.write_text("\n".join(_repeated(lines, STREAMED)))
        began = time.perf_counter()
        with (Path(folder) / "answers.jsonl").open("w") as out:
            subprocess.run([sys.executable, "manage.py", "identify", str(file)], stdout=out, check=True)
        taken = time.perf_counter() - began
    section.add(
        f"manage.py identify, {STREAMED:,} lines", f"{STREAMED / taken:,.0f}/s", f"{taken:.0f} s, start included"
    )


def _repeated(lines: Sequence[str], count: int) -> list[str]:
    return [lines[place % len(lines)] for place in range(count)]
