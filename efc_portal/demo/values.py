"""Invented identifiers that pass every check and belong to nobody: unassigned bank codes, reserved domains, numbers
kept for fiction, and addresses made of random bytes."""

from __future__ import annotations

import random

from efc_portal.core.standards import base58

# Country, and a bank code with the right form that no bank has, then how many digits follow.
_BANKS = {"DE": ("99990000", 10), "NL": ("EFCX", 10), "GB": ("EFCX999900", 8), "IE": ("EFCX999900", 8),
          "AT": ("99990", 11), "LT": ("99990", 11), "LV": ("EFCX", 13), "CY": ("99900000", 16)}  # fmt: skip
MAIL_PROVIDER = "mailbox.example"  # where everybody has an address: on the list of public mail providers
_HOST = "fanroom40.example"  # where reports that share no value meet


class Invented:
    """A source of invented values that gives the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311  (demo data, no secret)

    def digits(self, number: int) -> str:
        return "".join(self.random.choice("0123456789") for _ in range(number))

    def iban(self, country: str) -> str:
        bank, digits = _BANKS[country]
        rest = f"{bank}{self.digits(digits)}"
        number = int("".join(str(int(letter, 36)) for letter in f"{rest}{country}00"))
        return f"{country}{98 - number % 97:02d}{rest}"

    def bitcoin(self) -> str:
        return base58.encode_check(b"\x00" + self.random.randbytes(20))

    def ethereum(self) -> str:
        return "0x" + self.random.randbytes(20).hex()

    def card(self) -> str:
        """A prepaid card as it is always written: first six and last four digits."""
        return f"{self.random.choice(('402400', '510510', '545454'))}******{self.digits(4)}"

    def phone(self) -> str:
        """A number that Ofcom keeps for fiction."""
        return f"+44 20 7946 0{self.digits(3)}"

    def email(self) -> str:
        return f"{self.random.choice(('blue', 'nova', 'river', 'stone', 'delta'))}{self.digits(3)}@{MAIL_PROVIDER}"

    def provider(self) -> str:
        return MAIL_PROVIDER

    def desk(self) -> str:
        """A mail address at the host that several reports meet at."""
        return f"desk{self.digits(2)}@{_HOST}"

    def page(self) -> str:
        """A page of that host."""
        return f"https://{_HOST}/pay/{self.digits(3)}"

    def url(self) -> str:
        word = self.random.choice(("clipshare", "privatecast", "storedrop", "fanroom"))
        return f"https://{word}{self.digits(2)}.example/pay"

    def merchant(self) -> str:
        return f"{self.random.choice(('ORION', 'VELA', 'LYRA', 'CETUS'))} MEDIA {self.digits(3)}"
