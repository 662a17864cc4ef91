"""Corrections: changes of existing tickets by a seller's newer list. Pure.

A list says something new of a ticket where its row is another than last time. What was changed here meanwhile (a name
corrected, a ticket blocked or paid at the box office) stays, unless the list says something new of that ticket.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from hub.door.rules import is_expired
from hub.door.ticket_state import fold, rule_of
from hub.formats.name_search import words_of
from hub.formats.phone import phone_words
from hub.importing.file.rows import Row
from hub.importing.file.showings import Times
from hub.importing.moves import Move
from hub.model.base import TicketStatus
from hub.model.event import Event
from hub.model.imports import Known
from hub.model.ticket import Details, Reservation, Sold, Ticket, details_of
from hub.tickets.orders import Guest, full_name, ticket_columns
from hub.tickets.pricing import amount_for

Kind = Literal["changed", "canceled", "unchanged"]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Correction of a ticket by a row: its fields, and its reservation's e-mail address."""

    row: int
    kind: Kind
    seen: Ticket
    """The ticket as it was compared."""
    fields: dict[str, Any]
    email: str | None = None
    sold_status: TicketStatus
    digest: str

    def of(self, ticket: Ticket, import_id: str) -> Ticket:
        """Return the ticket, corrected; one whose money was taken here meanwhile is valid where the row says unpaid."""
        after = msgspec.structs.replace(ticket, **self.fields, sold=self._sold(import_id))
        if "status" in self.fields:
            after = msgspec.structs.replace(after, status=_paid_here(ticket, after.status))
        return msgspec.structs.replace(after, **ticket_columns(details_of(after)))

    @property
    def move(self) -> Move | None:
        """Where it takes a seat, and which it leaves for that; None where it takes none."""
        before, after = self.seen, msgspec.structs.replace(self.seen, **self.fields)
        holds = before.status != "canceled"
        if after.status == "canceled" or (holds and before.showing == after.showing):
            return None
        return Move(name=self.row, source=before.showing if holds else None, target=after.showing)

    @property
    def exchange(self) -> Move | None:
        """The product that it takes a ticket of within a showing, and which it leaves for that; None where it stays."""
        before, after = self.seen, msgspec.structs.replace(self.seen, **self.fields)
        is_within = before.showing == after.showing and "canceled" not in (before.status, after.status)
        if not is_within or before.product == after.product:
            return None
        source, target = (part_key(each.showing, each.product) for each in (before, after))
        return Move(name=self.row, source=source, target=target)

    def is_done(self, ticket: Ticket, import_id: str) -> bool:
        """Return whether an import made a ticket what the row says, whatever was changed here since."""
        return ticket.sold == self._sold(import_id)

    def _sold(self, import_id: str) -> Sold:
        return Sold(status=self.sold_status, row=self.digest, by=import_id)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Comparison of a row with an existing ticket: a correction, or why it is left although there would be one."""

    correction: Correction | None = None
    why: Literal["scanned", "expired"] | None = None


def part_key(showing: str, product: str | None) -> str:
    """Return the key of a product's tickets of a showing among the places of moves; none is that of a showing."""
    return f"{showing}#{product or ''}"


def compare(row: Row, known: Known, times: Times, *, is_own: bool) -> Compared:
    """Return the comparison of a row with the ticket that it names."""
    assert known.ticket is not None
    correction = _correct(row, known, times, is_own=is_own)
    why = None if correction is None else why_untouched(known.ticket, times.event, times.now)
    if correction is None or (correction.kind == "unchanged" and why is not None):
        return Compared()
    return Compared(correction=None if why else correction, why=why)


def row_digest(row: Row) -> str:
    """Return a hash of a row's statements on its ticket."""
    guest, showing = row.guest, row.showing.id if row.showing else None
    said = [guest.first_name, guest.last_name, guest.product, guest.price, row.phone_number, row.email, showing]
    details = (
        [guest.details] if guest.details != Details() else []
    )  # so that rows without are known from before there were any
    return hashlib.sha256(msgspec.json.encode([*said, row.status, *details])).hexdigest()[:24]


