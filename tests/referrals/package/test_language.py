"""The report's own catalogue: whole, compiled, and used."""

from __future__ import annotations

import ast
import gettext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from efc_portal.referrals.package import language as language_module
from efc_portal.referrals.package.language import CATALOGUES, MONTHS, MONTHS_SHORT, language_of
from efc_portal.referrals.package.texts import TEXTS, TLP_MEANINGS

PACKAGE = Path(language_module.__file__).parent
FRENCH = CATALOGUES / "fr" / "LC_MESSAGES"
PLURALS = {
    "%(amounts)s in %(number)s payments": "%(amounts)s in one payment",
    "%(number)s, from %(who)s": "One, from %(who)s",
}


def said() -> set[str]:
    """Every English sentence that the package asks its catalogue for."""
    found = {*TEXTS.values(), *TLP_MEANINGS.values(), *MONTHS, *MONTHS_SHORT}
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("say", "count"):
                    found |= {one.value for one in node.args[:2] if isinstance(one, ast.Constant)}
    return found


def french_source() -> dict[str, str]:
    """The catalogue's source file, read plainly: message to translation, plural forms apart."""
    entries: dict[str, str] = {}
    fields: dict[str, str] = {}
    key = ""
    for line in (FRENCH / "report.po").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("msg"):
            key, _, rest = line.partition(" ")
            if key == "msgid":
                fields = {}
            fields[key] = ast.literal_eval(rest)
        elif line.startswith('"'):
            fields[key] += ast.literal_eval(line)
        if "msgid" in fields and ("msgstr" in fields or "msgstr[0]" in fields):
            entries[fields["msgid"]] = fields.get("msgstr", fields.get("msgstr[0]", ""))
            if "msgid_plural" in fields:
                entries[fields["msgid_plural"]] = fields.get("msgstr[1]", "")
    return entries


def test_french_has_every_sentence_and_no_other() -> None:
    assert {message for message in french_source() if message} == said()
    assert all(french_source().values())


def test_the_compiled_catalogue_is_the_source() -> None:
    with (FRENCH / "report.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message, translation in french_source().items():
        if message and message not in PLURALS and message not in PLURALS.values():
            assert compiled.gettext(message) == translation, message
    for many, one in PLURALS.items():
        assert compiled.ngettext(one, many, 1) == french_source()[one]
        assert compiled.ngettext(one, many, 2) == french_source()[many]


@pytest.mark.parametrize("message", sorted(said()))
def test_placeholders_survive_translation(message: str) -> None:
    def names(text: str) -> set[str]:
        return {part.split(")")[0] for part in text.split("%(")[1:]}

    assert names(french_source()[message]) <= names(message) | {"number"}
    assert names(message) - {"number"} <= names(french_source()[message])


def test_dates_and_numbers_are_of_the_language() -> None:
    english, french = language_of("en"), language_of("fr")
    assert english.day(date(2026, 3, 1)) == "1 March 2026"
    assert french.day(date(2026, 3, 1)) == "1er mars 2026"
    assert english.number(61200) == "61,200"
    assert french.number(61200) == "61\u202f200"
    at = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
    assert english.moment(at) == "23 November 2026 at 09:12 UTC"
    assert french.moment(at) == "23 novembre 2026 à 09:12 UTC"


def test_a_period_says_which_side_is_open() -> None:
    english = language_of("en")
    assert english.period(date(2026, 3, 4), None) == "from 4 March 2026"
    assert english.period(None, date(2026, 3, 4)) == "until 4 March 2026"
    assert english.period(None, None) == ""
    assert english.period(date(2026, 3, 4), date(2026, 3, 4)) == "4 March 2026"


def test_an_unknown_language_is_english() -> None:
    assert language_of("tlh").say("Referral") == "Referral"
