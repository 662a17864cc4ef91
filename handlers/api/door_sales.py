"""Sales at a door over REST: a device's kinds and times, and tickets sold on it (scan-api.md, Selling at the door)."""

from typing import Annotated, Literal

import msgspec

from handlers.api.sales import KindAnswer, WishForm, kinds_answer
from handlers.api.scan import ScanHandler
from handlers.http.operation import operation
from hub.door.payment import check_may_sell
from hub.errors import NotAllowed, NotFound
from hub.formats.local_time import wrong_local
from hub.formats.money import CURRENCIES, WRONG_CURRENCY, currency_code
from hub.formats.phone import country_of
from hub.model.access import Principal
from hub.model.event import Event
from hub.sales.payments import Taking
from hub.sales.sell import MOST_SOLD, NO_NAME, Wish, guests_of
from hub.tickets.available_times import products_left
from hub.tickets.booking import AmountView
from hub.tickets.orders import Order
from hub.validation import Problems, read_message

MOST_TIMES = 20


class DoorSaleForm(msgspec.Struct, kw_only=True):
    """Form of a sale on a device: a time, kinds and numbers, and the payment."""

    date: str
    time: str
    tickets: Annotated[list[WishForm], msgspec.Meta(min_length=1, max_length=MOST_SOLD)]
    method: Literal["cash", "card", "free"]
    """`free` of what costs nothing."""
    amount: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    currency: Annotated[str, msgspec.Meta(max_length=3)] | None = None
    nonce: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]

    def __post_init__(self) -> None:
        """Write the currency's code as ISO 4217 does."""
        self.currency = self.currency and currency_code(self.currency)


class TimeAnswer(msgspec.Struct, kw_only=True):
    """Time that a device sells."""

    date: str
    time: str
    left: int
    products: dict[str, int]
    """Tickets that are left of each product that has a capacity of its own."""


class DoorSalesAnswer(msgspec.Struct, kw_only=True):
    """Offer of a device: the kinds that it sells, and the times that are not over."""

    success: bool = True
    kinds: list[KindAnswer]
    times: list[TimeAnswer]
    most: int


class SoldTicket(msgspec.Struct, kw_only=True):
    """Ticket that a device sold: its code, and the address of the code's picture."""

    uuid: str
    code: str
    product: str | None
    price: str | None
    qr: str


class SoldAnswer(msgspec.Struct, kw_only=True):
    """Tickets that a device sold, and the amount taken."""

    success: bool = True
    code: str = "sold"
    message: str = "Tickets sold"
    reservation: str
    page: str
    tickets: list[SoldTicket]
    paid: list[AmountView]


def check_sale(form: DoorSaleForm, problems: Problems) -> None:
    """Add the errors of the time of a sale, and of a payment without its amount."""
    problems.update(wrong_local(form.date, form.time))
    if form.method != "free" and (form.amount is None or form.currency is None):
        problems.add("amount", "must be what is taken, with its currency")
    if form.currency is not None and form.currency not in CURRENCIES:
        problems.add("currency", WRONG_CURRENCY)


class DoorSalesHandler(ScanHandler):
    """`/scan/sales`."""

    @operation("get_door_sales", answer=DoorSalesAnswer, refuses=("not_found",))
    async def get(self) -> None:
        """Offer of this device as of now."""
        event = await self._event(self.known)
        if event.closed:
            raise NotFound("This event sells no more tickets")
        now = self.hub.clock.now()
        showings = [
            showing
            for showing in await self.hub.showings.of_event(event.id)
            if not self.hub.seats.is_over(event, showing, now)
        ]
        sales = kinds_answer(event)
        times = [
            TimeAnswer(
                date=each.date,
                time=each.time,
                left=max(0, each.capacity - each.booked),
                products=products_left(event, each, public_only=False),
            )
            for each in showings[:MOST_TIMES]
        ]
        self.answer(DoorSalesAnswer(kinds=sales.kinds, times=times, most=sales.most))

    @operation(
        "sell_at_door",
        body=DoorSaleForm,
        answer=SoldAnswer,
        refuses=(
            "sold_out",
            "no_showing",
            "time_over",
            "amount_changed",
            "amount_unknown",
            "nonce_reused",
            "invalid",
            "not_found",
            "idempotency_mismatch",
        ),
    )
    async def post(self) -> None:
        """Sell tickets and take the money for them, both or neither."""
        event = await self._event(self.known)
        form = read_message(self.json_body(), DoorSaleForm, check_sale)
        wishes = [Wish(product=each.product, price=each.price, count=each.count) for each in form.tickets]
        guests = guests_of(wishes, NO_NAME)
        order = Order(
            event=event.id, date=form.date, time=form.time, name=NO_NAME, phone_number="", guests=tuple(guests)
        )
        taking = Taking(
            holder=self.known.id,
            method=form.method,
            amount=form.amount,
            currency=form.currency,
            door=self.known.door,
        )
        booked = await self.hub.sales.sell_at_door(
            order, wishes, taking, self.known, country=country_of(event.timezone), nonce=form.nonce
        )
        tickets = await self.hub.booking.tickets_of(booked)
        sold = [
            SoldTicket(
                uuid=ticket.id,
                code=await self.hub.booking.code(ticket),
                product=ticket.product,
                price=ticket.price,
                qr=f"/tickets/{ticket.id}/qr?format=svg&token={self.hub.booking.access_token(ticket)}",
            )
            for ticket in tickets
        ]
        paid = [AmountView(amount=form.amount, currency=form.currency)] if form.amount and form.currency else []
        page = self.hub.booking.page_of(booked.reservation, tickets)
        self.answer(SoldAnswer(reservation=booked.reservation, page=page, tickets=sold, paid=paid))

    async def _event(self, principal: Principal) -> Event:
        """Return the event that this device sells for. Raises `NotAllowed`."""
        check_may_sell(principal)
        if principal.event is None:
            raise NotAllowed("not_allowed", "This device serves no one event: it cannot sell")
        return await self.hub.events.get(principal.event)
