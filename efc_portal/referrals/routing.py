"""Which agency is competent for a case, and why.

Rules, in this order:

* An agency is competent for the countries and matters its profile names; no country named means every country.
* Private parties' data reaches Europe's police through national units (Regulation (EU) 2016/794, Art. 26): a unit
  of a country concerned comes before an agency for every country, which is proposed first only when no national unit
  fits or when three or more countries are concerned.
* Data from a provider outside the European Union goes only to an agency of a country concerned.
* An agency without a confirmed key and a confirmed telephone number cannot receive a package.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from efc_portal.core.countries import country_name
from efc_portal.partners.enums import Matter
from efc_portal.partners.models import Agency
from efc_portal.submissions.enums import Method
from efc_portal.submissions.models import Submission

EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
MANY_COUNTRIES = 3

_MATTER_OF = {
    Method.VIRTUAL_CURRENCY: Matter.VIRTUAL_CURRENCY,
    Method.ANONYMITY_ENHANCED: Matter.VIRTUAL_CURRENCY,
    Method.PAYMENT_CARD: Matter.PAYMENT_FRAUD,
    Method.PREPAID_CARD: Matter.PAYMENT_FRAUD,
    Method.GIFT_CARD: Matter.PAYMENT_FRAUD,
}


@dataclass(frozen=True)
class Proposal:
    """An agency with why it fits; `obstacle` says why it cannot be chosen, and is empty when it can."""

    agency: Agency
    reason: str
    score: int
    obstacle: str = ""


def routing_proposals(submissions: Iterable[Submission]) -> list[Proposal]:
    """Every active agency, best first, with the reason in words."""
    submissions = list(submissions)
    countries = Counter(country for one in submissions for country in one.countries)
    matters = {Matter.ONLINE_EXPLOITATION} | {
        _MATTER_OF[Method(m)] for one in submissions for m in one.methods if m in _MATTER_OF
    }
    providers = {one.provider_country for one in submissions}
    agencies = Agency.objects.filter(organisation__is_active=True).select_related("organisation")
    proposals = [_proposal(agency, countries, matters, providers, len(submissions)) for agency in agencies]
    return sorted(proposals, key=lambda one: (bool(one.obstacle), -one.score, one.agency.organisation.name))


def _proposal(
    agency: Agency, countries: Counter[str], matters: set[Matter], providers: set[str], number: int
) -> Proposal:
    national = bool(agency.countries)
    concerned = sorted((set(agency.countries) & countries.keys()), key=lambda code: (-countries[code], code))
    shared = [matter for matter in Matter if matter in matters and matter in agency.matters]
    score, reasons = 10 * len(shared), []
    if national and concerned:
        count = sum(countries[code] for code in concerned)
        score += 100 * count
        named = ", ".join(country_name(code) for code in concerned)
        reasons.append(
            _("Submissions that concern %(countries)s: %(count)s of %(number)s.")
            % {"count": min(count, number), "number": number, "countries": named}
        )
    if not national:
        score += 50 if countries else 5
        if len(countries) >= MANY_COUNTRIES:
            score += 100 * sum(countries.values())
            reasons.append(
                _("%(count)s countries are concerned, and this agency acts across them.") % {"count": len(countries)}
            )
    if shared:
        reasons.append(_("Competent for: %(matters)s.") % {"matters": ", ".join(str(one.label) for one in shared)})
    return Proposal(
        agency,
        " ".join(reasons) or _("No country or matter of the case points here."),
        score,
        _obstacle(agency, concerned, providers),
    )


def _obstacle(agency: Agency, concerned: list[str], providers: set[str]) -> str:
    if not agency.recipient:
        return _("No key: its liaison must enter one before it can receive packages.")
    if not agency.recipient_confirmed_at:
        return _("Its key is not confirmed by another channel yet.")
    if not agency.channel_confirmed_at:
        return _("Its telephone number is not confirmed by a colleague yet.")
    outside = sorted(providers - EU)
    if outside and not concerned:
        return _(
            "Data from %(countries)s, outside the European Union, may go only to an agency of a country concerned."
        ) % {"countries": ", ".join(country_name(code) for code in outside)}
    return ""
