"""Statistics of an event, exact as of a number: by door, product, reason and five minutes (docs/booking-api.md)."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import msgspec

from hub.clock import Clock
from hub.errors import NotFound
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.figures import STEP_MINUTES, FinalFigures, Tally
from hub.model.journal import DoorCount, Stream
from store.collections.figures import Figures
from store.journal.journal import Journal

MOST_KEPT = 64
"""Events whose figures stay in memory, so that only what is new has to be added."""


class Stats:
    """The figures of events. The first reader has the database add up the journal, the next only what came since."""

    def __init__(self, figures: Figures, journal: Journal, clock: Clock) -> None:
        self._figures = figures
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

    async def final(self, event_id: str) -> FinalFigures | None:
        """Return the figures that were frozen before tickets of the event were deleted, or None."""
        return await self._figures.final(event_id)

    async def freeze(self, event_id: str) -> None:
        """Keep an event's figures for good, as they stand; where they are kept so already, nothing happens."""
        final = (await self.tally(event_id)).final(self._clock.now())
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
    """Keep an event's final figures, unless they say nothing new."""

    weight = 1

    def __init__(self, final: FinalFigures) -> None:
        self._final = final

    def reads(self) -> Iterable[Key]:
        """The figures that are kept."""
        yield FinalFigures, self._final.id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Put them in place of older ones."""
        kept = unit.find(FinalFigures, self._final.id)
        if kept is not None and (kept.seq > self._final.seq or kept.told() == self._final.told()):
            return Change(answer=None)
        return Change(
            answer=None, entries=[NewEntry(kind="figures.frozen", data=self._final.told())], put=[self._final]
        )


def describe_stats(tally: Tally, event: Event, as_of: datetime) -> dict[str, Any]:
    """Return statistics as `GET /api/events/{uuid}/stats` shows them."""
    return {
        "event": event.id,
        "epoch": tally.stream.epoch,
        "seq": tally.stream.seq,
        "as_of": as_of,
        **tally.final(as_of).told(),
        "doors": describe_doors(tally.stream, event),
        "refusals": describe_refusals(tally),
        "step_minutes": STEP_MINUTES,
        "curve": describe_curve(tally),
    }


def describe_doors(stream: Stream, event: Event) -> list[dict[str, Any]]:
    """Return what each door did: those that there are, in their order, then those that were."""
    names = {door.id: door.name for door in event.doors}
    gone = dict.fromkeys(sorted(stream.doors.keys() - names.keys()))
    return [
        {"id": door, "name": name, **msgspec.to_builtins(stream.doors.get(door) or DoorCount())}
        for door, name in (names | gone).items()
    ]


def describe_refusals(tally: Tally) -> list[dict[str, Any]]:
    """Return how often each reason was told, the most frequent first."""
    by_count = sorted(tally.refusals.items(), key=lambda each: (-each[1], each[0]))
    return [{"code": code, "count": count} for code, count in by_count]


def describe_curve(tally: Tally) -> list[dict[str, Any]]:
    """Return the evening in steps, in order; steps in which nothing happened are left out."""
    inside, curve = 0, []
    for at, step in sorted(tally.steps.items()):
        inside += step.inside
        curve.append({"at": at, **msgspec.to_builtins(step), "inside": inside})
    return curve
