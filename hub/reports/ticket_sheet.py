"""Ticket sheet: an event's tickets as rows of CSV, as people and the import read them (docs/import.md, export)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.formats.csv_cells import to_cell, to_phone_cell
from hub.formats.csv_heads import answer_head, csv_heads
from hub.formats.money import decimal_text
from hub.language.catalogue import SOURCE, Language, language
from hub.model.event import Event
from hub.model.payment import Payment
from hub.model.ticket import Seat, Ticket

FIELDS: Mapping[str, Callable[[Ticket], object]] = {
    "id": lambda ticket: ticket.id,
    "barcode": lambda ticket: ticket.barcode,
    "reservation": lambda ticket: ticket.reservation,
    "first_name": lambda ticket: ticket.first_name,
    "last_name": lambda ticket: ticket.last_name,
    "phone_number": lambda ticket: ticket.phone_number,
    "product": lambda ticket: ticket.product,
    "price": lambda ticket: ticket.price,
    "date": lambda ticket: ticket.date,
    "time": lambda ticket: ticket.time,
    "paid": lambda ticket: "no" if ticket.status == "unpaid" else "yes",
    "status": lambda ticket: ticket.status,
    "expired": lambda ticket: "yes" if ticket.expired else "no",
    "scans": lambda ticket: len(ticket.scans),
    "booked_at": lambda ticket: ticket.created_at,
}
AFTER_EMAIL: Mapping[str, Callable[[Ticket], object]] = {
    "notice": lambda ticket: ticket.notice,
    "block": lambda ticket: (ticket.seat or Seat()).block,
    "row": lambda ticket: (ticket.seat or Seat()).row,
    "seat": lambda ticket: (ticket.seat or Seat()).seat,
    "amount": lambda ticket: None if ticket.amount is None else decimal_text(ticket.amount, ticket.currency or ""),
    "currency": lambda ticket: ticket.currency,
}
TIMES = ("booked_at_local", "first_entry", "first_entry_local")
PAYMENT = (
    *("payment_method", "payment_amount", "payment_returned", "payment_currency"),
    *("payment_at", "payment_at_local"),
)
"""The columns of the money that was taken here: its amount, and what of it was given back."""
ANSWERS = "answers"
"""The column of answers to questions that have none of their own, as JSON."""
MOST_QUESTIONS = 50
"""Columns of questions: a sheet with more of them is read by nobody."""


class TicketSheet:
    """Rows of one event's tickets. `questions` are those that they have answers to: the first have columns.

    The head is in the language `spoken`, the cells are the same in all.
    """

    def __init__(self, event: Event, questions: Sequence[str] = (), spoken: Language | None = None) -> None:
        self._language = spoken or language(SOURCE)
        self._zone = ZoneInfo(event.timezone)
        self._questions = questions[:MOST_QUESTIONS]
        self._has_more = len(questions) > MOST_QUESTIONS

    @property
    def head(self) -> list[str]:
        """The names of the columns."""
        asked = [to_cell(answer_head(question, self._language)) for question in self._questions]
        named = csv_heads((*FIELDS, "email", *AFTER_EMAIL, *TIMES, *PAYMENT), self._language)
        return [*named, *asked, *(csv_heads([ANSWERS], self._language) if self._has_more else [])]

    def row(self, ticket: Ticket, email: str | None = None) -> list[str]:
        """Return a ticket's cells, with its buyer's address, as the import reads them again."""
        cells = {name: to_cell(value(ticket)) for name, value in FIELDS.items()}
        cells["phone_number"] = to_phone_cell(ticket.phone_number)
        after = [to_cell(value(ticket)) for value in AFTER_EMAIL.values()]
        times, payment = self._times(ticket), self._payment(ticket.payment)
        return [*cells.values(), to_cell(email), *after, *times, *payment, *self._answers(ticket)]

    def _times(self, ticket: Ticket) -> list[str]:
        entered = first_entry(ticket)
        return [to_cell(each) for each in (local(ticket.created_at, self._zone), entered, local(entered, self._zone))]

    def _payment(self, payment: Payment | None) -> list[str]:
        if payment is None:
            return ["" for _ in PAYMENT]
        sums = (payment.amount, payment.returned)
        amount, returned = [payment.currency and decimal_text(each, payment.currency) for each in sums]
        moments = (payment.at, local(payment.at, self._zone))
        return [to_cell(each) for each in (payment.method, amount, returned, payment.currency, *moments)]

    def _answers(self, ticket: Ticket) -> list[str]:
        given = {field.name: field.value for field in ticket.fields}
        cells = [to_cell(given.pop(question, None)) for question in self._questions]
        more = msgspec.json.encode(given).decode() if given else None
        return [*cells, to_cell(more)] if self._has_more else cells


def first_entry(ticket: Ticket) -> datetime | None:
    """Return when a ticket was first let in, as far as it keeps its scans; None for one that never was."""
    kept = [scan.at for scan in ticket.scans if scan.direction == "in" and not scan.undone]
    return min([*(ticket.settled.entered if ticket.settled else ()), *kept], default=None)


def local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """Return a moment by the clock of a zone, to the second, as spreadsheets read it."""
    return None if moment is None else f"{in_zone(moment, zone):%Y-%m-%d %H:%M:%S}"
