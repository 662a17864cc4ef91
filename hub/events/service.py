"""Event service: creates, changes and closes events with their doors, signing key and showings (booking-api.md)."""

import logging
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import msgspec

from hub.door.codes import make_key
from hub.door.manifest_tickets import SALT_BYTES
from hub.errors import HubError, NotFound
from hub.events.commands import AddShowings, ChangeEvent, ChangeShowings, built, to_showing
from hub.events.form import read_event, read_showing_patches, read_showings
from hub.events.timetable import StaleTimetable, Timetable
from hub.formats.local_time import zone_of
from hub.model.command import Change, Command, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing, SigningKey, ends_of
from hub.model.journal import HUB_STREAM, Stream
from hub.model.ticket import Ticket
from hub.tickets.retiming import Retiming
from hub.tickets.seats import Seats
from hub.vault import Vault
from store.collections.events import EventReader
from store.collections.showings import Showings
from store.journal.journal import Journal

log = logging.getLogger(__name__)

TRIES = 5
A = TypeVar("A")
Plan = Callable[[Event, list[Showing]], Command[A]]
"""How a command comes from an event and its showings as they were read."""


class CreateEvent:
    """Command: create an event with its stream and showings."""

    weight = 1

    def __init__(self, event: Event, showings: Sequence[Showing]) -> None:
        self._event = event
        self._showings = showings

    def reads(self) -> Iterable[Key]:
        """Return nothing: the event is new."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the change: the event, its stream and its showings as new documents."""
        capacity = sum(showing.capacity for showing in self._showings)
        stream = Stream(id=self._event.id, epoch=secrets.token_hex(4), capacity=capacity)
        entry = NewEntry(kind="event.changed", data={"id": self._event.id})
        return Change(answer=self._event, entries=[entry], put=[self._event, stream, *self._showings])


class Events:
    """Event service: create, change, close; showings added and changed."""

    def __init__(
        self,
        journal: Journal,
        events: EventReader,
        showings: Showings,
        vault: Vault,
        retiming: Retiming,
        seats: Seats,
    ) -> None:
        self._journal = journal
        self._events = events
        self._showings = showings
        self._retiming = retiming
        self._vault = vault
        self._seats = seats

    async def create(self, raw: object, now: datetime) -> Event:
        """Create an event from an organiser's form. Raises `BadInput` naming every field that is wrong."""
        form = read_event(raw)
        event = built(Event(id=str(uuid4()), name="", timezone="", key=self._new_key(), created_at=now), form)
        new = [to_showing(event, each) for each in form.showings]
        ends = ends_of(event, new)
        showings = [msgspec.structs.replace(each, over_at=ends[each.id]) for each in new]
        return await self._journal.append(HUB_STREAM, CreateEvent(event, showings))

    async def open_box_office(self, timezone: str, now: datetime) -> None:
        """Create the default event of bookings without an event, where there is none."""
        if await self._events.box_office() is not None:
            return
        event = Event(
            id=str(uuid4()),
            name="Box office",
            timezone=timezone,
            booking="open",
            default_capacity=20,
            key=self._new_key(),
            created_at=now,
        )
        await self._journal.append(HUB_STREAM, CreateEvent(event, []))

    async def find(self, event_id: str) -> Event | None:
        """Return an event, or None."""
        return await self._events.find(event_id)

    async def get(self, event_id: str) -> Event:
        """Return an event. Raises `NotFound`."""
        event = await self._events.find(event_id)
        if event is None:
            raise NotFound("Event not found")
        return event

    async def stream(self, event_id: str) -> Stream | None:
        """Return an event's stream with its counts, exact as of its `seq`, or None."""
        return await self._journal.stream(event_id)

    async def are_any(self) -> bool:
        """Return whether there is an event beside the box office."""
        return await self._events.are_any()

    async def all(self) -> list[Event]:
        """Return all events."""
        return await self._events.all()

    async def is_used(self, event: Event) -> bool:
        """Return whether an event is one of an organiser, or a box office that was booked into."""
        if event.default_capacity is None:
            return True
        stream = await self.stream(event.id)
        return stream is not None and stream.capacity > 0

    async def of(self, tickets: Iterable[Ticket]) -> dict[str, Event]:
        """Return the events of tickets, by id."""
        return {event.id: event for event in await self._events.by_ids({ticket.event for ticket in tickets})}

    async def open_to_come(self, now: datetime) -> list[Event]:
        """Return the open events that are not past."""
        return [e for e in await self._events.all() if not e.closed and (e.ends_at is None or e.ends_at > now)]

    async def change(self, event_id: str, raw: object) -> Event:
        """Change an event by an organiser's form; an absent field stays. Raises `BadInput`, `Conflict`."""
        return await self._change(event_id, raw)

    async def close(self, event_id: str) -> Event:
        """Take no more bookings for an event; its doors go on."""
        return await self._change(event_id, {"closed": True})

    async def add_showings(self, event_id: str, raw: object) -> list[Showing]:
        """Add showings to an event, and return them. Raises `BadInput`, `Conflict`."""

        def planned(event: Event, showings: list[Showing]) -> AddShowings:
            rows = read_showings(raw, zone_of(event.timezone))
            return AddShowings(event, Timetable(event, showings), [to_showing(event, row) for row in rows])

        return await self._change_times(event_id, planned)

    async def change_showings(self, event_id: str, raw: object) -> list[Showing]:
        """Change seats and ends of showings that an event has, and return them. Raises `BadInput`, `Conflict`."""

        def planned(event: Event, showings: list[Showing]) -> ChangeShowings:
            patches = read_showing_patches(raw, zone_of(event.timezone))
            return ChangeShowings(event, showings, patches, self._seats)

        return await self._change_times(event_id, planned)

    async def _change(self, event_id: str, raw: object) -> Event:
        def planned(event: Event, showings: list[Showing]) -> ChangeEvent:
            return ChangeEvent(event, raw, Timetable(event, showings), self._seats)

        return await self._change_times(event_id, planned)

    async def _change_times(self, event_id: str, plan: Plan[A]) -> A:
        """Append a change of an event that may move the ends of its showings; their tickets follow."""
        answer = await self._append(event_id, plan)
        try:
            await self._retiming.begin(event_id)
        except HubError as error:  # the change is made: the scheduled job finishes it
            log.warning("the tickets of %s are left to the retime job: %s", event_id, error.code)
        return answer

    async def _append(self, event_id: str, plan: Plan[A]) -> A:
        """Plan a command on the event's times as they are, and append it; again where they changed meanwhile."""
        for _ in range(TRIES):
            event = await self.get(event_id)
            try:
                return await self._journal.append(event_id, plan(event, await self._showings.of_event(event_id)))
            except StaleTimetable:
                continue
        raise StaleTimetable

    def _new_key(self) -> SigningKey:
        signer = make_key(secrets.token_hex(4))
        return SigningKey(
            kid=signer.kid,
            public_pem=signer.public_pem,
            sealed=self._vault.seal(signer.private_bytes),
            salt=secrets.token_bytes(SALT_BYTES),
        )
