"""Booking over REST (booking-api.md)."""

import re
from typing import Any
from urllib.parse import urlencode

import msgspec

from handlers.base import BaseHandler
from hub.booking import MOST_WITH_KEY, MOST_WITHOUT, Guest, Order, check_buyer, check_when, full_name, split_name
from hub.errors import BadInput, NotAllowed, NotFound
from hub.events import field_error
from hub.model import Event, Principal, Ticket

LONGEST_PAGE, USUAL_PAGE = 1000, 100
GUESSABLE_BELOW = 22
"""Characters of a base64 text that holds 128 bits: a shorter anonymous Idempotency-Key could be guessed."""


class TicketForm(msgspec.Struct, kw_only=True):
    """The body of `POST /api/tickets`."""

    name: str
    phone_number: str
    date: str
    time: str
    event: str | None = None
    product: str | None = None
    price: str | None = None


class GuestForm(msgspec.Struct, kw_only=True):
    """One ticket of a reservation."""

    first_name: str
    last_name: str = ""
    product: str | None = None
    price: str | None = None


class ReservationForm(msgspec.Struct, kw_only=True):
    """The body of `POST /api/reservations`."""

    name: str
    phone_number: str
    date: str
    time: str
    tickets: list[GuestForm]
    event: str | None = None
    email: str | None = None
    paid: bool = True


class BookingHandler(BaseHandler):
    """What booking one ticket and several have in common."""

    async def booker(self) -> Principal | None:
        """Return who books; None for an anonymous client, who is limited by address. Raises `NotAllowed`."""
        principal = await self.principal()
        if principal is None:
            self.hub.limits.anonymous_bookings.take(self.address)
        elif not principal.has("tickets:write"):
            raise NotAllowed("not_allowed", "This needs the scope tickets:write")
        return principal

    def idempotency(self, principal: Principal | None) -> str | None:
        """Return the scope and key by which this request is known again, or None."""
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return None
        if principal is None and len(key) < GUESSABLE_BELOW:
            raise BadInput("Idempotency-Key", {"Idempotency-Key": "must hold 128 random bits without a credential"})
        if len(key) > 200:
            raise BadInput("Idempotency-Key", {"Idempotency-Key": "200 characters at most"})
        return f"idempotency/{principal.id if principal else ''}/{self.request.path.rstrip('/')}/{key}"


class TicketsHandler(BookingHandler):
    """`/api/tickets`."""

    async def post(self) -> None:
        """Book one ticket."""
        principal = await self.booker()
        form = parse(self.json_body(), TicketForm)
        event = await self.hub.booking.event_to_book(form.event, with_key=principal is not None)
        order = to_order(form, event, [split_guest(form)])
        booked = await self.hub.booking.book(order, idempotency=self.idempotency(principal))
        ticket = await self.hub.booking.ticket(booked.tickets[0])
        token = self.hub.booking.access_token(ticket)
        described = await self.hub.booking.describe(ticket, self.hub.clock.now(), token=token)
        self.set_header("Location", f"/api/tickets/{ticket.id}")
        self.answer({**described, "access_token": token}, 201)

    async def get(self) -> None:
        """List tickets by id, a page at a time."""
        await self.require("tickets:read")
        wanted = {name: self.get_query_argument(name) for name in ("date", "time", "event") if self._has(name)}
        limit = self._limit()
        tickets = await self.hub.booking.find(wanted, after=self.get_query_argument("cursor", None), limit=limit + 1)
        if len(tickets) > limit:
            query = urlencode({**wanted, "limit": limit, "cursor": tickets[limit - 1].id})
            self.set_header("Link", f'</api/tickets?{query}>; rel="next"')
        now = self.hub.clock.now()
        self.answer([await self.hub.booking.describe(ticket, now) for ticket in tickets[:limit]])

    def _has(self, name: str) -> bool:
        return bool(self.get_query_arguments(name))

    def _limit(self) -> int:
        text = self.get_query_argument("limit", str(USUAL_PAGE))
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text, re.ASCII) or int(text) > LONGEST_PAGE:
            raise BadInput("limit", {"limit": f"must be 1 to {LONGEST_PAGE}"})
        return int(text)


class TicketHandler(BookingHandler):
    """`/api/tickets/{id}`."""

    async def get(self, ticket_id: str) -> None:
        """Return one ticket, to its holder or to a key that may."""
        ticket = await readable_ticket(self, ticket_id)
        self.answer(await self.hub.booking.describe(ticket, self.hub.clock.now()))


