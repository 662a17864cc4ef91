"""Ticket service: booked tickets and reservations read and changed, each change in a transaction of its event."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from hub.errors import Conflict, NotFound
from hub.model.command import Change, Key, UnitOfWork
from hub.model.ticket import Feedback, Reservation, Ticket
from hub.model.waiting import WaitingQueue
from hub.tickets.changes import Act, GiveFeedback, ResendTickets, TicketChanges, Wanted
from hub.tickets.expiry import FinishExitAll
from hub.tickets.holder import HolderChanges
from hub.tickets.seats import Seats, showing_id
from hub.tickets.waiting_queue import with_offers
from store.collections.tickets import TicketReader
from store.journal.journal import Journal

TRIES = 5
ENTRIES_EACH = 2
"""Journal entries that one ticket usually leaves at most: an exit, and what ended it."""

FindTickets = Callable[[], Awaitable[Sequence[Ticket]]]
Also = Callable[[Ticket], Iterable[Key]]
"""What a change of a ticket looks at beside the ticket, its reservation and its seat."""

CommandOn = Callable[[Sequence[Ticket]], "ChangeTickets"]


def nothing_else(ticket: Ticket) -> Iterable[Key]:
    """Return no further keys."""
    return ()


class Stale(Conflict):
    """Conflict of a ticket that has moved since its documents were named."""

    def __init__(self) -> None:
        super().__init__("conflict", "Somebody else is changing this ticket: try again")


class ChangeTickets:
    """Command: change tickets of one event. `seen` is where they were before, and so names the documents to read."""

    def __init__(self, seen: Sequence[Ticket], seats: Seats, act: Act, also: Also = nothing_else) -> None:
        self._seen = seen
        self._seats = seats
        self._act = act
        self._also = also
        self.weight = ENTRIES_EACH * len(seen)

    def reads(self) -> Iterable[Key]:
        """The tickets with their feedback, their reservations and seats, and further documents of the change."""
        for ticket in self._seen:
            yield from self._also(ticket)
            yield Ticket, ticket.id
            yield Feedback, ticket.id
            yield Reservation, ticket.reservation
            yield from self._seats.keys_of(ticket)
            yield WaitingQueue, ticket.showing

    def decide(self, unit: UnitOfWork) -> Change[list[Ticket]]:
        """Return the change of those that still exist, with offers of the freed seats to those who wait.

        Raises `NotFound` where none is there, `Stale` where one was moved.
        """
        now = [(seen, unit.find(Ticket, seen.id)) for seen in self._seen]
        there = [(seen, ticket) for seen, ticket in now if ticket is not None]
        if not there:
            raise NotFound("Ticket not found")
        if any(_place(seen) != _place(ticket) for seen, ticket in there):
            raise Stale
        return with_offers(unit, self._act(unit, [ticket for _, ticket in there]), self._seats)


class Tickets:
    """Ticket service: changes of tickets and reservations, retried where one was moved meanwhile."""

    def __init__(self, journal: Journal, tickets: TicketReader, seats: Seats) -> None:
        self._journal = journal
        self._tickets = tickets
        self._seats = seats
        self.changes = TicketChanges(seats)
        self.by_holder = HolderChanges(self.changes, seats)

    async def change(self, ticket_id: str, act: Act) -> Ticket:
        """Change one ticket and return it. Raises `NotFound`, or the change's own refusal."""
        return (await self._change(lambda: self._tickets.by_ids([ticket_id]), act))[0]

    async def correct(self, ticket_id: str, wanted: Wanted) -> Ticket:
        """Move a ticket to another time, correct its holder's name or phone number, and return it."""

        def also(ticket: Ticket) -> Iterable[Key]:
            filled = wanted.of(ticket)
            for place in {ticket.showing, showing_id(ticket.event, filled.date, filled.time)}:
                yield from self._seats.keys(place, filled.counted_phone)

        act = self.changes.correct(wanted)
        return (await self._change(lambda: self._tickets.by_ids([ticket_id]), act, also))[0]

    async def by_ids(self, ids: Sequence[str]) -> list[Ticket]:
        """Return those of `ids` that exist."""
        return await self._tickets.by_ids(ids)

    async def give_feedback(self, ticket: Ticket, *, worked: bool, text: str | None) -> Feedback:
        """Keep the answer of a ticket's holder in place of the one before. Raises `NotFound`."""
        command = GiveFeedback(ticket, worked=worked, text=text)
        return await self._journal.append(ticket.event, command)

    async def resend(self, event_id: str, reservation_id: str) -> None:
        """Have a reservation's tickets mailed again. Raises `NotFound`, or `BadInput` without an address."""
        await self._journal.append(event_id, ResendTickets(reservation_id))

    async def finish_exit_all(self, event_id: str, moment: datetime) -> None:
        """Record that all were checked out at `moment`; people without tickets leave with the others."""
        await self._journal.append(event_id, FinishExitAll(event_id, moment))

    async def reservation(self, reservation_id: str) -> tuple[Reservation, list[Ticket]]:
        """Return a reservation with its tickets. Raises `NotFound`."""
        reservation = await self._tickets.reservation(reservation_id)
        if reservation is None:
            raise NotFound("Reservation not found")
        return reservation, await self._tickets.of_reservation(reservation_id)

    async def change_reservation(self, reservation_id: str, act: Act) -> None:
        """Change all tickets of a reservation at once."""
        await self._change(lambda: self._tickets.of_reservation(reservation_id), act)

    async def change_all(self, tickets: Sequence[Ticket], act: Act) -> list[Ticket]:
        """Change tickets of one event, those that still exist, and return the change's answer."""
        return await self._journal.append(tickets[0].event, ChangeTickets(tickets, self._seats, act))

    async def _change(self, find: FindTickets, act: Act, also: Also = nothing_else) -> list[Ticket]:
        return await self.run(find, lambda seen: ChangeTickets(seen, self._seats, act, also))

    async def run(self, find: FindTickets, command_on: CommandOn) -> list[Ticket]:
        """Run a command on the tickets that `find` returns, again where one was moved meanwhile. Raises `NotFound`."""
        for _ in range(TRIES):
            seen = await find()
            if not seen:
                raise NotFound("Ticket not found")
            try:
                changed = await self._journal.append(seen[0].event, command_on(seen))
            except Stale:
                continue
            return changed
        raise Stale


def _place(ticket: Ticket) -> tuple[str | None, ...]:
    return ticket.showing, ticket.reservation, ticket.counted_phone, ticket.phone_count
