"""Small pieces beside a reference: card numbers in text, packages."""

from __future__ import annotations

import io
import re
import time

import pyrage

from bench.figures import Section, by_turns
from bench.invented import NARRATIVE
from efc_portal.core.pan import truncate_pans
from efc_portal.referrals.models import Referral
from efc_portal.referrals.package.build import package_build
from efc_portal.referrals.packing import package_content

PLAIN = re.compile(r"\b(?:\d[ -]?){12,18}\d\b")  # what a first attempt at card numbers looks like
PACKAGES = 20


def measure() -> Section:
    section = Section("Small pieces")
    _cards(section)
    _packages(section)
    return section


def _cards(section: Section) -> None:
    text = "\n".join(f"{NARRATIVE} Reference 20260914-{number:06d}, 35.00 EUR." for number in range(2500))
    text += "\nPaid with 4111 1111 1111 1111."
    megabytes = len(text.encode()) / 1e6
    ours, theirs = by_turns(lambda: truncate_pans(text), lambda: PLAIN.sub("", text))
    beside = f"one plain regular expression {megabytes / theirs:.0f} MB/s: {theirs / ours:.2f} × as fast"
    section.add("text searched for card numbers", f"{megabytes / ours:.0f} MB/s", beside)


def _packages(section: Section) -> None:
    """Packages of the referrals that the workflow's part delivered: report, bundle, tables, encrypted."""
    found = Referral.objects.select_related("data_key", "agency__organisation", "case").order_by("-created_at")
    referrals = list(found.exclude(approved_at=None)[:PACKAGES])
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    began = time.perf_counter()
    for referral in referrals:
        package_build(package_content(referral), recipient=recipient, out=io.BytesIO())
    taken = time.perf_counter() - began
    section.add("packages built and encrypted", f"{len(referrals) / taken:.1f}/s", "PDF/UA, STIX, CSV; in one process")
