"""Available times: the showings that a guest may choose from, and alternatives to one that is sold out. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.model.event import Event, Showing
from hub.tickets.pricing import is_public, kinds_for_guests
from hub.tickets.seats import Seats, left_of

NEARBY = (-60, -30, 30, 60)
"""Offsets in minutes of the alternatives to a sold-out time, where showings come into being when they are booked."""
MOST_NEAREST = 3


class TimeToBook(msgspec.Struct, frozen=True, kw_only=True):
    """Available time: `value` is its name in a form, `left` its free seats."""

    value: str
    starts_at: datetime
    left: int
    products: dict[str, int] = {}
    """Tickets that are left of each product that guests may book and that has a capacity of its own."""


def times_of(event: Event, showings: Iterable[Showing], seats: Seats, now: datetime) -> list[TimeToBook]:
    """Return an event's times that are not over, sold out or not."""
    return [_to_time(event, showing) for showing in showings if not seats.is_over(event, showing, now)]


def products_left(event: Event, showing: Showing, *, public_only: bool) -> dict[str, int]:
    """Number of tickets left of each product with a capacity in a showing, at most its free seats."""
    left = max(0, showing.capacity - showing.booked)
    known = [product for product in event.products if is_public(product) or not public_only]
    rooms = {product.name: left_of(event, showing, product.name) for product in known}
    return {name: min(left, max(0, room)) for name, room in rooms.items() if room is not None}


def left_for_guests(event: Event, showing: Showing) -> int:
    """Return a showing's free seats, and at most as many as there are tickets of the products that guests may book."""
    products = products_left(event, showing, public_only=True)
    left = max(0, showing.capacity - showing.booked)
    kinds = {kind.product for kind in kinds_for_guests(event)}
    return min(left, sum(products[kind] for kind in kinds)) if kinds and kinds <= products.keys() else left


def _to_time(event: Event, showing: Showing) -> TimeToBook:
    """Return a showing as a time to choose: it has seats while one of the products that guests may book has."""
    products, left = products_left(event, showing, public_only=True), left_for_guests(event, showing)
    return TimeToBook(value=f"{showing.date}T{showing.time}", starts_at=showing.starts_at, left=left, products=products)


def nearest(chosen: datetime, count: int, times: Iterable[TimeToBook]) -> list[TimeToBook]:
    """Return the few times with `count` seats left that are nearest to the chosen one, by time."""
    others = [time for time in times if time.left >= count and time.starts_at != chosen]
    others.sort(key=lambda time: (abs(time.starts_at - chosen), time.starts_at))
    return sorted(others[:MOST_NEAREST], key=lambda time: time.starts_at)


def with_times_around(event: Event, chosen: datetime, now: datetime, there: Sequence[TimeToBook]) -> list[TimeToBook]:
    """Return `there` with the times around the chosen one that are made when they are booked."""
    known = {time.starts_at for time in there}
    around = [chosen + timedelta(minutes=minutes) for minutes in NEARBY]
    new = [_unopened(event, moment) for moment in around if moment > now and moment not in known]
    return [*there, *new]


def _unopened(event: Event, moment: datetime) -> TimeToBook:
    local = in_zone(moment, ZoneInfo(event.timezone))
    return TimeToBook(value=f"{local:%Y-%m-%dT%H:%M}", starts_at=moment, left=event.default_capacity or 0)
