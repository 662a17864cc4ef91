"""Payments over REST: money taken for booked tickets, and given back (booking-api.md)."""

from typing import Annotated

import msgspec
from msgspec import UNSET

from handlers.api.reservations import OneReservationHandler, ReservationView
from handlers.api.tickets import BookingHandler
from handlers.http.base import BaseHandler
from handlers.http.idempotency import idempotency_of
from handlers.http.operation import operation
from hub.formats.money import CURRENCIES, WRONG_CURRENCY, currency_code
from hub.model.access import Principal
from hub.model.payment import Method
from hub.sales.payments import UNPAYABLE, Taking
from hub.sales.refunds import UNRETURNABLE, Refund
from hub.tickets.booking import TicketView
from hub.validation import Problems, read_form

Amount = Annotated[str, msgspec.Meta(max_length=40)]


class PaymentForm(msgspec.Struct, kw_only=True):
    """Form of a payment: its method, and the amount for all tickets together where it is not the one due."""

    method: Method
    amount: int | Amount | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        """Write the currency's code as ISO 4217 does."""
        self.currency = self.currency and currency_code(self.currency)


class RefundForm(msgspec.Struct, kw_only=True):
    """A refund: how the money is given back, left out as it was paid; and how much, left out all of it."""

    method: Method | None = None
    amount: int | Amount | None = None


def check_currency(form: PaymentForm, problems: Problems) -> None:
    """Add the error of a payment's currency."""
    if form.currency is not None and form.currency not in CURRENCIES:
        problems.add("currency", WRONG_CURRENCY)


def to_taking(form: PaymentForm, principal: Principal) -> Taking:
    """Return the payment that a form makes, into the till of who sends it."""
    amount = None if form.amount is None else str(form.amount)
    return Taking(holder=principal.id, method=form.method, amount=amount, currency=form.currency)


def read_move(handler: BaseHandler, action: str) -> Taking | Refund:
    """Return the payment or refund of a request. Raises `BadInput`."""
    if action == "pay":
        return to_taking(read_form(handler.json_body(), PaymentForm, UNPAYABLE, check_currency), handler.known)
    form = read_form(handler.json_body() if handler.request.body else {}, RefundForm, UNRETURNABLE)
    return Refund(
        holder=handler.known.id, method=form.method, amount=UNSET if form.amount is None else str(form.amount)
    )


class ReservationPaymentHandler(OneReservationHandler):
    """`/api/reservations/{uuid}/pay|refund`."""

    @operation(
        "{action}_reservation",
        body={"pay": PaymentForm, "refund": RefundForm},
        is_body_optional=True,
        answer=ReservationView,
        headers=("Idempotency-Key",),
        refuses=(
            "already_paid",
            "amount_unknown",
            "amount_changed",
            "ticket_canceled",
            "not_paid",
            "more_than_taken",
            "idempotency_mismatch",
        ),
    )
    async def post(self, reservation_id: str, action: str) -> None:
        """Take or refund the payment of all tickets of a reservation, and answer it.

        A payment without a body is one that was made elsewhere: the tickets are paid, and no money is counted.
        """
        if action == "pay" and not self.request.body:
            await self.hub.tickets.change_reservation(reservation_id, self.hub.tickets.changes.pay)
        else:
            move = read_move(self, action)
            await self.hub.sales.move_for_reservation(reservation_id, move, idempotency_of(self, self.asker))
        view, _ = await self.reservation(reservation_id)
        self.answer(view)


class TicketPaymentHandler(BookingHandler):
    """`/api/tickets/{id}/pay|refund`."""

    @operation(
        "{action}_ticket",
        body={"pay": PaymentForm, "refund": RefundForm},
        answer=TicketView,
        headers=("Idempotency-Key",),
        refuses=(
            "already_paid",
            "amount_unknown",
            "amount_changed",
            "ticket_canceled",
            "not_paid",
            "more_than_taken",
            "idempotency_mismatch",
        ),
    )
    async def post(self, ticket_id: str, action: str) -> None:
        """Take the money for the ticket, or give it back, and return the ticket."""
        move = read_move(self, action)
        await self.hub.sales.move_for_ticket(ticket_id, move, idempotency_of(self, self.asker))
        self.answer(await self.view(await self.hub.booking.ticket(ticket_id)))
