"""Answers of tills: as they stand (X report), and as they were closed (Z report). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from hub.formats.money import decimal_text
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.payment import Cash, Float, Method, Till, TillSum, expected_cash
from hub.model.report import Who, named
from hub.sales.payments import event_currency
from hub.sales.takings import amount_text
from hub.tickets.booking import AmountView


class TillLine(msgspec.Struct, kw_only=True):
    """Payments of one method in one currency."""

    method: Method
    currency: str | None
    payments: int
    taken: str
    refunds: int
    returned: str
    net: str


class CashCount(msgspec.Struct, kw_only=True):
    """Cash of a closing; `difference` is too much, or below zero missing."""

    currency: str
    expected: str
    counted: str
    difference: str


class TillView(msgspec.Struct, kw_only=True):
    """Till as it stands: payments since it was closed last, and the cash expected in it."""

    holder: Who
    number: int
    opened_at: datetime | None
    floats: list[AmountView]
    lines: list[TillLine]
    expected: list[AmountView]


class ClosingView(msgspec.Struct, kw_only=True):
    """Closing of a till: it stands in the journal under `seq`, and changes no more."""

    holder: Who
    number: int
    seq: int
    at: datetime
    by: Who | None
    opened_at: datetime
    floats: list[AmountView]
    lines: list[TillLine]
    cash: list[CashCount]
    note: str | None


class TillsAnswer(msgspec.Struct, kw_only=True):
    """Tills of an event and their closings, the newest first."""

    currency: str | None
    """The event's, for a float."""
    tills: list[TillView]
    closings: list[ClosingView]
    """The newest; all of them are a list of their own."""


class Closing(msgspec.Struct, kw_only=True):
    """Data of the journal entry of a closing."""

    holder: str
    number: int
    opened_at: datetime
    floats: list[Float]
    sums: list[TillSum]
    cash: list[Cash]
    note: str | None = None


def describe_tills(
    event: Event, tills: Sequence[Till], closings: Iterable[Entry], who: Mapping[str, Who]
) -> TillsAnswer:
    """Return tills and their newest closings."""
    return TillsAnswer(
        currency=event_currency(event),
        tills=[describe_till(till, who) for till in tills],
        closings=describe_closings(closings, who),
    )


def describe_closings(closings: Iterable[Entry], who: Mapping[str, Who]) -> list[ClosingView]:
    """Return closings of tills; an entry that cannot be read is left out."""
    read = ((entry, closing_of(entry)) for entry in closings)
    return [_closing(entry, closing, who) for entry, closing in read if closing is not None]


def people_of(closings: Iterable[Entry]) -> set[str]:
    """Return the ids of the holders of closed tills, and of those who closed them."""
    return {known for entry in closings for known in (entry.device or "", str(entry.data.get("holder", "")))}


def closing_of(entry: Entry) -> Closing | None:
    """Return the data of a closing's entry; None where it cannot be read."""
    try:
        return msgspec.convert(entry.data, Closing)
    except msgspec.ValidationError:
        return None


def describe_till(till: Till, who: Mapping[str, Who]) -> TillView:
    """Return a till as it stands."""
    cash = sorted(expected_cash(till).items())
    return TillView(
        holder=_who(till.holder, who),
        number=till.number,
        opened_at=till.opened_at,
        floats=_floats(till.floats),
        lines=_lines(till.sums),
        expected=[AmountView(amount=decimal_text(minor, currency), currency=currency) for currency, minor in cash],
    )


def _closing(entry: Entry, closing: Closing, who: Mapping[str, Who]) -> ClosingView:
    return ClosingView(
        holder=_who(closing.holder, who),
        number=closing.number,
        seq=entry.seq,
        at=entry.at,
        by=named(entry.device, who),
        opened_at=closing.opened_at,
        floats=_floats(closing.floats),
        lines=_lines(closing.sums),
        cash=[
            CashCount(
                currency=each.currency,
                expected=decimal_text(each.expected, each.currency),
                counted=decimal_text(each.counted, each.currency),
                difference=decimal_text(each.difference, each.currency),
            )
            for each in closing.cash
        ],
        note=closing.note,
    )


def _who(known_by: str, who: Mapping[str, Who]) -> Who:
    return who.get(known_by) or Who(id=known_by, kind=None, name=None)


def _floats(floats: Iterable[Float]) -> list[AmountView]:
    return [AmountView(amount=decimal_text(each.amount, each.currency), currency=each.currency) for each in floats]


def _lines(sums: Iterable[TillSum]) -> list[TillLine]:
    return [
        TillLine(
            method=each.method,
            currency=each.currency,
            payments=each.payments,
            taken=amount_text(each.taken, each.currency),
            refunds=each.refunds,
            returned=amount_text(each.returned, each.currency),
            net=amount_text(each.net, each.currency),
        )
        for each in sorted(sums, key=lambda each: (each.method, each.currency or ""))
    ]
