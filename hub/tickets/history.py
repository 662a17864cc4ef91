"""Ticket history: its journal entries, with doors and devices by name (docs/booking-api.md, tickets afterwards)."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from hub.formats.money import decimal_text
from hub.model.base import By, Direction, EntryData, shaped
from hub.model.event import Event, door_of
from hub.model.journal import Entry
from hub.model.payment import Method
from hub.model.report import ConflictSide, Who, named
from hub.model.ticket import Ticket
from store.reports.report import ReportReader
from store.reports.ticket_history import TicketHistory

TRANSFERRED = "ticket.transferred"
UNNAMED = {"from_name": UNSET, "to_name": UNSET}
"""Names are never the journal's."""


class HistoryData(EntryData, frozen=True, kw_only=True):
    """Data of an entry that a history shows: which showing, why, which scan it is about, how it was paid."""

    reason: str | UnsetType | None = UNSET
    showing: str | UnsetType = UNSET
    from_: str | UnsetType = msgspec.field(name="from", default=UNSET)
    to: str | UnsetType = UNSET
    issue: int | UnsetType = UNSET
    actor: str | UnsetType = UNSET
    fields: list[str] | UnsetType = UNSET
    seq: int | UnsetType = UNSET
    """Number of the scan that was taken back."""
    entry: ConflictSide | UnsetType | None = UNSET
    """Entry on record of a conflict, and (`counted`) the one that counts."""
    counted: ConflictSide | UnsetType | None = UNSET
    clock_ahead_s: int | UnsetType = UNSET
    from_the_future: bool | UnsetType = UNSET
    method: Method | UnsetType = UNSET
    currency: str | UnsetType | None = UNSET
    amount: str | UnsetType = UNSET
    """Of a payment, as a decimal."""
    from_name: str | UnsetType | None = UNSET
    """Holder before and (`to_name`) after a hand-over, whom the journal does not name."""
    to_name: str | UnsetType = UNSET


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
    request_id: str | None
    """Id of the request that it was made by (docs/operating.md); None of a job's, and of one written before 0.3."""
    data: HistoryData


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
    after = described.data.issue
    if described.kind != TRANSFERRED or not isinstance(after, int):
        return described
    later = [name for issue, name in sorted(holders.items()) if issue >= after]
    data = msgspec.structs.replace(described.data, from_name=holders.get(after - 1), to_name=[*later, ticket.name][0])
    return msgspec.structs.replace(described, data=data)


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
        request_id=entry.request_id,
        data=shaped(HistoryData, {**entry.data, "amount": _amount(entry), **UNNAMED}),
    )


def _amount(entry: Entry) -> str | UnsetType:
    """Amount of a payment as a decimal; UNSET of another entry, or of one that cannot be read."""
    amount, currency = entry.data.get("amount"), entry.data.get("currency")
    return decimal_text(amount, currency) if type(amount) is int and isinstance(currency, str) else UNSET


def _door(door_id: str | None, event: Event) -> HistoryDoor | None:
    door = door_of(event, door_id)
    return None if door_id is None else HistoryDoor(id=door_id, name=door.name if door else None)
