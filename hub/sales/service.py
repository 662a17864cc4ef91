"""Sales service: payments and refunds of booked tickets."""

from hub.sales.commands import MoveMoney
from hub.sales.payments import Refund, Taking
from hub.tickets.seats import Seats
from hub.tickets.service import Tickets
from store.collections.tickets import TicketReader


class Sales:
    """Sales service: takes money for tickets, and gives it back."""

    def __init__(self, tickets: Tickets, reader: TicketReader, seats: Seats) -> None:
        self._tickets = tickets
        self._reader = reader
        self._seats = seats

    async def move_for_reservation(
        self, reservation_id: str, move: Taking | Refund, idempotency: str | None = None
    ) -> None:
        """Take or give back the money for all tickets of a reservation that it concerns.

        Raises `NotFound`, or `Conflict` (`already_paid`, `not_paid`, `ticket_canceled`) where it concerns none.
        """
        await self._tickets.run(
            lambda: self._reader.of_reservation(reservation_id),
            lambda seen: MoveMoney(seen, self._seats, move, idempotency),
        )

    async def move_for_ticket(self, ticket_id: str, move: Taking | Refund, idempotency: str | None = None) -> None:
        """Take or give back the money for one ticket. Raises as `move_for_reservation`."""
        await self._tickets.run(
            lambda: self._reader.by_ids([ticket_id]),
            lambda seen: MoveMoney(seen, self._seats, move, idempotency),
        )
