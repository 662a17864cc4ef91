"""The ticket page: what a guest opens on a phone (wallet.md, the ticket page)."""

from handlers.passes import GuestPageHandler


class TicketPageHandler(GuestPageHandler):
    """`/t/{id}?token=...`."""

    async def get(self, ticket_id: str) -> None:
        """Show the ticket to whoever has its token."""
        ticket = await self.opened_ticket(ticket_id)
        event = await self.hub.events.get(ticket.event)
        has_moved = self.get_query_argument("moved", "") != ""
        self.render("ticket.html", event=event, shown=await self.pass_of(ticket, event), has_moved=has_moved)
