"""Answers of the door as typed data: verdict, ticket and reservation, in the words of scan-api.md. Pure."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from hub.door.payment import DoorPayment
from hub.door.rules import Verdict, status_label
from hub.door.ticket_state import State
from hub.errors import HubError
from hub.formats.money import decimal_text
from hub.model.access import Device
from hub.model.event import Door, Event, product_named
from hub.model.refusals import PASSED
from hub.model.ticket import Seat, Ticket


class DetailsView(msgspec.Struct, kw_only=True):
    """Details of a ticket that its event shows to doors, in an answer and in a manifest; UNSET: it has none."""

    seat: Seat | UnsetType = UNSET
    fields: dict[str, str] | UnsetType = UNSET


class TicketView(DetailsView, kw_only=True):
    """A ticket as doors see it; all that is personal is left to `with_guest`. Times are ISO 8601 in UTC."""

    uuid: str
    status: str
    is_scanned: bool
    event: str
    date: str
    time: str
    first_name: str | None = None
    last_name: str | None = None
    price: str | None = None
    product: str | None = None
    custom_form: dict[str, str] | None = None
    """The guest's answers to the event's questions, as TiBillet's phone shows them."""
    scanned_by: str | None = None
    scanned_at: str | None = None
    language: str | UnsetType = UNSET
    """Tag of the language that the guest booked in, where that is known."""


class ReservationView(msgspec.Struct, kw_only=True):
    """A ticket's reservation as doors see it."""

    uuid: str
    tickets_count: int


class PassedTicket(msgspec.Struct, kw_only=True):
    """One ticket of a party that goes through."""

    uuid: str
    code: str


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Amount to be paid for a ticket: an exact decimal, and its currency."""

    amount: str
    currency: str


class Would(msgspec.Struct, kw_only=True):
    """Outcome that a scan would have now, for a check."""

    admit: bool
    code: str


class DoorAnswer(msgspec.Struct, kw_only=True):
    """Answer to a scan, check, undo or headcount; fields that are UNSET are absent (scan-api.md, every outcome).

    `status` is the HTTP status where the answer stands in a batch, with the `nonce` of its scan.
    """

    status: int | UnsetType = UNSET
    success: bool
    message: str
    code: str | UnsetType = UNSET
    # What a verdict has of its own
    reason_detail: str | UnsetType = UNSET
    seconds_ago: int | UnsetType = UNSET
    same_device: bool | UnsetType = UNSET
    opens_at: str | UnsetType = UNSET
    """From when it is admitted, or its door is open, of one that is too early."""
    closes_at: str | UnsetType = UNSET
    place: str | UnsetType = UNSET
    """The door, where it is the door that is not open; absent where it is the ticket's own time."""
    doors: list[str] | UnsetType = UNSET
    limit: int | UnsetType = UNSET
    zone: str | UnsetType = UNSET
    fits: int | UnsetType = UNSET
    shows: str | UnsetType = UNSET
    error: str | UnsetType = UNSET
    # What was found
    ticket: TicketView | UnsetType = UNSET
    reservation: ReservationView | UnsetType = UNSET
    would: Would | UnsetType = UNSET
    due: Due | UnsetType = UNSET
    paid: DoorPayment | UnsetType = UNSET
    """What was taken with this scan."""
    scanned_by_name: str | UnsetType | None = UNSET
    scanned_at_door: str | UnsetType | None = UNSET
    notice: str | UnsetType = UNSET
    conflict: str | UnsetType = UNSET
    seq: int | UnsetType = UNSET
    tickets: list[PassedTicket] | UnsetType = UNSET
    admitted_count: int | UnsetType = UNSET
    remaining: int | UnsetType = UNSET
    headcount: int | UnsetType = UNSET
    inside: int | UnsetType = UNSET
    replayed: bool | UnsetType = UNSET
    decided_by: Literal["relay"] | UnsetType = UNSET
    """Of a relay that decided alone: the phone keeps the scan until the hub has it (docs/relay.md)."""
    nonce: Any = UNSET
    """As it was sent, whatever it is."""


StatusAnswer = tuple[int, DoorAnswer]
"""An HTTP status, and the answer."""


class BatchAnswer(msgspec.Struct, kw_only=True):
    """Answer to a batch: a result for each scan, in their order; `held`: it waits for the organiser."""

    success: bool = True
    held: bool | UnsetType = UNSET
    results: list[DoorAnswer]


