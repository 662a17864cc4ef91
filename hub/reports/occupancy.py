"""Occupancy: an event's counts as people read them. Pure.

The counts are the sum of all entries' effects (`hub/model/journal.py`, Stream and Entry), so that who has a snapshot
and applies the effects that follow has what a fresh snapshot would say.
"""

from datetime import datetime
from typing import Any

from hub.model.event_view import EventView
from hub.model.journal import DoorCount, Stream


def occupancy(stream: Stream, view: EventView, as_of: datetime) -> dict[str, Any]:
    """Return the counts of `stream`, exact as of its `seq`, with the names of doors and zones."""
    limit = view.max_inside
    return {
        "event": stream.id,
        "epoch": stream.epoch,
        "seq": stream.seq,
        "as_of": as_of,
        "booked": stream.booked,
        "capacity": stream.capacity,
        "admitted": stream.admitted,
        "inside": stream.inside,
        "headcount": stream.headcount,
        "limit": limit,
        "free": None if limit is None else max(0, limit - stream.inside),
        "denied": stream.denied,
        "doors": [_door(door.id, door.name, stream.doors.get(door.id)) for door in view.doors],
        "zones": [
            {"id": zone.id, "name": zone.name, "inside": stream.zones.get(zone.id, 0), "limit": zone.max_inside}
            for zone in view.zones
        ],
    }


def _door(door_id: str, name: str, count: DoorCount | None) -> dict[str, Any]:
    count = count or DoorCount()
    return {
        "id": door_id,
        "name": name,
        "admitted": count.admitted,
        "exited": count.exited,
        "denied": count.denied,
    }
