"""Reservations over REST: several tickets of one buyer (booking-api.md)."""

from collections.abc import Sequence

import msgspec

from handlers.api.forms import ReservationForm, ReservationPatch, cleaned, to_guest, to_order, to_shared
from handlers.api.tickets import BookingHandler
from handlers.http.operation import operation
from hub.errors import NotAllowed
from hub.model.event import Event
from hub.model.ticket import Reservation, Ticket
from hub.tickets.booking import PaymentView, TicketView, payment_of
from hub.tickets.orders import MOST_WITH_KEY, MOST_WITHOUT, Booked
from hub.tickets.shared_details import share_details
from hub.validation import collect


class ReservationLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Paths that open a reservation: the page of its tickets."""

    page: str


class MadeReservation(msgspec.Struct, kw_only=True):
    """Answer to a reservation: its tickets with their tokens, and the page of them all."""

    uuid: str
    event: str
    tickets_count: int
    tickets: list[TicketView]
    payment: PaymentView | None
    links: ReservationLinks


class ReservationView(msgspec.Struct, kw_only=True):
    """Reservation as organisers see it."""

    uuid: str
    event: str
    name: str
    phone_number: str
    email: str | None
    language: str | None
    paid: bool
    payment: PaymentView | None
    invited: bool
    notice: str | None
    fields: dict[str, str]
    tickets_count: int
    tickets: list[TicketView]
    sent: bool | msgspec.UnsetType = msgspec.UNSET
    """Whether a mail is on its way; with `link` and `links` where it was asked for."""
    link: str | msgspec.UnsetType = msgspec.UNSET
    links: list[str] | msgspec.UnsetType = msgspec.UNSET


class MadeReservationHandler(BookingHandler):
    """Answers with a reservation that was made."""

    async def made(self, booked: Booked, event: Event) -> MadeReservation:
        """Return a reservation with its tickets, and the tokens that open them."""
        tickets = await self.hub.booking.tickets_of(booked)
        return MadeReservation(
            uuid=booked.reservation,
            event=event.id,
            tickets_count=len(tickets),
            tickets=[await self.with_token(ticket, event) for ticket in tickets],
            payment=payment_of(tickets, event),
            links=ReservationLinks(page=self.hub.booking.page_of(booked.reservation, tickets)),
        )


class ReservationsHandler(MadeReservationHandler):
    """`/api/reservations`."""

    @operation(
        "book_reservation",
        body=ReservationForm,
        answer=MadeReservation,
        status=201,
        headers=("Idempotency-Key",),
        refuses=(
            *(
                "sold_out",
                "no_showing",
                "time_over",
                "phone_limit",
                "booking_closed",
                "idempotency_mismatch",
                "not_found",
            ),
            "duplicate",
        ),
    )
    async def post(self) -> None:
        """Book several tickets of one buyer, all or none."""
        principal = self.booker()
        form, problems = collect(cleaned(self.json_body()), ReservationForm)
        form.language = form.language or self.booking_language
        most = MOST_WITHOUT if principal is None else MOST_WITH_KEY
        if not 1 <= len(form.tickets) <= most:
            problems.add("tickets", f"must be 1 to {most}")
            form.tickets = form.tickets[:1]
        event = await self.event_to_book(form, problems)
        if principal is None and any(guest.uuid or guest.barcode for guest in form.tickets):
            raise NotAllowed("unauthorized", "Tickets that were sold elsewhere need a key", status=401)
        self.check_may_set_details(form, *form.tickets)
        guests = [to_guest(guest) for guest in form.tickets]
        booked = await self.book(to_order(form, event, guests, problems), event, principal)
        self.answer(await self.made(booked, event), 201)


class OneReservationHandler(BookingHandler):
    """Base of paths of one reservation."""

    async def reservation(self, reservation_id: str) -> tuple[ReservationView, list[Ticket]]:
        """Return a reservation as organisers see it, and its tickets. Raises `NotFound`."""
        reservation, tickets = await self.hub.tickets.reservation(reservation_id)
        event = await self.hub.events.get(reservation.event)
        view = ReservationView(
            uuid=reservation.id,
            event=reservation.event,
            name=reservation.name,
            phone_number=reservation.phone_number,
            email=reservation.email,
            language=reservation.language,
            paid=_is_paid(reservation, tickets),
            payment=payment_of(tickets, event),
            invited=any(ticket.invited for ticket in tickets),
            notice=reservation.notice,
            fields={field.name: field.value for field in reservation.fields},
            tickets_count=len(tickets),
            tickets=[await self.view(ticket, event=event) for ticket in tickets],
        )
        return view, tickets


def _is_paid(reservation: Reservation, tickets: Sequence[Ticket]) -> bool:
    """Return whether all that stand of a reservation's tickets are paid."""
    standing = [ticket for ticket in tickets if ticket.status != "canceled"]
    return all(ticket.is_settled(reservation) for ticket in standing) if standing else reservation.paid


class ReservationHandler(OneReservationHandler):
    """`/api/reservations/{uuid}`."""

    @operation("get_reservation", answer=ReservationView)
    async def get(self, reservation_id: str) -> None:
        """Return the reservation with its tickets."""
        view, _ = await self.reservation(reservation_id)
        self.answer(view)

    @operation("change_reservation", body=ReservationPatch, answer=ReservationView, refuses=("conflict",))
    async def patch(self, reservation_id: str) -> None:
        """Change the details for the door of all its tickets, notice and answers; a ticket's own stay."""
        act = share_details(to_shared(self.json_body()))
        await self.hub.tickets.change_reservation(reservation_id, act)
        view, _ = await self.reservation(reservation_id)
        self.answer(view)


class ReservationActionHandler(OneReservationHandler):
    """`/api/reservations/{uuid}/cancel|restore|invite|uninvite`."""

    @operation(
        "{action}_reservation",
        answer=ReservationView,
        refuses=("ticket_expired", "ticket_canceled", "sold_out", "phone_limit", "conflict"),
    )
    async def post(self, reservation_id: str, action: str) -> None:
        """Carry out the action on all tickets at once, and return the reservation."""
        changes = self.hub.tickets.changes
        acts = {
            "cancel": changes.cancel,
            "restore": changes.restore,
            "invite": changes.invite,
            "uninvite": changes.uninvite,
        }
        await self.hub.tickets.change_reservation(reservation_id, acts[action])
        view, _ = await self.reservation(reservation_id)
        self.answer(view)


class ResendHandler(OneReservationHandler):
    """`/api/reservations/{uuid}/resend`."""

    @operation("resend_reservation", answer=ReservationView, refuses=("ticket_canceled",))
    async def post(self, reservation_id: str) -> None:
        """Mail the reservation's link where a mail server is set up, and return it either way, to be handed on.

        The mail leaves after the answer, and is tried again for a day: `sent` says that it is on its way.
        """
        view, tickets = await self.reservation(reservation_id)
        is_mailed = self.hub.sends_mail
        if is_mailed:
            await self.hub.tickets.resend(view.event, reservation_id)
        view.sent, view.link = is_mailed, self._link(self.hub.booking.page_of(reservation_id, tickets))
        view.links = [self._link(self.hub.booking.page_of(reservation_id, [ticket])) for ticket in tickets]
        self.answer(view)

    def _link(self, page: str) -> str:
        return self.hub.settings.base_url + page
