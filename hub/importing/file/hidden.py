"""Hidden rows and columns of a sheet (SpreadsheetML), which a filter or a person hid: they are read all the same."""

import re
from collections.abc import Iterator
from typing import Protocol

import msgspec

from hub.importing.file.table import MOST_COLUMNS

TAG = re.compile(rb"<(?:\w+:)?(row|col)\s(?=[^<>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^<>]*>")
ATTRIBUTE = re.compile(rb"\s(r|min|max)\s*=\s*[\"']([^\"']{1,20})[\"']")
PIECE = 2**16
LONGEST_TAG = 2**12
MOST = 2**20
"""Rows that a sheet can have."""
MOST_RANGES = 2**14
"""Ranges of columns that a sheet can have, as there are columns; those that follow are none."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of a sheet's hidden rows and columns, from 1; of columns beyond those of a table none."""

    rows: frozenset[int]
    columns: frozenset[int]


class Source(Protocol):
    """Source of a sheet's XML, read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return the next piece; nothing at the end."""


def find_hidden(sheet: Source) -> Hidden:
    """Hidden rows and columns of a sheet, by its XML, read piece by piece."""
    rows: set[int] = set()
    columns: set[int] = set()
    ranges = 0
    for kind, said in _tags(sheet):
        if kind == "row":
            rows.add(_number(said.get("r")))
        elif (ranges := ranges + 1) <= MOST_RANGES:
            columns.update(range(_number(said.get("min")), min(_number(said.get("max")), MOST_COLUMNS) + 1))
    return Hidden(rows=frozenset(rows - {0}), columns=frozenset(columns - {0}))


def _tags(sheet: Source) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tags of hidden rows and columns, with their attributes."""
    rest = b""
    while piece := sheet.read(PIECE):
        text = rest + piece
        end = 0
        for found in TAG.finditer(text):
            end = found.end()
            said = {name.decode(): value.decode("ascii", "replace") for name, value in ATTRIBUTE.findall(found[0])}
            yield found[1].decode(), said
        rest = text[max(end, len(text) - LONGEST_TAG) :]


def _number(text: str | None) -> int:
    number = int(text) if text is not None and text.isascii() and text.isdecimal() else 0
    return number if number <= MOST else 0
