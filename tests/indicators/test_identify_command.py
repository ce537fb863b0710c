from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def lines(*args: str, **options: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("identify", *args, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_value_a_line(tmp_path: Path) -> None:
    source = tmp_path / "values.txt"
    source.write_text(
        "DE89 3704 0044 0532 0130 00\nbc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\n\n4111 1111 1111 1111\nnonsense\n"
    )
    iban, wallet, nothing, card, unknown = lines(str(source))
    assert iban == {
        "value": "DE89 3704 0044 0532 0130 00",
        "valid": True,
        "type": "iban",
        "chain": None,
        "canonical": "DE89370400440532013000",
        "display": "DE89 3704 0044 0532 0130 00",
        "country": "DE",
        "reason": None,
    }
    assert (wallet["type"], wallet["chain"]) == ("wallet_btc", "bitcoin")
    assert (nothing["valid"], nothing["reason"]) == (False, "The value is empty.")
    assert card["value"] == card["canonical"] == "411111******1111"
    assert unknown["valid"] is False


def test_a_column_of_a_table_and_one_type(tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    source.write_bytes('\ufeffname,account\r\n"a, b",DE89370400440532013000\r\nc,GB00\r\n'.encode())
    first, second = lines(str(source), column="account", type="iban")
    assert first["valid"] is True
    assert (second["valid"], second["type"]) == (False, "iban")
    assert str(second["reason"]).startswith("Wrong length")


def test_mistakes_are_sentences(tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    source.write_text("name,account\n")
    with pytest.raises(CommandError, match=r"no column “iban”\. The columns are: name, account"):
        lines(str(source), column="iban")
    with pytest.raises(CommandError, match="no type of identifier called “ibna”"):
        lines(str(source), type="ibna")
    with pytest.raises(CommandError, match="No such file"):
        lines(str(tmp_path / "none"))
