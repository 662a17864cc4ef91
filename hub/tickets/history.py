"""A ticket's history: all that the journal tells of it, with the doors and devices by name (docs/booking-api.md)."""

from collections.abc import Mapping
from typing import Any

from hub.model.event import Event, door_of
from hub.model.journal import Entry
from hub.model.report import Who, named
from hub.model.ticket import Ticket
from store.collections.report import ReportReader
from store.collections.ticket_history import TicketHistory

TOLD = ("reason", "showing", "from", "fields", "seq", "entry", "counted", "clock_ahead_s", "from_the_future")
"""What of an entry's data tells of the ticket: which showing, why, which scan it is about."""


async def read_history(
    ticket: Ticket, event: Event, ticket_histories: TicketHistory, nights: ReportReader
) -> list[dict[str, Any]]:
    """Return what became of a ticket, the oldest first, as `GET /api/tickets/{id}/history` shows it."""
    entries = await ticket_histories.of_ticket(ticket)
    who = await nights.who([entry.device for entry in entries if entry.device is not None])
    return [_describe(entry, event, who) for entry in entries]


def _describe(entry: Entry, event: Event, who: Mapping[str, Who]) -> dict[str, Any]:
    plain = {field: getattr(entry, field) for field in ("kind", "seq", "at", "code", "direction", "by")}
    return {
        **plain,
        "received_at": entry.received_at or entry.at,
        "door": _door(entry.door, event),
        "who": named(entry.device, who),
        "data": {name: entry.data[name] for name in TOLD if name in entry.data},
    }


def _door(door_id: str | None, event: Event) -> dict[str, Any] | None:
    """Return a door by name; of one that is gone only the id."""
    door = door_of(event, door_id)
    return None if door_id is None else {"id": door_id, "name": door.name if door else None}
