"""Times over REST: which there are, with the seats that are left (booking-api.md)."""

from typing import Any

from handlers.http.base import BaseHandler
from handlers.http.paging import cursor_of, link_next, read_limit, read_place
from hub.errors import BadInput
from hub.formats.local_time import is_date
from hub.model.event import Event, Showing


class ShowingsHandler(BaseHandler):
    """`/api/showings`: public where booking is open; with a key those of every event."""

    async def get(self) -> None:
        """List times a page at a time, with `?event=`, `?from=` and `?to=`."""
        events = {event.id: event for event in await self._events() if is_open(event) or self._may_see(event)}
        if not events and self.asker is None:
            self.refuse_stranger()
        showings = await self._page(list(events))
        may_book = self.asker is not None and self.asker.has("tickets:write")
        self.answer([self._describe(events[showing.event], showing, may_book=may_book) for showing in showings])

    async def _page(self, events: list[str]) -> list[Showing]:
        first, last, limit = self._date("from"), self._date("to"), read_limit(self)
        after = read_place(self)
        page = self.hub.store.showings.page
        found = await page(events, first=first, last=last, after=after, limit=limit + 1)
        shown = found[:limit]
        if len(found) > limit:
            asked = {name: self.get_query_argument(name, None) for name in ("event", "from", "to")}
            wanted = {name: text for name, text in asked.items() if text is not None}
            link_next(self, wanted, limit, cursor_of(shown[-1].starts_at, shown[-1].id))
        return shown

    def _may_see(self, event: Event) -> bool:
        """Tell whether who asks sees the event's times though it is not open: a device sees its own event's."""
        return self.asker is not None and (self.asker.kind != "device" or self.asker.event in (None, event.id))

    async def _events(self) -> list[Event]:
        event_id = self.get_query_argument("event", None)
        if event_id is None:
            return await self.hub.events.all()
        event = await self.hub.store.events.find(event_id)
        return [] if event is None else [event]

    def _date(self, name: str) -> str | None:
        date = self.get_query_argument(name, None)
        if date is not None and not is_date(date):
            raise BadInput(name, {name: "must be a date, YYYY-MM-DD"})
        return date

    def _describe(self, event: Event, showing: Showing, *, may_book: bool) -> dict[str, Any]:
        left = max(0, showing.capacity - showing.booked)
        is_over = self.hub.seats.is_over(event, showing, self.hub.clock.now())
        may_book = is_open(event) or (may_book and not event.closed)
        return {
            **describe_showing(event, showing),
            "left": left,
            "bookable": may_book and left > 0 and not is_over,
        }


class EventShowingsHandler(BaseHandler):
    """`/api/events/{uuid}/showings`."""

    async def post(self, event_id: str) -> None:
        """Add showings, one or a list, all or none."""
        await self._show(event_id, await self.hub.events.add_showings(event_id, self.json_body()), status=201)

    async def patch(self, event_id: str) -> None:
        """Change seats and ends of showings, one or a list, all or none; their tickets follow."""
        await self._show(event_id, await self.hub.events.change_showings(event_id, self.json_body()), status=200)

    async def _show(self, event_id: str, showings: list[Showing], *, status: int) -> None:
        event = await self.hub.events.get(event_id)
        self.answer([describe_showing(event, showing) for showing in showings], status)


def is_open(event: Event) -> bool:
    """Tell whether anybody may book."""
    return event.booking == "open" and not event.closed


def describe_showing(event: Event, showing: Showing) -> dict[str, Any]:
    """Return a showing without its bookings."""
    return {
        "event": showing.event,
        "date": showing.date,
        "time": showing.time,
        "starts_at": showing.starts_at,
        "ends_at": showing.ends_at,
        "timezone": event.timezone,
        "capacity": showing.capacity,
    }
