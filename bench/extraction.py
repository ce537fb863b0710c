"""Extraction beside `iocextract` and `ioc-finder`: what each finds in the labelled texts, and how quickly it reads.

Part of `make bench`; alone, in a minute: `python -m bench.extraction`, which prints the table as Markdown.
"""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.figures import Section, as_markdown
from deploy.local.folders import ROOT
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.demo.values import Invented
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES

LABELLED = ROOT / "tests" / "data" / "extraction.jsonl"
PEERS = {
    "iocextract": ("url", "email", "ip", "phone"),
    "ioc-finder": ("url", "domain", "email", "ip", "wallet_btc", "wallet_xmr"),
}
CHARACTERS, PEER_CHARACTERS = 4_000_000, 100_000
GOAL, GOAL_GROWTH = 10.0, 2.3  # megabytes a second; times as long for twice the text
HOSTILE = ("a.a.", "1 1 ", "[.]", "@", "http://", "DE89 ", "+49 ", "a1", "4111 1111 1111 1111 ", "\u200b1")
HOSTILE_CHARACTERS = 1_000_000

Found = list[set[tuple[str, str]]]  # of each text, the types and canonical values


def measure() -> Section:
    section = Section("Finding identifiers in text")
    texts, wanted = _labelled()
    ours: Found = [{(find.type, find.canonical) for find in extract(text)} for text in texts]
    with tempfile.TemporaryDirectory(prefix="efc-peers-") as folder:
        peers = _peers(Path(folder))
    for code in sorted({code for one in wanted for code, _value in one}):
        right, precision, recall = _score(code, ours, wanted)
        beside = []
        for name, answer in peers.items():
            if code in PEERS[name]:
                _right, theirs, their_recall = _score(code, _canonical(answer["found"]), wanted)
                beside.append(f"{name} {theirs:.3f} and {their_recall:.3f}")
                section.require(
                    precision >= theirs and recall >= their_recall,
                    f"{name} finds {code} better: {theirs:.3f} and {their_recall:.3f}.",
                )
        section.add(
            f"{code}: precision and recall of {right}",
            f"{precision:.3f} and {recall:.3f}",
            ", ".join(beside) or "neither knows this type",
        )
    _speed(section, peers)
    return section


def _labelled() -> tuple[list[str], Found]:
    """The texts, and what stands in them of types that are declared."""
    rows = [json.loads(line) for line in LABELLED.read_text().splitlines()]
    wanted = [{(find["type"], find["canonical"]) for find in row["finds"] if find["type"] in TYPES} for row in rows]
    return [row["text"] for row in rows], wanted


def _score(code: str, found: Found, wanted: Found) -> tuple[int, float, float]:
    """How many values of a type there are, and precision and recall of what was found of them."""
    counts: Counter[str] = Counter()
    for got, want in zip(found, wanted, strict=True):
        got, want = {one for one in got if one[0] == code}, {one for one in want if one[0] == code}
        counts.update(right=len(got & want), found=len(got), wanted=len(want))
    return counts["wanted"], counts["right"] / max(counts["found"], 1), counts["right"] / max(counts["wanted"], 1)


def _canonical(found: list[list[list[str]]]) -> Found:
    """What a library found, in our canonical form, so that no way of writing a value counts against it."""
    return [{(code, _settled(code, value)) for code, value in values} for values in found]


def _settled(code: str, value: str) -> str:
    try:
        return identify(value, type=code, region="US").canonical if code in TYPES else value
    except InvalidValue:
        return value


