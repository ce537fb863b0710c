"""Banks and their branches, by their business identifier code (ISO 9362), also called SWIFT code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.bic import canonical as canonical_bic
from efc_portal.core.standards.bic import is_bic
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, MispHint, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence

_LEAD = re.compile(r"^(?:(?:BIC|SWIFT)(?:[ /-]?(?:BIC|SWIFT|CODE))?)[ :.#]+(?=[A-Z0-9])")
_PASSIVE = "1"  # in place 8: reached through another member of the network
_FOUND = re.compile(
    r"(?<![A-Za-z0-9])(?:BIC|SWIFT)(?:[ /-]?(?:BIC|SWIFT|[Cc]ode|CODE))?[ :.#]{1,3}"
    r"([A-Za-z0-9]{4}[A-Za-z]{2}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?)(?![A-Za-z0-9])"
)


class Bic(IndicatorType):
    code = "bic"
    label = _("BIC (SWIFT code)")
    help = _("A bank’s code of 8 characters, or 11 with its branch. For an account, give the account.")
    example = "DEUTDEFF500"
    order = 13
    lifetime_days = 5 * 365
    method = "bank_transfer"
    stix = StixHint("identity", "name")
    misp = MispHint("bank-account", "swift")
    goaml = "t_account/swift"

    def canonicalise(self, text: str, region: str | None = None) -> str:
        return canonical_bic(_LEAD.sub("", fold(text).upper()).replace(" ", ""))

    def looks_like(self, text: str) -> bool:
        """Many words have a BIC's form: so only one that says what it is, that has a digit, or ends in XXX."""
        plain = fold(text)
        bare = _LEAD.sub("", plain.upper())
        if bare != plain.upper():
            return is_bic(bare.replace(" ", ""))
        return plain == bare and is_bic(bare) and (any(map(str.isdigit, bare)) or bare.endswith("XXX"))

    def country(self, canonical: str) -> str:
        return canonical[4:6]

    def detail(self, canonical: str) -> Words:
        if len(canonical) > 8:
            return gettext("Branch %(branch)s") % {"branch": canonical[8:]}
        return _("Primary office, not itself on the network") if canonical[7] == _PASSIVE else _("Primary office")

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        if len(canonical) > 8:
            yield self.code, canonical[:8]

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Only those that say what they are."""
        for match in _FOUND.finditer(text):
            yield Span(match.start(1), match.end(1), match[1], Confidence.CANDIDATE)


DECLARATION = Bic()
