"""`identifiers.csv` and `payments.csv`: the same facts for a spreadsheet or a script.

RFC 4180 with CRLF, in UTF-8 **with** a byte order mark: without one Excel reads accents in the machine's own code
page, and everything that reads UTF-8 can skip it. Days are ISO 8601, currencies ISO 4217, amounts have a point and the
currency's minor units. A cell that a spreadsheet would run as a formula gets an apostrophe before it; the exact value
is in `bundle.stix.json`.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8 as _MARK
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from efc_portal.core.spreadsheets import cell
from efc_portal.referrals.package.content import Content, Identifier, Payment, Row
from efc_portal.referrals.package.money import amount_exact

IDENTIFIER_COLUMNS = (
    "type",
    "type_label",
    "value",
    "country",
    "roles",
    "first_seen",
    "last_seen",
    "submissions",
    "chains",
    "tokens",
)
PAYMENT_COLUMNS = (
    "submission",
    "date",
    "amount",
    "currency",
    "method",
    "sender_type",
    "sender",
    "recipient_type",
    "recipient",
    "transaction",
)
ROW_COLUMNS = ("type", "type_label", "value", "country", "role", "amount", "currency", "date", "method")
_AT_ONCE = 1000  # rows in a piece


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _side(identifier: Identifier | None) -> tuple[str, str]:
    return (identifier.type.code, identifier.value) if identifier else ("", "")


def identifiers_csv(content: Content) -> bytes:
    return _csv(
        IDENTIFIER_COLUMNS,
        (
            (
                one.type.code,
                one.type.label,
                one.value,
                one.country,
                " ".join(role.code for role in one.roles),
                _day(one.first_seen),
                _day(one.last_seen),
                " ".join(one.submissions),
                " ".join(one.chains),
                " ".join(one.tokens),
            )
            for one in content.identifiers
        ),
    )


def rows_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows of files, in pieces: there may be millions."""
    waiting = iter(rows)
    piece = _csv(ROW_COLUMNS, map(_row, islice(waiting, _AT_ONCE)))
    while piece:
        yield piece
        some = list(map(_row, islice(waiting, _AT_ONCE)))
        piece = _csv((), some).removeprefix(_MARK + b"\r\n") if some else b""


def _row(row: Row) -> tuple[str, ...]:
    amount = "" if row.amount is None else amount_exact(row.amount, row.currency)
    code, label = row.type.code, row.type.label
    return code, label, row.value, row.country, row.role, amount, row.currency, _day(row.seen_on), row.method


def _payment(payment: Payment) -> tuple[str, ...]:
    return (
        payment.submission,
        _day(payment.paid_on),
        amount_exact(payment.amount, payment.currency),
        payment.currency,
        payment.method.code,
        *_side(payment.sender),
        *_side(payment.recipient),
        payment.transaction,
    )


def payments_csv(content: Content) -> bytes:
    return _csv(PAYMENT_COLUMNS, map(_payment, content.payments))