def _peers(folder: Path) -> dict[str, dict[str, Any]]:
    """The answers of both libraries; {} where they cannot be installed."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "-r",
        ROOT / "bench" / "extraction_peers.txt",
    ]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        print("iocextract and ioc-finder could not be installed: no comparison.", flush=True)
        return {}
    (folder / "long.txt").write_text(realistic(PEER_CHARACTERS))
    script = ROOT / "bench" / "extraction_peer.py"
    answers = {}
    for name in PEERS:
        command: list[str | Path] = [python, script, name, LABELLED, folder / "long.txt"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=600)
        answers[name] = json.loads(done.stdout)
    return answers


def _speed(section: Section, peers: dict[str, dict[str, Any]]) -> None:
    text = realistic(CHARACTERS)
    _seconds(text[: len(text) // 8])
    once = min(_seconds(text[: len(text) // 2]) for _round in range(3))
    twice = min(_seconds(text) for _round in range(3))
    rate = len(text.encode()) / 1e6 / twice
    theirs = [(name, answer["characters"] / 1e6 / answer["seconds"]) for name, answer in peers.items()]
    beside = ", ".join(f"{name} {one:.2f} MB/s: {rate / one:,.0f} × as fast" for name, one in theirs)
    words = min(_seconds_of(lambda: re.findall(r"\S+", text)) for _round in range(3))
    section.add(
        "the same text cut into words by a regular expression",
        f"{len(text.encode()) / 1e6 / words:.1f} MB/s",
        "the reference: same run, finds nothing",
    )
    section.add("narrative, statements and logs, one core", f"{rate:.1f} MB/s", beside or "no comparison")
    section.add("twice as much text takes", f"{twice / once:.2f} × as long", "linear is 2")
    section.require(rate >= GOAL, f"Text is read at {rate:.1f} MB/s; the goal is {GOAL:.0f}.")
    section.require(twice / once <= GOAL_GROWTH, f"Twice the text takes {twice / once:.2f} times as long.")
    growths = {piece: _growth(piece) for piece in HOSTILE}
    worst = max(growths, key=lambda piece: growths[piece][0])
    slowest = min(growths, key=lambda piece: growths[piece][1])
    section.add(
        f"{len(HOSTILE)} hostile texts, each twice as long",
        f"{growths[worst][0]:.2f} × as long at most",
        f"“{worst.strip()}” repeated; the slowest, “{slowest.strip()}”, at {growths[slowest][1]:.1f} MB/s",
    )


def _growth(piece: str) -> tuple[float, float]:
    once = piece * (HOSTILE_CHARACTERS // len(piece))
    first = min(_seconds(once) for _round in range(2))
    return min(_seconds(once + once) for _round in range(2)) / first, len(once) / 1e6 / first


def _seconds(text: str) -> float:
    return _seconds_of(lambda: sum(1 for _find in extract(text)))


def _seconds_of(work: Callable[[], object]) -> float:
    """Seconds of this process alone, whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


def realistic(characters: int) -> str:
    """Half narrative in three languages with a value in every third sentence, a quarter statements, a quarter logs.

    Accounts, hosts and people come again as they do in earnest: a few hundred of each in a megabyte.
    """
    chance, invented = random.Random("realistic"), Invented("realistic")
    accounts = [invented.iban(chance.choice(("DE", "NL", "GB", "AT"))) for _number in range(300)]
    people = [invented.email() for _number in range(300)]
    hosts = [f"shop{number}.example.com" for number in range(40)]
    wallets = [invented.bitcoin() for _number in range(100)]
    text = io.StringIO()
    while text.tell() < characters:
        text.writelines(_narrative(chance, [*accounts, *people, *wallets]))
        text.writelines(_statement(chance, accounts, people))
        text.writelines(_log(chance, hosts, invented))
    return text.getvalue()[:characters]


SENTENCES = (
    "The customer wrote that he had been asked to buy vouchers at the kiosk and to send a photograph of the receipts. ",
    "Most transfers were made late in the evening, and the reference was a first name or a single letter. ",
    "Our branch remembers nothing in particular; the account was opened with a passport in the spring of 2025. ",
    "Die Zahlungen erfolgten überwiegend nachts und in gleichbleibender Höhe von 35,00 EUR, z. B. am 12.05.2026. ",
    "Eine Rückfrage beim Kunden blieb ohne Antwort; die Gründe für die Überweisungen sind nicht bekannt. ",
    "Les virements ont été reçus d’expéditeurs sans lien apparent, puis retirés le jour même au guichet. ",
    "Le titulaire n’a pas répondu à nos courriers ; le compte a été clôturé à la fin du mois de septembre. ",
)


def _narrative(chance: random.Random, values: list[str]) -> Iterable[str]:
    for _number in range(60):
        yield chance.choice(SENTENCES)
        if chance.random() < 0.33:
            yield f"It concerned {chance.choice(values)}. "
        if chance.random() < 0.1:
            yield "\n\n"


def _statement(chance: random.Random, accounts: list[str], people: list[str]) -> Iterable[str]:
    yield "number;booked;account;amount;currency;text\n"
    for number in range(40):
        text = chance.choice(("Danke", "gift", "cadeau", f"for {chance.choice(people)}"))
        yield f"{number};2026-09-{chance.randint(1, 30):02d};{chance.choice(accounts)};"
        yield f"{chance.randint(500, 90000) / 100:.2f};EUR;{text} {chance.randint(10**6, 10**8)}\n"


def _log(chance: random.Random, hosts: list[str], invented: Invented) -> Iterable[str]:
    for number in range(30):
        yield f"2026-11-05T03:{number:02d}:{chance.randint(10, 59)}.{chance.randint(100, 999)}Z INFO gw-{number % 4} "
        yield f"10.2.{chance.randint(0, 9)}.{chance.randint(0, 99)} GET https://{chance.choice(hosts)}/pay/"
        yield f"{chance.randint(1, 400)} "
        yield f'200 {chance.randint(100, 99999)} "Mozilla/5.0 (X11; Linux x86_64)" {invented.digits(6)}\n'


def main() -> None:
    import django

    django.setup()
    section = measure()
    print(as_markdown([section]))
    if section.missed:
        sys.exit("Something that must hold does not: see Missed above.")


if __name__ == "__main__":
    main()
