"""A file of rows as a bank would send it: of all kinds, nearly all values new."""

from __future__ import annotations

from collections.abc import Iterator

from efc_portal.demo.values import Invented

HEADER = "identifier,type,part,amount,currency,date,method,country\r\n"
FICTION = ("1 9900", "2 6191", "3 5301", "4 6571", "5 3649")  # numbers that the French regulator keeps for fiction


def file_parts(number: int, seed: str, at_once: int = 1000) -> Iterator[bytes]:
    """The file in pieces: CSV, UTF-8."""
    invented = Invented(seed)
    yield HEADER.encode()
    for start in range(0, number, at_once):
        rows = (_row(invented, place) for place in range(start, min(start + at_once, number)))
        yield "".join(rows).encode()


def _row(invented: Invented, place: int) -> str:
    value, role, method = _value(invented, place % 10)
    cents = 100 + place * 7919 % 500_000
    currency = ("EUR", "EUR", "EUR", "GBP", "SEK")[place % 5]
    day = f"2026-{place % 9 + 1:02d}-{place % 28 + 1:02d}"
    return f"{value},,{role},{cents // 100}.{cents % 100:02d},{currency},{day},{method},\r\n"


def _value(invented: Invented, kind: int) -> tuple[str, str, str]:
    random = invented.random
    match kind:
        case 0 | 1 | 2:
            return invented.iban(("DE", "NL", "GB")[kind]), "recipient", "bank_transfer"
        case 3:
            return f"{random.randbytes(6).hex()}@mailbox.example", "contact", ""
        case 4:
            return f"+33 {random.choice(FICTION)} {invented.digits(4)}", "contact", ""
        case 5:
            return invented.bitcoin(), "recipient", "virtual_currency"
        case 6:
            return invented.ethereum(), "recipient", "virtual_currency"
        case 7:
            return f"shop{random.randbytes(5).hex()}.example", "merchant", ""
        case 8:
            return f"https://pay{random.randbytes(5).hex()}.example/in/{random.randbytes(3).hex()}", "merchant", ""
        case _:
            return f"411111******{invented.digits(4)}", "sender", "payment_card"
