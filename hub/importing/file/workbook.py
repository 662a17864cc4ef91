"""Workbook reader: a spreadsheet's .xlsx as CSV, within bounds that hold for any archive. Blocks: runs in a thread."""

import csv
import io
import re
import time
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import IO, Any, BinaryIO, Self

import msgspec

from hub.errors import BadInput
from hub.importing.file.columns import recognise
from hub.importing.file.dates import EPOCH
from hub.importing.file.hidden import Hidden, find_hidden
from hub.importing.file.merged import Features, Filler, find_features
from hub.importing.file.table import MOST_COLUMNS

MAGIC = b"PK\x03\x04"
OLD_MAGIC = b"\xd0\xcf\x11\xe0"
MOST_PARTS, MOST_BYTES, MOST_STRINGS = 2000, 256 * 2**20, 64 * 2**20
"""Parts of the archive, bytes of all of them unpacked, and of the texts that are read at once."""
MOST_ROWS = 300_000
LAST_ROW = 2**20
"""The number of a sheet's last row: a file may claim any."""
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
OTHER_ARCHIVES = (
    (re.compile(r"\.iwa$|^index\.apxl$"), "Apple Numbers"),
    (re.compile(r"^xl/workbook\.bin$"), "Excel (.xlsb)"),
    (re.compile(r"^word/"), "Word (.docx)"),
    (re.compile(r"^ppt/"), "PowerPoint (.pptx)"),
    (re.compile(r"^(content|META-INF/manifest)\.xml$"), "OpenDocument (.ods)"),
    (re.compile(r"\.(csv|txt|tsv|xlsx?)$", re.IGNORECASE), "ZIP"),
)
"""Parts by which an archive of another kind is known."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What names the encrypted workbook in the container that holds it."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Sheet of a workbook that was read, with its hidden parts and the other sheets."""

    name: str
    is_hidden: bool
    hidden_rows: int
    """Rows that are not empty."""
    hidden_columns: list[str]
    """By their letters, those that are not empty."""
    unread: list[str]
    """Other sheets with lists."""
    epoch: datetime
    """Day 0 of its serial numbers."""
    formulas: dict[int, tuple[str, int]]
    """The first cell (letters and row) with a formula without its result, by its column, which is counted from 1."""


def write_csv(source: BinaryIO, target: BinaryIO) -> Sheet:
    """Write the sheet with the tickets as CSV, and return it described. Raises `BadInput` for no such workbook."""
    # Loaded with the first workbook, here in a thread: it is large, and most hubs read CSV.
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    try:
        _check_archive(source)
        source.seek(0)
        book = load_workbook(source, read_only=True, data_only=True)
        _set_time(book)
        sheet, unread = _find_sheet(book)
        used = _Used(_find_hidden(sheet))
        features = _find_features(sheet)
        filler = Filler(features.merged)
        text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="", write_through=True)
        csv.writer(text).writerows(_rows(sheet, used, filler))
        text.detach()
    except BadInput:
        raise
    except Exception as broken:  # an archive may be broken in as many ways as there are libraries under this one
        raise BadInput(UNREADABLE) from broken
    return Sheet(
        name=str(sheet.title),
        is_hidden=sheet.sheet_state != "visible",
        hidden_rows=used.rows,
        hidden_columns=[get_column_letter(each) for each in sorted(used.columns)],
        unread=unread,
        epoch=CALENDAR_MAC_1904 if book.epoch == CALENDAR_MAC_1904 else EPOCH,
        formulas=features.formulas,
    )


def why_old(source: BinaryIO) -> str:
    """Reason why a file in the container of old workbooks cannot be read: its age, or a password."""
    source.seek(0)
    tail = b""
    while piece := source.read(PIECE):
        if ENCRYPTED in tail + piece:
            return LOCKED
        tail = piece[-len(ENCRYPTED) :]
    return OLD


def _refuse_others(names: Collection[str]) -> None:
    """Raise `BadInput` for an archive that is no .xlsx, naming its format."""
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return
    for part, kind in OTHER_ARCHIVES:
        if any(part.search(name) for name in names):
            raise BadInput(f"This is a file of {kind}: save the list as .xlsx or as CSV")


def _check_archive(source: BinaryIO) -> None:
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
        _refuse_others({part.filename for part in parts[:MOST_PARTS]})
        strings = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or strings > MOST_STRINGS:
            raise BadInput("The workbook is too large: save the list as CSV", code="too_large", status=413)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    if b"<!doctype" in opened.read(PROLOGUE).lower():
                        raise BadInput(UNREADABLE)


class _Timed:
    """Source of a sheet's XML, until a moment: rows that are no rows, of which nothing comes, take time, too."""

    def __init__(self, xml: IO[bytes], until: float) -> None:
        self._xml = xml
        self._until = until

    def read(self, size: int = -1) -> bytes:
        """Return the next piece. Raises `BadInput` (too_large) once it takes too long."""
        if time.monotonic() > self._until:
            raise too_long()
        return self._xml.read(size)

    def close(self) -> None:
        """Close the source of the XML."""
        self._xml.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def too_long() -> BadInput:
    """Refusal of a sheet with too many rows, or of one that takes as long to read."""
    return BadInput(f"The sheet is too long: {MOST_ROWS} rows at most", code="too_large", status=413)


def _set_time(book: Any) -> None:
    """Let the sheets of a workbook be read for so long, all in all."""
    until = time.monotonic() + LONGEST_S
    for sheet in book.worksheets:
        sheet._get_source = lambda open=sheet._get_source: _Timed(open(), until)


class _Used:
    """Counter of hidden rows and columns that are not empty."""

    def __init__(self, hidden: Hidden) -> None:
        self._hidden_rows = hidden.rows
        self._hidden_columns = sorted(hidden.columns)
        self.rows = 0
        self.columns: set[int] = set()

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take one more row that is not empty."""
        self.rows += number in self._hidden_rows
        self.columns.update(each for each in self._hidden_columns if each <= len(cells) and cells[each - 1])


def _find_hidden(sheet: Any) -> Hidden:
    with sheet._get_source() as xml:
        return find_hidden(xml)


def _find_features(sheet: Any) -> Features:
    with sheet._get_source() as xml:
        return find_features(xml)


def _find_sheet(book: Any) -> tuple[Any, list[str]]:
    """Return the first sheet in whose first rows a column is known, else the first that is not empty.

    Beside it the names of the other sheets that seem to be lists.
    """
    sheets = [*(each for each in book.worksheets if each.sheet_state == "visible"), *book.worksheets]
    filled = [(sheet, rows) for sheet in dict.fromkeys(sheets) if (rows := _first_rows(sheet))]
    if not filled:
        raise BadInput("The workbook is empty")
    known = [(sheet, max(len(recognise(row).places) for row in rows)) for sheet, rows in filled]
    chosen = next((sheet for sheet, columns in known if columns), filled[0][0])
    return chosen, [str(sheet.title) for sheet, columns in known if columns > 1 and sheet is not chosen]


def _first_rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=HEAD_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return [cells for row in rows if any(cells := [_text(value) for value in row])]


def _rows(sheet: Any, used: _Used, filler: Filler) -> Iterator[Sequence[str]]:
    """Yield the sheet's rows up to its last that is not empty. Raises `BadInput` where there are too many."""
    sheet.reset_dimensions()
    empty = filled = 0
    for number, row in enumerate(_cells(sheet), start=1):
        if filled >= MOST_ROWS or number > LAST_ROW:
            raise too_long()
        cells = filler.fill(number, [_text(value) for value in row])
        if not any(cells):
            empty += 1
            continue
        filled += 1
        used.add(number, cells)
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
