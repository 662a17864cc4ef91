"""Booking: tickets of a showing, exactly as many as it has seats (booking-api.md)."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from hub.admission import is_expired
from hub.change import Book, Change, Draft, Key, Remembered
from hub.codes import Signer, sign
from hub.errors import BadInput, Conflict, NotFound
from hub.model import Event, Reservation, Showing, Ticket
from hub.secrets import Vault
from hub.times import to_instant, zone_of
from store.catalog import Catalog
from store.journal import Journal

PHONE = re.compile(r"[0-9+\-(). ]{3,20}", re.ASCII)
MOST_WITH_KEY, MOST_WITHOUT = 500, 20
REMEMBERED_FOR = timedelta(hours=24)


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket to be booked: whose, and of which kind."""

    first_name: str
    last_name: str
    product: str | None = None
    price: str | None = None


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What one buyer books at once, checked."""

    event: str
    date: str
    time: str
    name: str
    phone_number: str
    email: str | None = None
    paid: bool = True
    guests: tuple[Guest, ...]


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """A booking's outcome: ids only, so that it may be remembered."""

    reservation: str
    tickets: list[str]


class BookCommand:
    """Book all tickets of an order, or none."""

    def __init__(self, order: Order, *, idempotency: str | None, expire_after: timedelta) -> None:
        self._order = order
        self._idempotency = idempotency
        self._expire_after = expire_after
        self._showing = showing_id(order.event, order.date, order.time)
        self._booked = Booked(reservation=str(uuid4()), tickets=[str(uuid4()) for _ in order.guests])
        self.weight = len(order.guests)

    def wants(self) -> Iterable[Key]:
        """The showing, and the idempotency key where there is one."""
        yield Showing, self._showing
        if self._idempotency is not None:
            yield Remembered, self._idempotency

    def decide(self, book: Book) -> Change:
        """Take the seats, unless the showing is sold out, over, or not there."""
        if self._idempotency and (remembered := book.find(Remembered, self._idempotency)):
            return self._replay(remembered)
        event = book.event
        showing, opened = self._find_showing(book, event)
        over_at = showing.ends_at or event.ends_at or showing.starts_at + self._expire_after
        if over_at <= book.now:
            raise BadInput("That time is already over", {"time": "is over"}, code="time_over")
        if showing.booked + len(self._order.guests) > showing.capacity:
            left = showing.capacity - showing.booked
            raise Conflict("sold_out", "Sold out" if left <= 0 else f"Only {left} left for that time")
        taken = msgspec.structs.replace(showing, booked=showing.booked + len(self._order.guests))
        tickets = [self._ticket(*pair, event, taken, book.now) for pair in self._pairs()]
        return Change(
            answer=self._booked,
            entries=[_booked_entry(ticket, opened if n == 0 else 0) for n, ticket in enumerate(tickets)],
            put=[taken, self._reservation(book.now), *tickets, *self._remember(book.now)],
        )

    def _find_showing(self, book: Book, event: Event) -> tuple[Showing, int]:
        """Return the showing and how many seats it newly brings into the event."""
        if showing := book.find(Showing, self._showing):
            return showing, 0
        if event.default_capacity is None:
            raise BadInput("There is no showing at that time", {"time": "no showing"}, code="no_showing")
        starts_at = to_instant(self._order.date, self._order.time, ZoneInfo(event.timezone))
        showing = new_showing(event.id, self._order.date, self._order.time, starts_at, event.default_capacity)
        return showing, showing.capacity

    def _pairs(self) -> Iterable[tuple[str, Guest]]:
        return zip(self._booked.tickets, self._order.guests, strict=True)

    def _ticket(self, ticket_id: str, guest: Guest, event: Event, showing: Showing, now: datetime) -> Ticket:
        order = self._order
        expires_at = showing.starts_at + self._expire_after
        return Ticket(
            id=ticket_id,
            event=event.id,
            showing=showing.id,
            reservation=self._booked.reservation,
            name=full_name(guest),
            phone_number=order.phone_number,
            first_name=guest.first_name,
            last_name=guest.last_name,
            product=guest.product,
            price=guest.price,
            date=order.date,
            time=order.time,
            starts_at=showing.starts_at,
            expires_at=max(expires_at, showing.ends_at or expires_at),
            status="valid" if order.paid else "unpaid",
            tickets_count=len(order.guests),
            created_at=now,
        )

    def _reservation(self, now: datetime) -> Reservation:
        order = self._order
        return Reservation(
            id=self._booked.reservation,
            event=order.event,
            name=order.name,
            phone_number=order.phone_number,
            email=order.email,
            paid=order.paid,
            tickets_count=len(order.guests),
            created_at=now,
        )

    def _replay(self, remembered: Remembered) -> Change:
        if remembered.hash != self._hash():
            raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")
        return Change(answer=msgspec.json.decode(remembered.answer, type=Booked))

    def _remember(self, now: datetime) -> list[Remembered]:
        if self._idempotency is None:
            return []
        answer = msgspec.json.encode(self._booked)
        until = now + REMEMBERED_FOR
        event = self._order.event
        return [Remembered(id=self._idempotency, event=event, hash=self._hash(), answer=answer, expires_at=until)]

    def _hash(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self._order)).hexdigest()[:32]


