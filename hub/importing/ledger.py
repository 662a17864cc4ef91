"""Ledger of corrections: the tickets and reservations as they become, and what that does to seats and counts."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from hub.model.base import Document
from hub.model.command import Key, UnitOfWork
from hub.model.event import Showing
from hub.model.ticket import PhoneCount, Reservation, Ticket
from hub.tickets.seats import Seats, phone_of


class Ledger:
    """What the corrections of one import come to, each on what the ones before left."""

    def __init__(self, unit: UnitOfWork, seats: Seats) -> None:
        self._unit = unit
        self._count_id = seats.count_id
        self.tickets: dict[str, Ticket] = {}
        self.reservations: dict[str, Reservation] = {}
        self.seats: Counter[str] = Counter()
        """Seats to be taken of each showing; below zero: to be freed."""
        self.products: Counter[str | None] = Counter()
        self._phones: Counter[str] = Counter()

    @property
    def booked(self) -> int:
        """How many tickets more hold a seat."""
        return sum(self.products.values())

    def ticket(self, ticket_id: str) -> Ticket | None:
        """Return a ticket as it becomes, or None."""
        return self.tickets.get(ticket_id) or self._unit.find(Ticket, ticket_id)

    def reservation(self, reservation_id: str) -> Reservation | None:
        """Return a reservation as it becomes, or None."""
        return self.reservations.get(reservation_id) or self._unit.find(Reservation, reservation_id)

    def correct(self, before: Ticket, after: Ticket, *, email: str | None) -> None:
        """Let a ticket become another, and its reservation follow."""
        self.tickets[after.id] = after
        for ticket, step in ((before, -1), (after, 1)):
            if ticket.status != "canceled":
                self.seats[ticket.showing] += step
                self.products[ticket.product] += step
                if (counted := self._count_id(ticket)) is not None:
                    self._phones[counted] += step
        reservation = self.reservation(before.reservation)
        if (
            reservation is not None
            and (follows := _reservation_after(reservation, before, after, email)) != reservation
        ):
            self.reservations[reservation.id] = follows

    def freed(self, showing_id: str, count: int) -> list[Showing]:
        """Return a showing with so many seats free again; nothing where that changes nothing."""
        showing = self._unit.find(Showing, showing_id)
        if showing is None or not count:
            return []
        return [msgspec.structs.replace(showing, booked=max(0, showing.booked - count))]

    def put(self) -> Sequence[Document]:
        """Return the documents to keep, but for showings."""
        return [*self.tickets.values(), *self.reservations.values(), *(each for each in self._held() if each.tickets)]

    def drop(self) -> Sequence[Key]:
        """Return the counts of phone numbers that hold nothing any more."""
        return [(PhoneCount, each.id) for each in self._held() if not each.tickets]

    def _held(self) -> list[PhoneCount]:
        return [phone_of(self._unit, phone_id, step) for phone_id, step in self._phones.items() if step]


def phone_ids(seats: Seats, *tickets: Ticket) -> list[str]:
    """Return the ids of what the phone numbers of tickets hold; imported ones count for none."""
    return [counted for each in tickets if (counted := seats.count_id(each)) is not None]


def _reservation_after(reservation: Reservation, before: Ticket, after: Ticket, email: str | None) -> Reservation:
    """Return a reservation as its ticket's correction leaves it; its buyer is the holder of its only ticket."""
    changes: dict[str, object] = {} if email is None else {"email": email}
    if reservation.tickets_count == 1:
        for field in ("name", "phone_number"):
            if getattr(reservation, field) == getattr(before, field):
                changes[field] = getattr(after, field)
    if after.status != before.status and after.status in ("valid", "unpaid"):
        is_paid = after.status == "valid"
        if is_paid or reservation.tickets_count == 1:
            changes["paid"] = is_paid
    return msgspec.structs.replace(reservation, **changes)
