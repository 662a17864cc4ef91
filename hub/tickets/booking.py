"""Booking service: orders booked, tickets found and described, their codes and access tokens (booking-api.md)."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from hub.door.codes import Signer, sign
from hub.door.rules import is_expired
from hub.errors import BadInput, Duplicate, NotFound
from hub.formats.money import decimal_text
from hub.formats.name_search import MOST_WORDS, words_of
from hub.formats.phone import typed_phone
from hub.model.base import TicketStatus
from hub.model.event import Event, PayAt
from hub.model.payment import Method, Payment
from hub.model.ticket import Seat, Ticket
from hub.secrets import is_same
from hub.tickets.book import BookTickets
from hub.tickets.holder import HandedOn
from hub.tickets.orders import Booked, Order, barcodes_of
from hub.tickets.pricing import amount_of_ticket, due_of, pay_until
from hub.tickets.seats import Seats
from hub.tickets.wallet_offer import TicketLinks, links_of
from hub.vault import IndexPurpose, TokenPurpose, Vault
from store.collections.events import EventReader
from store.collections.guest_list import GuestList, GuestQuery
from store.collections.tickets import TicketReader
from store.journal.journal import Journal
from store.mongo.reading import MOST_COUNTED


class AmountView(msgspec.Struct, frozen=True, kw_only=True):
    """An amount as the API answers it: an exact decimal, and its currency."""

    amount: str
    currency: str


class PaymentView(msgspec.Struct, frozen=True, kw_only=True):
    """Payment due: a sum for each currency; the place, and the deadline (None: no seat is freed for it)."""

    due: list[AmountView]
    at: PayAt
    where: str | None
    until: datetime | None


class PaidView(msgspec.Struct, frozen=True, kw_only=True):
    """The payment that was taken for a ticket: by whose hand, how and how much."""

    method: Method
    amount: str | None
    currency: str | None
    at: datetime | None
    by: str | None
    returned: str | None
    """What of the amount was given back; `left` is the rest."""
    left: str | None


class TicketView(msgspec.Struct, kw_only=True):
    """A ticket as the API answers it (booking-api.md). `links` are paths, by kind."""

    id: str
    name: str
    phone_number: str
    date: str
    time: str
    expired: bool
    event: str
    status: TicketStatus
    product: str | None
    price: str | None
    amount: str | None
    currency: str | None
    payment: PaymentView | None
    """What is to be paid for it; None where it is not unpaid."""
    reservation: str
    seat: Seat | None
    fields: dict[str, str]
    code: str
    links: TicketLinks
    barcode: str | msgspec.UnsetType | None = msgspec.UNSET
    """What the seller's code holds, for those who run the event."""
    notice: str | msgspec.UnsetType | None = msgspec.UNSET
    """What the door is told, for those who run the event: its holder does not get it."""
    paid: PaidView | msgspec.UnsetType | None = msgspec.UNSET
    """The money that was taken for it here, for those who run the event; None where none was."""
    access_token: str | msgspec.UnsetType = msgspec.UNSET
    """The token that opens the ticket, where it is handed out."""


def payment_of(tickets: Sequence[Ticket], event: Event) -> PaymentView | None:
    """Payment due for tickets; None where none of them is unpaid."""
    unpaid = [ticket for ticket in tickets if ticket.status == "unpaid"]
    if not unpaid:
        return None
    ends = [until for ticket in unpaid if (until := pay_until(event, ticket)) is not None]
    due = [
        AmountView(amount=decimal_text(each.minor, each.currency), currency=each.currency) for each in due_of(unpaid)
    ]
    return PaymentView(due=due, at=event.pay_at, where=event.pay_where, until=min(ends, default=None))


def paid_view(payment: Payment | None) -> PaidView | None:
    """Return a payment as those who run the event see it."""
    if payment is None:
        return None
    sums = (payment.amount, payment.returned, payment.left)
    amount, returned, left = [payment.currency and decimal_text(each, payment.currency) for each in sums]
    return PaidView(
        method=payment.method,
        amount=amount,
        currency=payment.currency,
        at=payment.at,
        by=payment.by,
        returned=returned,
        left=left,
    )


class ListedTickets(msgspec.Struct, frozen=True):
    """Page of a sorted list of tickets; `total` is None where there are more than are counted."""

    tickets: list[Ticket]
    total: int | None
    has_more: bool


