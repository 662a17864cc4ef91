"""Validation of a whole file before anything of it is imported: all errors at once."""

from collections.abc import AsyncIterator

from hub.errors import BadInput
from hub.importing.checked import Block, Checked, TableFacts
from hub.importing.file.encodings import EncodingQuestion
from hub.importing.file.pauses import with_pauses
from hub.importing.file.remarks import IDENTITY
from hub.importing.file.rows import RUINED, Identity, Read, Row, RowReader
from hub.importing.file.showings import Times
from hub.importing.file.survey import Surveyor
from hub.importing.file.table import Table
from hub.importing.file.upload import ENCODING_NAMES, Upload
from hub.importing.file.workbook import Sheet
from hub.importing.matching import FindKnown, Lookup, Matcher
from hub.importing.problems import ColumnsUnknown, EncodingUnknown, Problems
from hub.model.figures import Part
from hub.model.imports import Choices, Problem
from hub.tickets.seats import left_of

ASKED_AT_ONCE = 100
MOST_ROWS = 250_000
"""Each is remembered until the file has been looked at."""

MOST_JOINED = 2000
"""Tickets, and their reservations, that are there and to whose orders others are added: one change counts them."""


class Checker:
    """Validator of one file, under the organiser's choices for it, and those `kept` of earlier files like it."""

    def __init__(
        self,
        upload: Upload,
        times: Times,
        find_known: FindKnown,
        choices: Choices | None = None,
        kept: Choices | None = None,
    ) -> None:
        self._upload = upload
        self._times = times
        self._find_known = find_known
        said = choices or Choices()
        self._choices = said.over(kept or Choices())
        self._is_page_said = said.encoding is not None
        self._problems = Problems()
        self._seen: dict[Identity, int] = {}
        self._pending: list[Row] = []
        self._gone: list[Row] = []

    async def check(self) -> Checked:
        """Return the contents of the file. Raises `BadInput`, or `RowsRefused` with the rows that are wrong."""
        if self._upload.sheet is not None:
            self._times.count_from(self._upload.sheet.epoch)
        self._upload.choose(self._choices.encoding)
        if not self._is_page_said and (doubt := await self._upload.doubt()):
            raise EncodingUnknown(doubt)
        code_pages = await self._upload.code_pages()
        with self._upload.text() as text:
            table = Table(text, self._choices)
            facts = _describe(table, self._upload, code_pages)
            if not any(column in table.columns.places for column in IDENTITY):
                raise ColumnsUnknown(table.head, table.examples())
            unread = unread_formulas(table, self._upload.sheet)
            survey = await Surveyor(table, self._times, self._choices).read()
        self._times.read_in(survey.order)
        for problem in survey.problems:
            self._problems.add(problem)
        checked = Checked(table=facts, choices=self._choices, survey=survey)
        for warning in (*survey.unread, *unread):
            checked.warn(warning)
        lookup = Lookup(self._find_known, self._times, is_own=facts.is_own)
        matcher = Matcher(checked, self._times, self._problems, lookup)
        with self._upload.text() as text:
            async for number, read in read_rows(Table(text, self._choices), self._times, checked):
                await self._take(checked, matcher, number, read)
        await matcher.match(self._pending)
        await self._match_gone(checked, matcher)
        matcher.join()
        self._check_seats(checked)
        self._problems.refuse(survey)
        if not (checked.rows or checked.canceled or checked.is_again or checked.left_out):
            raise BadInput("There is no ticket in the file")
        if len(checked.joins) + len(checked.siblings) > MOST_JOINED:
            raise BadInput(f"One import may add to orders of {MOST_JOINED} tickets at most: send it in several files")
        return checked

    async def _take(self, checked: Checked, matcher: Matcher, number: int, read: Read) -> None:
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
        if row.status == "canceled":
            checked.skipped.add(number)
            self._gone.append(row)
        elif self._note(row):
            checked.rows += 1
            checked.unpaid += not row.paid
            self._pending.append(row)
        if checked.rows + len(self._gone) > MOST_ROWS:
            raise BadInput(f"One import may hold {MOST_ROWS} tickets at most: send them in several files")
        if len(self._pending) >= ASKED_AT_ONCE:
            pending, self._pending = self._pending, []
            await matcher.match(pending)

    def _note(self, row: Row) -> bool:
        """Note a ticket's identities; False where a row before has one of them, too."""
        is_first = True
        for column, text in row.identities:
            if first := self._seen.get((column, text)):
                message = f"is the same as in row {first}"
                self._problems.add(Problem(row=row.number, column=column, code="duplicate", message=message))
                is_first = False
            self._seen.setdefault((column, text), row.number)
        return is_first

    async def _match_gone(self, checked: Checked, matcher: Matcher) -> None:
        """Match the cancelled rows, but for those whose ticket stands in another row, too: it was sold again."""
        checked.sold_again = {row.number for row in self._gone if any(each in self._seen for each in row.identities)}
        gone = [row for row in self._gone if row.number not in checked.sold_again]
        for first in range(0, len(gone), ASKED_AT_ONCE):
            await matcher.match(gone[first : first + ASKED_AT_ONCE])

    def _check_seats(self, checked: Checked) -> None:
        """Add an error for each showing that has not seats enough, once those that are freed are free."""
        for showing, block in {**checked.moved, **checked.blocks}.items():
            left = block.showing.capacity - block.showing.booked + checked.freed[showing]
            if showing not in checked.blocks:
                left += block.count  # which stands in what is freed, below zero
            if block.count > left:
                self._problems.add(sold_out(block, left))
        for part, block in checked.limited.items():
            self._check_product(part, block, checked)

    def _check_product(self, part: Part, block: Block, checked: Checked) -> None:
        """Add an error where a showing has not tickets enough of a product, once those that are freed are free."""
        product, _ = part
        room = max(0, left_of(self._times.event, block.showing, product) or 0)
        if checked.parts[part] > room + checked.freed_parts[part]:
            left = room + checked.freed_parts[part] + block.count - checked.parts[part]
            self._problems.add(product_sold_out(product, block, left))


