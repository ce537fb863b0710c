"""Country names in the reader's language, from ISO 3166-1 as pycountry carries it with its translations."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Iterable
from functools import cache

import pycountry
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# In use by IBANs and by the European Commission, though not assigned by ISO 3166-1.
_USER_ASSIGNED = {"XK": _("Kosovo")}


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language.replace("-", "_"), language[:2]], fallback=True
    )


def country_name(code: str) -> str:
    """The name of an ISO 3166-1 alpha-2 country in the active language; the code itself where there is none."""
    if code in _USER_ASSIGNED:
        return str(_USER_ASSIGNED[code])
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return _translations(get_language() or "en").gettext(getattr(country, "common_name", country.name))


country_name_lazy = lazy(country_name, str)


def is_country(code: str) -> bool:
    return code in _USER_ASSIGNED or pycountry.countries.get(alpha_2=code) is not None


def country_choices() -> list[tuple[str, str]]:
    """Every country as (code, name), in the order of the names in the active language."""
    return list(_choices(get_language() or "en"))


@cache
def _choices(language: str) -> list[tuple[str, str]]:
    """In the active language, which is `language`: it is an argument for the cache's sake."""
    codes = [country.alpha_2 for country in pycountry.countries] + list(_USER_ASSIGNED)
    return countries_named(codes)


def countries_named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries as (code, name), in the order of their names in the active language."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: alphabetical(pair[1]))


def alphabetical(name: str) -> str:
    """What a name is sorted by: its letters without accents, so that Österreich stands under O."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    ).casefold()
