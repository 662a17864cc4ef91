"""Payments taken for tickets: each is journaled with the change of its ticket and of its till. Pure."""

from collections.abc import Sequence

import msgspec

from hub.door.payment import payment_entry, till_of
from hub.errors import BadInput, Conflict
from hub.formats.money import money_text, to_minor
from hub.model.command import Change, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.payment import (
    MOST_MINOR,
    Method,
    Payment,
    allocated,
    booked_in,
)
from hub.model.ticket import Reservation, Ticket
from hub.tickets.changes import Act, TicketsChange
from hub.tickets.pricing import costs_nothing

UNPAYABLE = "The payment cannot be taken"
WRONG_AMOUNT = "must be an amount of its currency, like 20.00"


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """Payment to be taken for tickets at once: its holder and method, and an amount other than the one due."""

    holder: str
    """The user, key or device in whose till it goes."""
    method: Method
    amount: str | None = None
    currency: str | None = None
    door: str | None = None


def pay(taking: Taking) -> Act:
    """Return the act that takes the money for those of some tickets that are due.

    It raises `Conflict`, `ticket_canceled` or `already_paid`, where none is, and `BadInput` for an amount that is none.
    """

    def paid(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        due = due_tickets(unit, tickets)
        payments = dict(zip((ticket.id for ticket in due), payments_of(taking, due, unit), strict=True))
        return take(unit, tickets, payments, taking)

    return paid


def due_tickets(unit: UnitOfWork, tickets: Sequence[Ticket]) -> list[Ticket]:
    """Return the tickets that are to be paid for. Raises `Conflict` where there are none."""
    standing = [ticket for ticket in tickets if ticket.status != "canceled"]
    if not standing:
        raise Conflict("ticket_canceled", "The reservation is cancelled")
    due = [ticket for ticket in standing if not ticket.is_settled(unit.find(Reservation, ticket.reservation))]
    if not due:
        raise Conflict("already_paid", _paid_already(standing))
    return due


def _paid_already(tickets: Sequence[Ticket]) -> str:
    """Refusal of a second payment, with the first one's time and amount where known."""
    payment = next((ticket.payment for ticket in tickets if ticket.payment is not None), None)
    if payment is None:
        return "No money was taken: it is paid already"
    if payment.currency is None:
        return f"No money was taken: it is paid already ({payment.method})"
    amount = money_text(payment.amount, payment.currency)
    return f"No money was taken: it is paid already ({amount} a ticket, {payment.method})"


def take(unit: UnitOfWork, tickets: Sequence[Ticket], payments: dict[str, Payment], taking: Taking) -> TicketsChange:
    """Return the change of tickets that are paid for by `payments` (by id), and of the till that takes the money."""
    after = [_paid(ticket, payments.get(ticket.id)) for ticket in tickets]
    changed = [ticket for ticket in after if ticket.id in payments]
    freed = {before.id for before in tickets if before.status == "unpaid"}
    entries = []
    for ticket in changed:
        if ticket.id in freed:
            entries.append(NewEntry(kind="ticket.paid", ticket=ticket.id, data={"showing": ticket.showing}))
        entries.append(payment_entry("payment.taken", ticket, payments[ticket.id], taking.holder, taking.door))
    till = booked_in(till_of(unit, taking.holder), [*payments.values()], unit.now)
    return Change(answer=after, put=[*changed, till], entries=entries)


def _paid(ticket: Ticket, payment: Payment | None) -> Ticket:
    if payment is None:
        return ticket
    status = "valid" if ticket.status == "unpaid" else ticket.status
    return msgspec.structs.replace(ticket, status=status, paid=True, payment=payment)


# --- amounts -----------------------------------------------------------------------------------------------------


def payments_of(taking: Taking, tickets: Sequence[Ticket], unit: UnitOfWork) -> list[Payment]:
    """Payment for each ticket: its price, or its share of the amount that is taken for all of them.

    Raises `BadInput` where the amount is none, or has to be said.
    """

    def of(amount: int, currency: str | None) -> Payment:
        return Payment(method=taking.method, amount=amount, currency=currency, at=unit.now, by=taking.holder)

    if taking.method == "free":
        _check_free(taking)
        return [of(0, None) for _ in tickets]
    if taking.amount is None:
        unknown = [ticket for ticket in tickets if ticket.amount is None]
        if len(unknown) == len(tickets) or not all(costs_nothing(unit.event, ticket) for ticket in unknown):
            raise BadInput(UNPAYABLE, {"amount": "must be said: what it costs is not known"})
        return [of(ticket.amount or 0, ticket.currency) for ticket in tickets]
    currency = _currency_of(taking, tickets, unit.event)
    weights = [ticket.amount or 0 if ticket.currency == currency else 0 for ticket in tickets]
    return [of(share, currency) for share in allocated(minor_of(taking.amount, currency), weights)]


def _check_free(taking: Taking) -> None:
    if taking.amount is not None and taking.amount.strip("0.") != "":
        raise BadInput(UNPAYABLE, {"amount": "must be left out of what is free"})


def _currency_of(taking: Taking, tickets: Sequence[Ticket], event: Event) -> str:
    if taking.currency is not None:
        return taking.currency
    own = {ticket.currency for ticket in tickets if ticket.currency is not None}
    if len(own) > 1:
        raise BadInput(UNPAYABLE, {"currency": "must be said: these tickets are priced in several"})
    currency = next(iter(own), None) or event_currency(event)
    if currency is None:
        raise BadInput(UNPAYABLE, {"currency": "must be said, like EUR"})
    return currency


def event_currency(event: Event) -> str | None:
    """Return the currency of an event's first price, or None."""
    return next((price.currency for product in event.products for price in product.prices), None)


def minor_of(amount: str, currency: str) -> int:
    """Return an amount in minor units. Raises `BadInput` for one that is none of its currency."""
    try:
        minor = to_minor(amount, currency)
    except ValueError:
        raise BadInput(UNPAYABLE, {"amount": WRONG_AMOUNT}) from None
    if minor >= MOST_MINOR:
        raise BadInput(UNPAYABLE, {"amount": WRONG_AMOUNT})
    return minor
