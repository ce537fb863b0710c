"""Recognising one value: what it is, in its one canonical form, or which rule it breaks and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import clean
from efc_portal.indicators.coins import coin_elsewhere
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.shapes import ShapeTable
from efc_portal.indicators.types import TYPES, type_of

# Words that people put where a value is asked for: stored as values, they would tie everything to everything.
_NOTHING = frozenset(
    """
    - -- --- . .. ... ? ?? ??? / X XX XXX XXXX 0 N/A N.A. N.A NA NN NONE NULL NIL NAN NO YES UNKNOWN UNBEKANNT INCONNU
    EMPTY TBD TBC TODO TEST
    """.split()
)
_MARKS = re.compile(
    r"(?:TLP|PAP)(?:\s*[:.\-=]\s*|\s+)[A-Z+ ]+|RED|AMBER(?:\s*\+\s*STRICT)?|GREEN|CLEAR|WHITE|H[0-3]|[ABCX][1-4]",
    re.IGNORECASE,
)
_LONGEST_WORD = 24
_SHAPES = ShapeTable(TYPES.values())


def identify(value: str, *, type: str | None = None, region: str | None = None) -> Recognised:  # noqa: A002
    """Recognise a value of one type, or of whichever it is.

    `region` is the reporter's country (ISO 3166-1 alpha-2), for phone numbers without a country code. Raises
    `InvalidValue` with a sentence for the reporter, and `UnknownType` for a type nobody declared.
    """
    declaration = type_of(type) if type is not None else None
    text = clean(value)
    if len(text) <= _LONGEST_WORD:
        _refuse_words(text)
    if declaration is not None:
        try:
            return Recognised(declaration.code, declaration.canonicalise(text, region), declaration.said(text))
        except InvalidValue as error:
            error.types = (declaration.code,)
            raise
    return _recognise(text, region)


def identify_many(
    values: Sequence[str], *, types: Sequence[str | None] | str | None = None, region: str | None = None
) -> list[Recognised | InvalidValue]:
    """What `identify` says of each value, in order: what it gives, or what it would raise.

    `types` is one type for all values, or one for each, where None means whichever it is. Raises `UnknownType`.
    """
    codes = [types] * len(values) if types is None or isinstance(types, str) else types
    answers: list[Recognised | InvalidValue] = []
    for value, code, canonical in zip(values, codes, _quickly(values, codes), strict=True):
        if canonical is not None and code is not None:
            answers.append(Recognised(code, canonical))
            continue
        try:
            answers.append(identify(value, type=code, region=region))
        except InvalidValue as error:
            answers.append(error)
    return answers


def _quickly(values: Sequence[str], codes: Sequence[str | None]) -> list[str | None]:
    """The canonical form of those values of a stated type that are seen to be valid all at once."""
    known: list[str | None] = [None] * len(values)
    places_of: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        if code is not None:
            places_of.setdefault(code, []).append(place)
    for code, places in places_of.items():
        found = type_of(code).valid_ones([values[place] for place in places])
        for place, canonical in zip(places, found, strict=True):
            known[place] = canonical
    return known


def _refuse_words(text: str) -> None:
    if text.upper() in _NOTHING:
        raise InvalidValue(_("This stands for no value. Leave the field empty instead"), rule="empty")
    if _MARKS.fullmatch(text):
        raise InvalidValue(
            _("This is a handling mark, not a value. Handling marks have their own step in the form"), rule="mark"
        )


def _recognise(text: str, region: str | None) -> Recognised:
    alike = [declaration for declaration in _SHAPES.types_for(text) if declaration.looks_like(text)]
    valid: list[Recognised] = []
    errors: list[InvalidValue] = []
    for declaration in alike:
        try:
            canonical = declaration.canonicalise(text, region)
            valid.append(Recognised(declaration.code, canonical, declaration.said(text)))
        except InvalidValue as error:
            errors.append(error)
    if len(valid) == 1:
        return valid[0]
    codes = tuple(one.type for one in valid) or tuple(declaration.code for declaration in alike)
    labels = ", ".join(str(TYPES[code].label) for code in codes)
    if valid:
        raise InvalidValue(
            _("This may be any of these: %(labels)s. Choose the type"), rule="ambiguous", types=codes, labels=labels
        )
    if len(errors) == 1:
        raise InvalidValue(
            _("This looks like: %(label)s. %(reason)s"),
            rule=errors[0].rule,
            position=errors[0].position,
            types=codes,
            label=labels,
            reason=errors[0].message,
        )
    if errors:
        raise InvalidValue(
            _(
                "This may be one of these, but is a valid value of none: %(labels)s. "
                "State its type to be told what is wrong"
            ),
            rule="unrecognised",
            types=codes,
            labels=labels,
        )
    if coin := coin_elsewhere(text):
        raise InvalidValue(
            _("This is a valid address of %(coin)s, which the portal has no type for. Write it into your text"),
            rule="chain",
            coin=coin,
        )
    raise InvalidValue(
        _("This is not recognised as any type of identifier. State its type to be told what is wrong with it"),
        rule="unrecognised",
    )
