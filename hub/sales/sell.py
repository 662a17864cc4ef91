"""Sale at a desk or a door: tickets booked and paid for in one unit of work, as one order. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from typing_extensions import override

from hub.errors import BadInput, NotFound
from hub.model.base import Document
from hub.model.command import Change, Key, UnitOfWork
from hub.model.event import Event
from hub.model.payment import Payment, Till, till_id
from hub.model.ticket import Ticket
from hub.sales.payments import Taking, payments_of, take
from hub.tickets.book import BookTickets
from hub.tickets.orders import Booked, Guest, Order
from hub.tickets.pricing import UNSOLD, Kind, costs_nothing, kinds_of
from hub.tickets.seats import Seats

MOST_SOLD = 100
"""Tickets of one sale."""
NO_NAME = "Guest"
"""The name on a ticket that is sold without one."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Kind of ticket that is asked for, and how many of it."""

    product: str | None = None
    price: str | None = None
    count: int = 1


def kinds_on_sale(event: Event) -> list[Kind]:
    """Return all kinds of tickets that a desk sells, public or not, in the event's order."""
    return [kind for product in event.products for kind in kinds_of(product)]


def check_kinds(event: Event, wishes: Sequence[Wish]) -> None:
    """Raise `BadInput` for kinds of tickets that the event has not."""
    known: set[tuple[str | None, str | None]] = {(kind.product, kind.price) for kind in kinds_on_sale(event)}
    known = known or {(None, None)}
    unsold = [n for n, wish in enumerate(wishes) if (wish.product, wish.price) not in known]
    if unsold:
        raise BadInput(UNSOLD, {f"tickets[{n}].product": "is not sold here" for n in unsold})


def guests_of(wishes: Sequence[Wish], name: str) -> list[Guest]:
    """Return a guest for each ticket that is asked for, all by one name. Raises `BadInput` for none and too many."""
    if not 1 <= sum(wish.count for wish in wishes) <= MOST_SOLD:
        raise BadInput(UNSOLD, {"tickets": f"must be 1 to {MOST_SOLD}"})
    return [
        Guest(first_name=name, last_name="", product=wish.product, price=wish.price)
        for wish in wishes
        for _ in range(wish.count)
    ]


def _free_as_valid(event: Event, put: Sequence[Document]) -> list[Document]:
    """Return the documents of an unpaid sale with the tickets that cost nothing as valid ones."""
    return [
        msgspec.structs.replace(each, status="valid", paid=True)
        if isinstance(each, Ticket) and costs_nothing(event, each)
        else each
        for each in put
    ]


class SellTickets(BookTickets):
    """Command: book all tickets of an order and take the money for them, or do neither.

    What the event sells is judged in here, after the idempotency record: a sale that is sent again finds its answer.
    """

    def __init__(
        self, order: Order, wishes: Sequence[Wish], seats: Seats, taking: Taking | None, **options: Any
    ) -> None:
        super().__init__(order, seats, is_anonymous=False, **options)
        self._wishes = wishes
        self._taking = taking
        self._event = order.event
        self.weight = 2 * len(order.guests)

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        if self._taking is not None:
            yield Till, till_id(self._event, self._taking.holder)

    @override
    def decide(self, unit: UnitOfWork) -> Change[Booked]:
        """Return the change. Raises as `BookTickets` does, and `BadInput` for an amount that is none."""
        change = super().decide(unit)
        if not change.put:
            return change
        if self._taking is None:
            return msgspec.structs.replace(change, put=_free_as_valid(unit.event, change.put))
        sold = [document for document in change.put if isinstance(document, Ticket)]
        payments = payments_of(self._taking, sold, unit)
        self._check_payments(unit, sold, payments)
        paid = take(unit, sold, dict(zip((each.id for each in sold), payments, strict=True)), self._taking)
        others = [document for document in change.put if not isinstance(document, Ticket)]
        return Change(answer=change.answer, entries=[*change.entries, *paid.entries], put=[*others, *paid.put])

    def _check_payments(self, unit: UnitOfWork, sold: Sequence[Ticket], payments: Sequence[Payment]) -> None:
        """Raise where the payments are not to be taken; at a desk any amount is."""

    @override
    def _check_open(self, event: Event) -> None:
        if event.closed:
            raise NotFound("This event sells no more tickets: its booking is closed")

    @override
    def _guests(self, event: Event) -> Sequence[Guest]:
        check_kinds(event, self._wishes)
        return super()._guests(event)

    @override
    def _hash(self) -> str:
        """Return the hash of the sale, whatever door its device is moved to before it is sent again."""
        taking = self._taking and msgspec.structs.replace(self._taking, door=None)
        return self._keyed_hash([super()._hash(), msgspec.to_builtins(taking)])
