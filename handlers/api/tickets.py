"""Booking over REST (booking-api.md)."""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

import msgspec

from handlers.api.forms import (
    UNBOOKABLE,
    BookingForm,
    SharedDetails,
    TicketForm,
    TicketPatch,
    check_booking,
    cleaned,
    split_guest,
    to_details,
    to_order,
    to_wanted,
)
from handlers.http.base import BaseHandler, bad_token, token_of
from handlers.http.idempotency import idempotency_of
from handlers.http.operation import operation
from handlers.http.paging import PageQuery, bad_cursor, count, count_first, cut, link_next, read_page, to_number
from hub.errors import NotAllowed, NotFound
from hub.formats.phone import country_of
from hub.model.access import Principal
from hub.model.base import TicketStatus
from hub.model.event import Event
from hub.model.ticket import Details, Ticket
from hub.tickets.booking import TicketView, paid_view
from hub.tickets.changes import Act, TicketChanges
from hub.tickets.history import HistoryEntry, read_history
from hub.tickets.orders import Booked, Order
from hub.tickets.wallet_offer import TicketLinks
from hub.validation import Problems, collect

FILTERS = ("date", "time", "event", "status", "product", "search")
Sort = Literal[
    "booked",
    "-booked",
    "date",
    "-date",
    "first_name",
    "-first_name",
    "last_name",
    "-last_name",
    "product",
    "-product",
    "status",
    "-status",
]
"""Orders of tickets; after a minus the greatest come first."""
SORTS_OF_ALL = frozenset({"booked", "-booked", "date", "-date", "last_name", "-last_name", "status", "-status"})
"""Orders of the tickets of all events."""
FARTHEST = 1_000_000
"""Tickets of a sorted list that may come before a page."""


class TicketsQuery(PageQuery, kw_only=True):
    """The query of `GET /api/tickets`."""

    date: str | None = None
    time: str | None = None
    event: str | None = None
    status: TicketStatus | None = None
    product: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    search: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    sort: Sort | None = None


class BookingHandler(BaseHandler):
    """Base of the calls that book: one ticket, or several."""

    def booker(self) -> Principal | None:
        """Return the principal who books; None for an anonymous client, limited by address. Raises `SlowDown`."""
        if self.asker is None:
            self.hub.limits.anonymous_bookings.take(self.address)
        return self.asker

    async def event_to_book(self, form: BookingForm, problems: Problems) -> Event:
        """Return the event that a form books into. Raises `BadInput` with all errors where there is none."""
        try:
            event = await self.hub.booking.event_to_book(form.event, with_key=self.asker is not None)
        except NotFound:
            check_booking(form, problems)
            problems.raise_if_any(UNBOOKABLE)
            raise
        if problems.has("event"):
            check_booking(form, problems)
            problems.raise_if_any(UNBOOKABLE)
        return event

    async def book(self, order: Order, event: Event, principal: Principal | None) -> Booked:
        """Book an order for `principal`, None for a guest; the same Idempotency-Key gives the first answer again."""
        idempotency = idempotency_of(self, principal)
        country = country_of(event.timezone)
        return await self.hub.booking.book(
            order, country=country, idempotency=idempotency, is_anonymous=principal is None
        )

    async def view(self, ticket: Ticket, *, token: str | None = None, event: Event | None = None) -> TicketView:
        """Return a ticket for the principal: details for the door are shown to those who run the event."""
        described = await self.hub.booking.describe(ticket, self.hub.clock.now(), token=token, event=event)
        if self.asker is not None and self.asker.kind != "ticket":
            described.notice, described.barcode = ticket.notice, ticket.barcode
            described.paid = paid_view(ticket.payment)
        return described

    async def with_token(self, ticket: Ticket, event: Event | None = None) -> TicketView:
        """Return a ticket with the token that opens it to its holder."""
        token = self.hub.booking.access_token(ticket)
        described = await self.view(ticket, token=token, event=event)
        described.access_token = token
        return described

    def check_may_set_details(self, *forms: SharedDetails) -> None:
        """Raise `NotAllowed` where an anonymous client sends details for the door."""
        if self.asker is None and any(to_details(form) != Details() for form in forms):
            raise NotAllowed("unauthorized", "A notice, a seat and answers of a ticket need a key", status=401)