def _correct(row: Row, known: Known, times: Times, *, is_own: bool) -> Correction | None:
    """Return the correction by a row of the ticket that it names; None where nothing differs."""
    ticket = known.ticket
    assert ticket is not None
    digest = row_digest(row)
    is_coded_anew = row.guest.barcode is not None and row.guest.barcode != ticket.barcode
    if ticket.sold is not None and ticket.sold.row == digest and not is_coded_anew:
        return None
    fields = {} if row.status == "canceled" else _holder(row, ticket, times) | _place(row, ticket, times)
    if is_coded_anew and row.status != "canceled":
        fields["barcode"] = row.guest.barcode
    said = row.status if row.says_status else None
    if (status := status_after(ticket, said)) != ticket.status:
        fields["status"] = status
    email = None if ticket.handed_on else _email(row, known.reservation, is_own=is_own)
    sold_before = ticket.sold.status if ticket.sold else None
    kind: Kind = "canceled" if fields.get("status") == "canceled" else "changed" if fields or email else "unchanged"
    if kind == "unchanged" and sold_before in (None, said):
        return None
    sold_status = said or sold_before or ticket.status
    return Correction(
        row=row.number, kind=kind, seen=ticket, fields=fields, email=email, sold_status=sold_status, digest=digest
    )


def status_after(ticket: Ticket, said: TicketStatus | None) -> TicketStatus:
    """Return a ticket's state after a list with the state `said`: the list's where that is news, else the one here.

    A ticket whose money was taken here is never unpaid again by a list.
    """
    return ticket.status if said is None else _paid_here(ticket, _news(ticket, said))


def _paid_here(ticket: Ticket, status: TicketStatus) -> TicketStatus:
    return "valid" if status == "unpaid" and ticket.payment is not None else status


def _news(ticket: Ticket, said: TicketStatus) -> TicketStatus:
    before = ticket.sold.status if ticket.sold else None
    if said == before:
        return ticket.status
    if said == "canceled":
        return said
    if before is None:
        news = {("unpaid", "valid"), ("valid", "blocked"), ("unpaid", "blocked")}
        return said if (ticket.status, said) in news else ticket.status
    if ticket.status == "blocked" and before != "blocked":
        return ticket.status
    return said


def why_untouched(ticket: Ticket, event: Event, now: datetime) -> Literal["scanned", "expired"] | None:
    """Reason to leave a ticket as it is, whatever a list says of it; None where it may be changed."""
    if fold(ticket, rule_of(ticket, event)).is_scanned:
        return "scanned"
    return "expired" if is_expired(ticket, now) else None


def _holder(row: Row, ticket: Ticket, times: Times) -> dict[str, Any]:
    """Fields of a ticket's holder and kind that a row changes; those that it leaves empty stay.

    A ticket that was handed on keeps its holder: its seller knows the one before.
    """
    guest = row.guest
    fields: dict[str, Any] = {} if ticket.handed_on else _named(row, ticket, times)
    for field in ("product", "price"):
        if (said := getattr(guest, field)) and said != getattr(ticket, field):
            fields[field] = said
    return fields | _cost(fields, ticket, times.event) | _details(guest.details, ticket)


def _cost(fields: Mapping[str, Any], ticket: Ticket, event: Event) -> dict[str, Any]:
    """Price of a ticket booked here where `fields` change its product or price; None where not known."""
    if ticket.import_id is not None or not {"product", "price"} & fields.keys():
        return {}
    product, price = fields.get("product", ticket.product), fields.get("price", ticket.price)
    amount = amount_for(event, Guest(first_name="", last_name="", product=product, price=price))
    return {"amount": amount.minor if amount else None, "currency": amount.currency if amount else None}


def _details(said: Details, ticket: Ticket) -> dict[str, Any]:
    """Return the fields for the door that a row changes; parts of a seat and answers that it does not name stay."""
    after = msgspec.structs.asdict(said.over(details_of(ticket)))
    return {name: value for name, value in after.items() if value != getattr(ticket, name)}


def _named(row: Row, ticket: Ticket, times: Times) -> dict[str, Any]:
    guest = row.guest
    fields: dict[str, Any] = {}
    if (name := full_name(guest)) and name != ticket.name:
        fields |= {"name": name, "first_name": guest.first_name, "last_name": guest.last_name, "words": words_of(name)}
    if row.phone_number and row.phone_number != ticket.phone_number:
        fields |= {"phone_number": row.phone_number, "phones": phone_words(row.phone_number, times.country)}
    return fields


def _place(row: Row, ticket: Ticket, times: Times) -> dict[str, Any]:
    showing = row.showing
    if showing is None or not row.says_time or showing.id == ticket.showing:
        return {}
    return {
        "showing": showing.id,
        "date": showing.date,
        "time": showing.time,
        "starts_at": showing.starts_at,
        "expires_at": times.expiry(showing),
        "phone_count": None,
    }


def _email(row: Row, reservation: Reservation | None, *, is_own: bool) -> str | None:
    """Return the new address of a buyer; where each guest has an address, it is the buyer's of one ticket only."""
    if row.email is None or reservation is None or row.email == reservation.email:
        return None
    return row.email if is_own or reservation.tickets_count == 1 else None
