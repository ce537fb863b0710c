"""Many counts in one statement, for pages that show what waits where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts_of(found: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each queryset has, by its name."""
    names: list[str] = []
    parts: list[str] = []
    values: list[Any] = []
    for name, queryset in found.items():
        try:
            sql, parameters = queryset.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        names.append(name)
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608  Django's own statement
        values += parameters
    counted = dict.fromkeys(found, 0)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            counted.update(zip(names, cursor.fetchone(), strict=True))
    return counted
