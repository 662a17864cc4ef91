"""Change of a reservation's details for the door: its tickets hold copies, and keep details of their own. Pure."""

from collections.abc import Sequence

import msgspec

from hub.formats.name_search import answer_words
from hub.model.command import Change, NewEntry, UnitOfWork
from hub.model.ticket import Field, Reservation, Ticket
from hub.tickets.changes import Act, TicketsChange


class SharedWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Wanted details of a reservation for all its tickets; UNSET: as they are."""

    notice: str | msgspec.UnsetType | None = msgspec.UNSET
    fields: list[Field] | msgspec.UnsetType = msgspec.UNSET

    def of(self, reservation: Reservation) -> Reservation:
        """Return the reservation with them."""
        notice = reservation.notice if self.notice is msgspec.UNSET else self.notice
        fields = reservation.fields if self.fields is msgspec.UNSET else self.fields
        return msgspec.structs.replace(reservation, notice=notice, fields=fields)


def share_details(wanted: SharedWanted) -> Act:
    """Return the change of a reservation and its tickets, with an entry for each ticket that changes."""

    def shared(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        change: TicketsChange = Change(answer=list(tickets))
        reservation = unit.find(Reservation, tickets[0].reservation)
        if reservation is None or (after := wanted.of(reservation)) == reservation:
            return change
        change.put.append(after)
        change.answer = [_shared(ticket, reservation, after) for ticket in tickets]
        for before, ticket in zip(tickets, change.answer, strict=True):
            if fields := [name for name in ("notice", "fields") if getattr(before, name) != getattr(ticket, name)]:
                change.put.append(ticket)
                change.entries.append(NewEntry(kind="ticket.changed", ticket=ticket.id, data={"fields": fields}))
        return change

    return shared


def _shared(ticket: Ticket, before: Reservation, after: Reservation) -> Ticket:
    """Ticket with its reservation's present details in place of the former ones."""
    own = {field.name: field for field in ticket.fields if field not in before.fields}
    fields = [*({field.name: field for field in after.fields} | own).values()]
    return msgspec.structs.replace(
        ticket,
        notice=after.notice if ticket.notice == before.notice else ticket.notice,
        fields=fields,
        answer_words=answer_words(field.value for field in fields),
    )
