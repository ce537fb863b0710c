"""What another library finds in the labelled texts, and how quickly it reads a long one; in its own environment.

`python extraction_peer.py ioc-finder labelled.jsonl long.txt` prints JSON: the values of each type by text, the seconds
for the long text, and its characters. Each library is asked for what it says it finds, and for nothing derived.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Finder = Callable[[str], Iterator[tuple[str, str]]]
_IOC_FINDER = {
    "urls": "url",
    "domains": "domain",
    "email_addresses": "email",
    "ipv4s": "ip",
    "ipv6s": "ip",
    "bitcoin_addresses": "wallet_btc",
    "monero_addresses": "wallet_xmr",
}


def ioc_finder() -> Finder:
    from ioc_finder import find_iocs  # type: ignore[import-not-found]

    def find(text: str) -> Iterator[tuple[str, str]]:
        found = find_iocs(
            text,
            parse_domain_from_url=False,
            parse_from_url_path=False,
            parse_domain_from_email_address=False,
            parse_domain_name_from_xmpp_address=False,
            parse_unicode_iocs=True,
            included_ioc_types=list(_IOC_FINDER),
        )
        for name, code in _IOC_FINDER.items():
            for value in found.get(name, ()):
                if not value.endswith(".onion"):  # to it a domain like others, to us a type of its own
                    yield code, value

    return find


def iocextract() -> Finder:
    import iocextract as library  # type: ignore[import-not-found]

    def find(text: str) -> Iterator[tuple[str, str]]:
        for value in library.extract_urls(text, refang=True):
            yield "url", value
        for value in library.extract_emails(text, refang=True):
            yield "email", value
        for value in library.extract_ips(text, refang=True):
            yield "ip", value
        for value in library.extract_telephone_nums(text):
            yield "phone", value

    return find


def main() -> None:
    name, labelled, long = sys.argv[1:]
    find = {"ioc-finder": ioc_finder, "iocextract": iocextract}[name]()
    texts = [json.loads(line)["text"] for line in Path(labelled).read_text().splitlines()]
    found = [sorted(set(find(text))) for text in texts]
    text = Path(long).read_text()
    began = time.perf_counter()
    for _value in find(text):
        pass
    json.dump({"found": found, "seconds": time.perf_counter() - began, "characters": len(text)}, sys.stdout)


if __name__ == "__main__":
    main()
