"""Booking command: all tickets of an order or none, never more than the showing has seats. Pure."""

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from hub.errors import BadInput, Duplicate, NotFound
from hub.formats.name_search import words_of
from hub.formats.phone import phone_words
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.figures import part_of
from hub.model.ticket import Reservation, Ticket
from hub.tickets.orders import (
    Booked,
    Guest,
    Order,
    barcodes_of,
    full_name,
    reservation_columns,
    ticket_columns,
    uuids_of,
)
from hub.tickets.pricing import Amount, amount_for, guests_of_a_key, guests_of_an_offer, guests_of_the_public, total
from hub.tickets.seats import Seats, Taken, showing_id

REMEMBERED_FOR = timedelta(hours=24)


class BookTickets:
    """Command: book all tickets of an order, or none. Answers with their ids.

    `country` is the event's, in which a phone number without a country's code is dialled. `held` are seats that are
    booked for the order already, by an offer.
    What the idempotency key was used for is remembered by a hash under `proof_key`: of another, names could be guessed.
    """

    def __init__(
        self,
        order: Order,
        seats: Seats,
        *,
        idempotency: str | None,
        proof_key: bytes,
        is_anonymous: bool,
        country: str | None = None,
        taken_barcodes: Sequence[str] = (),
        held: int = 0,
    ) -> None:
        self._order = order
        self._phones = phone_words(order.phone_number, country)
        self._counted = self._phones[0] if self._phones else order.phone_number
        self._seats = seats
        self._idempotency = idempotency
        self._proof_key = proof_key
        self._is_anonymous = is_anonymous
        self._showing = showing_id(order.event, order.date, order.time)
        self._taken_barcodes = taken_barcodes
        self._held = held
        ids = [guest.uuid or str(uuid4()) for guest in order.guests]
        self._booked = Booked(reservation=str(uuid4()), tickets=ids)
        self.weight = len(order.guests)

    def reads(self) -> Iterable[Key]:
        """The showing's seats, tickets whose id is given, and the idempotency key where there is one."""
        yield from self._seats.keys(self._showing, self._counted, self._order.phone_number)
        yield from ((Ticket, uuid) for uuid in uuids_of(self._order))
        if self._idempotency is not None:
            yield IdempotencyRecord, self._idempotency

    def decide(self, unit: UnitOfWork) -> Change[Booked]:
        """Return the change. Raises `Conflict` (sold_out), `BadInput` (time_over, no_showing), `Duplicate`."""
        return self.decide_offered(unit, None)

    def decide_offered(self, unit: UnitOfWork, offered: str | None) -> Change[Booked]:
        """Return the change where the held seats are held for the product `offered`. Raises as `decide` does."""
        if self._idempotency and (remembered := unit.find(IdempotencyRecord, self._idempotency)):
            return self._replay(remembered)
        if duplicates := self._duplicates(unit):
            raise Duplicate(duplicates)
        self._check_open(unit.event)
        guests = self._guests(unit.event)
        amounts = [amount_for(unit.event, guest) for guest in guests]
        is_by_guest = self._is_anonymous or self._held > 0
        is_paid = self._order.paid and not (is_by_guest and total(amounts))
        taken = self._seats.take(
            unit,
            date=self._order.date,
            time=self._order.time,
            phone=self._counted,
            also_counted=self._order.phone_number,
            products=Counter(guest.product for guest in guests),
            is_limited=self._is_anonymous,
            held={offered: self._held} if self._held else {},
        )
        tickets = [
            self._ticket(ticket_id, guest, amount, unit, taken, is_paid=is_paid)
            for ticket_id, guest, amount in zip(self._booked.tickets, guests, amounts, strict=True)
        ]
        return Change(
            answer=self._booked,
            entries=[_booked_entry(ticket, taken.effect if n == 0 else {}) for n, ticket in enumerate(tickets)],
            put=[*taken.put, self._reservation(unit.now, is_paid=is_paid), *tickets, *self._remember(unit.now)],
        )

    def _check_open(self, event: Event) -> None:
        if event.closed:
            raise NotFound("Event not found")

    def _guests(self, event: Event) -> Sequence[Guest]:
        """Return the guests with their kinds; the kind of an offer was judged when its party joined."""
        if self._held:
            return guests_of_an_offer(event, self._order.guests)
        find_kinds = guests_of_the_public if self._is_anonymous else guests_of_a_key
        return find_kinds(event, self._order.guests)

    def _duplicates(self, unit: UnitOfWork) -> list[str]:
        uuids = uuids_of(self._order)
        there = [uuid for uuid in uuids if unit.holds(Ticket, uuid)]
        return [*there, *_repeated(uuids), *self._taken_barcodes, *_repeated(barcodes_of(self._order))]

    def _ticket(
        self, ticket_id: str, guest: Guest, amount: Amount | None, unit: UnitOfWork, taken: Taken, *, is_paid: bool
    ) -> Ticket:
        order = self._order
        return Ticket(
            id=ticket_id,
            event=unit.event.id,
            showing=taken.showing.id,
            reservation=self._booked.reservation,
            name=full_name(guest),
            phone_number=order.phone_number,
            phones=self._phones,
            first_name=guest.first_name,
            last_name=guest.last_name,
            product=guest.product,
            price=guest.price,
            amount=amount.minor if amount else None,
            currency=amount.currency if amount else None,
            date=order.date,
            time=order.time,
            starts_at=taken.showing.starts_at,
            expires_at=taken.expires_at,
            status="valid" if is_paid else "unpaid",
            barcode=guest.barcode,
            words=words_of(full_name(guest)),
            tickets_count=len(order.guests),
            language=order.language,
            created_at=unit.now,
            **ticket_columns(guest.details.over(order.details)),
        )

    def _reservation(self, now: datetime, *, is_paid: bool) -> Reservation:
        order = self._order
        return Reservation(
            id=self._booked.reservation,
            event=order.event,
            name=order.name,
            phone_number=order.phone_number,
            email=order.email,
            language=order.language,
            paid=is_paid,
            tickets_count=len(order.guests),
            by_guest=self._is_anonymous,
            created_at=now,
            **reservation_columns(order.details),
        )

    def _replay(self, remembered: IdempotencyRecord) -> Change[Booked]:
        if remembered.hash != self._hash():
            raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")
        return Change(answer=msgspec.json.decode(remembered.answer, type=Booked))

    def _remember(self, now: datetime) -> list[IdempotencyRecord]:
        if self._idempotency is None:
            return []
        answer = msgspec.json.encode(self._booked)
        until = now + REMEMBERED_FOR
        event = self._order.event
        return [
            IdempotencyRecord(id=self._idempotency, event=event, hash=self._hash(), answer=answer, expires_at=until)
        ]

    def _hash(self) -> str:
        return self._keyed_hash(_hashed(self._order))

    def _keyed_hash(self, bound: object) -> str:
        return hmac.digest(self._proof_key, msgspec.json.encode(bound), "sha256").hex()[:32]


def _hashed(order: Order) -> dict[str, Any]:
    """Return an order as its hash is made of: without its language, and without details as before there were any."""
    whole: dict[str, Any] = msgspec.to_builtins(order)
    del whole["language"]
    for part in (whole, *whole["guests"]):
        if not part["details"]:
            del part["details"]
    return whole


def _repeated(values: Sequence[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _booked_entry(ticket: Ticket, opening: dict[str, int]) -> NewEntry:
    effect = {"booked": 1} | opening
    data = part_of(ticket)
    return NewEntry(kind="ticket.booked", ticket=ticket.id, effect=effect, data=data)
