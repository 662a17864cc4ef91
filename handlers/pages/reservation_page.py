"""The page of a reservation: all its tickets behind one link, for a family with one phone."""

from handlers.pages.guest_base import GuestPageHandler
from hub.errors import NotFound


class ReservationPageHandler(GuestPageHandler):
    """`/r/{uuid}?token=...`."""

    async def get(self, reservation_id: str) -> None:
        """Show the tickets to whoever has the reservation's token; cancelled ones come last."""
        reservation, tickets = await self.hub.tickets.reservation(reservation_id)
        if not tickets or not self.hub.booking.opens_reservation(reservation.id, tickets, self.token):
            raise NotFound("Reservation not found")
        event = await self.hub.events.get(reservation.event)
        tickets.sort(key=lambda ticket: (ticket.status == "canceled", ticket.starts_at, ticket.name, ticket.id))
        self.render(
            "reservation.html",
            event=event,
            passes=[await self.pass_of(ticket, event) for ticket in tickets],
            level=2,
            news=self.get_query_argument("news", ""),
        )
