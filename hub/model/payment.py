"""Payments, and the tills that hold their money: facts of the journal, in whole minor units. Plain data, pure.

A payment of a ticket is an entry `payment.taken`, one that is given back an entry `payment.returned`; each moves the
till of who took the money in the same unit of work, so that a till is the fold of the entries since it was closed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from hub.model.base import Count, Document, EntryData

Method = Literal["cash", "card", "transfer", "free"]
MOST_MINOR = 10**13
"""An amount is below this many minor units."""


class Payment(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Payment of one ticket: its method and its amount in minor units of `currency`."""

    method: Method
    amount: Count = 0
    currency: str | None = None
    """None where nothing was to be paid and no currency is known."""
    at: datetime | None = None
    by: str | None = None
    """The user, key or device who took it."""
    returned: Count = 0
    """What of the amount was given back."""
    taken_here: int | None = None
    """On a relay: the number there of the scan with which it was taken, until the hub knows of it (docs/relay.md)."""

    @property
    def left(self) -> int:
        """Amount less what was refunded, in minor units."""
        return self.amount - self.returned


class PaymentData(EntryData, frozen=True, kw_only=True):
    """Data of `payment.taken` and `payment.returned`, by which takings are added up; the amount is in minor units."""

    showing: str | UnsetType = UNSET
    product: str | UnsetType = UNSET
    price: str | UnsetType = UNSET
    method: Method | UnsetType = UNSET
    amount: int | UnsetType = UNSET
    currency: str | UnsetType | None = UNSET


class TillSum(msgspec.Struct, frozen=True, kw_only=True):
    """Sum of a till's payments of one method in one currency, since it was opened."""

    method: Method
    currency: str | None
    taken: Count = 0
    returned: Count = 0
    payments: Count = 0
    """How many payments came in."""
    refunds: Count = 0

    @property
    def net(self) -> int:
        """Payments less refunds, in minor units."""
        return self.taken - self.returned


class Float(msgspec.Struct, frozen=True, kw_only=True):
    """Float: change money that a till was opened with."""

    currency: str
    amount: Count


class Cash(msgspec.Struct, frozen=True, kw_only=True):
    """Cash of a closing in one currency, in minor units; below zero `difference` is missing."""

    currency: str
    expected: int
    counted: int
    difference: int


class TillData(EntryData, frozen=True, kw_only=True):
    """Data of `till.opened` and, from `opened_at` on, of `till.closed`."""

    holder: str | UnsetType = UNSET
    number: int | UnsetType = UNSET
    floats: list[Float] | UnsetType = UNSET
    opened_at: str | UnsetType = UNSET
    sums: list[TillSum] | UnsetType = UNSET
    cash: list[Cash] | UnsetType = UNSET
    note: str | UnsetType = UNSET


class Till(Document, kw_only=True):
    """Till: the money that one user, key or device holds for one event, since its last closing."""

    id: str
    event: str
    holder: str
    number: Count = 1
    """The number that its next closing gets."""
    floats: list[Float] = []
    sums: list[TillSum] = []
    opened_at: datetime | None = None
    """When it was opened with a float, or took its first payment."""


def till_id(event: str, holder: str) -> str:
    """Return the id of the till of `holder` at an event."""
    return f"{event}/{holder}"


def booked_in(till: Till, payments: Sequence[Payment], now: datetime, *, is_refund: bool = False) -> Till:
    """Return a till with payments taken, or given back."""
    sums = {(each.method, each.currency): each for each in till.sums}
    for payment in payments:
        key = payment.method, payment.currency
        before = sums.get(key) or TillSum(method=payment.method, currency=payment.currency)
        sums[key] = _added(before, payment, is_refund=is_refund)
    return msgspec.structs.replace(till, sums=[*sums.values()], opened_at=till.opened_at or now)


def _added(before: TillSum, payment: Payment, *, is_refund: bool) -> TillSum:
    if is_refund:
        return msgspec.structs.replace(before, returned=before.returned + payment.amount, refunds=before.refunds + 1)
    return msgspec.structs.replace(before, taken=before.taken + payment.amount, payments=before.payments + 1)


def expected_cash(till: Till) -> dict[str, int]:
    """Cash expected in a till, by currency: its float and payments, less refunds."""
    cash = {each.currency: each.amount for each in till.floats}
    for each in till.sums:
        if each.method == "cash" and each.currency is not None:
            cash[each.currency] = cash.get(each.currency, 0) + each.net
    return cash


def allocated(total: int, weights: Sequence[int]) -> list[int]:
    """Return `total` shared out by weights, in whole units that add up to it; evenly where all weigh nothing."""
    if not any(weights):
        weights = [1] * len(weights)
    whole, shares, before, weight = sum(weights), [], 0, 0
    for each in weights:
        weight += each
        upto = total * weight // whole
        shares.append(upto - before)
        before = upto
    return shares


class TakenSum(msgspec.Struct, frozen=True, kw_only=True):
    """Sum of payments that are alike, taken or given back, of one event's journal."""

    kind: str
    method: str | None = None
    currency: str | None = None
    product: str | None = None
    price: str | None = None
    showing: str | None = None
    device: str | None = None
    """The user, key or device who took it."""
    door: str | None = None
    amount: int = 0
    count: int = 0
