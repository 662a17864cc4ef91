"""Ticket history: its journal entries, with doors and devices by name (docs/booking-api.md, tickets afterwards)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from hub.formats.money import decimal_text
from hub.model.base import By, Direction
from hub.model.event import Event, door_of
from hub.model.journal import Entry
from hub.model.report import Who, named
from hub.model.ticket import Ticket
from store.reports.report import ReportReader
from store.reports.ticket_history import TicketHistory

TRANSFERRED = "ticket.transferred"
SHOWN_DATA = (
    "reason",
    "showing",
    "from",
    "to",
    "issue",
    "actor",
    "fields",
    "seq",
    "entry",
    "counted",
    "clock_ahead_s",
    "from_the_future",
    "unreadable",
    "method",
    "currency",
)
"""Fields of an entry's data that a history shows: which showing, why, which scan it is about, how it was paid."""


class HistoryDoor(msgspec.Struct, frozen=True, kw_only=True):
    """Door of an entry; of one that is gone only the id."""

    id: str
    name: str | None


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Entry of a ticket's history, as `GET /api/tickets/{id}/history` answers it."""

    kind: str
    seq: int
    at: datetime
    code: str | None
    direction: Direction | None
    by: By | None
    received_at: datetime
    door: HistoryDoor | None
    who: Who | None
    data: dict[str, Any]


async def read_history(
    ticket: Ticket, event: Event, ticket_histories: TicketHistory, reports: ReportReader
) -> list[HistoryEntry]:
    """Return a ticket's history, the oldest entry first."""
    entries = await ticket_histories.of_ticket(ticket)
    who = await reports.who([entry.device for entry in entries if entry.device is not None])
    holders = {past.issue: past.name for past in ticket.handed_on}
    return [_with_holders(_describe(entry, event, who), ticket, holders) for entry in entries]


def _with_holders(described: HistoryEntry, ticket: Ticket, holders: Mapping[int, str]) -> HistoryEntry:
    """Return the entry of a hand-over with its holder before and after, by name, which the journal does not hold.

    One that is unreadable stays without them.
    """
    after = described.data.get("issue")
    if described.kind != TRANSFERRED or not isinstance(after, int):
        return described
    later = [name for issue, name in sorted(holders.items()) if issue >= after]
    names = {"from_name": holders.get(after - 1), "to_name": [*later, ticket.name][0]}
    return msgspec.structs.replace(described, data=described.data | names)


def _describe(entry: Entry, event: Event, who: Mapping[str, Who]) -> HistoryEntry:
    return HistoryEntry(
        kind=entry.kind,
        seq=entry.seq,
        at=entry.at,
        code=entry.code,
        direction=entry.direction,
        by=entry.by,
        received_at=entry.received_at or entry.at,
        door=_door(entry.door, event),
        who=named(entry.device, who),
        data={name: entry.data[name] for name in SHOWN_DATA if name in entry.data} | _amount(entry),
    )


def _amount(entry: Entry) -> dict[str, str]:
    """Return the amount of a payment as a decimal; nothing of another entry, or of one that cannot be read."""
    amount, currency = entry.data.get("amount"), entry.data.get("currency")
    return {"amount": decimal_text(amount, currency)} if type(amount) is int and isinstance(currency, str) else {}


def _door(door_id: str | None, event: Event) -> HistoryDoor | None:
    door = door_of(event, door_id)
    return None if door_id is None else HistoryDoor(id=door_id, name=door.name if door else None)
