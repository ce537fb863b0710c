"""Invented values that hold their checksums, each with the canonical form that it must be found in."""

from __future__ import annotations

import hashlib
import random
from base64 import b32encode
from collections.abc import Callable
from typing import NamedTuple

from Crypto.Hash import keccak
from schwifty import IBAN

from efc_portal.core.standards import base58, cashaddr, monero

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_COUNTRIES = ("DE", "FR", "GB", "NL", "AT", "BE", "ES", "IT", "IE", "PL", "CH", "SE", "LT", "CY", "MT", "NO")
_NAMES = (
    "blue",
    "nova",
    "river",
    "stone",
    "delta",
    "harbour",
    "linde",
    "ahorn",
    "colline",
    "moulin",
    "kontor",
    "basar",
)
_HOSTS = ("example.com", "example.net", "example.org")
_PATHS = ("pay", "checkout/start", "u/4711", "item?id=7&lang=de", "a/b_c.html", "order/2026-11/88", "p#top", "login")
_PHONES = (  # numbers that regulators keep for fiction: Ofcom, Bundesnetzagentur, Arcep, NANPA
    "+44 20 7946 0{3}", "+44 113 496 0{3}", "+49 30 23125{3}", "+49 171 39200{2}", "+33 1 99 00 {2} {2}",
    "+33 4 65 71 {2} {2}", "+1 202-555-01{2}", "+1 (312) 555-01{2}", "+46 8 465 004 {2}", "+61 491 570 156",
)  # fmt: skip


class Value(NamedTuple):
    """A value as it is usually written, and what it must be found as."""

    type: str
    written: str
    canonical: str
    sure: bool  # whether a checksum makes it certain
    lead: str = ""  # what stands before it and is no part of it


