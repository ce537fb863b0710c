"""What proves a package: `manifest.json`, and `SHA256SUMS` for the tool that every system has.

The manifest lists each file with its size and SHA-256, in canonical JSON (RFC 8785: sorted keys, no blanks, UTF-8), so
that its own digest, which the portal keeps, proves the package whole.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from efc_portal.referrals.package.content import Content
from efc_portal.referrals.package.language import Language
from efc_portal.referrals.package.marks import strictest
from efc_portal.referrals.package.names import rows_path
from efc_portal.referrals.package.stix_objects import stamp

FORM = "efc-referral-package/1"
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file of the package: its path inside it, size in bytes, SHA-256 in hex."""

    path: str
    size: int
    sha256: str


def manifest_bytes(content: Content, files: Sequence[PackagedFile]) -> bytes:
    """The manifest of every file but itself and SHA256SUMS."""
    values = {
        "form": FORM,
        "reference": content.reference,
        "case": content.case_reference,
        "agency": content.agency.name,
        "tlp": strictest(content),
        "created": stamp(content.approved_at),
        "tool": {"name": f"{content.coalition} portal", "version": content.tool_version},
        "files": [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in files],
    }
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def sums_bytes(files: Sequence[PackagedFile]) -> bytes:
    """The lines that `sha256sum -c` reads."""
    return "".join(f"{one.sha256}  {one.path}\n" for one in files).encode("utf-8", "replace")


def readme_bytes(content: Content, language: Language, attachments: Sequence[str]) -> bytes:
    """How to open, check and read the package, for somebody who sees one for the first time."""
    say = language.say
    listed = [
        ("report.pdf", say("the report, to read first")),
        ("bundle.stix.json", say("the same facts as STIX 2.1, for your systems")),
        ("identifiers.csv", say("every identifier")),
        ("payments.csv", say("every payment")),
        *((rows_path(one), say("every row of the files that the provider sent")) for one in content.rows),
        *((path, say("as the provider sent it, checked for malware")) for path in attachments),
        (MANIFEST, say("what the package holds, with the size and SHA-256 of each file")),
        (SUMS, say("the same for the command sha256sum")),
    ]
    width = max(len(path) for path, _ in listed)
    paragraphs = [
        f"{say('Referral')} {content.reference} · {strictest(content)}",
        content.coalition,
        say(
            "This referral is intelligence, not evidence. It is not a sole basis for a decision about anybody: "
            "check it against your own information before you act."
        ),
        say("To open the package you need your agency’s secret age key and the program age:")
        + f"\n\n    age -d -i key.txt {content.reference}.zip.age > {content.reference}.zip\n"
        + f"    unzip {content.reference}.zip",
        say("To check that nothing was changed or left out, in the opened folder:")
        + f"\n\n    cd {content.reference}\n    sha256sum -c {SUMS}\n\n"
        + say(
            "On Windows: Get-FileHash -Algorithm SHA256, and compare with the list. The digest of manifest.json must "
            "be the one that the portal shows beside the referral: that proves the list itself."
        ),
        say("The files:") + "\n\n" + "\n".join(f"    {path.ljust(width)}  {what}" for path, what in listed),
        say(
            "The CSV files are UTF-8 with a byte order mark, comma-separated, every cell quoted. A cell that begins "
            "with = + - @ or an apostrophe has an apostrophe before it, so that no spreadsheet runs it as a formula; "
            "bundle.stix.json holds the exact value. Roles and submissions in one cell are parted by blanks."
        ),
        *([_rows_apart(language)] if content.rows_apart else []),
        say("Keep the opened files on an encrypted disk, and delete the copies you no longer need."),
    ]
    return ("\n\n".join(map(_wrapped, paragraphs)) + "\n").encode("utf-8", "replace")


def _rows_apart(language: Language) -> str:
    return language.say(
        "The rows of files are so many that they stand under rows/ alone; the report, bundle.stix.json and "
        "identifiers.csv hold what was typed, what stands in the texts, and what submissions of this referral share."
    )


def _wrapped(paragraph: str) -> str:
    """Lines of 78 characters; indented ones (commands, the list of files) stay as they are."""
    lines = paragraph.split("\n")
    return "\n".join(line if line.startswith(" ") else textwrap.fill(line, 78) for line in lines)