class Booking:
    """Books tickets and reads them back as clients see them."""

    def __init__(self, journal: Journal, catalog: Catalog, vault: Vault, expire_after: timedelta) -> None:
        self._journal = journal
        self._catalog = catalog
        self._vault = vault
        self._token_key = vault.derive("ticket access token")
        self._expire_after = expire_after
        self._signers: dict[str, Signer] = {}

    async def event_to_book(self, event_id: str | None, *, with_key: bool) -> Event:
        """Return the event to book into, the box office for None. Raises `NotFound` for what may not be booked."""
        event = await (self._catalog.box_office() if event_id is None else self._catalog.event(event_id))
        if event is None or event.closed or not (with_key or event.booking == "open"):
            raise NotFound("Event not found")
        return event

    async def book(self, order: Order, *, idempotency: str | None = None) -> Booked:
        """Book an order, all or none. Raises `Conflict` (sold_out), `BadInput` or `Unavailable`."""
        command = BookCommand(order, idempotency=idempotency, expire_after=self._expire_after)
        booked: Booked = await self._journal.append(order.event, command)
        return booked

    async def tickets(self, ids: Sequence[str]) -> list[Ticket]:
        """Return tickets in the order of `ids`, those that are there."""
        found = {ticket.id: ticket for ticket in await self._catalog.tickets(ids)}
        return [found[ticket_id] for ticket_id in ids if ticket_id in found]

    async def ticket(self, ticket_id: str) -> Ticket:
        """Return a ticket. Raises `NotFound`."""
        ticket = await self._catalog.ticket(ticket_id)
        if ticket is None:
            raise NotFound("Ticket not found")
        return ticket

    async def find(self, wanted: dict[str, str], *, after: str | None, limit: int) -> list[Ticket]:
        """Return a page of the tickets that match `wanted` (date, time, event), by id, after `after`."""
        return await self._catalog.find_tickets(wanted, after=after, limit=limit)

    async def code(self, ticket: Ticket) -> str:
        """Return the text of the ticket's QR (scan-api.md, the code in the QR)."""
        signer = self._signers.get(ticket.event)
        if signer is None:
            event = await self._catalog.event(ticket.event)
            if event is None:
                raise NotFound("Event not found")
            signer = self._signers[ticket.event] = Signer.load(event.key.kid, self._vault.open(event.key.sealed))
        return sign(ticket.id, ticket.issue, signer)

    def access_token(self, ticket: Ticket) -> str:
        """Return the token with which its holder reads this one ticket; a reissue makes another."""
        about = f"{ticket.id}:{ticket.issue}".encode()
        return base64.urlsafe_b64encode(hmac.digest(self._token_key, about, "sha256")[:18]).decode()

    def opens(self, ticket: Ticket, token: str) -> bool:
        """Tell whether `token` is this ticket's."""
        return hmac.compare_digest(self.access_token(ticket).encode(), token.encode("utf-8", "replace"))

    async def describe(self, ticket: Ticket, now: datetime, *, token: str | None = None) -> dict[str, Any]:
        """Return a ticket as clients see it (booking-api.md); `token` goes into its links where it is given."""
        query = f"?token={token}" if token else ""
        return {
            "id": ticket.id,
            "name": ticket.name,
            "phone_number": ticket.phone_number,
            "date": ticket.date,
            "time": ticket.time,
            "expired": is_expired(ticket, now),
            "event": ticket.event,
            "status": ticket.status,
            "product": ticket.product,
            "price": ticket.price,
            "reservation": ticket.reservation,
            "code": await self.code(ticket),
            "links": {"qr": f"/tickets/{ticket.id}/qr{query}"},
        }


def showing_id(event: str, date: str, time: str) -> str:
    """Return the id of an event's showing: there is one for each date and time."""
    return f"{event}/{date}T{time}"


def new_showing(
    event: str, date: str, time: str, starts_at: datetime, capacity: int, ends_at: datetime | None = None
) -> Showing:
    """Return a showing without bookings."""
    return Showing(
        id=showing_id(event, date, time),
        event=event,
        date=date,
        time=time,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
    )


def full_name(guest: Guest) -> str:
    """Return first and last name as one."""
    return f"{guest.first_name} {guest.last_name}".strip()


def split_name(name: str) -> Guest:
    """Return a guest from a whole name: the last word is the last name, for doors that show both."""
    first, _, last = name.rpartition(" ")
    return Guest(first_name=first.strip() or last, last_name=last if first else "")


def check_buyer(name: str, phone_number: str) -> dict[str, str]:
    """Return what is wrong with a buyer's name and phone number, by field; empty when nothing is."""
    errors = {}
    if not 1 <= len(name) <= 100 or not name.isprintable():
        errors["name"] = "1 to 100 characters"
    if not PHONE.fullmatch(phone_number):
        errors["phone_number"] = "3 to 20 of digits, spaces, + - ( ) ."
    return errors


def check_when(date: str, time: str, timezone: str) -> dict[str, str]:
    """Return what is wrong with a local date and time, by field; empty when nothing is."""
    try:
        to_instant(date, time, zone_of(timezone))
    except BadInput as wrong:
        return wrong.errors
    return {}


def _booked_entry(ticket: Ticket, opened: int) -> Draft:
    effect = {"booked": 1} | ({"capacity": opened} if opened else {})
    return Draft(kind="ticket.booked", ticket=ticket.id, effect=effect, data={"showing": ticket.showing})
