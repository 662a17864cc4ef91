"""Booking: tickets of a showing, exactly as many as it has seats (booking-api.md)."""

import base64
import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from hub.admission import is_expired
from hub.change import Book, Change, Draft, Key, Remembered
from hub.codes import Signer, sign
from hub.errors import BadInput, Duplicate, NotFound
from hub.model import Event, Reservation, Ticket
from hub.seats import Seats, Taken, showing_id
from hub.secrets import Vault
from hub.times import to_instant, zone_of
from hub.words import words_of
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
    uuid: str | None = None
    """The ticket's id, where another server gave it one."""
    barcode: str | None = None


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

    def __init__(
        self,
        order: Order,
        seats: Seats,
        *,
        idempotency: str | None,
        is_anonymous: bool,
        taken_barcodes: Sequence[str] = (),
    ) -> None:
        self._order = order
        self._seats = seats
        self._idempotency = idempotency
        self._is_anonymous = is_anonymous
        self._showing = showing_id(order.event, order.date, order.time)
        self._taken_barcodes = taken_barcodes
        ids = [guest.uuid or str(uuid4()) for guest in order.guests]
        self._booked = Booked(reservation=str(uuid4()), tickets=ids)
        self.weight = len(order.guests)

    def wants(self) -> Iterable[Key]:
        """The showing's seats, tickets whose id is given, and the idempotency key where there is one."""
        yield from self._seats.keys(self._showing, self._order.phone_number)
        yield from ((Ticket, uuid) for uuid in uuids_of(self._order))
        if self._idempotency is not None:
            yield Remembered, self._idempotency

    def decide(self, book: Book) -> Change:
        """Take the seats, unless the showing is sold out, over, or not there."""
        if self._idempotency and (remembered := book.find(Remembered, self._idempotency)):
            return self._replay(remembered)
        if duplicates := self._duplicates(book):
            raise Duplicate(duplicates)
        if book.event.closed:
            raise NotFound("Event not found")
        taken = self._seats.take(
            book,
            date=self._order.date,
            time=self._order.time,
            phone_number=self._order.phone_number,
            count=len(self._order.guests),
            is_limited=self._is_anonymous,
        )
        tickets = [self._ticket(*pair, book.event, taken, book.now) for pair in self._pairs()]
        return Change(
            answer=self._booked,
            entries=[_booked_entry(ticket, taken.effect if n == 0 else {}) for n, ticket in enumerate(tickets)],
            put=[*taken.put, self._reservation(book.now), *tickets, *self._remember(book.now)],
        )

    def _duplicates(self, book: Book) -> list[str]:
        uuids = uuids_of(self._order)
        there = [uuid for uuid in uuids if book.find(Ticket, uuid) is not None]
        return [*there, *_repeated(uuids), *self._taken_barcodes, *_repeated(barcodes_of(self._order))]

    def _pairs(self) -> Iterable[tuple[str, Guest]]:
        return zip(self._booked.tickets, self._order.guests, strict=True)

    def _ticket(self, ticket_id: str, guest: Guest, event: Event, taken: Taken, now: datetime) -> Ticket:
        order = self._order
        return Ticket(
            id=ticket_id,
            event=event.id,
            showing=taken.showing.id,
            reservation=self._booked.reservation,
            name=full_name(guest),
            phone_number=order.phone_number,
            first_name=guest.first_name,
            last_name=guest.last_name,
            product=guest.product,
            price=guest.price,
            date=order.date,
            time=order.time,
            starts_at=taken.showing.starts_at,
            expires_at=taken.expires_at,
            status="valid" if order.paid else "unpaid",
            barcode=guest.barcode,
            words=words_of(full_name(guest)),
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

    def __init__(self, journal: Journal, catalog: Catalog, vault: Vault, seats: Seats) -> None:
        self._journal = journal
        self._catalog = catalog
        self._vault = vault
        self._token_key = vault.derive("ticket access token")
        self._seats = seats
        self._signers: dict[str, Signer] = {}

    async def event_to_book(self, event_id: str | None, *, with_key: bool) -> Event:
        """Return the event to book into, the box office for None. Raises `NotFound` for what may not be booked."""
        event = await (self._catalog.box_office() if event_id is None else self._catalog.event(event_id))
        if event is None or event.closed or not (with_key or event.booking == "open"):
            raise NotFound("Event not found")
        return event

    async def book(self, order: Order, *, idempotency: str | None = None, is_anonymous: bool = False) -> Booked:
        """Book an order, all or none; an anonymous one within the limit of its phone number.

        Raises `Conflict` (sold_out, phone_limit, duplicate), `BadInput` or `Unavailable`.
        """
        command = BookCommand(
            order,
            self._seats,
            idempotency=idempotency,
            is_anonymous=is_anonymous,
            taken_barcodes=await self._find_taken_barcodes(order),
        )
        try:
            booked: Booked = await self._journal.append(order.event, command)
        except Duplicate as refusal:
            if refusal.names:
                raise
            # Two came at once, and the index refused the second.
            raise Duplicate(await self._find_taken_barcodes(order)) from refusal
        return booked

    async def _find_taken_barcodes(self, order: Order) -> list[str]:
        barcodes = barcodes_of(order)
        return await self._catalog.taken_barcodes(order.event, barcodes) if barcodes else []

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
        """Return a page of the tickets that match `wanted` (date, time, event, status, search), by id."""
        words = words_of(wanted.get("search"))
        return await self._catalog.find_tickets(wanted, words=words, after=after, limit=limit)

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


def uuids_of(order: Order) -> list[str]:
    """Return the ids that an order's tickets bring with them."""
    return [guest.uuid for guest in order.guests if guest.uuid is not None]


def barcodes_of(order: Order) -> list[str]:
    """Return the barcodes that an order's tickets bring with them."""
    return [guest.barcode for guest in order.guests if guest.barcode is not None]


def _repeated(values: Sequence[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


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


def _booked_entry(ticket: Ticket, opening: dict[str, int]) -> Draft:
    effect = {"booked": 1} | opening
    return Draft(kind="ticket.booked", ticket=ticket.id, effect=effect, data={"showing": ticket.showing})
