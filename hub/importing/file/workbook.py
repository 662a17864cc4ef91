"""Workbook reader: a spreadsheet's .xlsx as CSV, within bounds that hold for any archive. Blocks: runs in a thread."""

import csv
import io
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import Any, BinaryIO

from openpyxl import load_workbook

from hub.errors import BadInput
from hub.importing.file.columns import recognise

MAGIC = b"PK\x03\x04"
OLD_MAGIC = b"\xd0\xcf\x11\xe0"
MOST_PARTS, MOST_BYTES, MOST_STRINGS = 2000, 256 * 2**20, 64 * 2**20
"""Parts of the archive, bytes of all of them unpacked, and of the texts that are read at once."""
MOST_ROWS, MOST_COLUMNS = 300_000, 500
LONGEST_S = 60.0
PROLOGUE = 4096
"""Bytes at the beginning of a part in which no document type may be declared: it could hold entities that grow."""
EXACT = 10**15
"""Numbers from here on have lost their last digits in a spreadsheet."""
HEAD_ROWS = 10
LONGEST_CODE = 100
UNREADABLE = "This is no workbook that can be read: save it as .xlsx or as CSV"
LOCKED = "This workbook is protected by a password: take it off, or save the list as CSV"
OLD = "This is a workbook of before 2007 (.xls): save it as .xlsx or as CSV"
PIECE = 2**16
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What names the encrypted workbook in the container that holds it."""


def write_csv(source: BinaryIO, target: BinaryIO) -> str:
    """Write the sheet with the tickets as CSV, and return its name. Raises `BadInput` for no such workbook."""
    try:
        _check_archive(source)
        source.seek(0)
        book = load_workbook(source, read_only=True, data_only=True)
        sheet = _find_sheet(book)
        text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="", write_through=True)
        csv.writer(text).writerows(_rows(sheet))
        text.detach()
    except BadInput:
        raise
    except Exception as broken:  # an archive may be broken in as many ways as there are libraries under this one
        raise BadInput(UNREADABLE) from broken
    return str(sheet.title)


def why_old(source: BinaryIO) -> str:
    """Return why a file in the container of old workbooks cannot be read: its age, or a password."""
    source.seek(0)
    tail = b""
    while piece := source.read(PIECE):
        if ENCRYPTED in tail + piece:
            return LOCKED
        tail = piece[-len(ENCRYPTED) :]
    return OLD


def _check_archive(source: BinaryIO) -> None:
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
        strings = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or strings > MOST_STRINGS:
            raise BadInput("The workbook is too large: save the list as CSV", code="too_large", status=413)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    if b"<!doctype" in opened.read(PROLOGUE).lower():
                        raise BadInput(UNREADABLE)


def _find_sheet(book: Any) -> Any:
    """Return the first sheet in whose first rows a column is known, else the first that is not empty."""
    sheets = [*(each for each in book.worksheets if each.sheet_state == "visible"), *book.worksheets]
    filled = [(sheet, rows) for sheet in dict.fromkeys(sheets) if (rows := _first_rows(sheet))]
    if not filled:
        raise BadInput("The workbook is empty")
    return next((sheet for sheet, rows in filled if any(recognise(row).places for row in rows)), filled[0][0])


def _first_rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=HEAD_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return [cells for row in rows if any(cells := [_text(value) for value in row])]


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    """Yield the sheet's rows up to its last that is not empty. Raises `BadInput` where there are too many."""
    sheet.reset_dimensions()
    until = time.monotonic() + LONGEST_S
    empty = 0
    for number, row in enumerate(_cells(sheet), start=1):
        if number > MOST_ROWS or time.monotonic() > until:
            raise BadInput(f"The sheet is too long: {MOST_ROWS} rows at most", code="too_large", status=413)
        cells = [_text(value) for value in row]
        if not any(cells):
            empty += 1
            continue
        yield from ([""] for _ in range(empty))
        empty = 0
        yield cells


def _cells(sheet: Any) -> Iterable[Sequence[Any]]:
    for row in sheet.iter_rows():
        if len(row) > MOST_COLUMNS and any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            raise BadInput(f"The sheet has more than {MOST_COLUMNS} columns: this is no list of tickets")
        yield [_value(cell) for cell in row[:MOST_COLUMNS]]


def _value(cell: Any) -> Any:
    """Return a cell's value; a whole number whose format shows leading zeros as shown."""
    value = cell.value
    if type(value) is not int or value < 0:
        return value
    shown = cell.number_format
    return f"{value:0{len(shown)}}" if 1 < len(shown) <= LONGEST_CODE and not shown.strip("0") else value


def _text(value: Any) -> str:
    """Return a cell's value as people would write it; a number that has lost digits in its ruined form."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | clock_time():
            return value.isoformat()
        case int() | float() if abs(value) >= EXACT:
            return f"{value:.14E}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
