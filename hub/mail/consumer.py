"""Mail consumer of the outbox: sends a reservation's tickets once they are valid, and on the organiser's request.

An unpaid reservation is mailed before that what there is to pay, where, and until when.

At least once, after the commit, never in the way of a booking. A message holds the reservation's id alone; the address
is looked up when it is sent, so that deleting the tickets deletes it.
"""

from collections.abc import Collection, Sequence

import msgspec
import structlog
from typing_extensions import override

from hub.clock import Clock
from hub.errors import Unreadable
from hub.formats.dates import doors_open_of, when_of
from hub.formats.organiser_contact import contact_links
from hub.formats.place import place_of
from hub.formats.qr_images import QrImages
from hub.formats.seat import seat_text
from hub.language.catalogue import first_known
from hub.mail.letter import MOST_PICTURES, TicketsMail, write_mail
from hub.mail.mailer import Mailer
from hub.mail.recipients import Recipients
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.model.ticket import Reservation, Ticket
from hub.outbox.consumer import OutgoingMessage, Page
from hub.settings import Settings
from hub.tickets.booking import Booking
from hub.tickets.pricing import to_pay
from store.collections.events import EventReader
from store.collections.tickets import TicketReader

log = structlog.get_logger(__name__)

BOOKED, PAID, RESENT, HANDED_ON = "ticket.booked", "ticket.paid", "reservation.resent", "ticket.transferred"
BY_GUESTS = (BOOKED, HANDED_ON)
"""Kinds of entries that a guest may cause, and so mails to any address."""
PICTURE_PX = 480


class TicketMail(Mailer):
    """Consumer that mails a reservation's tickets to its buyer's address, where there is one. `stop` after use."""

    name = "mail"

    def __init__(
        self,
        settings: Settings,
        tickets: TicketReader,
        events: EventReader,
        booking: Booking,
        pictures: QrImages,
        recipients: Recipients,
        clock: Clock,
    ) -> None:
        super().__init__(settings, recipients, clock)
        self._tickets = tickets
        self._events = events
        self._booking = booking
        self._pictures = pictures

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return bookings, payments, hand-overs and resends."""
        return (BOOKED, PAID, RESENT, HANDED_ON)

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return one message for a reservation, however many tickets it has; none without an address.

        A hand-over has one for the next holder, and one for the buyer of the others, who did it or should hear of it.

        None either where the entry or its reservation cannot be read: it stops no mail of others.
        """
        try:
            found = [(await self._reservation_of(entry), {}), (await self._left_by(entry), {"handed_on": True})]
        except Unreadable:
            log.warning("a reservation that cannot be read is not mailed", event_id=entry.event, seq=entry.seq)
            return Page()
        return Page(tuple(_message(each, more) for each, more in found if each is not None and each.email is not None))

    async def _left_by(self, entry: Entry) -> Reservation | None:
        """Return the reservation that a ticket left which was handed on; None where it was its only one."""
        former = entry.data.get("from") if entry.kind == HANDED_ON else None
        return await self._tickets.reservation(former) if isinstance(former, str) else None

    async def _reservation_of(self, entry: Entry) -> Reservation | None:
        """Return the reservation to mail for an entry: one of a booking where its ticket is the first in its state."""
        if entry.kind == RESENT:
            return await self._tickets.reservation(str(entry.data.get("reservation", "")))
        ticket = next(iter(await self._tickets.by_ids([entry.ticket or ""])), None)
        if ticket is None or ticket.status not in ("valid", "unpaid"):
            return None
        if ticket.id != await self._tickets.first_of(ticket.reservation, ticket.status):
            return None
        return await self._tickets.reservation(ticket.reservation)

    @override
    async def send(self, message: Message) -> None:
        """Send a mail about the current state of the tickets; none where they are deleted or cancelled."""
        reservation = await self._tickets.reservation(message.content["reservation"])
        tickets = [] if reservation is None else await self._tickets.of_reservation(reservation.id)
        tickets = [ticket for ticket in tickets if ticket.status != "canceled"]
        event = await self._events.find(tickets[0].event) if tickets else None
        if reservation is None or reservation.email is None or event is None:
            return
        content = await self._content(reservation, reservation.email, tickets, event)
        content = msgspec.structs.replace(content, is_handed_on="handed_on" in message.content)
        is_asked_for = message.kind not in BY_GUESTS or message.partition == message.resend_partition
        await self.deliver(content, write_mail, is_limited=reservation.by_guest and not is_asked_for)

    async def _content(
        self, reservation: Reservation, recipient: str, tickets: Sequence[Ticket], event: Event
    ) -> TicketsMail:
        language = first_known(reservation.language, event.language, self._settings.language)
        unpaid = [ticket for ticket in tickets if ticket.status == "unpaid"]
        shown = tickets if event.pay_at == "door" else [ticket for ticket in tickets if ticket.status != "unpaid"]
        codes = [await self._booking.code(ticket) for ticket in shown[:MOST_PICTURES]]
        all_tickets = await self._tickets.of_reservation(reservation.id)
        return TicketsMail(
            sender=self._settings.smtp_from or "",
            organisation=self._settings.organisation,
            recipient=recipient,
            event=event.name,
            when=when_of(tickets[0], event, language),
            doors_open=doors_open_of(tickets[0], event, language),
            terms=event.terms or "",
            venue=place_of(event),
            link=self._settings.base_url + self._booking.page_of(reservation.id, all_tickets),
            count=len(tickets),
            pay=to_pay(unpaid, event, language) if unpaid else "",
            seats=[seat_text(ticket.seat, language) for ticket in shown[:MOST_PICTURES]],
            contact=contact_links(event.contact, language),
            language=language,
            pictures=[(await self._pictures.get(code, "png", PICTURE_PX)).body for code in codes],
        )


def _message(reservation: Reservation, more: dict[str, bool]) -> OutgoingMessage:
    content = {"reservation": reservation.id, **more}
    return OutgoingMessage(target=reservation.id, partition=reservation.id, content=content, replaces=True)
