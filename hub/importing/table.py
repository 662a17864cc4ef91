"""Table reader: from a file's text to numbered rows of cells (RFC 4180, and what spreadsheets write)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from hub.errors import BadInput
from hub.formats.csv_cells import from_cell
from hub.importing.columns import Columns, head_key, recognise
from hub.model.imports import Choices

SEPARATORS = (",", ";", "\t")
LONGEST_HEAD = 20_000
"""Characters of the first line: more is no CSV of tickets."""
LONGEST_ROW, MOST_COLUMNS = 50_000, 500
"""Characters and cells of a row: a reader takes a row in one go, and meanwhile nobody gets in."""


class Table:
    """A file's rows, after its head."""

    def __init__(self, text: TextIO, choices: Choices | None = None) -> None:
        """Read the head. Raises `BadInput` where there is none."""
        head = text.readline(LONGEST_HEAD)
        chosen = {head_key(name): column for name, column in (choices or Choices()).columns.items()}
        self.separator = max(SEPARATORS, key=lambda each: _fitness(head, each, chosen))
        text.seek(0)
        self._row_size = 0
        self._rows = enumerate(self._read(text), start=1)
        self.head = next(self._rows, (1, []))[1]
        self.columns: Columns = recognise(self.head, chosen)

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield (number, cells) for each row that is not empty; the head is row 1, as in a spreadsheet.

        Raises `BadInput` where what comes is no CSV.
        """
        return ((number, cells) for number, cells in self._rows if any(cell.strip() for cell in cells))

    def _read(self, text: TextIO) -> Iterator[list[str]]:
        reader = csv.reader(self._lines(text), delimiter=self.separator, strict=True)
        number = 0
        while True:
            number += 1
            self._row_size = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as wrong:
                raise BadInput(f"Row {number} is no CSV: look for a quote that is not closed") from wrong
            if len(cells) > MOST_COLUMNS:
                raise BadInput(f"Row {number} has more than {MOST_COLUMNS} columns: this is no list of tickets")
            yield [from_cell(cell).strip() for cell in cells]

    def _lines(self, text: TextIO) -> Iterator[str]:
        """Yield the lines of which rows are made. Raises `BadInput` once those of one row are too long."""
        while line := text.readline(LONGEST_ROW + 1):
            self._row_size += len(line)
            if self._row_size > LONGEST_ROW:
                raise BadInput(f"A row has more than {LONGEST_ROW} characters: look for a quote that is not closed")
            yield line


def _fitness(head: str, separator: str, chosen: Mapping[str, str]) -> tuple[int, int]:
    """Return how well a separator takes the head apart: columns that are known, then columns at all."""
    cells = next(csv.reader([head], delimiter=separator), [])[:MOST_COLUMNS]
    return len(recognise(cells, chosen).places), len(cells)
