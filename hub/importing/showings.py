"""Which of an event's times a row means."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from hub.errors import BadInput
from hub.importing.vocabulary import moments
from hub.model.event import Event, Showing
from hub.model.imports import Problem
from hub.tickets.seats import Seats, find_showing

MOST_KNOWN = 1000
"""What rows call their times: far more than there are in a file that is good."""


class WrongTime(Exception):
    """A row names no time of the event."""

    def __init__(self, column: str, message: str, code: str = "no_showing") -> None:
        super().__init__(message)
        self.column = column
        self.message = message
        self.code = code

    def at(self, row: int) -> Problem:
        """Return it as what is wrong with a row."""
        return Problem(row=row, column=self.column, code=self.code, message=self.message)


class Times:
    """An event's showings, as rows name them: by the same words always the same one."""

    def __init__(self, event: Event, showings: Iterable[Showing], seats: Seats, now: datetime) -> None:
        self.event_id = event.id
        self._event = event
        self._showings = {(showing.date, showing.time): showing for showing in showings}
        self._seats = seats
        self._now = now
        self._known: dict[tuple[str, str, str], Showing | WrongTime] = {}

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

    def expiry(self, showing: Showing) -> datetime:
        """Return when a showing's tickets expire."""
        return self._seats.expiry(showing)

    def _find(self, date: str, time: str) -> Showing:
        if not date:
            return self._still_to_come(self._only(list(self._showings.values()), "The event has"))
        meant = [(day, clock or _clock(time)) for day, clock in moments(date)]
        if not meant:
            raise WrongTime("date", "is no date: 2026-12-24, 24/12/2026 and 24.12.2026 are", "invalid")
        there = [showing for day, clock in meant for showing in self._at(day, clock)]
        if there:
            return self._still_to_come(self._only(there[:1] if meant[0][1] else there, "That day has"))
        return self._still_to_come(self._new(*meant[0]))

    def _at(self, day: str, clock: str | None) -> list[Showing]:
        return [each for (date, time), each in self._showings.items() if date == day and clock in (None, time)]

    def _only(self, showings: Sequence[Showing], whose: str) -> Showing:
        if len(showings) == 1:
            return showings[0]
        raise WrongTime("date", f"{whose} {len(showings)} times: name date and time", "invalid")

    def _new(self, day: str, clock: str | None) -> Showing:
        if clock is None:
            raise WrongTime("time", "is needed", "invalid")
        try:
            return find_showing(self._event, None, day, clock)[0]
        except BadInput as wrong:
            column, text = next(iter(wrong.errors.items()))
            raise WrongTime(column, text, wrong.code) from wrong

    def _still_to_come(self, showing: Showing) -> Showing:
        if self._seats.is_over(self._event, showing, self._now):
            raise WrongTime("time", "is over", "time_over")
        return showing


def _clock(text: str) -> str | None:
    """Return a cell's time of day as `HH:MM`, None where it says none."""
    clock = text.lower().replace("h", ":").strip(": ")
    for form in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%H"):
        try:
            return datetime.strptime(clock, form).strftime("%H:%M")
        except ValueError:
            continue
    return None
