"""CSV cell escaping against formula injection, and back (docs/import.md, export). Pure.

What begins as a formula does is prefixed with an apostrophe; so is what begins with apostrophes before that, so that
reading takes off exactly what writing put on (OWASP, CSV injection). A semicolon begins anew, since half of Europe's
spreadsheets take it for the separator: there a name like `x;=1+1` is two cells.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

PLAIN_PHONE = re.compile(r"[0-9+\-(). ]{3,20}", re.ASCII)
"""Phone numbers that stay as they are, plus sign and all: no spreadsheet makes more than another number of them."""

_FORMULA = r"(?=[\s\"']*[=+\-@\t\r＝＋－＠])"  # noqa: RUF001
RUN_BY_SPREADSHEETS = re.compile(rf"(^|;){_FORMULA}")
PREFIXED = re.compile(rf"(^|;)'{_FORMULA}")


BYTE_ORDER_MARK = "\ufeff"
"""Begins a file of CSV: spreadsheets take one without for the encoding of their system."""


def to_rows(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def to_cell(value: Any) -> str:
    """Return one value as a cell's text: times as ISO 8601, None as nothing."""
    text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
    return RUN_BY_SPREADSHEETS.sub(r"\1'", text)


def to_phone_cell(phone_number: str) -> str:
    """Return a phone number as a cell's text: a valid one stays as it is, plus sign and all."""
    return phone_number if PLAIN_PHONE.fullmatch(phone_number) else to_cell(phone_number)


def from_cell(text: str) -> str:
    """Value of a cell: the inverse of `to_cell`."""
    return PREFIXED.sub(r"\1", text)
