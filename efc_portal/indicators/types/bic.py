"""Banks and their branches, by their business identifier code (ISO 9362), also called SWIFT code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters, digits

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.bic import canonical as canonical_bic
from efc_portal.core.standards.bic import is_bic
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.plain import Plain

_LEAD = re.compile(r"^(?:(?:BIC|SWIFT)(?:[ /-]?(?:BIC|SWIFT|CODE))?)[ :.#]+(?=[A-Z0-9])")
_PASSIVE = "1"  # in place 8: reached through another member of the network


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
    shapes = (Shape(ascii_letters + digits, 8, 11, ""), Shape("bBsS", 12, marks=" :.#"))
    words = ("bic", "swift")
    # In capitals, as words have its form: “SWIFT messages” would be a bank in Antigua, “swift delivery” in Venezuela.
    pattern = re.compile(
        r"(?<![\w.@-])(?:BIC|SWIFT|[Bb]ic(?=[ -]?[Cc]ode| ?:)|[Ss]wift(?=[ -]?[Cc]ode| ?:))"
        r"(?:[ /-]{1,3}(?:BIC|SWIFT|[Cc]ode|CODE)){0,2}[ :.#]{1,3}"
        r"(?P<code>[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!-?\w)"
    )

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

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """Only those that say what they are."""
        match = self.pattern.match(plain.code, start)
        return Span(*match.span("code"), match["code"], self.found_as) if match else None


DECLARATION = Bic()