class TicketsHandler(BookingHandler):
    """`/api/tickets`."""

    @operation(
        "book_ticket",
        body=TicketForm,
        answer=TicketView,
        status=201,
        headers=("Idempotency-Key",),
        refuses=(
            "sold_out",
            "no_showing",
            "time_over",
            "phone_limit",
            "booking_closed",
            "idempotency_mismatch",
            "not_found",
        ),
    )
    async def post(self) -> None:
        """Book one ticket."""
        principal = self.booker()
        form, problems = collect(cleaned(self.json_body()), TicketForm)
        form.language = form.language or self.booking_language
        event = await self.event_to_book(form, problems)
        self.check_may_set_details(form)
        order = to_order(form, event, [split_guest(form)], problems)
        booked = await self.book(order, event, principal)
        tickets = await self.hub.booking.tickets_of(booked)
        ticket = tickets[0] if tickets else await self.hub.booking.ticket(booked.tickets[0])
        self.set_header("Location", f"/api/tickets/{ticket.id}")
        self.answer(await self.with_token(ticket), 201)

    @operation("list_tickets", query=TicketsQuery, answer=list[TicketView])
    async def get(self) -> None:
        """List tickets by id, or those of an event as `sort` says, a page at a time."""
        query, after = read_page(self, TicketsQuery, str, _check_event)
        wanted = {name: text for name in FILTERS if (text := getattr(query, name)) is not None}
        if query.sort is not None:
            await self._list_sorted(query, query.sort, wanted)
            return
        tickets = await self.hub.booking.find(wanted, after=after, limit=query.limit + 1)
        await count_first(self, query, tickets, lambda: self.hub.booking.count(wanted))
        await self._answer_all(cut(self, query, tickets, lambda last: last.id))

    async def _list_sorted(self, query: TicketsQuery, sort: Sort, wanted: dict[str, str]) -> None:
        """Answer a page of a sorted list; `X-Total-Count` says how many tickets match in all, if they were counted."""
        skip = 0 if query.cursor is None else to_number(query.cursor)
        if skip > FARTHEST:
            raise bad_cursor()
        page = await self.hub.booking.listed(wanted, sort, skip=skip, limit=query.limit)
        if page.has_more:
            link_next(self, TicketsQuery, cursor=str(skip + query.limit))
        if page.total is not None:
            count(self, page.total)
        await self._answer_all(page.tickets)

    async def _answer_all(self, tickets: Sequence[Ticket]) -> None:
        events = await self.hub.events.of(tickets)
        self.answer([await self.view(ticket, event=events.get(ticket.event)) for ticket in tickets])


class TicketHandler(BookingHandler):
    """`/api/tickets/{id}`."""

    @operation("get_ticket", answer=TicketView, refuses=("bad_token", "handed_on"))
    async def get(self, ticket_id: str) -> None:
        """Return one ticket, to its holder or to a key that may."""
        ticket = await readable_ticket(self, ticket_id)
        self.answer(await self.view(ticket))

    @operation(
        "change_ticket",
        body=TicketPatch,
        answer=TicketView,
        refuses=(
            "ticket_scanned",
            "ticket_expired",
            "ticket_canceled",
            "sold_out",
            "no_showing",
            "time_over",
            "phone_limit",
            "conflict",
        ),
    )
    async def put(self, ticket_id: str) -> None:
        """Move the ticket to another time, or correct its holder's name or phone number."""
        ticket = await self.hub.booking.ticket(ticket_id)
        wanted = to_wanted(self.json_body(), ticket, await self.hub.events.get(ticket.event))
        changed = await self.hub.tickets.correct(ticket_id, wanted)
        self.answer(await self.view(changed))

    patch = put

    @operation("delete_ticket", status=204, refuses=("conflict",))
    async def delete(self, ticket_id: str) -> None:
        """Delete the ticket; its seat is free at once."""
        await self.hub.tickets.change(ticket_id, self.hub.tickets.changes.delete)
        self.set_status(204)
        self.finish()


ACTIONS: dict[str, Callable[[TicketChanges], Act]] = {
    "cancel": lambda changes: changes.cancel,
    "restore": lambda changes: changes.restore,
    "block": lambda changes: changes.block,
    "unblock": lambda changes: changes.unblock,
    "reissue": lambda changes: changes.reissue,
}
"""Changes of one ticket by their names in its path."""


class TicketActionHandler(BookingHandler):
    """`/api/tickets/{id}/cancel|restore|block|unblock|reissue`."""

    @operation(
        "{action}_ticket",
        answer=TicketView,
        refuses=("ticket_expired", "ticket_canceled", "sold_out", "phone_limit", "conflict"),
    )
    async def post(self, ticket_id: str, action: str) -> None:
        """Carry out the action, and return the ticket with the token that opens it now."""
        changed = await self.hub.tickets.change(ticket_id, ACTIONS[action](self.hub.tickets.changes))
        self.answer(await self.with_token(changed))


class TicketHistoryHandler(BaseHandler):
    """`/api/tickets/{id}/history`."""

    @operation("get_ticket_history", answer=list[HistoryEntry])
    async def get(self, ticket_id: str) -> None:
        """Return all entries of the journal on the ticket, the oldest first."""
        ticket = await self.hub.booking.ticket(ticket_id)
        event = await self.hub.events.get(ticket.event)
        self.answer(await read_history(ticket, event, self.hub.ticket_history, self.hub.report_reader))


class TicketLinksHandler(BookingHandler):
    """`/api/tickets/{id}/links`."""

    @operation("get_ticket_links", answer=TicketLinks)
    async def get(self, ticket_id: str) -> None:
        """Return the addresses that open this ticket without a key, to be handed to its holder."""
        ticket = await self.with_token(await self.hub.booking.ticket(ticket_id))
        self.set_header("Cache-Control", "no-store")
        self.answer(ticket.links.under(self.hub.settings.base_url))


def _check_event(query: TicketsQuery, problems: Problems) -> None:
    """Add an error to a query that goes by an index of one event and names none."""
    if query.event is not None:
        return
    if query.sort is not None and query.sort not in SORTS_OF_ALL:
        problems.add("event", "is needed with sort")
    if query.product is not None:
        problems.add("event", "is needed with product")


async def readable_ticket(handler: BaseHandler, ticket_id: str) -> Ticket:
    """Return a ticket to a key that may, or to its holder as long as the token opens it. Raises `NotFound`."""
    ticket = await handler.hub.booking.ticket(ticket_id)
    if handler.known.kind == "ticket" and not handler.hub.booking.opens(ticket, token_of(handler) or ""):
        raise bad_token()  # reissued since they were let in: the new code is not for them
    return ticket
