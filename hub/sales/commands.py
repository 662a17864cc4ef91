"""Idempotent commands on tickets that are booked: no double tap takes money, or sends a mail, twice. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec
from typing_extensions import override

from hub.errors import BadInput
from hub.model.command import Change, IdempotencyRecord, Key, UnitOfWork
from hub.model.payment import Till, till_id
from hub.model.ticket import Ticket
from hub.sales.payments import Taking, pay
from hub.sales.refunds import Refund, give_back
from hub.tickets.changes import ResendTickets
from hub.tickets.seats import Seats
from hub.tickets.service import ChangeTickets

REMEMBERED_FOR = timedelta(hours=24)
ENTRIES_EACH = 2
"""Journal entries of one ticket: that it is paid, and the money."""


class MoveMoney(ChangeTickets):
    """Command: take the money for tickets, or give it back; once for an idempotency key."""

    def __init__(self, seen: Sequence[Ticket], seats: Seats, move: Taking | Refund, idempotency: str | None) -> None:
        super().__init__(seen, seats, pay(move) if isinstance(move, Taking) else give_back(move))
        self._till = till_id(seen[0].event, move.holder)
        self._event = seen[0].event
        self._idempotency = idempotency
        bound = [type(move).__name__, msgspec.to_builtins(move), sorted({ticket.reservation for ticket in seen})]
        self._hash = hashlib.sha256(msgspec.json.encode(bound)).hexdigest()[:32]

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield Till, self._till
        if self._idempotency is not None:
            yield IdempotencyRecord, self._idempotency

    @override
    def decide(self, unit: UnitOfWork) -> Change[list[Ticket]]:
        """Move the money; of a key that was used, return the tickets as they are now.

        Raises `BadInput` (`idempotency_mismatch`) for a key that another request used, and what the move refuses with.
        """
        remembered = unit.find(IdempotencyRecord, self._idempotency) if self._idempotency else None
        if remembered is not None:
            check_same(remembered, self._hash)
            return Change(answer=[])
        change = super().decide(unit)
        change.put += remember(self._idempotency, self._event, self._hash, unit)
        return change


class ResendOnce(ResendTickets):
    """Command: have a reservation's tickets mailed again, once for an idempotency key."""

    def __init__(self, reservation_id: str, idempotency: str) -> None:
        super().__init__(reservation_id)
        self._idempotency = idempotency

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield IdempotencyRecord, self._idempotency

    @override
    def decide(self, unit: UnitOfWork) -> Change[None]:
        if unit.find(IdempotencyRecord, self._idempotency) is not None:
            return Change(answer=None)
        change = super().decide(unit)
        change.put += remember(self._idempotency, unit.event.id, "", unit)
        return change


def check_same(remembered: IdempotencyRecord, bound: str) -> None:
    """Raise `BadInput` where an idempotency key was used for another request than the one that hashes to `bound`."""
    if remembered.hash != bound:
        raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")


def remember(
    idempotency: str | None, event: str, bound: str, unit: UnitOfWork, answer: bytes = b"{}"
) -> list[IdempotencyRecord]:
    """Return the record of a request that came with an idempotency key; none without one."""
    if idempotency is None:
        return []
    until = unit.now + REMEMBERED_FOR
    return [IdempotencyRecord(id=idempotency, event=event, hash=bound, answer=answer, expires_at=until)]
