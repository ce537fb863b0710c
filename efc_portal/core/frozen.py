"""Rows that do not change any more once something has happened to them: the database sees to it.

    class Meta:
        constraints = [Frozen(name="x_frozen", fields=["text"], since="published_at")]

From the moment that `since` is set, an UPDATE that changes one of the fields is an `IntegrityError`; so is a DELETE,
unless `deletable`. It is a trigger, and travels with the migrations like any other constraint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE OR REPLACE FUNCTION core_refuse_change_of_frozen() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'a frozen row of ' || TG_TABLE_NAME || ' is final';
END;
$body$;
"""


class Frozen(models.BaseConstraint):
    """The fields of a row are final once the column `since` is not null."""

    def __init__(self, *, name: str, fields: Sequence[str], since: str, deletable: bool = False) -> None:
        super().__init__(name=name)
        self.fields, self.since, self.deletable = tuple(fields), since, deletable

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str | None:  # type: ignore[override]  # nothing inside CREATE TABLE: the trigger follows the table
        assert model is not None
        assert schema_editor is not None
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        columns = [model._meta.get_field(name).column for name in self.fields]  # type: ignore[union-attr]
        since, table = model._meta.get_field(self.since).column, model._meta.db_table  # type: ignore[union-attr]
        changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
        sql = _FUNCTION + (
            f'CREATE TRIGGER "{self.name}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
            f'WHEN (OLD."{since}" IS NOT NULL AND ({changed})) EXECUTE FUNCTION core_refuse_change_of_frozen();\n'
        )
        if not self.deletable:
            sql += (
                f'CREATE TRIGGER "{self.name}_kept" BEFORE DELETE ON "{table}" FOR EACH ROW '
                f'WHEN (OLD."{since}" IS NOT NULL) EXECUTE FUNCTION core_refuse_change_of_frozen();\n'
            )
        return sql

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        table = model._meta.db_table
        return "".join(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}";' for name in (self.name, f"{self.name}_kept"))

    def validate(self, *args: Any, **options: Any) -> None:
        """Nothing a form could know beforehand."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frozen) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.since, self.deletable))

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        return path, args, {**options, "fields": self.fields, "since": self.since, "deletable": self.deletable}