class ReservationsHandler(BookingHandler):
    """`/api/reservations`."""

    async def post(self) -> None:
        """Book several tickets of one buyer, all or none."""
        principal = await self.booker()
        form = parse(self.json_body(), ReservationForm)
        most = MOST_WITHOUT if principal is None else MOST_WITH_KEY
        if not 1 <= len(form.tickets) <= most:
            raise BadInput("tickets", {"tickets": f"1 to {most}"})
        event = await self.hub.booking.event_to_book(form.event, with_key=principal is not None)
        guests = [Guest(**msgspec.structs.asdict(guest)) for guest in form.tickets]
        booked = await self.hub.booking.book(to_order(form, event, guests), idempotency=self.idempotency(principal))
        now = self.hub.clock.now()
        tickets = [await self._describe(ticket, now) for ticket in await self.hub.booking.tickets(booked.tickets)]
        body = {"uuid": booked.reservation, "event": event.id, "tickets_count": len(tickets), "tickets": tickets}
        self.answer(body, 201)

    async def _describe(self, ticket: Ticket, now: Any) -> dict[str, Any]:
        token = self.hub.booking.access_token(ticket)
        return {**await self.hub.booking.describe(ticket, now, token=token), "access_token": token}


async def readable_ticket(handler: BaseHandler, ticket_id: str) -> Ticket:
    """Return a ticket to whoever may read it: its holder by token, or a key with tickets:read.

    Without a credential the answer is 401 whether or not there is such a ticket.
    """
    token = token_of(handler)
    if token is not None:
        ticket = await find_ticket(handler, ticket_id)
        if ticket is not None and handler.hub.booking.opens(ticket, token):
            return ticket
        raise NotAllowed("bad_token", "This link is not valid any more", status=401)
    await handler.require("tickets:read")
    ticket = await find_ticket(handler, ticket_id)
    if ticket is None:
        raise NotFound("Ticket not found")
    return ticket


async def find_ticket(handler: BaseHandler, ticket_id: str) -> Ticket | None:
    """Return a ticket, or None."""
    try:
        return await handler.hub.booking.ticket(ticket_id)
    except NotFound:
        return None


def token_of(handler: BaseHandler) -> str | None:
    """Return the access token that the request shows, in its address or as Bearer, or None."""
    scheme, _, token = handler.request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else handler.get_query_argument("token", None)


def parse(raw: Any, form: type[Any]) -> Any:
    """Return the body as `form`, texts trimmed. Raises `BadInput` naming the field that is wrong."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    missing = [field for field in form.__struct_fields__ if field not in trimmed and field in required(form)]
    if missing:
        raise BadInput("Fields are missing", dict.fromkeys(missing, "is required"))
    try:
        return msgspec.convert(trimmed, form)
    except msgspec.ValidationError as wrong:
        raise BadInput("The request cannot be used", field_error(wrong)) from wrong


def required(form: type[Any]) -> set[str]:
    """Return the names of the fields without a default."""
    return {field.name for field in msgspec.structs.fields(form) if field.required}


def split_guest(form: TicketForm) -> Guest:
    """Return the one guest of a ticket's form."""
    return msgspec.structs.replace(split_name(form.name), product=form.product, price=form.price)


def to_order(form: TicketForm | ReservationForm, event: Event, guests: list[Guest]) -> Order:
    """Return the order that a form makes, with all that is wrong named at once."""
    errors = check_buyer(form.name, form.phone_number) | check_when(form.date, form.time, event.timezone)
    names = {product.name for product in event.products}
    for n, guest in enumerate(guests):
        if guest.product is not None and guest.product not in names:
            errors[f"tickets[{n}].product" if isinstance(form, ReservationForm) else "product"] = "is not sold here"
        if isinstance(form, ReservationForm) and not 1 <= len(full_name(guest)) <= 100:
            errors[f"tickets[{n}].first_name"] = "1 to 100 characters"
    if errors:
        raise BadInput("The booking cannot be made", errors)
    return Order(
        event=event.id,
        date=form.date,
        time=form.time,
        name=form.name,
        phone_number=form.phone_number,
        email=getattr(form, "email", None),
        paid=getattr(form, "paid", True),
        guests=tuple(guests),
    )
