"""Payment at the door: the price of an unpaid ticket is taken with the scan that lets it in. Pure."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET

from hub.errors import BadInput, Conflict, NotAllowed
from hub.formats.money import currency_code, money_text, to_minor
from hub.model.access import Principal
from hub.model.command import NewEntry, UnitOfWork
from hub.model.event import Door
from hub.model.kinds import Kind
from hub.model.payment import Payment, PaymentData, Till, booked_in, till_id
from hub.model.ticket import Ticket

RIGHT = "sell"


class DoorPayment(msgspec.Struct, frozen=True, kw_only=True):
    """Payment that a device takes: its method, and the amount that it showed."""

    method: Literal["cash", "card"]
    amount: Annotated[str, msgspec.Meta(max_length=40)]
    currency: Annotated[str, msgspec.Meta(max_length=3)]

    def __post_init__(self) -> None:
        """Write the currency's code as ISO 4217 does."""
        msgspec.structs.force_setattr(self, "currency", currency_code(self.currency))


class TakenAtDoor(msgspec.Struct, frozen=True, kw_only=True):
    """Payment that was taken with a scan: the tickets as they are paid, the till, and the journal's entries."""

    tickets: list[Ticket]
    till: Till
    entries: list[NewEntry]


def check_may_sell(principal: Principal) -> None:
    """Raise `NotAllowed` unless a device may take money."""
    if RIGHT not in principal.may:
        raise NotAllowed("not_allowed", "This device may not sell")


def as_paid(ticket: Ticket) -> Ticket:
    """Return an unpaid ticket as it would be once it is paid; another one as it is."""
    return msgspec.structs.replace(ticket, status="valid", paid=True) if ticket.status == "unpaid" else ticket


def take_at_door(
    unit: UnitOfWork, payment: DoorPayment, owing: Sequence[Ticket], holder: str, door: Door | None
) -> TakenAtDoor:
    """Return the payment of tickets that are unpaid, each with its own amount.

    Raises `Conflict`: `already_paid` where none owes anything, `amount_unknown`, or `amount_changed` where they cost
    something else than the door showed.
    """
    _check_due(payment, owing)
    paid = [_paid(ticket, payment.method, holder, unit) for ticket in owing]
    entries = []
    for ticket, money in paid:
        entries.append(NewEntry(kind="ticket.paid", ticket=ticket.id, data={"showing": ticket.showing}))
        entries.append(payment_entry("payment.taken", ticket, money, holder, door.id if door else None))
    till = booked_in(till_of(unit, holder), [money for _, money in paid], unit.now)
    return TakenAtDoor(tickets=[ticket for ticket, _ in paid], till=till, entries=entries)


def _paid(ticket: Ticket, method: Literal["cash", "card"], holder: str, unit: UnitOfWork) -> tuple[Ticket, Payment]:
    money = Payment(method=method, amount=ticket.amount or 0, currency=ticket.currency, at=unit.now, by=holder)
    return msgspec.structs.replace(as_paid(ticket), payment=money), money


def _check_due(payment: DoorPayment, owing: Sequence[Ticket]) -> None:
    if not owing:
        raise Conflict("already_paid", "No money was taken: it is paid already. Scan it again")
    if any(ticket.amount is None or ticket.currency != payment.currency for ticket in owing):
        raise Conflict("amount_unknown", "No money was taken: what it costs is not known here. Send them to the desk")
    due = sum(ticket.amount or 0 for ticket in owing)
    try:
        shown = to_minor(payment.amount, payment.currency)
    except ValueError:
        errors = {"amount": "must be an amount of its currency, like 20.00"}
        raise BadInput("amount: is no amount", errors, code="bad_request", status=400) from None
    if shown != due:
        sum_due = money_text(due, payment.currency)
        raise Conflict("amount_changed", f"No money was taken: it costs {sum_due} by now. Scan it again")


def payment_entry(kind: Kind, ticket: Ticket, payment: Payment, holder: str, door: str | None) -> NewEntry:
    """Journal entry of a payment, with the fields that takings are added up by."""
    data = PaymentData(
        showing=ticket.showing,
        product=UNSET if ticket.product is None else ticket.product,
        price=UNSET if ticket.price is None else ticket.price,
        method=payment.method,
        amount=payment.amount,
        currency=payment.currency,
    )
    return NewEntry(kind=kind, ticket=ticket.id, device=holder, door=door, data=msgspec.to_builtins(data))


def till_of(unit: UnitOfWork, holder: str) -> Till:
    """Return the till of a user, key or device at this event; a new one where there is none."""
    key = till_id(unit.event.id, holder)
    return unit.find(Till, key) or Till(id=key, event=unit.event.id, holder=holder)
