"""Names and domains of organisations, compared as people compare them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from efc_portal.core.addresses import domain_canonical, domain_of
from efc_portal.core.countries import alphabetical
from efc_portal.core.errors import ApplicationError
from efc_portal.core.standards.hosts import registered_name

ALIKE = 0.86  # of 1: from here on two names are similar
_WORD = re.compile(r"\w+")
# Legal forms, as `name_key` writes them: they tell nothing apart.
_FORMS = frozenset(
    "ab ae ag aisbl as asa asbl bv bvba cic cv dac ead ebf ee eeig eg epe ev ggmbh gmbh ike inc ivzw kft kg lda llc "
    "llp ltd limited ltda mbh ngo nv nyrt oe oü ou oy oyj plc pte sa sarl sas sca se sia sl soc spa sprl sro srl "
    "stichting uab ug vzw zrt αε εε επε ικε οε μεπε ад еад еоод оод".split()
)


def name_key(name: str) -> str:
    """What is the same for two spellings of one name: letters without accents or case, without legal forms.

    Any script: “Τράπεζα Ήλιος Α.Ε.” and “ΤΡΑΠΕΖΑ ΗΛΙΟΣ” have the same key.
    """
    words = _WORD.findall(alphabetical(re.sub(r"(?<=\w)\.(?=\w|\s|$)", "", name)))
    telling = [word for word in words if word not in _FORMS]
    return " ".join(telling or words)


def names_alike(one: str, other: str) -> bool:
    """Whether two keys are the same, or so similar that people could take one for the other."""
    if not one or not other:
        return False
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def site_domain(website: str) -> str:
    """The registered domain of a website's address; empty where there is none."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:  # `https://[`
        return ""
    try:
        return registered_name(domain_canonical(host)) if host else ""
    except ApplicationError:
        return ""


def mail_domain(domain: str, website: str) -> str:
    """The domain of an organisation's addresses: the one that is given, else its website's.

    Raises `ApplicationError` when it is none, or one that anybody can have an address at.
    """
    found = domain_canonical(domain) if domain.strip() else site_domain(website)
    if not found:
        raise ApplicationError(_("Give the domain of your mail addresses: what stands behind the @."))
    free_mail_refuse(found)
    return found


def is_at(address: str, domain: str) -> bool:
    """Whether a canonical address is at a domain or one of its subdomains."""
    own = domain_of(address)
    return own == domain or own.endswith(f".{domain}")


def domains_above(domain: str) -> list[str]:
    """A domain and those above it that can be somebody's: `a.b.example`, `b.example`."""
    labels = domain.split(".")
    return [".".join(labels[number:]) for number in range(len(labels) - 1)]


def free_mail_refuse(domain: str) -> None:
    """Raise `ApplicationError` for a domain at which anybody can have an address, or below which a domain (`co.uk`).

    Whose addresses are at the applicant's domain does not vote on it: nobody may shut out half a country.
    """
    if _free_mail() & set(domains_above(domain)) or _is_public_suffix(domain):
        raise ApplicationError(
            _("Anybody can have an address at %(domain)s. Use one at your organisation’s own domain."), domain=domain
        )


def _is_public_suffix(domain: str) -> bool:
    return registered_name(f"a.{domain}") == f"a.{domain}"


@cache
def _free_mail() -> frozenset[str]:
    lines = Path(__file__).with_name("free_mail.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