async def read_rows(table: Table, times: Times, checked: Checked) -> AsyncIterator[tuple[int, Read]]:
    """Number of each row with its outcome: a row, or its problem."""
    width = len(table.head) if table.has_head and not table.columns.is_own and checked.table.sheet is None else None
    reader = RowReader(table.columns, times, checked.choices, is_rounded=checked.survey.is_rounded, width=width)
    async for number, cells in with_pauses(table.rows()):
        yield number, reader.read(number, cells)


def unread_formulas(table: Table, sheet: Sheet | None) -> list[Problem]:
    """Warnings of formulas without a result in columns that are not read, one for each column.

    Raises `BadInput` for one in a column that is read, whose cell would be taken for an empty one.
    """
    warnings = []
    for column, (letters, row) in sorted(sheet.formulas.items() if sheet is not None else ()):
        cell = f"{letters}{row}"
        if column - 1 in table.columns.read:
            raise BadInput(f"Cell {cell} holds a formula without its result: save the workbook in a spreadsheet first")
        text = f"Cell {cell} holds a formula without its result; its column is not read"
        warnings.append(Problem(row=row, column="", code="unread_formula", message=text))
    return warnings


def sold_out(block: Block, left: int) -> Problem:
    """Return the error of a showing that has not seats enough for its rows."""
    message = f"only {max(left, 0)} left for {block.when} ({block.rows}): the file has {block.count}"
    return Problem(row=block.first_row, column="time", code="sold_out", message=message)


def product_sold_out(product: str | None, block: Block, left: int) -> Problem:
    """Return the error of a showing that has not tickets enough of a product for its rows."""
    message = f"only {max(left, 0)} of {product} left for {block.when} ({block.rows}): the file has {block.count}"
    return Problem(row=block.first_row, column="product", code="sold_out", message=message)


def _describe(table: Table, upload: Upload, code_pages: EncodingQuestion | None) -> TableFacts:
    return TableFacts(
        encoding=ENCODING_NAMES[upload.encoding],
        code_pages=code_pages,
        separator={",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}[table.separator],
        columns=list(table.columns.places),
        ignored=table.columns.ignored,
        is_own=table.columns.is_own,
        has_head=table.has_head,
        sheet=upload.sheet,
    )
