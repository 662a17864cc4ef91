"""Attendance by showing: who is booked for which time of an event, who came, and who is still expected. Pure."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from hub.model.event import Event, Showing
from hub.model.figures import Attendance, Tally

MOST_SHOWN = 200
"""Showings that an answer lists: a box office opens one for each time that is booked."""


class ShowingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one showing. Until it begins its guests are expected; afterwards who has not come is a no-show."""

    id: str
    date: str
    time: str
    starts_at: datetime
    ends_at: datetime | None
    capacity: int
    booked: int
    came: int
    no_show: int
    expected: int


def upcoming_of(event: Event, showings: Sequence[Showing], now: datetime) -> set[str | None]:
    """Return the ids of the showings that have not begun; None for an event that has not, without showings."""
    upcoming: set[str | None] = {showing.id for showing in showings if showing.starts_at > now}
    if event.starts_at is not None and event.starts_at > now:
        upcoming.add(None)
    return upcoming


def describe_showings(tally: Tally, showings: Sequence[Showing], now: datetime) -> list[ShowingFigures]:
    """Return the figures of `showings`, which are in order of time; of very many those around `now`."""
    attendance = tally.showings
    return [_figures(showing, attendance.get(showing.id) or Attendance(), now) for showing in around(showings, now)]


def around(showings: Sequence[Showing], now: datetime) -> Sequence[Showing]:
    """Return the showings that are listed of those in order of time: of very many those around `now`."""
    if len(showings) <= MOST_SHOWN:
        return showings
    begun = sum(showing.starts_at <= now for showing in showings)
    first = max(0, min(begun - MOST_SHOWN // 2, len(showings) - MOST_SHOWN))
    return showings[first : first + MOST_SHOWN]


def _figures(showing: Showing, attendance: Attendance, now: datetime) -> ShowingFigures:
    missing, is_upcoming = attendance.no_show, showing.starts_at > now
    return ShowingFigures(
        id=showing.id,
        date=showing.date,
        time=showing.time,
        starts_at=showing.starts_at,
        ends_at=showing.over_at or showing.ends_at,
        capacity=showing.capacity,
        booked=attendance.booked,
        came=max(0, attendance.came),
        no_show=0 if is_upcoming else missing,
        expected=missing if is_upcoming else 0,
    )