def verdict_answer(verdict: Verdict) -> DoorAnswer:
    """Return the part of an answer that every verdict has."""
    error = UNSET if verdict.is_passed else verdict.message
    return DoorAnswer(
        success=verdict.is_passed, message=verdict.message, code=verdict.code, error=error, **verdict.details
    )


def error_answer(error: HubError) -> DoorAnswer:
    """Return an error as the result of one scan of a batch."""
    return DoorAnswer(status=error.status, success=False, code=error.code, message=error.message, error=error.message)


def ticket_view(ticket: Ticket, event: Event, state: State, at: datetime) -> TicketView:
    """Return a ticket as doors see it, all that is personal left to `with_guest`."""
    last = state.last
    return TicketView(
        uuid=ticket.id,
        status=status_label(ticket, state, at),
        is_scanned=state.is_scanned,
        event=event.name,
        date=ticket.date,
        time=ticket.time,
        price=ticket.price,
        product=ticket.product,
        scanned_by=last.device if last else None,
        scanned_at=last.at.isoformat() if last else None,
    )


def reservation_view(ticket: Ticket) -> ReservationView:
    """Return a ticket's reservation as doors see it."""
    return ReservationView(uuid=ticket.reservation, tickets_count=ticket.tickets_count)


def with_guest(answer: DoorAnswer, ticket: Ticket | None, event: Event) -> DoorAnswer:
    """Copy of `answer` with the holder's name and the ticket's fields that `event` shows at the door.

    All of it is kept nowhere but with the ticket, so it is joined each time an answer leaves; what is remembered of an
    answer never holds it.
    """
    if ticket is None or answer.ticket is UNSET:
        return answer
    view = replace(answer.ticket, first_name=ticket.first_name, last_name=ticket.last_name)
    view.language = ticket.language or UNSET
    named = replace(answer, ticket=view)
    add_details(view, ticket, event)
    view.custom_form = None if view.fields is UNSET else view.fields
    if (answer.code in PASSED or answer.would is not UNSET) and (notice := notice_of(ticket, event)):
        named.notice = notice
    named.due = due_of(ticket) or UNSET
    return named


def due_of(ticket: Ticket) -> Due | None:
    """Amount due for a ticket; None where it is not unpaid, money was taken, or the price is unknown."""
    if ticket.status != "unpaid" or ticket.payment is not None or not ticket.amount or not ticket.currency:
        return None
    return Due(amount=decimal_text(ticket.amount, ticket.currency), currency=ticket.currency)


def add_details(view: DetailsView, ticket: Ticket, event: Event, *, with_answers: bool = True) -> None:
    """Add to `view` the ticket's details that its event shows; the guest's answers `with_answers` only."""
    view.seat = seat_of(ticket, event) or UNSET
    if with_answers:
        view.fields = custom_form(ticket, event) or UNSET


def custom_form(ticket: Ticket, event: Event) -> dict[str, str] | None:
    """Return the guest's answers to the event's questions, as TiBillet's phone shows them; None without any."""
    if not ticket.fields or "fields" not in event.door_shows:
        return None
    return {field.name: field.value for field in ticket.fields}


def seat_of(ticket: Ticket, event: Event) -> Seat | None:
    """Return the ticket's seat as a door is shown it; None where it has none, or it is hidden."""
    return ticket.seat if "seat" in event.door_shows else None


def notice_of(ticket: Ticket, event: Event) -> str | None:
    """Return the notice that a door is shown for this ticket: its own, else its product's; None where hidden."""
    if "notice" not in event.door_shows:
        return None
    if ticket.notice is not None:
        return ticket.notice
    product = product_named(event, ticket.product)
    return None if product is None else product.notice


def question_of(ticket: Ticket, event: Event) -> str | None:
    """Return the question that a door answers before it admits this ticket: its product's, else the event's."""
    product = product_named(event, ticket.product)
    return (product.confirm if product is not None else None) or event.confirm


def add_previous(answer: DoorAnswer, device: Device | None, door: Door | None) -> None:
    """Add who let a ticket in before, and where, by name."""
    answer.scanned_by_name = device.name if device else None
    answer.scanned_at_door = door.name if door else None
