"""Merged cells and formulas of a sheet (SpreadsheetML), which its rows alone do not show."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hub.errors import BadInput
from hub.importing.file.hidden import PIECE, Source
from hub.importing.file.table import MOST_COLUMNS

MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']"
)
WITHOUT_RESULT = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\bt\s*=\s*[\"']str)(?:[^<>]*?\s)?"
    rb"r\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
"""A formula without a value, as programs write it that do not calculate; an empty text has its type, `str`."""
LONGEST = 2**15
"""Bytes of a cell with its formula."""
MOST_MERGED = 2**17


class Down(NamedTuple):
    """Cells of one column that are merged with the one in the first of their rows."""

    column: int
    first: int
    last: int


class Features(NamedTuple):
    """Features of a sheet that its rows do not show."""

    merged: list[Down]
    """What is merged over several rows, by its first column."""
    formulas: dict[int, tuple[str, int]]
    """The first cell (letters and row) with a formula without its result, by its column, which is counted from 1."""


def find_features(sheet: Source) -> Features:
    """Return the merged cells and the formulas without a result in a sheet's XML, read piece by piece."""
    from openpyxl.utils import column_index_from_string

    found: list[Down] = []
    formulas: dict[int, tuple[str, int]] = {}
    for piece in _overlapping(sheet):
        for formula in WITHOUT_RESULT.finditer(piece):
            letters = formula[1].decode()
            if (column := column_index_from_string(letters)) <= MOST_COLUMNS:
                formulas.setdefault(column, (letters, int(formula[2])))
        downs = (Down(column_index_from_string(c.decode()), int(a), int(b)) for c, a, b in MERGED.findall(piece))
        found += [each for each in downs if each.last > each.first and each.column <= MOST_COLUMNS]
        if len(found) > MOST_MERGED:
            raise BadInput("The workbook is too large: save the list as CSV", code="too_large", status=413)
    return Features([*dict.fromkeys(found)], formulas)


def _overlapping(sheet: Source) -> Iterator[bytes]:
    """Yield pieces of which each begins with the end of the one before, so that no cell is cut in two."""
    rest = b""
    while piece := sheet.read(PIECE):
        yield rest + piece
        rest = (rest + piece)[-LONGEST:]


class Filler:
    """Filler of merged cells: each row that is not empty gets what stands in the first row of the merged ones."""

    def __init__(self, merged: Iterable[Down]) -> None:
        self._waiting = sorted(merged, key=lambda each: each.first, reverse=True)
        self._open: dict[int, tuple[int, str]] = {}
        """The last row and the text by column."""

    def fill(self, number: int, cells: list[str]) -> list[str]:
        """Return a row's cells, filled; rows come in their order."""
        self._open = {column: each for column, each in self._open.items() if number <= each[0]}
        if self._open and any(cells):
            cells = cells + [""] * (max(self._open) - len(cells))
            for column, (_, text) in self._open.items():
                cells[column - 1] = cells[column - 1] or text
        while self._waiting and self._waiting[-1].first <= number:
            column, first, last = self._waiting.pop()
            if first == number and column <= len(cells):
                self._open[column] = last, cells[column - 1]
        return cells
