"""Refunds of payments, whole or in part: each is journaled with the change of its ticket and of its till. Pure."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from hub.door.payment import payment_entry, till_of
from hub.errors import BadInput, Conflict
from hub.formats.money import money_text
from hub.model.command import Change, NewEntry, UnitOfWork
from hub.model.payment import Method, Payment, allocated, booked_in
from hub.model.ticket import Ticket
from hub.sales.payments import minor_of
from hub.tickets.changes import Act, TicketsChange

UNRETURNABLE = "It cannot be given back"


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Refund of tickets: by whom, how, and how much of what was taken for all of them together."""

    holder: str
    method: Method | None = None
    """None: as each was paid."""
    amount: str | UnsetType = UNSET
    """A decimal in the currency of the payments; UNSET: all that is left of them.

    It is then no part of what an idempotency key is bound to, so that a retry counts as the same over an update.
    """


def give_back(refund: Refund) -> Act:
    """Return the act that gives back what was paid for tickets, or a part of it.

    Once all of it is given back, valid tickets are unpaid again; after a part they stay as they are. It raises
    `Conflict`: `not_paid` where no payment of them is known, `more_than_taken` for more than is left of it; and
    `BadInput` for an amount that is none.
    """

    def returned(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        shares, is_whole = _shares(refund.amount, tickets)
        change: TicketsChange = Change(answer=[])
        moved = []
        for ticket in tickets:
            if ticket.payment is None or ticket.id not in shares:
                change.answer.append(ticket)
                continue
            share = shares[ticket.id]
            after = _unpaid(ticket, unit) if is_whole else _less(ticket, ticket.payment, share)
            payment = _moved(ticket.payment, share, refund)
            moved.append(payment)
            change.answer.append(after)
            change.put.append(after)
            change.entries += _entries(ticket, after, payment, refund.holder)
        change.put.append(booked_in(till_of(unit, refund.holder), moved, unit.now, is_refund=True))
        return change

    return returned


def _shares(amount: str | UnsetType, tickets: Sequence[Ticket]) -> tuple[dict[str, int], bool]:
    """Return what is given back for each ticket, by id, in minor units, and whether that is all that is left."""
    left = {ticket.id: ticket.payment.left for ticket in tickets if ticket.payment is not None}
    most = sum(left.values())
    if not left or (amount is not UNSET and most == 0):
        raise Conflict("not_paid", "No payment for it was taken here, so none can be given back")
    if amount is UNSET:
        return left, True
    currency = _currency_of(tickets)
    total = minor_of(amount, currency)
    if total == 0:
        raise BadInput(UNRETURNABLE, {"amount": "must be more than 0"})
    if total > most:
        raise Conflict("more_than_taken", f"At most {money_text(most, currency)} can be given back")
    shares = dict(zip(left, allocated(total, [*left.values()]), strict=True))
    return (left, True) if total == most else ({name: share for name, share in shares.items() if share}, False)


def _currency_of(tickets: Sequence[Ticket]) -> str:
    own = {ticket.payment.currency for ticket in tickets if ticket.payment is not None and ticket.payment.left}
    currency = next(iter(own), None)
    if len(own) != 1 or currency is None:
        raise BadInput(UNRETURNABLE, {"amount": "must be left out: these tickets were paid in several currencies"})
    return currency


def _less(ticket: Ticket, payment: Payment, share: int) -> Ticket:
    """Return a ticket less a part of its payment."""
    less = msgspec.structs.replace(payment, returned=payment.returned + share)
    return msgspec.structs.replace(ticket, payment=less)


def _unpaid(ticket: Ticket, unit: UnitOfWork) -> Ticket:
    """Return a ticket without its payment; a valid one is unpaid."""
    after = msgspec.structs.replace(ticket, paid=False, payment=None)
    return msgspec.structs.replace(after, status="unpaid", held_from=unit.now) if ticket.status == "valid" else after


def _moved(payment: Payment, share: int, refund: Refund) -> Payment:
    """Return the money that goes back, as the journal and the till have it."""
    return Payment(method=refund.method or payment.method, amount=share, currency=payment.currency)


def _entries(before: Ticket, after: Ticket, payment: Payment, holder: str) -> Iterable[NewEntry]:
    if before.status == "valid" and after.status == "unpaid":
        yield NewEntry(kind="ticket.unpaid", ticket=before.id, data={"showing": before.showing})
    yield payment_entry("payment.returned", before, payment, holder, None)
