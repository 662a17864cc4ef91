"""Completion of an import: its tickets, corrections and cancellations are made true by one change and one entry."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hub.errors import Conflict, NotFound
from hub.importing.check import sold_out
from hub.importing.checked import Checked
from hub.importing.corrections import Correction, why_untouched
from hub.importing.ledger import Ledger, phone_ids
from hub.importing.problems import RowsRefused
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing
from hub.model.imports import Import
from hub.model.ticket import PhoneCount, Reservation, Ticket
from hub.model.waiting import WaitingQueue
from hub.tickets.seats import Seats
from hub.tickets.waiting_queue import with_offers

ENDED = "The import was ended meanwhile: import again"
MEANWHILE = "A ticket of the list was changed meanwhile: import again"
COMPARED = (
    *("status", "showing", "reservation", "name", "phone_number", "product", "price", "barcode"),
    *("notice", "seat", "fields"),
)
"""Fields of a ticket that must be as they were when the file was checked."""


class CompleteImport:
    """Make a staged import true. Its event names it, seats are taken and freed, tickets that are there corrected.

    Raises `RowsRefused` or `Conflict` where seats or tickets are not any more as they were when the file was checked:
    then nothing of it is. A ticket that was scanned meanwhile is left as it is.
    """

    weight = 1

    def __init__(self, begun: Import, checked: Checked, seats: Seats) -> None:
        self._begun = begun
        self._checked = checked
        self._seats = seats
        self._blocks = list(checked.blocks.values())

    def reads(self) -> Iterable[Key]:
        """The import, its event, the showings, and the tickets that it corrects with all that hangs on them."""
        checked = self._checked
        keys: dict[Key, None] = {(Import, self._begun.id): None, (Event, self._begun.event): None}
        keys |= dict.fromkeys((Showing, block.showing.id) for block in self._blocks)
        keys |= dict.fromkeys((Reservation, each) for each in checked.joins)
        keys |= dict.fromkeys((Ticket, each) for each in checked.siblings)
        for each in checked.corrections:
            after = each.of(each.seen, self._begun.id)
            keys |= {(Ticket, each.seen.id): None, (Reservation, each.seen.reservation): None}
            keys |= {(Showing, each.seen.showing): None, (Showing, after.showing): None}
            keys |= {(WaitingQueue, each.seen.showing): None}
            keys |= dict.fromkeys((PhoneCount, held) for held in phone_ids(self._seats, each.seen, after))
        return keys

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Make all of it true, or refuse; done again it changes nothing."""
        begun = unit.find(Import, self._begun.id)
        if begun is not None and begun.state == "completed":
            return Change(answer=None)
        if begun is None or begun.state != "staging":
            raise Conflict("import_ended", ENDED)
        if unit.event.closed:
            raise NotFound("Event not found")
        ledger = Ledger(unit, self._seats)
        touched = [each for each in self._checked.corrections if self._correct(unit, each, ledger)]
        self._join(ledger)
        event = msgspec.structs.replace(unit.event, imports=[*unit.event.imports, begun.id])
        change: Change[None] = Change(answer=None, put=[event], bump={event.id})
        opened = self._take_seats(unit, change, ledger)
        completed = self._completed(begun, unit, touched)
        change.put += [completed, *ledger.put()]
        change.drop += ledger.drop()
        counted = {"booked": ledger.booked + sum(block.count for block in self._blocks), "capacity": opened}
        effect = {name: count for name, count in counted.items() if count or name == "booked"}
        change.entries.append(NewEntry(kind="import.completed", effect=effect, data=self._data(completed, ledger)))
        return with_offers(unit, change, self._seats)

    def _correct(self, unit: UnitOfWork, correction: Correction, ledger: Ledger) -> bool:
        """Correct one ticket; False where it was scanned, or is over, meanwhile."""
        ticket, seen = unit.find(Ticket, correction.seen.id), correction.seen
        if ticket is None or any(getattr(ticket, field) != getattr(seen, field) for field in COMPARED):
            raise Conflict("conflict", MEANWHILE)
        if why_untouched(ticket, unit.event, unit.now) is not None:
            return False
        ledger.correct(ticket, correction.of(ticket, self._begun.id), email=correction.email)
        return True

    def _join(self, ledger: Ledger) -> None:
        """Count the tickets that are added to reservations which are there, in these and in their other tickets."""
        for reservation_id, count in self._checked.joins.items():
            reservation = ledger.reservation(reservation_id)
            if reservation is None:
                raise Conflict("conflict", MEANWHILE)
            grown = reservation.tickets_count + count
            ledger.reservations[reservation_id] = msgspec.structs.replace(reservation, tickets_count=grown)
        for ticket_id in self._checked.siblings:
            ticket = ledger.ticket(ticket_id)
            if ticket is not None and (joined := ledger.reservation(ticket.reservation)) is not None:
                ledger.tickets[ticket_id] = msgspec.structs.replace(ticket, tickets_count=joined.tickets_count)

    def _take_seats(self, unit: UnitOfWork, change: Change[None], ledger: Ledger) -> int:
        """Take and free the seats of all showings; return how many came into being with them."""
        opened = 0
        blocks = {block.showing.id: block for block in self._blocks}
        for block in self._blocks:
            ledger.seats[block.showing.id] += block.count
        for showing, count in ledger.seats.items():
            if count <= 0:
                change.put += ledger.freed(showing, -count)
                continue
            new = blocks.get(showing)
            there = unit.find(Showing, showing) or (new.showing if new else None)
            if there is None:
                raise Conflict("conflict", MEANWHILE)
            if new is not None and there.booked + count > there.capacity:
                raise RowsRefused([sold_out(new, there.capacity - there.booked - count + new.count)], 1)
            taken = self._seats.take_uncounted(unit, date=there.date, time=there.time, count=count)
            if new is not None and taken.expires_at != self._seats.expiry(new.showing):
                raise Conflict("conflict", f"The time of {new.name} was changed meanwhile: import again")
            change.put += taken.put
            opened += taken.opened
        return opened

    def _completed(self, begun: Import, unit: UnitOfWork, touched: list[Correction]) -> Import:
        checked = self._checked
        kinds = [each.kind for each in touched]
        return msgspec.structs.replace(
            begun,
            state="completed",
            staged=begun.rows,
            ended_at=unit.now,
            added=checked.added,
            changed=kinds.count("changed"),
            canceled=kinds.count("canceled"),
            unchanged=checked.unchanged,
            untouched=checked.untouched_count + len(checked.corrections) - len(touched),
        )

    def _data(self, completed: Import, ledger: Ledger) -> dict[str, Any]:
        """Return what the journal holds of it; of a list whose tickets were there before, how many of each kind."""
        products = {**self._checked.products}
        for name, count in ledger.products.items():
            products[name] = products.get(name, 0) + count
        data: dict[str, Any] = {
            "id": completed.id,
            "rows": completed.rows,
            "products": [{"name": name, "booked": count} for name, count in products.items() if count],
        }
        counts = ("added", "changed", "canceled", "unchanged", "untouched")
        if completed.changed or completed.canceled:
            data["fields"] = ["tickets"]  # which passes on phones are to look again for
        return data | ({name: getattr(completed, name) for name in counts} if self._checked.is_again else {})
