"""What a person typed, as PostgreSQL's queries.

People write as they do elsewhere: words that must all be there, "a phrase" in quotes, -without, this or that. The last
word may be unfinished. PostgreSQL's `websearch_to_tsquery` takes whatever it is given and never complains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from efc_portal.website.search.configurations import AS_WRITTEN
from efc_portal.website.search.words import clean, parted, unaccented

LONGEST = 200  # characters that a search may have
MOST_WORDS = 12  # of which any may do
LEAST_TYPED = 3  # letters before which nothing is completed
LEAST_ALIKE = 5  # letters of a word of which the beginning may do

Query = SearchQuery | CombinedSearchQuery

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"'))
_WORD = re.compile(r"[^\W_]+")
_UNFINISHED = re.compile(rf"(?:^|(?<=\s))[^\W_]{{{LEAST_TYPED},}}$")
_WITHOUT = re.compile(r"(?:^|(?<=\s))-(?:\"[^\"]*\"|\S+)")


class Match(Enum):
    """How closely results match. Nothing found for all words: any of several, or one that begins like the only one."""

    ALL = "all"
    ANY = "any"
    ALIKE = "alike"


@dataclass(frozen=True)
class Asked:
    """A question to the index: what must match, and what results are ranked by."""

    match: Match
    typed: str
    found_by: Query
    ranked_by: Query


def questions(typed: str, configuration: str) -> list[Asked]:
    """What to ask, in this order, until something is found."""
    typed = clean(typed)
    as_typed, typed = typed, forms_of(typed)[0]
    words = words_of(typed)
    if not words:
        return []
    whole = _either(typed, configuration)
    asked = [Asked(Match.ALL, as_typed, _with_unfinished(typed, whole, configuration), whole)]
    if len(words) > 1:
        any_word = _either(" or ".join(words), configuration)
        asked.append(Asked(Match.ANY, as_typed, any_word, any_word))
    elif len(words[0]) >= LEAST_ALIKE:
        alike = _begins(unaccented(words[0].lower())[: max(4, len(words[0]) // 2)], AS_WRITTEN)
        asked.append(Asked(Match.ALIKE, as_typed, alike, alike))
    return asked


def forms_of(typed: str) -> list[str]:
    """As typed, in the signs that PostgreSQL knows; and without the accents, if there are any."""
    typed = parted(clean(typed).translate(_QUOTES))
    return list(dict.fromkeys((typed, unaccented(typed))))


def words_of(typed: str) -> list[str]:
    """The words a text is searched for, without those that must not occur."""
    found = _WORD.findall(_WITHOUT.sub(" ", typed))
    return list(dict.fromkeys(word for word in found if word.lower() != "or"))[:MOST_WORDS]


def _either(typed: str, configuration: str) -> Query:
    """As typed, or without the accents."""
    queries = (SearchQuery(form, config=configuration, search_type="websearch") for form in forms_of(typed))
    return reduce(or_, queries)


def _with_unfinished(typed: str, whole: Query, configuration: str) -> Query:
    """What was typed whole, or with the last word as the beginning of one."""
    last = _UNFINISHED.search(typed)
    if last is None or typed.count('"') % 2:
        return whole
    completed = _begins(last[0], configuration) | _begins(unaccented(last[0]), AS_WRITTEN)
    before = typed[: last.start()].rstrip()
    if before.lower().endswith(" or"):
        return whole | _either(before[:-3], configuration) | completed
    return whole | (_either(before, configuration) & completed if before else completed)


def _begins(word: str, configuration: str) -> SearchQuery:
    """Words that begin so. `word` is letters and digits alone, and so no operator."""
    return SearchQuery(f"'{word}':*", config=configuration, search_type="raw")
