"""Which language a search is in, and how PostgreSQL takes words of a language apart. The only place that knows."""

from __future__ import annotations

from wagtail.models import Locale

# The configurations that every PostgreSQL from 15 on ships, for official languages of the Union. Words of the others
# (Bulgarian, Croatian, Czech, Estonian, Latvian, Maltese, Polish, Slovak, Slovenian) are found as they are written.
CONFIGURATIONS = {
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
AS_WRITTEN = "simple"


def configuration_of(language: str) -> str:
    """The text-search configuration for a language code, of which a region (`pt-br`) does not matter."""
    return CONFIGURATIONS.get(language.partition("-")[0], AS_WRITTEN)


def reader_locale() -> Locale:
    """The language a reader searches in: the one the request is answered in, or else the site's first."""
    locale: Locale = Locale.get_active()
    return locale
