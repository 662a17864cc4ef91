"""Retiming: tickets follow when the end of their showing changes, in batches, each in one transaction of its event.

A change of times marks the showings whose ends it moved (`Showing.retime`) in its own transaction, so a process that
dies leaves the rest to the next. Each batch goes by the showing as its transaction sees it, so it may be done again.
"""

from hub.errors import NotFound
from hub.model.ticket import Ticket
from hub.tickets.expiry import Expiry, FinishRetime
from hub.tickets.seats import Seats
from hub.tickets.service import Stale, Tickets
from store.collections.due_tickets import DueTickets
from store.journal.journal import Journal

AT_ONCE = 10
"""Batches within the request that changes times; the scheduled job does the rest."""
BATCH = 100


class Retiming:
    """Retiming service: brings tickets to the ends of their showings, a batch at a time."""

    def __init__(self, journal: Journal, due: DueTickets, tickets: Tickets, seats: Seats, expiry: Expiry) -> None:
        self._journal = journal
        self._due = due
        self._tickets = tickets
        self._seats = seats
        self._expiry = expiry

    async def begin(self, event_id: str) -> None:
        """Bring an event's tickets to new ends, those of the first batches; the scheduled job does the rest."""
        for _ in range(AT_ONCE):
            if await self.step(BATCH, event_id) is None:
                return

    async def step(self, most: int, event_id: str | None = None) -> int | None:
        """Bring `most` tickets of one showing to its end; return how many changed, None where no showing is marked."""
        showing = await self._due.showing_to_retime(event_id)
        if showing is None:
            return None
        tickets = await self._due.expiring_otherwise(showing, self._seats.expiry(showing), most)
        if not tickets:
            await self._journal.append(showing.event, FinishRetime(showing.id, showing.retime))
            return 0
        return await self._retime(tickets)

    async def _retime(self, tickets: list[Ticket]) -> int:
        try:
            return len(await self._tickets.change_all(tickets, self._expiry.retime))
        except (NotFound, Stale):
            return 0  # moved or deleted meanwhile: the next look finds what is left
