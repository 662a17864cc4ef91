"""Survey of a whole file before its rows are read: states, order of dates, ruined barcodes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from hub.importing.file.barcodes import ZeroFilled, mend
from hub.importing.file.columns import StateKind, bare, cell_at
from hub.importing.file.dates import ORDERS, Moment
from hub.importing.file.pauses import with_pauses
from hub.importing.file.products import ProductCounter, RenamedProduct
from hub.importing.file.rows import product_names
from hub.importing.file.showings import Times
from hub.importing.file.states import LONGEST_WORD, MEANINGS, StateReader
from hub.importing.file.table import Table
from hub.model.imports import Choices, DateOrder, Meaning, Problem

MOST_STATES = 100
"""Different states in one file: more are no states."""
MOST_DATES = 1000
LONGEST_STATE = 100
MOST_UNREAD = 50
"""Columns without a meaning that are looked at: of a file with more the first."""


class SaidState(msgspec.Struct, kw_only=True):
    """Word for a state, the number of its rows, and its meaning; None: not known."""

    state: str
    column: str
    means: Meaning | None
    rows: int = 0
    first_row: int


class DateChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Order in which the dates of a file may be read, with the example in it."""

    dates: DateOrder
    means: date


class DateQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Ambiguous column of dates: it allows several orders of day and month."""

    column: str
    row: int
    example: str
    choices: list[DateChoice]

    @property
    def problem(self) -> Problem:
        """Error of the example's row, which asks the question."""
        means = " / ".join(f"{each.means} (dates={each.dates})" for each in self.choices)
        text = f"{self.example} may be {means}, and no row decides: say which"
        return Problem(row=self.row, column=self.column, code="ambiguous_dates", message=text)


class Survey(msgspec.Struct, kw_only=True):
    """Decisions that take a whole file."""

    states: list[SaidState]
    order: DateOrder
    question: DateQuestion | None = None
    has_lost_barcodes: bool = False
    is_rounded: bool = False
    renamed: list[RenamedProduct] = []
    """Products that are written in another way than the event does."""
    unread: list[Problem] = []
    """Warnings of columns that are not read and say what a state of tickets is."""
    problems: list[Problem]


