"""Ticket page, which a guest opens on a phone (wallet.md, the ticket page)."""

from collections.abc import Sequence

from handlers.pages.guest_base import GuestPageHandler, Pass
from hub.errors import HubError, NotFound, SlowDown
from hub.events.answers import picture_of
from hub.formats.calendar import calendar_file
from hub.formats.organiser_contact import contact_links
from hub.formats.place import map_link
from hub.model.ticket import LONGEST_TEXT, Feedback, Ticket
from hub.tickets.calendar_entry import calendar_entry
from hub.tickets.holder import ACTIONS, refusal
from hub.tickets.status import SHAPES, is_visited
from hub.wallet.apple.bundles import bundles_of, page_order


class TicketPageHandler(GuestPageHandler):
    """`/t/{id}?token=...`."""

    async def get(self, ticket_id: str) -> None:
        """Show the ticket to a holder of its token."""
        ticket = await self.opened_ticket(ticket_id)
        await self.show(ticket, await self.hub.feedback.of_ticket(ticket.id))

    async def show(
        self, ticket: Ticket, said: Feedback | None, problem: str = "", wrong: HubError | None = None
    ) -> None:
        """Render the page; `problem` names the error of the answer that is shown, `wrong` of a change."""
        event = await self.hub.events.get(ticket.event)
        self.event_language = event.language
        now = self.hub.clock.now()
        self.render(
            "ticket.html",
            shapes=SHAPES,
            event=event,
            contact=contact_links(event.contact, self.language),
            shown=await self.pass_of(ticket, event),
            level=1,
            may=[action for action in ACTIONS if refusal(action, ticket, event, now) is None],
            wrong=wrong,
            news=self.get_query_argument("news", ""),
            said=said,
            problem=problem,
            asks=bool(said or problem) or is_visited(ticket, event, now),
            map=map_link(event),
            picture=picture_of(event),
            longest=LONGEST_TEXT,
        )


class TicketCalendarHandler(GuestPageHandler):
    """`/t/{id}/calendar?token=...`: the ticket's time as a calendar file, without its token: calendars are shared."""

    async def get(self, ticket_id: str) -> None:
        """Answer the file."""
        ticket = await self.opened_ticket(ticket_id)
        event = await self.hub.events.get(ticket.event)
        self.event_language = event.language
        showing, now = await self.hub.showings.find(ticket.showing), self.hub.clock.now()
        entry = calendar_entry(ticket, event, showing, now, self.language)
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="ticket-{ticket.date}-{ticket.id[:8]}.ics"')
        self.finish(calendar_file(entry))


class TicketFeedbackHandler(TicketPageHandler):
    """`/t/{id}/feedback?token=...`: a form, which works without JavaScript."""

    async def get(self, ticket_id: str) -> None:
        """Lead back to the page, where the form is."""
        ticket = await self.opened_ticket(ticket_id)
        self._lead_back(ticket)

    async def post(self, ticket_id: str) -> None:
        """Keep the answer, in place of the one before."""
        ticket = await self.opened_ticket(ticket_id)
        said = Feedback(
            id=ticket.id,
            event=ticket.event,
            worked=self.get_body_argument("worked", "") == "yes",
            text=self.get_body_argument("text", "").strip() or None,
            answered_at=self.hub.clock.now(),
        )
        problem = self._problem_with(said)
        if problem:
            self.set_status(429 if problem == "slow_down" else 422)
            await self.show(ticket, said, problem)
            return
        await self.hub.tickets.give_feedback(ticket, worked=said.worked, text=said.text)
        self._lead_back(ticket)

    def _problem_with(self, said: Feedback) -> str:
        if self.get_body_argument("worked", "") not in ("yes", "no"):
            return "worked"
        if said.text is not None and len(said.text) > LONGEST_TEXT:
            return "text"
        try:
            self.hub.limits.feedback.take(said.id)
        except SlowDown:
            return "slow_down"
        return ""

    def _lead_back(self, ticket: Ticket) -> None:
        page = f"/t/{ticket.id}?token={self.hub.booking.access_token(ticket)}"
        self.redirect(f"{page}#feedback", status=303)


class ReservationPageHandler(GuestPageHandler):
    """`/r/{uuid}?token=...`."""

    async def get(self, reservation_id: str) -> None:
        """Show the tickets to a holder of the reservation's token; cancelled ones come last."""
        reservation, tickets = await self.hub.tickets.reservation(reservation_id)
        if not tickets or not self.hub.booking.opens_reservation(reservation.id, tickets, self.token):
            raise NotFound("Reservation not found")
        event = await self.hub.events.get(reservation.event)
        self.event_language = event.language
        tickets.sort(key=page_order)
        passes = [await self.pass_of(ticket, event) for ticket in tickets]
        has_passes = any(shown.apple for shown in passes)
        self.render(
            "reservation.html",
            shapes=SHAPES,
            event=event,
            contact=contact_links(event.contact, self.language),
            passes=passes,
            calendars=calendars_of(passes),
            bundles=bundles_of(tickets) if has_passes and len(tickets) > 1 else [],
            bundle_path=f"/r/{reservation.id}/pkpasses?token={self.token}",
            map=map_link(event),
            picture=picture_of(event),
            level=2,
            news=self.get_query_argument("news", ""),
        )


def calendars_of(passes: Sequence[Pass]) -> list[tuple[str, str]]:
    """Times of tickets, each with the path of its calendar file; tickets that are void have none."""
    good = [shown for shown in passes if shown.status.state in ("valid", "unpaid")]
    return list({shown.when: shown.calendar for shown in reversed(good)}.items())[::-1]
