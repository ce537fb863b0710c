"""The types of identifiers. Each module here is one type and declares it as `DECLARATION`; a new type is a new file."""

from __future__ import annotations

import importlib
import pkgutil

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import Found, IndicatorType, Recognised, Words

__all__ = ["TYPES", "Found", "IndicatorType", "InvalidValue", "Recognised", "UnknownType", "type_choices", "type_of"]


class UnknownType(ApplicationError):
    """A type code that no module declares."""


def _found() -> dict[str, IndicatorType]:
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    declared: list[IndicatorType] = sorted((module.DECLARATION for module in modules), key=lambda one: one.order)
    return {declaration.code: declaration for declaration in declared}


TYPES: dict[str, IndicatorType] = _found()


def type_of(code: str) -> IndicatorType:
    """The declaration of a type; raises `UnknownType`."""
    try:
        return TYPES[code]
    except KeyError:
        raise UnknownType(
            _("There is no type of identifier called “%(code)s”. The types are: %(codes)s."),
            code=code,
            codes=", ".join(TYPES),
        ) from None


def type_choices() -> list[tuple[str, Words]]:
    """Every type as (code, label), for forms."""
    return [(declaration.code, declaration.label) for declaration in TYPES.values()]
