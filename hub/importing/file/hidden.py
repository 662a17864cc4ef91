"""Hidden rows and columns of a sheet (SpreadsheetML), which a filter or a person hid: they are read all the same."""

import re
from collections.abc import Iterator
from typing import IO

import msgspec

TAG = re.compile(rb"<(?:\w+:)?(row|col)(?:[\s/][^<>]*)?>")
ATTRIBUTE = re.compile(rb"\s(r|min|max|hidden)\s*=\s*[\"']([^\"']{1,20})[\"']")
PIECE = 2**16
LONGEST_TAG = 2**12
MOST = 2**20
"""Rows, and columns, that a sheet can have."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of a sheet's hidden rows and columns, from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


def find_hidden(sheet: IO[bytes]) -> Hidden:
    """Return what is hidden in a sheet's XML, read piece by piece."""
    rows: set[int] = set()
    columns: set[int] = set()
    row = 0
    for kind, said in _tags(sheet):
        is_hidden = said.get("hidden") in ("1", "true")
        if kind == "row":
            row = _number(said.get("r")) or row + 1
            rows |= {row} if is_hidden else set()
        elif is_hidden:
            first, last = _number(said.get("min")), _number(said.get("max"))
            columns.update(range(first, min(last, first + MOST) + 1) if first else ())
    return Hidden(rows=frozenset(rows), columns=frozenset(columns))


def _tags(sheet: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tags of rows and columns, with their attributes."""
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
