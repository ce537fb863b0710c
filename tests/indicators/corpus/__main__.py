"""Writes `tests/data/extraction.jsonl`: a text a line, with type, canonical form and place of all that stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.indicators.corpus.contexts import KIND, LOGS, MAILS, NARRATIVE, ROWS
from tests.indicators.corpus.hard import HARD
from tests.indicators.corpus.hiding import WAYS
from tests.indicators.corpus.values import Inventor, Value
from tests.indicators.data import FOLDER, lines

EACH = 110  # texts with a value of each kind
SEVERAL, TRAPPED = 400, 400  # texts with several values, and texts without one


def texts() -> Iterator[dict[str, Any]]:
    inventor = Inventor("extraction")
    chance = inventor.random
    for kind in sorted(inventor.makers):
        for _number in range(EACH):
            value = inventor.of(kind)
            usual = NARRATIVE[KIND.get(kind, "wallet")]
            context = chance.choice((*usual, *usual, *ROWS, *LOGS, *MAILS))
            if _is_ambiguous(context, kind, value):
                context = chance.choice(usual)
            written = value.written
            if chance.random() < 0.4 and (ways := WAYS.get(value.type)):
                written = chance.choice(ways)(written, chance)
            yield _text([(context, value, written)])
    for _number in range(SEVERAL):
        pieces = []
        for kind in chance.sample(sorted(inventor.makers), chance.randint(2, 6)):
            value = inventor.of(kind)
            pieces.append((chance.choice(NARRATIVE[KIND.get(kind, "wallet")]), value, value.written))
        yield _text(pieces)
    for line in lines("extraction-traps.txt"):
        yield {"text": line, "finds": []}
    for number in range(TRAPPED):
        yield {"text": _no_value(number, inventor), "finds": []}
    yield from HARD


def _is_ambiguous(context: str, kind: str, value: Value) -> bool:
    """Whether nobody could say where the value ends: a spaced number in a row, a link before a comma."""
    return context in (*ROWS, *LOGS) and (" " in value.written or kind in ("url", "ip"))


def _text(pieces: list[tuple[str, Value, str]]) -> dict[str, Any]:
    text, finds = "", []
    for context, value, written in pieces:
        before, behind = context.split("{}")
        if text:
            text += " "
        start = len(text) + len(before) + len(value.lead)
        text += before + value.lead + written + behind
        finds.append(
            {
                "type": value.type,
                "canonical": value.canonical,
                "start": start,
                "end": start + len(written),
                "confidence": "certain" if value.sure else "candidate",
            }
        )
    return {"text": text, "finds": finds}


def _no_value(number: int, inventor: Inventor) -> str:
    """A value with a mistake that its checksum shows, or something of the same shape that is none."""
    chance = inventor.random
    match number % 8:
        case 0:
            written = _mistyped(inventor.iban().canonical, chance, 6)
        case 1:
            written = _mistyped(inventor.btc().written, chance, 8)
        case 2:
            written = "".join(chance.choices("0123456789", k=chance.randint(20, 40)))
        case 3:
            written = f"sha256:{chance.randbytes(32).hex()}"
        case 4:
            written = f"a{inventor.iban().canonical}" if number % 16 == 4 else f"{inventor.tron().written}x7"
        case 5:
            name, ending = chance.choice(("scan", "invoice", "Beleg", "relevé")), chance.choice(("pdf", "docx", "png"))
            written = f"{name}_{number}.{ending}"
        case 6:
            written = f"v{chance.randint(1, 20)}.{chance.randint(0, 30)}.{chance.randint(0, 400)}"
        case _:
            written = f"{chance.randint(10**9, 10**10)}/{chance.randint(100, 999)}.{chance.randint(10, 99)}"
    return chance.choice((*NARRATIVE["account"], *NARRATIVE["wallet"], *LOGS[:3])).replace("{}", written)


def _mistyped(text: str, chance: Any, start: int) -> str:
    place = chance.randrange(start, len(text))
    digits = "23456789" if text[place].isdigit() else "acdefghjkmnpqrstuvwxyz"
    if text[place].isupper():
        digits = digits.upper()
    return text[:place] + chance.choice([one for one in digits if one != text[place]]) + text[place + 1 :]


def main() -> None:
    with (FOLDER / "extraction.jsonl").open("w") as file:
        for one in texts():
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
