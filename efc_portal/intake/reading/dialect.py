"""How a file is written: found out from its content, shown to the person who sent it, who may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

KINDS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "stix": "STIX 2.1", "misp": "MISP"}
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Dialect:
    """How a file is written.

    `kind` is one of `KINDS`. `encoding` is a name of `encoding.ENCODINGS` (of text), `delimiter` separates cells (of
    CSV; "" where each line is one value). `sheet` is the sheet of a workbook, or the list of a JSON object, that is
    read, `sheets` are those to choose from. `header` says whether the first row names the columns.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header: bool = True

    @property
    def has_known_fields(self) -> bool:
        """Whether the format itself says what each of its fields is, so that nobody has to."""
        return self.kind in ("stix", "misp")

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "sheets": list(self.sheets)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Dialect:
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        return cls(**{**known, "sheets": tuple(known.get("sheets", ()))})
