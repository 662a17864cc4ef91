"""Showing resolver for rows: which of an event's times their cells name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from hub.errors import BadInput
from hub.formats.phone import country_of
from hub.importing.file.dates import EPOCH, Moment, read_clock, read_moment
from hub.model.event import Event, Showing
from hub.model.imports import DateOrder, Problem
from hub.model.ticket import Ticket
from hub.tickets.seats import Seats, find_showing

MOST_KNOWN = 1000
"""Different cells of times that are remembered: far more than there are in a file that is good."""
MIDNIGHT = "00:00"
NO_DATE = {
    "dmy": "is no date in the order day, month, year",
    "mdy": "is no date in the order month, day, year",
    "ymd": "is no date in the order year, month, day",
}
"""By the order of dates: what is wrong with a cell that is none in it."""


class WrongTime(Exception):
    """Error of a row that names no time of the event."""

    def __init__(self, column: str, message: str, code: str = "no_showing") -> None:
        super().__init__(message)
        self.column = column
        self.message = message
        self.code = code

    def at(self, row: int) -> Problem:
        """Return it as an error of a row."""
        return Problem(row=row, column=self.column, code=self.code, message=self.message)


class Times:
    """Index of an event's showings as rows name them: by the same words always the same one."""

    def __init__(self, event: Event, showings: Iterable[Showing], seats: Seats, now: datetime) -> None:
        self.event = event
        self.event_id = event.id
        self.country = country_of(event.timezone)
        self._zone = ZoneInfo(event.timezone)
        self._showings = {(showing.date, showing.time): showing for showing in showings}
        self._days = {date for date, _ in self._showings}
        self._seats = seats
        self.now = now
        self._order: DateOrder = "dmy"
        self._epoch = EPOCH
        self._known: dict[tuple[str, str, str], Showing | WrongTime] = {}

    @property
    def cached(self) -> int:
        """The number of different cells in the cache, whatever they named."""
        return len(self._known)

    def read_in(self, order: DateOrder) -> None:
        """Read dates of digits in this order from now on."""
        self._order = order
        self._known.clear()

    def count_from(self, epoch: datetime) -> None:
        """Count serial numbers from this day on."""
        self._epoch = epoch
        self._known.clear()

    def moment(self, text: str) -> Moment | None:
        """Moment in a cell of a date; None for a text that is no date."""
        return read_moment(text, self._epoch)

    def has_day(self, moment: Moment, order: DateOrder) -> bool:
        """Return whether a moment, read in an order, may be on a day of the event."""
        read = moment.local(order, self._zone)
        return read is not None and (self.event.default_capacity is not None or read[0] in self._days)

    def find(self, starts: str, date: str, time: str) -> Showing:
        """Return the showing that a row's cells name; the only one where they are empty. Raises `WrongTime`."""
        said = (starts, date, time)
        if said not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            try:
                self._known[said] = self._find(starts or date, time)
            except WrongTime as wrong:
                self._known[said] = wrong
        known = self._known[said]
        if isinstance(known, WrongTime):
            raise known.with_traceback(None)  # or it would keep every row that it was raised for
        return known

    def showing(self, showing_id: str) -> Showing | None:
        """Return a showing by its id, or None."""
        return next((each for each in self._showings.values() if each.id == showing_id), None)

    def expiry(self, showing: Showing) -> datetime:
        """Return when a showing's tickets expire."""
        return self._seats.expiry(showing)

    def is_there(self, ticket: Ticket) -> bool:
        """Return whether a ticket is one of the event's, and not of an import that never got through."""
        return ticket.event == self.event_id and (ticket.import_id is None or ticket.import_id in self.event.imports)

    def refuse_over(self, showing: Showing) -> None:
        """Raise `WrongTime` for a showing that is over."""
        if self._seats.is_over(self.event, showing, self.now):
            raise WrongTime("time", "is over", "time_over")

    def _find(self, date: str, time: str) -> Showing:
        if not date and read_clock(time) is None and self.moment(time) is not None:
            date, time = time, ""  # a column called "start time" may hold the date, too
        clock = self._clock(time)
        if not date:
            if clock is not None:
                at_that_time = [each for each in self._showings.values() if each.time == clock]
                return _only(at_that_time, f"At {clock} the event has {len(at_that_time)} times: name date and time")
            return _only(
                list(self._showings.values()), f"The event has {len(self._showings)} times: name date and time"
            )
        day, own_clock = self._read(date)
        clock = clock if own_clock in (None, MIDNIGHT) and clock else own_clock
        there = self._at(day, clock) or (own_clock == MIDNIGHT and not time and self._at(day, None)) or []
        several = f"That day has {len(there)} times: name date and time"
        return _only(there, several) if there else self._new(day, clock)

    def _read(self, date: str) -> tuple[str, str | None]:
        moment = self.moment(date)
        if moment is None:
            raise WrongTime("date", "is no date: 2026-12-24, 24/12/2026 and 24.12.2026 are", "invalid")
        read = moment.local(self._order, self._zone)
        if read is None:
            raise WrongTime("date", NO_DATE[self._order], "invalid")
        return read

    def _clock(self, text: str) -> str | None:
        if not text:
            return None
        clock = read_clock(text)
        if clock is None:
            raise WrongTime("time", "is no time of day: 20:30, 20h30 and 8:30 PM are", "invalid")
        return f"{clock:%H:%M}"

    def _at(self, day: str, clock: str | None) -> list[Showing]:
        return [each for (date, time), each in self._showings.items() if date == day and clock in (None, time)]

    def _new(self, day: str, clock: str | None) -> Showing:
        if clock is None and self.event.default_capacity is None:
            raise WrongTime("date", "is no day of the event")
        if clock is None:
            raise WrongTime("time", "is needed", "invalid")
        try:
            return find_showing(self.event, None, day, clock)[0]
        except BadInput as wrong:
            column, text = next(iter(wrong.errors.items()))
            raise WrongTime(column, text, wrong.code) from wrong


def _only(showings: Sequence[Showing], several: str) -> Showing:
    """Return the one of some showings. Raises `WrongTime` with the text for none or several."""
    if len(showings) == 1:
        return showings[0]
    raise WrongTime("date", several, "invalid")
