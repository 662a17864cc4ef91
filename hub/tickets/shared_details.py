"""Change of a reservation's details for the door: its tickets hold copies, and keep details of their own. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from hub.model.command import Change, NewEntry, UnitOfWork
from hub.model.ticket import Details, Reservation, Ticket, details_of
from hub.tickets.changes import Act, TicketsChange
from hub.tickets.orders import reservation_columns, ticket_columns


def share_details(wanted: Mapping[str, Any]) -> Act:
    """Return the change of a reservation and its tickets, with an entry for each ticket that changes.

    `wanted` are details by their names in `Details`; those that are left out stay.
    """

    def shared(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        change: TicketsChange = Change(answer=list(tickets))
        reservation = unit.find(Reservation, tickets[0].reservation)
        if reservation is None:
            return change
        before = details_of(reservation)
        after = replace(before, **wanted)
        if after == before:
            return change
        change.put.append(replace(reservation, **reservation_columns(after)))
        change.answer = [_with_shared(ticket, before, after) for ticket in tickets]
        for old, new in zip(tickets, change.answer, strict=True):
            if fields := [name for name in Details.__struct_fields__ if getattr(old, name) != getattr(new, name)]:
                change.put.append(new)
                change.entries.append(NewEntry(kind="ticket.changed", ticket=new.id, data={"fields": fields}))
        return change

    return shared


def _with_shared(ticket: Ticket, before: Details, after: Details) -> Ticket:
    """Ticket with its reservation's present details in place of the former ones."""
    return replace(ticket, **ticket_columns(details_of(ticket).following(before, after)))
