"""Table reader: from a file's text to numbered rows of cells (RFC 4180, and its variants by spreadsheets)."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TextIO

from hub.errors import BadInput
from hub.formats.csv_cells import from_cell
from hub.importing.file.columns import Columns, head_key, recognise
from hub.model.imports import Choices

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
"""A first line that names the separator to a spreadsheet, which does not show it."""
DATA = re.compile(r"\d{4}|@|^\d+$", re.ASCII)
"""What stands in the cells of a row, and in no head."""
STRIPPED = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\ufeff"
"""What no cell begins or ends with; the last is a byte order mark, where files were put together."""
HEAD_WITHIN = 10
"""Rows in which the head may stand: a title may be above it."""
LONGEST_HEAD = 20_000
"""Characters of the first line: more is no CSV of tickets."""
LONGEST_ROW, MOST_COLUMNS = 50_000, 500
"""Characters and cells of a row: a reader takes a row in one go, and the doors wait meanwhile."""


class Table:
    """Table of a file: its rows after its head."""

    def __init__(self, text: TextIO, choices: Choices | None = None) -> None:
        """Read the head. Raises `BadInput` where there is none."""
        chosen = {head_key(name): column for name, column in (choices or Choices()).columns.items()}
        first = text.readline(LONGEST_HEAD)
        said = SEPARATOR_LINE.fullmatch(first.strip("\r\n \ufeff"))
        heads = [text.readline(LONGEST_HEAD) if said else first]
        heads += [text.readline(LONGEST_HEAD) for _ in range(1, HEAD_WITHIN)]
        fittest = max(SEPARATORS, key=lambda each: max(_fitness(head, each, chosen) for head in heads))
        self.separator = said[1] if said else fittest
        self._is_nested = False
        if not said and (nested := _nested(heads, chosen)):
            self.separator, self._is_nested = nested, True
        text.seek(0)
        if said:
            text.readline(LONGEST_HEAD)
        self._row_size = 0
        number, cells, rows = _find_head(enumerate(self._read(text), start=1), chosen)
        if not any(cell.strip() for cell in cells):
            raise BadInput("There is no ticket in the file")
        plain = [cell.strip() for cell in cells]
        self.has_head = not _is_data(plain, chosen)
        self.head = plain if self.has_head else [f"column {place}" for place in range(1, len(cells) + 1)]
        if not self.has_head and len(cells) == 1:
            chosen = {head_key(self.head[0]): "barcode"} | chosen
        self._rows = rows if self.has_head else chain([(number, cells)], rows)
        self.columns: Columns = recognise(self.head, chosen)
        if self.columns.is_own:
            self.columns = recognise(cells, chosen)  # questions as they are, spaces and all

    def examples(self) -> Sequence[str]:
        """Return the cells of the first row; the table is used up by that."""
        return next((cells for _, cells in self.rows()), [])

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield (number, cells) for each row that is not empty, nor the head again; the head is row 1, as in a sheet.

        Raises `BadInput` where what comes is no CSV.
        """
        for number, cells in self._rows:
            stripped = [cell.strip(STRIPPED) for cell in cells]
            if any(stripped) and not (self.has_head and stripped == self.head):
                yield number, cells if self.columns.is_own else stripped

    def _read(self, text: TextIO) -> Iterator[list[str]]:
        reader = csv.reader(self._lines(text), delimiter=self.separator, strict=True)
        number = 0
        while True:
            number += 1
            self._row_size = 0
            try:
                cells = next(reader)
                if self._is_nested and len(cells) == 1:
                    cells = next(csv.reader(cells, delimiter=self.separator, strict=True), [])
            except StopIteration:
                return
            except csv.Error as wrong:
                raise BadInput(f"Row {number} is no CSV: look for a quote that is not closed") from wrong
            if len(cells) > MOST_COLUMNS:
                raise BadInput(f"Row {number} has more than {MOST_COLUMNS} columns: this is no list of tickets")
            yield [from_cell(cell) for cell in cells]

    def _lines(self, text: TextIO) -> Iterator[str]:
        """Yield the lines of which rows are made. Raises `BadInput` once those of one row are too long."""
        while line := text.readline(LONGEST_ROW + 1):
            self._row_size += len(line)
            if self._row_size > LONGEST_ROW:
                raise BadInput(f"A row has more than {LONGEST_ROW} characters: look for a quote that is not closed")
            yield line


def _find_head(
    rows: Iterator[tuple[int, list[str]]], chosen: Mapping[str, str]
) -> tuple[int, list[str], Iterator[tuple[int, list[str]]]]:
    """Return the number and cells of a file's head, and the rows after it.

    It is the first row that is not empty, but where that names no column and one of the next few names several.
    """
    first = list(islice(rows, HEAD_WITHIN))
    filled = [place for place, (_, cells) in enumerate(first) if any(cell.strip() for cell in cells)]
    if not filled:
        return 1, [], rows
    known = [len(recognise([cell.strip() for cell in cells], chosen).places) for _, cells in first]
    place = filled[0] if known[filled[0]] else next((each for each in filled if known[each] > 1), filled[0])
    number, cells = first[place]
    return number, cells, chain(first[place + 1 :], rows)


def _is_data(cells: Sequence[str], chosen: Mapping[str, str]) -> bool:
    """Return whether the first row of a file is no head, but a ticket already."""
    known = recognise(cells, chosen)
    return (
        len(known.places) <= 1
        and not any(key in chosen for key in map(head_key, cells))
        and any(DATA.search(cell) for cell in cells)
    )


def _nested(heads: Sequence[str], chosen: Mapping[str, str]) -> str | None:
    """Return the separator within the rows of a file each of which is one quoted cell; None for any other file.

    So a spreadsheet saves a list again that it had read as one column.
    """
    for head in heads:
        cells = next(csv.reader([head]), [])
        if len(cells) != 1 or not head.startswith(('"', '\ufeff"')):
            continue
        best = max(SEPARATORS, key=lambda each: _fitness(cells[0], each, chosen))
        if _fitness(cells[0], best, chosen)[0] > 1:
            return best
    return None


def _fitness(head: str, separator: str, chosen: Mapping[str, str]) -> tuple[int, int]:
    """Fitness of a separator for the head: the number of columns that are known, then of columns at all."""
    cells = next(csv.reader([head], delimiter=separator), [])[:MOST_COLUMNS]
    return len(recognise(cells, chosen).places), len(cells)
