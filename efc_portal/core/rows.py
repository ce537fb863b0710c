"""Rows of the tables that nearly every request reads or writes, in SQL that is put together once.

Django compiles a query anew each time it is asked, which costs more than most of these statements take. What stands
here does the same with the same fields, and is for such tables alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def rows_insert(objects: Sequence[models.Model]) -> None:
    """INSERT new objects of one model, whose primary keys are set, in one statement."""
    model = type(objects[0])
    fields, head, places = _insert(model)
    values = [field.get_db_prep_save(field.pre_save(one, True), connection) for one in objects for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(head + ", ".join([places] * len(objects)), values)
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def columns_of(model: type[models.Model], alias: str) -> str:
    """The columns of a model's table under an alias, in the order that `row_read` takes them."""
    return ", ".join(f"{alias}.{_quote(str(field.column))}" for field in model._meta.concrete_fields)


def row_read(model: type[Row], values: Sequence[Any], start: int = 0) -> tuple[Row, int]:
    """An object from its columns, which begin at `start`; and where the next one's begin."""
    names = _names(model)
    end = start + len(names)
    return model.from_db(connection.alias, names, values[start:end]), end


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _insert(model: type[models.Model]) -> tuple[list[models.Field[Any, Any]], str, str]:
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(_quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return fields, f"INSERT INTO {_quote(model._meta.db_table)} ({columns}) VALUES ", f"({places})"  # noqa: S608  names of our own models


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