class Inventor:
    """Gives the same values for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.makers: dict[str, Callable[[], Value]] = {
            name: getattr(self, name) for name in dir(type(self)) if not name.startswith("_") and name not in ("of",)
        }

    def of(self, kind: str) -> Value:
        return self.makers[kind]()

    def _digits(self, number: int) -> str:
        return "".join(self.random.choices("0123456789", k=number))

    def _hex(self, number: int) -> str:
        return "".join(self.random.choices("0123456789abcdef", k=number))

    def iban(self) -> Value:
        compact = IBAN.random(self.random.choice(_COUNTRIES), random=self.random, use_registry=False).compact
        grouped = " ".join(compact[place : place + 4] for place in range(0, len(compact), 4))
        return Value("iban", self.random.choice((compact, grouped, grouped)), compact, True)

    def card(self) -> Value:
        start, length = self.random.choice((("4", 16), ("51", 16), ("2250", 16), ("37", 15), ("6011", 16)))
        body = start + self._digits(length - len(start) - 1)
        doubled = sum(sum(map(int, str(int(digit) * (2 - place % 2)))) for place, digit in enumerate(reversed(body)))
        number = body + str(-doubled % 10)
        canonical = f"{number[:6]}******{number[-4:]}"
        groups = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
        pieces, place = [], 0
        for size in groups:
            pieces.append(number[place : place + size])
            place += size
        return Value("payment_card", self.random.choice((number, " ".join(pieces), "-".join(pieces))), canonical, True)

    def masked_card(self) -> Value:
        first, last = self.random.choice(("402400", "510510", "545454", "601100")), self._digits(4)
        hidden = self.random.choice(("******", "XXXXXX", "xxxxxx"))
        return Value("payment_card", f"{first}{hidden}{last}", f"{first}******{last}", False)

    def btc(self) -> Value:
        kind = self.random.randrange(4)
        if kind < 2:
            address = base58.encode_check((b"\x00", b"\x05")[kind] + self.random.randbytes(20))
        else:
            address = self._segwit("bc", kind - 2, self.random.randbytes(20 if kind == 2 else 32))
        return Value("wallet_btc", address, address, True)

    def ltc(self) -> Value:
        address = base58.encode_check(b"\x30" + self.random.randbytes(20))
        if self.random.random() < 0.4:
            address = self._segwit("ltc", 0, self.random.randbytes(20))
        return Value("wallet_ltc", address, address, True)

    def bch(self) -> Value:
        address = cashaddr.encode(cashaddr.CashAddress(cashaddr.MAIN, cashaddr.KEY_HASH, self.random.randbytes(20)))
        return Value("wallet_bch", address, address, True)

    def tron(self) -> Value:
        address = base58.encode_check(b"\x41" + self.random.randbytes(20))
        return Value("wallet_tron", address, address, True)

    def dash(self) -> Value:
        address = base58.encode_check(b"\x4c" + self.random.randbytes(20))
        return Value("wallet_dash", address, address, True)

    def zec(self) -> Value:
        address = base58.encode_check(b"\x1c\xb8" + self.random.randbytes(20))
        return Value("wallet_zec", address, address, True)

    def xrp(self) -> Value:
        address = base58.encode_check(b"\x00" + self.random.randbytes(20), base58.RIPPLE)
        return Value("wallet_xrp", address, address, True)

    def xmr(self) -> Value:
        payload = b"\x12" + self.random.randbytes(64)
        address = monero.encode(payload)
        return Value("wallet_xmr", address, address, True)

    def eth(self) -> Value:
        digits = self._hex(40)
        marks = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
        mixed = "".join(char.upper() if mark > "7" else char for char, mark in zip(digits, marks, strict=False))
        sure = self.random.random() < 0.7
        return Value("wallet_eth", f"0x{mixed if sure else digits}", f"0x{digits}", sure)

    def onion(self) -> Value:
        key = self.random.randbytes(32)
        check = hashlib.sha3_256(b".onion checksum" + key + b"\x03").digest()[:2]
        name = b32encode(key + check + b"\x03").decode().lower() + ".onion"
        return Value("onion", name, name, True)

    def email(self) -> Value:
        name = f"{self.random.choice(_NAMES)}{self.random.choice('._-')}{self._digits(3)}"
        name = self.random.choice((name, name.title(), f"{name}+shop"))
        address = f"{name}@{self._host()}"
        return Value("email", address, address.lower(), False)

    def domain(self) -> Value:
        name = self._host(sub=True)
        return Value("domain", name, name, False)

    def url(self) -> Value:
        host, path = self._host(sub=True), self.random.choice(_PATHS)
        scheme = self.random.choice(("https", "https", "http"))
        return Value("url", f"{scheme}://{host}/{path}", f"{scheme}://{host}/{path}", False)

    def phone(self) -> Value:
        form = self.random.choice(_PHONES)
        written = form.replace("{3}", self._digits(3)).replace("{2}", "{}")
        while "{}" in written:
            written = written.replace("{}", self._digits(2), 1)
        if self.random.random() < 0.25 and "(" not in written:
            written = "00" + written[1:]
        digits = "".join(char for char in written if char.isdigit())
        return Value("phone", written, "+" + digits.removeprefix("00"), False)

    def ip(self) -> Value:
        if self.random.random() < 0.2:
            address = f"2001:db8:{self.random.randrange(1, 65535):x}::{self.random.randrange(1, 65535):x}"
        else:
            net = self.random.choice(("192.0.2", "198.51.100", "203.0.113"))
            address = f"{net}.{self.random.randrange(1, 255)}"
        return Value("ip", address, address, False)

    def lei(self) -> Value:
        body = f"{self._digits(4)}00" + "".join(self.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=12))
        number = int("".join(str(int(char, 36)) for char in body + "00"))
        code = f"{body}{98 - number % 97:02d}"
        return Value("company", f"LEI {code}", f"LEI:{code}", True)

    def bic(self) -> Value:
        code = f"EFCX{self.random.choice(_COUNTRIES)}{self.random.choice(('FF', 'MM', '2L'))}"
        branch = self.random.choice(("", "", "XXX", "500"))
        lead = self.random.choice(("BIC ", "BIC: ", "SWIFT code: ", "SWIFT/BIC "))
        found = Value("bic", f"{code}{branch}", code + branch.replace("XXX", ""), False)
        return found._replace(lead=lead)

    def username(self) -> Value:
        platform = self.random.choice(("Telegram", "Instagram", "Snapchat", "Discord"))
        name = f"{self.random.choice(_NAMES)}_{self._digits(3)}"
        between = self.random.choice((": @", " @", ": ", " user name: "))
        return Value("username", f"{platform}{between}{name}", f"{platform.lower()}:{name}", False)

    def money_transfer(self) -> Value:
        if self.random.random() < 0.25:
            digits = self._digits(8)
            return Value("money_transfer", f"MoneyGram ref. {digits}", f"moneygram:{digits}", False)
        digits = self._digits(10)
        written = self.random.choice((digits, f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"))
        lead = self.random.choice(("Western Union ", "MTCN ", "Western Union MTCN: "))
        return Value("money_transfer", f"{lead}{written}", f"westernunion:{digits}", False)

    def payment_handle(self) -> Value:
        name = f"{self.random.choice(_NAMES)}{self._digits(3)}"
        services = (("PayPal", "@", "paypal"), ("Cash App", "$", "cashapp"), ("Revolut", "@", "revolut"))
        service, sign, code = self.random.choice(services)
        return Value(
            "payment_handle", f"{service}{self.random.choice((' ', ': '))}{sign}{name}", f"{code}:{name}", False
        )

    def transaction(self) -> Value:
        number = self._hex(64)
        leads = ("Bitcoin tx ", "bitcoin:", "BTC transaction: "), ("Ethereum tx 0x", "on Polygon: 0x", "bsc:0x")
        lead = self.random.choice(leads[self.random.random() < 0.4])
        written = f"{lead}{number}"
        chain = {"E": "ethereum:0x", "o": "polygon:0x", "b": "bsc:0x"}.get(lead[0], "") if "0x" in lead else "bitcoin:"
        if lead.startswith("on "):
            return Value("transaction", written[3:], f"{chain}{number}", False, "on ")
        return Value("transaction", written, f"{chain}{number}", False)

    def clabe(self) -> Value:
        body = f"032180{self._digits(11)}"
        check = -sum(int(digit) * weight % 10 for digit, weight in zip(body, (3, 7, 1) * 6, strict=False)) % 10
        return Value("bank_account", f"CLABE {body}{check}", f"MX/{body}{check}", True)

    def sort_code(self) -> Value:
        pairs, account = [self._digits(2) for _pair in range(3)], f"1{self._digits(7)}"
        form = self.random.choice(("sort code {}, account {}", "Sort code: {} / account number {}"))
        code = "".join(pairs)
        written = form.format(self.random.choice((code, "-".join(pairs))), account)
        return Value("bank_account", written, f"GB/{code}/{account}", False)

    def imei(self) -> Value:
        body = f"35{self._digits(12)}"
        doubled = sum(sum(map(int, str(int(digit) * (2 - place % 2)))) for place, digit in enumerate(reversed(body)))
        number = f"{body}{-doubled % 10}"
        parted = f"{number[:2]}-{number[2:8]}-{number[8:14]}-{number[14]}"
        lead = self.random.choice(("IMEI ", "IMEI: ", "imei no. "))
        return Value("device", lead + self.random.choice((number, number, parted)), f"imei:{number}", True)

    def mac(self) -> Value:
        pairs = [self._hex(2) for _pair in range(6)]
        return Value("device", self.random.choice(":-").join(pairs), f"mac:{':'.join(pairs)}", False)

    def uuid(self) -> Value:
        digits = self._hex(32)
        text = f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
        return Value("device", text, f"uuid:{text}", False)

    def _host(self, *, sub: bool = False) -> str:
        name = self.random.choice(_HOSTS)
        if sub or self.random.random() < 0.5:
            name = f"{self.random.choice(_NAMES)}{self.random.choice(('', '-pay', '7', '-shop'))}.{name}"
        return name

    def _segwit(self, prefix: str, version: int, program: bytes) -> str:
        """BIP-173 and BIP-350, written down once more, so that what is tested does not make its own labels."""
        bits = "".join(f"{byte:08b}" for byte in program)
        bits += "0" * (-len(bits) % 5)
        data = [version, *(int(bits[place : place + 5], 2) for place in range(0, len(bits), 5))]
        spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
        check = _polymod([*spread, *data, 0, 0, 0, 0, 0, 0]) ^ (1 if version == 0 else 0x2BC830A3)
        return f"{prefix}1" + "".join(_BECH32[one] for one in (*data, *((check >> 5 * (5 - i)) & 31 for i in range(6))))


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if (top >> place) & 1 else 0
    return check
