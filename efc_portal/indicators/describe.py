"""What the declaration of a type says, as Markdown. Every example is really tried: the page says what happens."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from efc_portal.core.countries import country_name
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import NO_STIX, IndicatorType, Recognised
from efc_portal.indicators.enums import MatchRule
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES

MADE = "<!-- Made by “manage.py describe_types” from the declaration of the type. Change that, not this page. -->"
_RULES = {
    MatchRule.EXACT: "exact: equal canonical values are the same thing",
    MatchRule.WEAK: "weak: equal canonical values are perhaps the same thing, and are marked so",
}


def index() -> str:
    """The list of all types, in the order in which they are recognised."""
    rows = [
        (f"[{one.label}]({one.code}.md)", _code(one.code), _code(one.example), str(one.help)) for one in TYPES.values()
    ]
    return (
        "\n\n".join(
            (
                MADE,
                "# Types of identifiers",
                "What the portal takes as an identifier of a payment, in the order in which a value is recognised that "
                "nobody gave a type. `manage.py identify --type TYPE` tries any value.",
                _table(("type", "code", "example", "what a reporter is told"), rows),
            )
        )
        + "\n"
    )


def page(declaration: IndicatorType) -> str:
    """All of one type: what it is, its forms, what is understood and what is refused, and where it goes."""
    parts = [
        MADE,
        f"# {declaration.label}",
        f"> {declaration.help}",
        _about(declaration),
        _table(("", ""), _facts(declaration)),
        "## What is understood",
        _table(
            ("written", "canonical form", "by itself", "in a text", "what the portal says"),
            (_understood(declaration, value) for value in (declaration.example, *declaration.accepts)),
        ),
    ]
    if declaration.refuses:
        parts += [
            "## What is refused",
            _table(
                ("written", "rule", "what the reporter reads"),
                (_refused(declaration, value) for value in declaration.refuses),
            ),
        ]
    parts.append("[All types](README.md)")
    return "\n\n".join(parts) + "\n"


def _about(declaration: IndicatorType) -> str:
    """The description that the type's module begins with."""
    return (sys.modules[type(declaration).__module__].__doc__ or "").strip()


def _facts(declaration: IndicatorType) -> Iterable[tuple[str, str]]:
    found = identify(declaration.example, type=declaration.code)
    yield "code", _code(declaration.code)
    yield "canonical form", _code(found.canonical)
    yield "shown as", _code(found.display)
    yield "masked", _code(found.masked)
    yield "a match is", _RULES[declaration.match_rule]
    yield "has faded when not seen for", f"{declaration.lifetime_days} days"
    if above := [
        f"{TYPES[kind].label} {_code(canonical)}" for kind, canonical in declaration.covered_by(found.canonical)
    ]:
        yield "lies under, on lists of what is known", ", ".join(above)
    yield "country", country_name(found.country) if found.country else "none in the example"
    if found.chain:
        yield "chain", _code(found.chain)
    yield "payment method class", _code(declaration.method) if declaration.method else "none: it speaks of no method"
    stix, observed = declaration.observable(found.canonical)
    words = f"{_code(stix.type)} with " + ", ".join(f"{name} {_code(value)}" for name, value in observed.items())
    if stix == NO_STIX:
        words = "no object of its own: an identity of the class unknown, named by type and value"
    yield "STIX 2.1", words + (f" ({_code(stix.extension)})" if stix.extension else "")
    if declaration.misp is None:
        yield "MISP", "no place for it"
    elif declaration.misp.object:
        yield "MISP", f"object {_code(declaration.misp.object)}, relation {_code(declaration.misp.relation)}"
    else:
        yield "MISP", f"attribute {_code(declaration.misp.relation)}"
    yield "goAML", _code(declaration.goaml) if declaration.goaml else "no place for it"


def _understood(declaration: IndicatorType, value: str) -> tuple[str, ...]:
    found = identify(value, type=declaration.code)
    return (
        _code(value),
        _code(found.canonical),
        _by_itself(value, found),
        _in_text(value, found),
        found.detail or "–",
    )


def _by_itself(value: str, wanted: Recognised) -> str:
    """What becomes of a value that nobody gave a type."""
    try:
        found = identify(value)
    except InvalidValue as error:
        return "may be several types" if error.rule == "ambiguous" else "not recognised"
    if found == wanted:
        return "recognised"
    return f"taken as: {found.declaration.label}"


def _in_text(value: str, wanted: Recognised) -> str:
    """Whether a value is found in a sentence, and how surely."""
    found = next((find for find in extract(f"It was paid to {value} twice.") if find.recognised == wanted), None)
    return str(found.confidence) if found else "not found"


def _refused(declaration: IndicatorType, value: str) -> tuple[str, ...]:
    try:
        identify(value, type=declaration.code)
    except InvalidValue as error:
        return _code(value), _code(error.rule), error.message
    raise AssertionError(f"{declaration.code} takes what it says it refuses")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"
