"""How values come in earnest: defanged, wrapped by mail or a PDF, with look-alikes, hidden characters, other digits."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Way = Callable[[str, Random], str]

_CYRILLIC = str.maketrans("ABEKMHOPCTX", "АВЕКМНОРСТХ")
_FULL = {char: chr(ord(char) + 0xFEE0) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def _cut(text: str, chance: Random, between: str, least: int = 5) -> str:
    place = chance.randrange(least, len(text) - least + 1)
    return text[:place] + between + text[place:]


def _at_space(text: str, chance: Random, between: str) -> str:
    spaces = [place for place, char in enumerate(text) if char == " "]
    if not spaces:
        return _cut(text, chance, between)
    place = chance.choice(spaces)
    return text[:place] + between + text[place + 1 :]


def lower(text: str, chance: Random) -> str:
    return text.lower()


def next_line(text: str, chance: Random) -> str:
    return _at_space(text, chance, "\n")


def quoted_line(text: str, chance: Random) -> str:
    return _at_space(text, chance, "\n> ")


def hyphenated(text: str, chance: Random) -> str:
    return _cut(text, chance, "-\n", 6)


def quoted_printable(text: str, chance: Random) -> str:
    return _cut(text, chance, "=\n")


def quoted_printable_windows(text: str, chance: Random) -> str:
    return _cut(text, chance, "=\r\n")


def soft_hyphen(text: str, chance: Random) -> str:
    return _cut(text, chance, "\u00ad\n")


def zero_width(text: str, chance: Random) -> str:
    return _cut(text, chance, chance.choice("\u200b\u200d\u2060\ufeff"))


def hard_spaces(text: str, chance: Random) -> str:
    return text.replace(" ", chance.choice("\u00a0\u202f\u2007"))


def dashes(text: str, chance: Random) -> str:
    return text.replace(" ", chance.choice("-‑"))


def full_width(text: str, chance: Random) -> str:
    return "".join(_FULL.get(char, char) for char in text)


def cyrillic(text: str, chance: Random) -> str:
    return text.translate(_CYRILLIC)


def brackets(text: str, chance: Random) -> str:
    return text.replace(".", chance.choice(("[.]", "(.)", "[dot]", "(dot)", "{.}", " [dot] ", "[punkt]")))


def last_dot(text: str, chance: Random) -> str:
    host, dot, rest = text.partition("/") if "://" not in text else ("", "", "")
    if not host:
        scheme, host = text.split("://", 1)
        host, dot, rest = host.partition("/")
        return f"{scheme}://{'[.]'.join(host.rsplit('.', 1))}{dot}{rest}"
    return "[.]".join(host.rsplit(".", 1)) + dot + rest


def hxxp(text: str, chance: Random) -> str:
    return text.replace("http", "hxxp", 1)


def hxxp_brackets(text: str, chance: Random) -> str:
    scheme, rest = text.split("://", 1)
    host, slash, path = rest.partition("/")
    mark = chance.choice(("://", "[:]//", "[://]"))
    return f"{scheme.replace('tt', 'xx')}{mark}{host.replace('.', '[.]')}{slash}{path}"


def at_word(text: str, chance: Random) -> str:
    return text.replace("@", chance.choice(("[at]", "(at)", " [at] ", "[@]", "{at}", " (AT) ")))


def at_and_dots(text: str, chance: Random) -> str:
    name, host = text.split("@")
    return f"{name}[at]{host.replace('.', '[.]')}"


_CODE = (next_line, quoted_printable, quoted_printable_windows, soft_hyphen, zero_width)
WAYS: dict[str, tuple[Way, ...]] = {
    "iban": (*_CODE, quoted_line, hyphenated, lower, hard_spaces, dashes, full_width, cyrillic),
    "payment_card": (zero_width, hard_spaces, full_width),
    "wallet_eth": (*_CODE,),
    "wallet_xmr": (*_CODE, quoted_line, hyphenated),
    "email": (at_word, at_and_dots, last_dot, zero_width, quoted_printable),
    "domain": (brackets, last_dot, zero_width, soft_hyphen),
    "url": (hxxp, hxxp_brackets, last_dot, quoted_printable),
    "onion": (brackets, zero_width),
    "phone": (hard_spaces, zero_width, full_width),
    "ip": (last_dot,),
    **dict.fromkeys(
        ("wallet_btc", "wallet_ltc", "wallet_tron", "wallet_dash", "wallet_zec", "wallet_xrp"),
        (*_CODE, quoted_line, hyphenated),
    ),
}