class Booking:
    """Booking service: books orders, and describes tickets as clients see them."""

    def __init__(
        self,
        journal: Journal,
        events: EventReader,
        tickets: TicketReader,
        guests: GuestList,
        vault: Vault,
        seats: Seats,
        *,
        save_links: Sequence[str] = (),
    ) -> None:
        self._save_links = save_links
        self._journal = journal
        self._events = events
        self._tickets = tickets
        self._guests = guests
        self._vault = vault
        self._token_key = vault.token_key(TokenPurpose.TICKET)
        self._seats = seats
        self._signers: dict[str, Signer] = {}

    async def event_to_book(self, event_id: str | None, *, with_key: bool) -> Event:
        """Event to book into, the box office for None. Raises `NotFound` for one that may not be booked."""
        event = await (self._events.box_office() if event_id is None else self._events.find(event_id))
        if event is None or event.closed or not (with_key or event.booking == "open"):
            raise NotFound("Event not found")
        return event

    async def book(
        self,
        order: Order,
        *,
        country: str | None = None,
        idempotency: str | None = None,
        is_anonymous: bool = False,
    ) -> Booked:
        """Book an order, all or none; an anonymous one within the limit of its phone number.

        `country` is the event's, in which a phone number without a country's code is dialled.

        Raises `Conflict` (sold_out, phone_limit, duplicate), `BadInput` or `Unavailable`.
        """
        command = BookTickets(
            order,
            self._seats,
            idempotency=idempotency,
            proof_key=self._vault.index_key(IndexPurpose.IDEMPOTENCY),
            is_anonymous=is_anonymous,
            country=country,
            taken_barcodes=await self._find_taken_barcodes(order),
        )
        try:
            booked = await self._journal.append(order.event, command)
        except Duplicate as refusal:
            if refusal.names:
                raise
            # Two came at once, and the index refused the second.
            raise Duplicate(await self._find_taken_barcodes(order)) from refusal
        return booked

    async def _find_taken_barcodes(self, order: Order) -> list[str]:
        barcodes = barcodes_of(order)
        return await self._tickets.taken_barcodes(order.event, barcodes) if barcodes else []

    async def tickets(self, ids: Sequence[str]) -> list[Ticket]:
        """Return tickets in the order of `ids`, those that are there."""
        found = {ticket.id: ticket for ticket in await self._tickets.by_ids(ids)}
        return [found[ticket_id] for ticket_id in ids if ticket_id in found]

    async def tickets_of(self, booked: Booked) -> list[Ticket]:
        """Return the tickets of a booking that are still its buyer's. Raises `HandedOn` where none of them is."""
        found = await self.tickets(booked.tickets)
        own = [ticket for ticket in found if ticket.reservation == booked.reservation]
        if found and not own:
            raise HandedOn
        return own

    async def ticket(self, ticket_id: str) -> Ticket:
        """Return a ticket. Raises `NotFound`."""
        ticket = await self._tickets.find(ticket_id)
        if ticket is None:
            raise NotFound("Ticket not found")
        return ticket

    async def find(self, wanted: dict[str, str], *, after: str | None, limit: int) -> list[Ticket]:
        """Return a page of the tickets that match `wanted` (date, time, event, status, search), by id.

        Raises `BadInput` for a search of too many words.
        """
        words, phone = _searched(wanted.get("search")), typed_phone(wanted.get("search", ""))
        return await self._tickets.search(wanted, words=words, phone=phone, after=after, limit=limit)

    async def count(self, wanted: dict[str, str]) -> int | None:
        """Return how many tickets `find` lists in all, None where they are too many to count."""
        words, phone = _searched(wanted.get("search")), typed_phone(wanted.get("search", ""))
        return await self._tickets.count(wanted, words=words, phone=phone)

    async def listed(self, wanted: dict[str, str], sort: str, *, skip: int, limit: int) -> ListedTickets:
        """Return a page of the tickets that match `wanted`, ordered by `sort`, and how many match in all.

        `sort` is one of `ORDERS`, after a minus where the greatest come first. Raises `BadInput` for too many words.
        """
        order, is_descending, query = sort.removeprefix("-"), sort.startswith("-"), query_of(wanted)
        tickets, total = await self._guests.find(query, order, is_descending=is_descending, skip=skip, limit=limit)
        is_counted = query.event is not None or total <= MOST_COUNTED
        return ListedTickets(tickets, total if is_counted else None, skip + limit < total)

    async def code(self, ticket: Ticket, issue: int | None = None) -> str:
        """Return the text of the ticket's QR (scan-api.md, the code in the QR); of an earlier `issue` that one's."""
        signer = self._signers.get(ticket.event)
        if signer is None:
            event = await self._events.find(ticket.event)
            if event is None:
                raise NotFound("Event not found")
            if not event.key.sealed and ticket.barcode is not None:
                return ticket.barcode  # a relay has no key that signs: what it sold it knows by its barcode
            signer = self._signers[ticket.event] = Signer.load(event.key.kid, self._vault.open(event.key.sealed))
        return sign(ticket.id, ticket.issue if issue is None else issue, signer)

    def access_token(self, ticket: Ticket) -> str:
        """Return the token with which its holder reads this one ticket; a reissue makes another."""
        return _token(self._token_key.sign(_of_ticket(ticket.id, ticket.issue)))

    def opens(self, ticket: Ticket, token: str) -> bool:
        """Return whether `token` is this ticket's."""
        return self._is_signed(_of_ticket(ticket.id, ticket.issue), token)

    def check_opens(self, ticket: Ticket, token: str) -> None:
        """Raise `HandedOn` where `token` is a past holder's, `NotFound` where it is another that does not open it."""
        if self.opens(ticket, token):
            return
        if any(self._is_signed(_of_ticket(ticket.id, past.issue), token) for past in ticket.handed_on):
            raise HandedOn
        raise NotFound("Ticket not found")

    def reservation_token(self, reservation_id: str, tickets: Sequence[Ticket]) -> str:
        """Return the token with which a buyer opens all `tickets` of a reservation; a reissue of any makes another."""
        return _token(self._token_key.sign(_of_reservation(reservation_id, tickets)))

    def opens_reservation(self, reservation_id: str, tickets: Sequence[Ticket], token: str) -> bool:
        """Return whether `token` is this reservation's."""
        return self._is_signed(_of_reservation(reservation_id, tickets), token)

    def page_of(self, reservation_id: str, tickets: Sequence[Ticket]) -> str:
        """Return the path of the page with all tickets of a reservation: a single ticket's own, where it is one."""
        if len(tickets) == 1:
            return f"/t/{tickets[0].id}?token={self.access_token(tickets[0])}"
        return f"/r/{reservation_id}?token={self.reservation_token(reservation_id, tickets)}"

    async def describe(
        self, ticket: Ticket, now: datetime, *, token: str | None = None, event: Event | None = None
    ) -> TicketView:
        """Return a ticket as its holder sees it; `token` goes into its links where it is given.

        `event` is the ticket's own, where whoever asks has read it already.
        """
        event = event or await self._events.find(ticket.event)
        query = f"?token={token}" if token else ""
        amount = amount_of_ticket(ticket)
        return TicketView(
            id=ticket.id,
            name=ticket.name,
            phone_number=ticket.phone_number,
            date=ticket.date,
            time=ticket.time,
            expired=is_expired(ticket, now),
            event=ticket.event,
            status=ticket.status,
            product=ticket.product,
            price=ticket.price,
            amount=decimal_text(amount.minor, amount.currency) if amount else None,
            currency=amount.currency if amount else None,
            payment=payment_of([ticket], event) if event else None,
            reservation=ticket.reservation,
            seat=ticket.seat,
            fields={field.name: field.value for field in ticket.fields},
            code=await self.code(ticket),
            links=links_of(event, ticket, query, self._save_links),
        )

    def _is_signed(self, about: bytes, token: str) -> bool:
        return any(is_same(token, _token(signature)) for signature in self._token_key.signatures(about))


def _of_ticket(ticket_id: str, issue: int) -> bytes:
    return f"{ticket_id}:{issue}".encode()


def _of_reservation(reservation_id: str, tickets: Sequence[Ticket]) -> bytes:
    reissued = sorted(f"{ticket.id}:{ticket.issue}" for ticket in tickets if ticket.issue > 1)
    return f"reservation:{reservation_id}:{','.join(reissued)}".encode()


def _token(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature[:18]).decode()


def query_of(wanted: Mapping[str, str]) -> GuestQuery:
    """Return the query of a list of tickets by its filters. Raises `BadInput` for too many words."""
    text = wanted.get("search", "").strip()
    return GuestQuery(
        event=wanted.get("event"),
        filters={name: value for name, value in wanted.items() if name not in ("event", "search")},
        text=text,
        words=_searched(text),
        phone=typed_phone(text),
        in_answers=True,
    )


def _searched(search: str | None) -> list[str]:
    """Return the words of a search. Raises `BadInput` for too many."""
    words = words_of(search)
    if len(words) > MOST_WORDS:
        raise BadInput("search", {"search": f"{MOST_WORDS} words at most"})
    return words
