"""Statistics of an event, exact as of a number: by door, product, reason and five minutes (docs/booking-api.md)."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from weakref import WeakValueDictionary

import msgspec

from hub.clock import Clock
from hub.errors import NotFound
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Showing
from hub.model.figures import FinalFigures, Tally
from hub.model.journal import Stream
from hub.reports.showings import upcoming_of
from store.collections.events import EventReader
from store.collections.showings import Showings
from store.journal.journal import Journal
from store.reports.figures import Figures

MOST_KEPT = 64
"""Events whose figures stay in memory, so that only what is new has to be added."""


class Stats:
    """Statistics service. The first reader has the database add up the journal, the next only the entries since."""

    def __init__(
        self, figures: Figures, journal: Journal, events: EventReader, showings: Showings, clock: Clock
    ) -> None:
        self._figures = figures
        self._events = events
        self._showings = showings
        self._journal = journal
        self._clock = clock
        self._tallies: OrderedDict[str, Tally] = OrderedDict()
        self._adding: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def tally(self, event_id: str) -> Tally:
        """Return an event's figures as they stand. Raises `NotFound`."""
        async with self._adding.setdefault(event_id, asyncio.Lock()):
            stream = await self._journal.stream(event_id)
            if stream is None:
                raise NotFound("Event not found")
            tally = await self._advanced(self._tallies.get(event_id), stream)
            self._tallies[event_id] = tally
            self._tallies.move_to_end(event_id)
            if len(self._tallies) > MOST_KEPT:
                self._tallies.popitem(last=False)
            return tally

    async def showings(self, event_id: str) -> list[Showing]:
        """Return an event's showings, by time."""
        return await self._showings.of_event(event_id)

    async def final(self, event_id: str) -> FinalFigures | None:
        """Return the figures that were frozen before tickets of the event were deleted, or None."""
        return await self._figures.final(event_id)

    async def freeze(self, event_id: str) -> None:
        """Keep an event's figures for good, as they stand; nothing changes where they are kept so already."""
        showings = await self.showings(event_id)
        tally, event = await self.tally(event_id), await self._events.find(event_id)
        now = self._clock.now()
        final = tally.final(now, upcoming_of(event, showings, now) if event else ())
        await self._journal.append(event_id, FreezeFigures(final))

    async def _advanced(self, before: Tally | None, stream: Stream) -> Tally:
        if before is None or before.stream.epoch != stream.epoch or before.stream.seq > stream.seq:
            before = Tally(stream=msgspec.structs.replace(stream, seq=0))
        if before.stream.seq < stream.seq:
            span = (stream.id, before.stream.seq, stream.seq)
            sums, moves = await asyncio.gather(self._figures.sums(*span), self._figures.moves(*span))
            before.add(sums, moves)
        before.stream = stream
        return before


class FreezeFigures:
    """Command: keep an event's final figures, unless nothing differs from those kept."""

    weight = 1

    def __init__(self, final: FinalFigures) -> None:
        self._final = final

    def reads(self) -> Iterable[Key]:
        """The figures that are kept."""
        yield FinalFigures, self._final.id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the figures in place of older ones, unless they are the same."""
        kept = unit.find(FinalFigures, self._final.id)
        if kept is not None and (kept.seq > self._final.seq or kept.as_data() == self._final.as_data()):
            return Change(answer=None)
        return Change(
            answer=None, entries=[NewEntry(kind="figures.frozen", data=self._final.as_data())], put=[self._final]
        )
