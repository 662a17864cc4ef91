"""Validation of a whole file before anything of it is imported: all that is wrong with it is said at once."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection

import msgspec

from hub.errors import BadInput
from hub.importing.pauses import with_pauses
from hub.importing.problems import MOST_LISTED, Problems
from hub.importing.rows import RUINED, Read, Row, RowReader
from hub.importing.showings import Times
from hub.importing.survey import SaidState, Survey, Surveyor
from hub.importing.table import Table
from hub.importing.upload import ENCODING_NAMES, Upload
from hub.model.event import Showing
from hub.model.imports import Choices, DateOrder, Problem

ASKED_AT_ONCE = 500
MOST_ROWS = 250_000
"""Each is remembered until the file has been looked at."""
MOST_KINDS = 200
"""Times, and products: one small change has to name them all."""
SAMPLES = 10

FindTaken = Callable[[Collection[tuple[str, str]]], Awaitable[Collection[tuple[str, str]]]]
"""Which of some ("barcode", text) and ("uuid", id) are there already."""


class Block(msgspec.Struct, kw_only=True):
    """The rows of one showing."""

    showing: Showing
    count: int = 0
    first_row: int
    last_row: int

    @property
    def name(self) -> str:
        """What people call it, with its rows."""
        return f"{self.showing.date} {self.showing.time} (rows {self.first_row} to {self.last_row})"


class TableFacts(msgspec.Struct, kw_only=True):
    """How a file was read: its encoding, its separator, our names of its columns and the heads of the others."""

    encoding: str
    separator: str
    columns: list[str]
    ignored: list[str]


class ProductCount(msgspec.Struct, kw_only=True):
    """A product by its name, with its rows."""

    product: str
    rows: int


class Checked(msgspec.Struct, kw_only=True):
    """A file in which nothing is wrong: what it holds."""

    table: TableFacts
    choices: Choices
    survey: Survey
    rows: int = 0
    left_out: int = 0
    unpaid: int = 0
    blocks: dict[str, Block] = {}
    products: Counter[str | None] = msgspec.field(default_factory=Counter)
    parties: Counter[str] = msgspec.field(default_factory=Counter)
    """How many rows each order has."""
    sample: list[Row] = []
    warnings: list[Problem] = []
    """The first of them."""
    warning_count: int = 0

    @property
    def states(self) -> list[SaidState]:
        """The words for states in the file."""
        return self.survey.states

    @property
    def order(self) -> DateOrder:
        """The order in which its dates are read."""
        return self.survey.order

    def warn(self, warning: Problem) -> None:
        """Take one more warning; the first are listed, all are counted."""
        self.warning_count += 1
        if len(self.warnings) < MOST_LISTED:
            self.warnings.append(warning)


class Checker:
    """Checks one file, with what the organiser chose for it."""

    def __init__(self, upload: Upload, times: Times, find_taken: FindTaken, choices: Choices | None = None) -> None:
        self._upload = upload
        self._times = times
        self._find_taken = find_taken
        self._choices = choices or Choices()
        self._problems = Problems()
        self._seen: dict[tuple[str, str], int] = {}
        self._asked: dict[tuple[str, str], int] = {}

    async def check(self) -> Checked:
        """Return what the file holds. Raises `BadInput`, or `RowsRefused` with the rows that are wrong."""
        with self._upload.text() as text:
            table = Table(text, self._choices)
            facts = _describe(table, self._upload)
            RowReader(table.columns, self._times, self._choices)  # raises where no column tells tickets apart
            survey = await Surveyor(table, self._times, self._choices).read()
        self._times.read_in(survey.order)
        for problem in survey.problems:
            self._problems.add(problem)
        checked = Checked(table=facts, choices=self._choices, survey=survey)
        with self._upload.text() as text:
            async for number, read in read_rows(Table(text, self._choices), self._times, checked):
                await self._take(checked, number, read)
        await self._ask()
        self._check_seats(checked)
        self._problems.refuse(survey)
        if not checked.rows:
            raise BadInput("There is no ticket in the file")
        return checked

    async def _take(self, checked: Checked, number: int, read: Read) -> None:
        for problem in read.problems:
            self._problems.add(problem)
        for warning in read.warnings:
            if checked.survey.has_lost_barcodes and warning.code == RUINED:
                self._problems.add(warning)
            else:
                checked.warn(warning)
        checked.left_out += read.is_left_out
        row = read.row
        if row is None:
            return
        checked.rows += 1
        if checked.rows > MOST_ROWS:
            raise BadInput(f"One import may hold {MOST_ROWS} tickets at most: send them in several files")
        checked.unpaid += not row.paid
        self._count(checked, row)
        if len(checked.sample) < SAMPLES:
            checked.sample.append(row)
        for column, text in (("barcode", row.guest.barcode), ("uuid", row.guest.uuid)):
            if text is not None:
                self._note(number, column, text)
        if len(self._asked) >= ASKED_AT_ONCE:
            await self._ask()

    def _count(self, checked: Checked, row: Row) -> None:
        block = checked.blocks.get(row.showing.id)
        if block is None:
            block = Block(showing=row.showing, first_row=row.number, last_row=row.number)
            checked.blocks[row.showing.id] = block
        block.count += 1
        block.last_row = row.number
        checked.products[row.guest.product] += 1
        if row.reservation is not None:
            checked.parties[row.reservation] += 1
        if max(len(checked.blocks), len(checked.products)) > MOST_KINDS:
            raise BadInput(f"One import may hold tickets of {MOST_KINDS} times and {MOST_KINDS} products at most")

    def _note(self, number: int, column: str, text: str) -> None:
        if first := self._seen.get((column, text)):
            message = f"is the same as in row {first}"
            self._problems.add(Problem(row=number, column=column, code="duplicate", message=message))
            return
        self._seen[column, text] = self._asked[column, text] = number

    async def _ask(self) -> None:
        """Ask which of the barcodes and ids that were read are there already."""
        asked, self._asked = self._asked, {}
        for column, text in await self._find_taken(asked):
            row = asked[column, text]
            self._problems.add(Problem(row=row, column=column, code="duplicate", message="is there already"))

    def _check_seats(self, checked: Checked) -> None:
        for block in checked.blocks.values():
            left = block.showing.capacity - block.showing.booked
            if block.count > left:
                self._problems.add(sold_out(block, left))


async def read_rows(table: Table, times: Times, checked: Checked) -> AsyncIterator[tuple[int, Read]]:
    """Yield the number of each row with what became of it."""
    reader = RowReader(table.columns, times, checked.choices, is_rounded=checked.survey.is_rounded)
    async for number, cells in with_pauses(table.rows()):
        yield number, reader.read(number, cells)


def sold_out(block: Block, left: int) -> Problem:
    """Return that a showing has not seats enough for its rows."""
    message = f"only {max(left, 0)} left for {block.name}: the file has {block.count}"
    return Problem(row=block.first_row, column="time", code="sold_out", message=message)


def _describe(table: Table, upload: Upload) -> TableFacts:
    return TableFacts(
        encoding=ENCODING_NAMES[upload.encoding],
        separator={",": "comma", ";": "semicolon", "\t": "tab"}[table.separator],
        columns=list(table.columns.places),
        ignored=table.columns.ignored,
    )
