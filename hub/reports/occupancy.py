"""Occupancy: an event's counts as people read them. Pure.

The counts are the sum of all entries' effects (`hub/model/journal.py`, Stream and Entry), so that who has a snapshot
and applies the effects that follow has what a fresh snapshot would say.
"""

from datetime import datetime

import msgspec

from hub.model.event_view import EventView
from hub.model.journal import DoorCount, Stream


class DoorFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one door; without a name where it is gone."""

    id: str
    name: str | None
    admitted: int
    exited: int
    denied: int


class ZoneFigures(msgspec.Struct, frozen=True, kw_only=True):
    """People in one zone, and its limit."""

    id: str
    name: str
    inside: int
    limit: int | None


class Occupancy(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of an event, exact as of its journal's `seq`."""

    event: str
    epoch: str
    seq: int
    as_of: datetime
    booked: int
    capacity: int
    admitted: int
    inside: int
    headcount: int
    limit: int | None
    free: int | None
    denied: int
    doors: list[DoorFigures]
    zones: list[ZoneFigures]


def occupancy(stream: Stream, view: EventView, as_of: datetime) -> Occupancy:
    """Return the counts of `stream` with the names of doors and zones."""
    limit = view.max_inside
    return Occupancy(
        event=stream.id,
        epoch=stream.epoch,
        seq=stream.seq,
        as_of=as_of,
        booked=stream.booked,
        capacity=stream.capacity,
        admitted=stream.admitted,
        inside=stream.inside,
        headcount=stream.headcount,
        limit=limit,
        free=None if limit is None else max(0, limit - stream.inside),
        denied=stream.denied,
        doors=[door_figures(door.id, door.name, stream.doors.get(door.id)) for door in view.doors],
        zones=[
            ZoneFigures(id=zone.id, name=zone.name, inside=stream.zones.get(zone.id, 0), limit=zone.max_inside)
            for zone in view.zones
        ],
    )


def door_figures(door_id: str, name: str | None, count: DoorCount | None) -> DoorFigures:
    """Return the counts of a door, nothing for None."""
    count = count or DoorCount()
    return DoorFigures(id=door_id, name=name, admitted=count.admitted, exited=count.exited, denied=count.denied)
