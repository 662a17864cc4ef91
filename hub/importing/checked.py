"""Outcome of a file's validation: its contents, and the changes that it makes. Plain data."""

from collections import Counter
from typing import Literal

import msgspec

from hub.importing.corrections import Correction
from hub.importing.file.encodings import EncodingQuestion
from hub.importing.file.rows import Row
from hub.importing.file.survey import Survey
from hub.importing.file.workbook import Sheet
from hub.importing.problems import MOST_LISTED
from hub.model.event import Showing
from hub.model.figures import Part
from hub.model.imports import Choices, Problem
from hub.model.ticket import Details

MOST_KINDS = 200
"""Times, and products: one small change has to name them all."""
SAMPLES = 10
CORRECTED_AT_ONCE = 500
"""Tickets that one change corrects, a quarter of a second in which doors wait; more are corrected in batches."""
RowChange = Literal["added", "changed", "canceled", "unchanged", "untouched"]
"""What a row does to its ticket."""


class Block(msgspec.Struct, kw_only=True):
    """The rows of one showing."""

    showing: Showing
    count: int = 0
    first_row: int
    last_row: int

    def add(self, row: int) -> None:
        """Count one more row."""
        self.count += 1
        self.last_row = row

    @property
    def when(self) -> str:
        """Date and time, as the event's clock says them."""
        return f"{self.showing.date} {self.showing.time}"

    @property
    def rows(self) -> str:
        """Rows of the file that name it."""
        return f"row {self.first_row}" if self.count == 1 else f"rows {self.first_row} to {self.last_row}"


class TableFacts(msgspec.Struct, kw_only=True):
    """Format of a file: its encoding, its separator, our names of its columns and the heads of the others."""

    encoding: str
    code_pages: EncodingQuestion | None = None
    """Of a file that is not in Unicode: those that it may be in."""
    separator: str
    columns: list[str]
    ignored: list[str]
    has_head: bool = True
    sheet: Sheet | None = None
    """Of a workbook."""
    is_own: bool = False
    """Whether the file is the export of a hub."""


class ProductCount(msgspec.Struct, kw_only=True):
    """A product by its name, with its rows."""

    product: str
    rows: int


class Untouched(msgspec.Struct, frozen=True, kw_only=True):
    """Ticket that is left as it is, though a row names another value for it."""

    row: int
    ticket: str
    name: str
    why: Literal["scanned", "expired"]


