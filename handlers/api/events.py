"""Events over REST (booking-api.md, running an event)."""

from datetime import UTC, datetime

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.entity_tag import answer_unless_known
from handlers.http.operation import operation
from handlers.http.paging import Place, WholeQuery, cut_whole, read_page, read_place
from hub.door.corrections import RecountBody
from hub.door.practice import PracticeCode, practice_codes
from hub.errors import NotFound
from hub.events.answers import (
    EventAnswer,
    PublicEventAnswer,
    WholeEventAnswer,
    describe_event,
    describe_public,
    describe_whole,
)
from hub.events.form import EventForm, NewEvent
from hub.formats.name_search import begin_words, words_of
from hub.model.event import Event
from hub.reports.occupancy import Occupancy, occupancy


class EventsBase(BaseHandler):
    """Base of paths that everybody may read in short, and organisers whole."""

    @property
    def _sees_whole(self) -> bool:
        who = self.asker
        if who is None:
            return False
        return bool(who.event_roles) or who.has("events:write") or who.has("tickets:read")

    async def _whole(self, event: Event) -> WholeEventAnswer:
        return describe_whole(event, self.base_url, used=await self.hub.events.is_used(event))

    @property
    def base_url(self) -> str:
        """The address of this hub, as clients reach it."""
        return self.hub.settings.base_url


class EventsQuery(WholeQuery, kw_only=True):
    """The query of `GET /api/events`."""

    only_futur: str = ""
    filter: str = ""


WITHOUT_TIME = datetime(1000, 1, 1, tzinfo=UTC)
"""Where events without a beginning stand in their list: before all others."""


ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""Time of counts that are compared without it."""


def place_of(event: Event) -> Place:
    """Return where an event stands in the list of events."""
    return event.starts_at or WITHOUT_TIME, event.id


class EventsHandler(EventsBase):
    """`/api/events`: public to read, for phones that choose one; organisers create."""

    @operation(
        "list_events",
        answer=(list[PublicEventAnswer], list[WholeEventAnswer]),
        query=EventsQuery,
    )
    async def get(self) -> None:
        """List the open events that are not past, as the TiBillet phone wants them; to organisers all, whole.

        `filter` is what is typed into the phone's search field.
        """
        query, after = read_page(self, EventsQuery, read_place)
        if query.only_futur != "true" and self._sees_whole:
            known = [event for event in await self.hub.events.all() if self.known.knows(event.id)]
            self.answer([await self._whole(event) for event in cut_whole(self, query, after, known, place_of)])
            return
        to_come = await self.hub.events.open_to_come(self.hub.clock.now())
        typed = words_of(query.filter)
        found = [event for event in to_come if begin_words(typed, event.name)]
        self.answer([describe_public(event, self.base_url) for event in cut_whole(self, query, after, found, place_of)])

    @operation("create_event", body=NewEvent, answer=EventAnswer, status=201, refuses=("invalid_key",))
    async def post(self) -> None:
        """Create an event."""
        event = await self.hub.events.create(self.json_body(), self.hub.clock.now())
        self.set_header("Location", f"/api/events/{event.id}")
        self.answer(describe_event(event), 201)


class EventHandler(EventsBase):
    """`/api/events/{uuid}`."""

    @operation("get_event", answer=(PublicEventAnswer, WholeEventAnswer))
    async def get(self, event_id: str) -> None:
        """One event: whole to organisers, else the public fields of one that is open and not past."""
        event = await self.hub.events.find(event_id)
        if self._sees_whole and self.known.knows(event_id):
            event = await self.hub.events.get(event_id)
            self.answer(await self._whole(event))
        elif event is not None and self._is_shown(event):
            self.answer(describe_public(event, self.base_url))
        elif self.asker is None:
            self.refuse_stranger()
        else:
            raise NotFound("Event not found")

    def _is_shown(self, event: Event) -> bool:
        """Return whether the event exists for the principal: a device knows its own in any case."""
        is_own = self.asker is not None and self.asker.event == event.id
        is_past = event.ends_at is not None and event.ends_at <= self.hub.clock.now()
        return is_own or not (event.closed or is_past)

    @operation(
        "change_event",
        body=EventForm,
        is_part=True,
        answer=EventAnswer,
        refuses=("door_in_use", "zone_in_use", "product_sold", "showing_exists", "conflict", "invalid_key"),
    )
    async def patch(self, event_id: str) -> None:
        """Change the event."""
        self.answer(describe_event(await self.hub.events.change(event_id, self.json_body())))


class EventCloseHandler(BaseHandler):
    """`/api/events/{uuid}/close`."""

    @operation("close_event", answer=EventAnswer)
    async def post(self, event_id: str) -> None:
        """Take no more bookings; the doors go on."""
        self.answer(describe_event(await self.hub.events.close(event_id)))


class CountsHandler(BaseHandler):
    """Base of paths that answer with an event's counts."""

    async def counts(self, event_id: str) -> Occupancy:
        """Return an event's counts as of now. Raises `NotFound`."""
        view = await self.hub.wiring.event_view(event_id)
        stream = await self.hub.events.stream(event_id)
        if view is None or stream is None:
            raise NotFound("Event not found")
        return occupancy(stream, view, self.hub.clock.now())


class OccupancyHandler(CountsHandler):
    """`/api/events/{uuid}/occupancy`."""

    @operation("get_occupancy", answer=Occupancy)
    async def get(self, event_id: str) -> None:
        """Return the counts, exact as of their sequence."""
        counts = await self.counts(event_id)
        answer_unless_known(self, counts, msgspec.structs.replace(counts, as_of=ANY_TIME))


class RecountHandler(CountsHandler):
    """`/api/events/{uuid}/recount`: counts set to numbers counted by hand."""

    @operation("recount_event", body=RecountBody, answer=Occupancy)
    async def post(self, event_id: str) -> None:
        """Set the count, and return the occupancy."""
        await self.hub.scanning.recount(self.known, event_id, self.json_body())
        self.answer(await self.counts(event_id))


class PracticeHandler(BaseHandler):
    """`/api/events/{uuid}/practice`: codes to train with."""

    @operation("list_practice_codes", answer=list[PracticeCode])
    async def get(self, event_id: str) -> None:
        """Return one for each verdict."""
        self.answer(practice_codes(await self.hub.events.get(event_id), self.hub.vault))
