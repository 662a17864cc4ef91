"""Sales at a desk over REST: the kinds for sale, and tickets booked and paid for at once (booking-api.md, Selling)."""

from typing import Annotated

import msgspec

from handlers.api.forms import UNBOOKABLE, cleaned
from handlers.api.payments import PaymentForm, check_currency, to_taking
from handlers.api.reservations import MadeReservation, MadeReservationHandler
from handlers.http.idempotency import idempotency_of
from handlers.http.operation import operation
from hub.formats.contact import is_address, is_name
from hub.formats.local_time import wrong_local
from hub.formats.money import decimal_text
from hub.formats.phone import WRONG_PHONE, country_of, is_phone
from hub.model.event import Event
from hub.sales.sell import MOST_SOLD, NO_NAME, Wish, guests_of, kinds_on_sale
from hub.tickets.orders import Order, check_when
from hub.validation import Problems, collect


class WishForm(msgspec.Struct, kw_only=True):
    """Kind of ticket that is sold, and how many of it."""

    product: str | None = None
    price: str | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_SOLD)] = 1


class SaleForm(msgspec.Struct, kw_only=True):
    """A sale: a time, kinds and numbers; a name, phone number and address where they are given; and how it is paid."""

    date: str
    time: str
    tickets: Annotated[list[WishForm], msgspec.Meta(min_length=1, max_length=MOST_SOLD)]
    name: str | None = None
    phone_number: str | None = None
    email: str | None = None
    payment: PaymentForm | None = None
    """None: it is paid later."""


class KindAnswer(msgspec.Struct, kw_only=True):
    """Kind of ticket on sale; `amount` is None where it has no price."""

    label: str
    product: str
    price: str | None
    amount: str | None
    currency: str | None


class SalesAnswer(msgspec.Struct, kw_only=True):
    """Offer of a desk: the kinds that it sells at an event."""

    kinds: list[KindAnswer]
    most: int
    """Tickets of one sale."""


def kinds_answer(event: Event) -> SalesAnswer:
    """Offer of a desk at an event; a kind without a price is free."""
    kinds = [
        KindAnswer(
            label=kind.label,
            product=kind.product,
            price=kind.price,
            amount=decimal_text(kind.amount.minor, kind.amount.currency) if kind.amount else None,
            currency=kind.amount.currency if kind.amount else None,
        )
        for kind in kinds_on_sale(event)
    ]
    return SalesAnswer(kinds=kinds, most=MOST_SOLD)


def check_sale(form: SaleForm, problems: Problems) -> None:
    """Add the errors of a sale that do not depend on its event."""
    problems.update(wrong_local(form.date, form.time))
    if form.name and not is_name(form.name):
        problems.add("name", "must be 1 to 100 characters")
    if form.phone_number and not is_phone(form.phone_number):
        problems.add("phone_number", WRONG_PHONE)
    if form.email and not is_address(form.email):
        problems.add("email", "must be a mail address, like ada@example.org")
    if form.payment is not None:
        inner = Problems()
        check_currency(form.payment, inner)
        problems.update(inner.errors, "payment")


def read_sale(raw: object, event: Event) -> tuple[SaleForm, list[Wish], Order]:
    """Form of a sale, with its wishes and the order that it makes. Raises `BadInput` with all errors."""
    form, problems = collect(cleaned(raw), SaleForm, check_sale)
    problems.update(check_when(form.date, form.time, event.timezone))
    problems.raise_if_any(UNBOOKABLE)
    name = form.name or NO_NAME
    wishes = [Wish(product=each.product, price=each.price, count=each.count) for each in form.tickets]
    order = Order(
        event=event.id,
        date=form.date,
        time=form.time,
        name=name,
        phone_number=form.phone_number or "",
        email=form.email or None,
        paid=form.payment is not None,
        guests=tuple(guests_of(wishes, name)),
    )
    return form, wishes, order


class SalesHandler(MadeReservationHandler):
    """`/api/events/{uuid}/sales`."""

    @operation("get_sales", answer=SalesAnswer)
    async def get(self, event_id: str) -> None:
        """Offer of the desk at the event."""
        self.answer(kinds_answer(await self.hub.events.get(event_id)))

    @operation(
        "sell_tickets",
        body=SaleForm,
        answer=MadeReservation,
        status=201,
        headers=("Idempotency-Key",),
        refuses=(
            "sold_out",
            "no_showing",
            "time_over",
            "amount_changed",
            "amount_unknown",
            "booking_closed",
            "idempotency_mismatch",
        ),
    )
    async def post(self, event_id: str) -> None:
        """Sell tickets: book them and take the money, both or neither."""
        event = await self.hub.events.get(event_id)
        form, wishes, order = read_sale(self.json_body(), event)
        taking = None if form.payment is None else to_taking(form.payment, self.known)
        booked = await self.hub.sales.sell(
            order, wishes, taking, country=country_of(event.timezone), idempotency=idempotency_of(self, self.asker)
        )
        self.answer(await self.made(booked, event), 201)