class Surveyor:
    """Reader of one file that collects its survey."""

    def __init__(self, table: Table, times: Times, choices: Choices) -> None:
        self._table = table
        self._times = times
        self._chosen = choices.dates
        self._places = table.columns.places
        self._reader = StateReader(table.columns, choices.states)
        self._states: dict[tuple[StateKind, str], SaidState] = {}
        self._kinds: Counter[bool] = Counter()
        """How many words for states are known (False), and not."""
        self._dates: dict[tuple[str, str], int] = {}
        self._zeros = ZeroFilled()
        self._products = ProductCounter(product_names(table.columns, times, choices))
        self._has_lost = False
        self._unread = UnreadStates(table)

    async def read(self) -> Survey:
        """Return the survey of the file."""
        async for number, cells in with_pauses(self._table.rows()):
            self._note_states(number, cells)
            self._note_date(number, cells)
            self._note_barcode(cells)
            self._unread.add(number, cells)
            self._products.add(cell_at(cells, self._places.get("product")))
        order, question, contradictions = self._decide()
        unknown = [_unknown_problem(each) for each in self._states.values() if each.means is None]
        return Survey(
            states=list(self._states.values()),
            order=order,
            question=question,
            has_lost_barcodes=self._has_lost or self._zeros.is_found,
            is_rounded=self._zeros.is_found,
            renamed=self._products.renamed,
            unread=self._unread.warnings,
            problems=[*unknown, *contradictions, *([question.problem] if question else [])],
        )

    def _note_states(self, number: int, cells: Sequence[str]) -> None:
        for kind, text, means in self._reader.said(cells):
            key = kind, text[:LONGEST_STATE]
            if key not in self._states and self._kinds[means is None] < MOST_STATES:
                self._kinds[means is None] += 1
                self._states[key] = SaidState(state=key[1], column=kind, means=means, first_row=number)
            if key in self._states:
                self._states[key].rows += 1

    def _note_date(self, number: int, cells: Sequence[str]) -> None:
        for column in ("starts", "date", "time"):
            if text := cell_at(cells, self._places.get(column)):
                if len(self._dates) < MOST_DATES:
                    self._dates.setdefault((column, text), number)
                return

    def _note_barcode(self, cells: Sequence[str]) -> None:
        text = cell_at(cells, self._places.get("barcode"))
        if text and not self._table.columns.is_own:
            self._has_lost = self._has_lost or mend(text).is_lost
            self._zeros.add(text)

    def _decide(self) -> tuple[DateOrder, DateQuestion | None, list[Problem]]:
        """Return the order of the dates, or the question, or the rows that contradict each other."""
        read = {key: moment for key in self._dates if (moment := self._times.moment(key[1])) and not moment.is_plain}
        if self._chosen is not None or not read:
            return self._chosen or "dmy", None, []
        allowed: list[DateOrder] = list(ORDERS)
        for key, moment in read.items():
            left = [order for order in allowed if order in moment.days]
            if not left:
                return allowed[0], None, [self._contradiction(key)]
            allowed = left
        if len(fitting := self._fitting(allowed, read)) == 1:
            return fitting[0], None, []
        return allowed[0], self._question(allowed, read), []

    def _contradiction(self, key: tuple[str, str]) -> Problem:
        text = f"{key[1]} has day and month in another order than the rows above"
        return Problem(row=self._dates[key], column="date", code="ambiguous_dates", message=text)

    def _fitting(self, allowed: Sequence[DateOrder], read: Mapping[tuple[str, str], Moment]) -> Sequence[DateOrder]:
        """Return the orders under which all days are days of the event; all, where it has no fixed days."""
        if all(len({moment.days[order] for order in allowed}) == 1 for moment in read.values()):
            return allowed[:1]
        return [each for each in allowed if all(self._times.has_day(moment, each) for moment in read.values())]

    def _question(self, allowed: Sequence[DateOrder], read: Mapping[tuple[str, str], Moment]) -> DateQuestion | None:
        for (column, text), moment in read.items():
            days = {moment.days[order]: order for order in reversed(allowed)}
            if len(days) > 1:
                choices = [DateChoice(dates=order, means=day) for day, order in reversed(days.items())]
                return DateQuestion(column="date", row=self._dates[column, text], example=text, choices=choices)
        return None


class UnreadStates:
    """Detector for columns without a meaning whose cells are words for cancelled, unpaid or blocked tickets."""

    def __init__(self, table: Table) -> None:
        self._head = table.head
        self._places = table.columns.unread[:MOST_UNREAD] if table.has_head else []
        self._meaning = lru_cache(maxsize=MOST_STATES)(lambda text: MEANINGS.get(bare(text), "good"))
        self._found: dict[int, tuple[int, str]] = {}
        self._rows: Counter[int] = Counter()

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take one more row into account."""
        for place in self._places:
            text = cell_at(cells, place)
            if 0 < len(text) <= LONGEST_WORD and self._meaning(text) != "good":
                self._found.setdefault(place, (number, text))
                self._rows[place] += 1

    @property
    def warnings(self) -> list[Problem]:
        """A warning for each such column, at its first row."""
        return [
            Problem(
                row=number,
                column="status",
                code="unread_state",
                message=f'"{self._head[place][:LONGEST_STATE]}" is not read, and says "{text}" '
                f"({_rows_text(self._rows[place])}): say what the column means",
            )
            for place, (number, text) in self._found.items()
        ]


def _rows_text(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


def _unknown_problem(said: SaidState) -> Problem:
    rows = _rows_text(said.rows)
    if said.column == "paid":
        text = (
            f'must be yes or no, and is "{said.state}" ({rows}'
            "): or say whether it is good, unpaid, cancelled or blocked"
        )
        return Problem(row=said.first_row, column="paid", message=text)
    text = f'"{said.state}" ({rows}) is no state that is known: say whether it is good, unpaid, cancelled or blocked'
    return Problem(row=said.first_row, column=said.column, code="unknown_state", message=text)
