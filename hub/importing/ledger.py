"""Ledger of corrections: tickets and reservations after them, and the effects on seats and counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from hub.errors import Conflict
from hub.importing.check import sold_out
from hub.importing.checked import Block
from hub.importing.corrections import Correction, why_untouched
from hub.importing.problems import RowsRefused
from hub.model.base import Document
from hub.model.command import Key, UnitOfWork
from hub.model.event import Showing
from hub.model.figures import Part
from hub.model.ticket import Details, PhoneCount, Reservation, Ticket
from hub.model.waiting import WaitingQueue
from hub.tickets.seats import Seats, phone_of, with_booked

COMPARED = (
    *("status", "showing", "reservation", "name", "phone_number", "product", "price", "barcode"),
    "phone_count",
    *Details.__struct_fields__,
)
"""Fields of a ticket that must be as they were when it was compared with its row."""
MOST_PARTS = 1_000
"""Products of showings that one entry names."""
MEANWHILE = "A ticket of the list was changed meanwhile: import again"


class Seated(msgspec.Struct, frozen=True, kw_only=True):
    """Showings with their seats taken and freed, and how many seats came into being with new ones."""

    put: list[Document]
    opened: int


class Ledger:
    """Ledger of one import's corrections, each on the outcome of those before."""

    def __init__(self, unit: UnitOfWork, seats: Seats) -> None:
        self._unit = unit
        self._seats = seats
        self.tickets: dict[str, Ticket] = {}
        self.reservations: dict[str, Reservation] = {}
        self.seats: Counter[str] = Counter()
        """Seats to be taken of each showing; below zero: to be freed."""
        self.parts: Counter[Part] = Counter()
        self._phones: Counter[str] = Counter()
        self._when: dict[str, tuple[str, str]] = {}

    @property
    def booked(self) -> int:
        """How many tickets more hold a seat."""
        return sum(self.parts.values())

    def ticket(self, ticket_id: str) -> Ticket | None:
        """Return a ticket after its corrections, or None."""
        return self.tickets.get(ticket_id) or self._unit.find(Ticket, ticket_id)

    def reservation(self, reservation_id: str) -> Reservation | None:
        """Return a reservation after its corrections, or None."""
        return self.reservations.get(reservation_id) or self._unit.find(Reservation, reservation_id)

    def correct(self, correction: Correction, import_id: str) -> bool:
        """Apply a row's correction to a ticket and its reservation; False where it was scanned meanwhile.

        Raises `Conflict` where it is not any more as it was compared.
        """
        ticket, seen = self._unit.find(Ticket, correction.seen.id), correction.seen
        if ticket is None or any(getattr(ticket, field) != getattr(seen, field) for field in COMPARED):
            raise Conflict("conflict", MEANWHILE)
        if why_untouched(ticket, self._unit.event, self._unit.now) is not None:
            return False
        self._become(ticket, correction.of(ticket, import_id), email=correction.email)
        return True

    def seat(self, blocks: Sequence[Block] = (), added: Mapping[Part, int] = MappingProxyType({})) -> Seated:
        """Return the showings with the seats of `blocks`, `added` by product, and of the corrections.

        Raises `RowsRefused` or `Conflict` where there are not enough, or a time was changed meanwhile.
        """
        new = {block.showing.id: block for block in blocks}
        put: list[Document] = []
        opened = 0
        parts = Counter(self.parts)
        parts.update(added)
        for showing in {**dict.fromkeys(new), **self.seats}:
            block = new.get(showing)
            count = self.seats[showing] + (block.count if block else 0)
            products = {product: step for (product, at), step in parts.items() if at == showing and step}
            if count <= 0:
                put += self._freed(showing, products)
                continue
            there = self._unit.find(Showing, showing) or (block.showing if block else None)
            if block is not None and there is not None and there.booked + count > there.capacity:
                raise RowsRefused([sold_out(block, there.capacity - there.booked - self.seats[showing])], 1)
            date, time = (there.date, there.time) if there else self._when[showing]
            taken = self._seats.take_uncounted(self._unit, date=date, time=time, products=products)
            if block is not None and taken.expires_at != self._seats.expiry(block.showing):
                raise Conflict("conflict", f"The time of {block.when} was changed meanwhile: import again")
            put += taken.put
            opened += taken.opened
        return Seated(put=put, opened=opened)

    def put(self) -> Sequence[Document]:
        """Return the documents to keep, but for showings."""
        return [*self.tickets.values(), *self.reservations.values(), *(each for each in self._held() if each.tickets)]

    def drop(self) -> Sequence[Key]:
        """Return the counts of phone numbers that hold nothing any more."""
        return [(PhoneCount, each.id) for each in self._held() if not each.tickets]

    def products_of(self, added: Mapping[Part, int] = MappingProxyType({})) -> list[dict[str, Any]]:
        """Return by product and showing how many tickets more hold a seat, those that are `added` among them.

        Of very many showings and products the products alone: everybody who follows the event gets the entry.
        """
        parts = Counter(self.parts)
        for part, count in added.items():
            parts[part] += count
        if len(parts) > MOST_PARTS:
            products: Counter[str | None] = Counter()
            for (name, _), count in parts.items():
                products[name] += count
            return [{"name": name, "booked": count} for name, count in products.items() if count]
        return [{"name": name, "showing": at, "booked": count} for (name, at), count in parts.items() if count]

    def _become(self, before: Ticket, after: Ticket, *, email: str | None) -> None:
        self.tickets[after.id] = after
        self._when[after.showing] = (after.date, after.time)
        for ticket, step in ((before, -1), (after, 1)):
            if ticket.status != "canceled":
                self.seats[ticket.showing] += step
                self.parts[ticket.product, ticket.showing] += step
                if (counted := self._seats.count_id(ticket)) is not None:
                    self._phones[counted] += step
        reservation = self.reservation(before.reservation)
        if (
            reservation is not None
            and (follows := _reservation_after(reservation, before, after, email)) != reservation
        ):
            self.reservations[reservation.id] = follows

    def _freed(self, showing_id: str, products: Mapping[str | None, int]) -> list[Showing]:
        """Return a showing with seats free again; nothing where that changes nothing."""
        showing = self._unit.find(Showing, showing_id)
        if showing is None or not products:
            return []
        return [with_booked(self._unit.event, showing, products)]

    def _held(self) -> list[PhoneCount]:
        return [phone_of(self._unit, phone_id, step) for phone_id, step in self._phones.items() if step]


def keys_of(corrections: Iterable[Correction], import_id: str, seats: Seats) -> dict[Key, None]:
    """Return the keys of the tickets that are corrected, with all documents that depend on them."""
    keys: dict[Key, None] = {}
    for each in corrections:
        after = each.of(each.seen, import_id)
        keys |= {(Ticket, each.seen.id): None, (Reservation, each.seen.reservation): None}
        keys |= {(Showing, each.seen.showing): None, (Showing, after.showing): None}
        keys |= {(WaitingQueue, each.seen.showing): None}
        keys |= dict.fromkeys((PhoneCount, held) for held in _phone_ids(seats, each.seen, after))
    return keys


def _phone_ids(seats: Seats, *tickets: Ticket) -> list[str]:
    """Return the ids of the phone counts that count tickets; imported ones count for none."""
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
