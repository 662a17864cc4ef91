"""Completion of an import: its tickets, corrections and cancellations become visible by one change and one entry."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from hub.errors import Conflict, NotFound
from hub.importing.checked import Checked
from hub.importing.corrections import Correction
from hub.importing.ledger import MEANWHILE, Ledger, keys_of
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing
from hub.model.imports import Import
from hub.model.ticket import Reservation, Ticket
from hub.tickets.seats import Seats
from hub.tickets.waiting_queue import with_offers

ENDED = "The import was ended meanwhile: import again"


class CompleteImport:
    """Command: complete a staged import: its event names it, seats are taken and freed, tickets corrected.

    Where so many are corrected that it was done before, batch by batch, `done` says what became of them. Raises
    `RowsRefused` or `Conflict` where seats or tickets are not any more as they were when the file was checked: then
    nothing of it is. A ticket that was scanned meanwhile is left as it is.
    """

    weight = 1

    def __init__(self, begun: Import, checked: Checked, seats: Seats, done: Counter[str] | None = None) -> None:
        self._begun = begun
        self._checked = checked
        self._seats = seats
        self._done = done
        self._blocks = list(checked.blocks.values())
        self._corrections = checked.corrections if done is None else []

    def reads(self) -> Iterable[Key]:
        """The import, its event, the showings, and the tickets that it corrects with all that hangs on them."""
        checked = self._checked
        keys: dict[Key, None] = {(Import, self._begun.id): None, (Event, self._begun.event): None}
        keys |= dict.fromkeys((Showing, block.showing.id) for block in self._blocks)
        keys |= dict.fromkeys((Reservation, each) for each in checked.joins)
        keys |= dict.fromkeys((Ticket, each) for each in checked.siblings)
        return keys | keys_of(self._corrections, self._begun.id, self._seats)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change, the same once it is done. Raises `Conflict` where it cannot be completed."""
        begun = unit.find(Import, self._begun.id)
        if begun is not None and begun.state == "completed":
            return Change(answer=None)
        if begun is None or begun.state != "staging":
            raise Conflict("import_ended", ENDED)
        if unit.event.closed:
            raise NotFound("Event not found")
        ledger = Ledger(unit, self._seats)
        touched = [each for each in self._corrections if ledger.correct(each, begun.id)]
        self._join(ledger)
        seated = ledger.seat(self._blocks, self._checked.parts)
        event = msgspec.structs.replace(unit.event, imports=[*unit.event.imports, begun.id])
        completed = self._completed(begun, unit, touched)
        counted = {"booked": ledger.booked + sum(block.count for block in self._blocks), "capacity": seated.opened}
        effect = {name: count for name, count in counted.items() if count or name == "booked"}
        change: Change[None] = Change(
            answer=None,
            entries=[NewEntry(kind="import.completed", effect=effect, data=self._data(completed, ledger))],
            put=[event, *seated.put, completed, *ledger.put()],
            drop=[*ledger.drop()],
            bump={event.id},
        )
        return with_offers(unit, change, self._seats)

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

    def _completed(self, begun: Import, unit: UnitOfWork, touched: list[Correction]) -> Import:
        checked, done = self._checked, self._done
        if done is None:
            kinds = Counter(each.kind for each in touched)
            left = len(checked.corrections) - len(touched)
            done = Counter(changed=kinds["changed"], canceled=kinds["canceled"], unchanged=checked.unchanged)
            done["untouched"] = checked.untouched_count + left
        return msgspec.structs.replace(
            begun, state="completed", staged=begun.rows, ended_at=unit.now, added=checked.added, **counts_of(done)
        )

    def _data(self, completed: Import, ledger: Ledger) -> dict[str, Any]:
        """Data of its journal entry; of a list whose tickets were there before, counts by kind."""
        data: dict[str, Any] = {
            "id": completed.id,
            "rows": completed.rows,
            "products": ledger.products_of(self._checked.parts),
        }
        counts = ("added", "changed", "canceled", "unchanged", "untouched")
        if completed.changed or completed.canceled:
            data["fields"] = ["tickets"]  # which passes on phones are to look again for
        return data | ({name: getattr(completed, name) for name in counts} if self._checked.is_again else {})


def counts_of(done: Counter[str]) -> dict[str, int]:
    """Return the number of existing tickets by their outcome, as the fields of an import."""
    return {name: done[name] for name in ("changed", "canceled", "unchanged", "untouched")}