class Checked(msgspec.Struct, kw_only=True):
    """Contents of a valid file, and the changes that it makes."""

    table: TableFacts
    choices: Choices
    survey: Survey
    rows: int = 0
    """Tickets of the file: those to be added, and those that are there."""
    added: int = 0
    left_out: int = 0
    unpaid: int = 0
    unchanged: int = 0
    blocks: dict[str, Block] = {}
    """The rows to be added that take a seat, by their showings."""
    products: Counter[str | None] = msgspec.field(default_factory=Counter)
    """Of the same rows."""
    parts: Counter[Part] = msgspec.field(default_factory=Counter)
    """Of the same rows, by product and showing."""
    parties: Counter[str] = msgspec.field(default_factory=Counter)
    """How many rows to be added each order has."""
    skipped: set[int] = set()
    """Rows that are not to be added: their tickets are there, or cancelled."""
    renamed: set[int] = set()
    """Rows whose ticket needs an id of its own, since theirs is another event's."""
    orders: dict[str, str] = {}
    """Reservations that are there, by their orders."""
    party_sizes: dict[str, int] = {}
    """How many tickets the reservations have that are there."""
    own_orders: dict[str, str] = {}
    """Reservations of a hub's export that are not there yet, by their ids in the file."""
    joins: Counter[str] = msgspec.field(default_factory=Counter)
    """How many rows are added to each reservation that is there."""
    corrections: list[Correction] = []
    """Of the tickets that are there, while they are so few that one change makes them true."""
    corrected: Counter[str] = msgspec.field(default_factory=Counter)
    """How many tickets are corrected, by kind."""
    freed: Counter[str] = msgspec.field(default_factory=Counter)
    """Seats that these corrections free, by showing; below zero: take."""
    freed_parts: Counter[Part] = msgspec.field(default_factory=Counter)
    """The same by product and showing."""
    limited: dict[Part, Block] = {}
    """The rows whose tickets, new or corrected, take one of a product that has a capacity, by product and showing."""
    moved: dict[str, Block] = {}
    """The rows whose tickets take a seat of another showing than before, or take one again, by that showing."""
    shared: dict[str, Details] = {}
    """Details that all tickets of an exported reservation have which is not there, by its id in the file."""
    sold_again: set[int] = set()
    """Cancelled rows whose ticket stands in another row, too."""
    siblings: list[str] = []
    """Tickets of the reservations that are joined."""
    untouched: list[Untouched] = []
    """The first of them."""
    untouched_count: int = 0
    sample: list[Row] = []
    """The first of them."""
    sample_changes: list[RowChange] = []
    """What each of these does."""
    warnings: list[Problem] = []
    """The first of them."""
    warning_count: int = 0

    @property
    def changed(self) -> int:
        """How many tickets are corrected."""
        return self.corrected["changed"]

    @property
    def canceled(self) -> int:
        """How many tickets are cancelled."""
        return self.corrected["canceled"]

    @property
    def full_showings(self) -> frozenset[str]:
        """The showings that have not seats enough for all that move there before others have left."""
        blocks = self.moved.items()
        return frozenset(each for each, block in blocks if block.count > block.showing.capacity - block.showing.booked)

    @property
    def is_large(self) -> bool:
        """Whether more tickets are corrected than one change may."""
        return self.corrected.total() > CORRECTED_AT_ONCE

    @property
    def has_changes(self) -> bool:
        """Whether importing the file changes anything."""
        return bool(self.added or self.corrected.total())

    @property
    def is_again(self) -> bool:
        """Whether tickets of the file exist already."""
        return bool(self.unchanged or self.corrected.total() or self.untouched_count)

    def warn(self, warning: Problem) -> None:
        """Take one more warning; the first are listed, all are counted."""
        self.warning_count += 1
        if len(self.warnings) < MOST_LISTED:
            self.warnings.append(warning)

    def add_row(self, blocks: dict[str, Block], showing: Showing, row: int) -> None:
        """Count one more row into the block of its showing."""
        blocks.setdefault(showing.id, Block(showing=showing, first_row=row, last_row=row)).add(row)

    def limit(self, product: str | None, showing: Showing, row: int) -> None:
        """Count one more row that takes a ticket of a product with a capacity."""
        self.limited.setdefault((product, showing.id), Block(showing=showing, first_row=row, last_row=row)).add(row)

    def share(self, order: str, details: Details) -> None:
        """Intersect an order's details with those of one more of its tickets."""
        self.shared[order] = details.common(self.shared.get(order, details))

    def correct(self, correction: Correction) -> None:
        """Take one more correction; once there are too many for one change, all are counted and none is kept."""
        self.corrected[correction.kind] += 1
        self.unchanged += correction.kind == "unchanged"
        before, after = correction.seen, msgspec.structs.replace(correction.seen, **correction.fields)
        self.freed[before.showing] += before.status != "canceled"
        self.freed[after.showing] -= after.status != "canceled"
        self.freed_parts[before.product, before.showing] += before.status != "canceled"
        self.freed_parts[after.product, after.showing] -= after.status != "canceled"
        if self.is_large:
            self.corrections.clear()
        else:
            self.corrections.append(correction)

    def leave(self, untouched: Untouched) -> None:
        """Take one more ticket that is left as it is; the first are listed, all are counted."""
        self.untouched_count += 1
        if len(self.untouched) < MOST_LISTED:
            self.untouched.append(untouched)
