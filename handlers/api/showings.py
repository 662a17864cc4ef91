"""Showings over REST, with the seats that are left (booking-api.md)."""

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import PageQuery, count_first, cursor_of, cut, read_page, read_place
from hub.access.roles import holds
from hub.events.answers import BookableShowingAnswer, ShowingAnswer, describe_showing
from hub.events.form import ShowingForm, ShowingPatch
from hub.formats.local_time import is_date
from hub.model.event import Event, Showing
from hub.tickets.available_times import left_for_guests, products_left
from hub.validation import Problems


class ShowingsQuery(PageQuery, kw_only=True):
    """The query of `GET /api/showings`."""

    event: str | None = None
    first: str | None = msgspec.field(default=None, name="from")
    last: str | None = msgspec.field(default=None, name="to")


def check_dates(query: ShowingsQuery, problems: Problems) -> None:
    """Add an error for each bound that is no date."""
    for name, date in (("from", query.first), ("to", query.last)):
        if date is not None and not is_date(date):
            problems.add(name, "must be a date, YYYY-MM-DD")


class ShowingsHandler(BaseHandler):
    """`/api/showings`: public where booking is open; with a key those of every event."""

    @operation("list_showings", query=ShowingsQuery, answer=list[BookableShowingAnswer])
    async def get(self) -> None:
        """List times a page at a time, with `?event=`, `?from=` and `?to=`."""
        query, after = read_page(self, ShowingsQuery, read_place, check_dates)
        candidates = await self._events(query.event)
        events = {event.id: event for event in candidates if is_open(event) or self._may_see(event)}
        if not events and self.asker is None:
            self.refuse_stranger()
        on_dates = {"first": query.first, "last": query.last}
        found = await self.hub.showings.page([*events], **on_dates, after=after, limit=query.limit + 1)
        await count_first(self, query, found, lambda: self.hub.showings.count([*events], **on_dates))
        showings = cut(self, query, found, lambda last: cursor_of(last.starts_at, last.id))
        self.answer([self._describe(events[showing.event], showing) for showing in showings])

    def _may_see(self, event: Event) -> bool:
        """Return whether the principal sees times of an event that is not open: a device and a role see their own."""
        if self.asker is None or not self.asker.knows(event.id):
            return False
        return self.asker.kind != "device" or self.asker.event in (None, event.id)

    def _may_book(self, event: Event) -> bool:
        may = self.asker is not None and holds(self.asker, "tickets:write", event.id)
        return is_open(event) or (may and not event.closed)

    async def _events(self, event_id: str | None) -> list[Event]:
        if event_id is None:
            return await self.hub.events.all()
        event = await self.hub.events.find(event_id)
        return [] if event is None else [event]

    def _describe(self, event: Event, showing: Showing) -> BookableShowingAnswer:
        seats = max(0, showing.capacity - showing.booked)
        left = left_for_guests(event, showing) if self.asker is None else seats
        is_over = self.hub.seats.is_over(event, showing, self.hub.clock.now())
        shown = msgspec.structs.asdict(describe_showing(event, showing))
        products = products_left(event, showing, public_only=not self._may_see(event))
        is_bookable = self._may_book(event) and left > 0 and not is_over
        return BookableShowingAnswer(**shown, left=left, bookable=is_bookable, products=products)


class EventShowingsHandler(BaseHandler):
    """`/api/events/{uuid}/showings`."""

    @operation(
        "add_showings",
        body=(ShowingForm, list[ShowingForm]),
        answer=list[ShowingAnswer],
        status=201,
        refuses=("showing_exists", "conflict"),
    )
    async def post(self, event_id: str) -> None:
        """Add showings, one or a list, all or none."""
        await self._show(event_id, await self.hub.events.add_showings(event_id, self.json_body()), status=201)

    @operation(
        "change_showings",
        body=(ShowingPatch, list[ShowingPatch]),
        answer=list[ShowingAnswer],
        refuses=("seats_booked", "no_showing", "conflict"),
    )
    async def patch(self, event_id: str) -> None:
        """Change seats and ends of showings, one or a list, all or none; their tickets follow."""
        await self._show(event_id, await self.hub.events.change_showings(event_id, self.json_body()), status=200)

    async def _show(self, event_id: str, showings: list[Showing], *, status: int) -> None:
        event = await self.hub.events.get(event_id)
        self.answer([describe_showing(event, showing) for showing in showings], status)


def is_open(event: Event) -> bool:
    """Return whether guests may book without a key."""
    return event.booking == "open" and not event.closed
