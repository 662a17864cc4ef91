"""What a door is answered: verdict, ticket and reservation, in the words of scan-api.md. Pure."""

from datetime import datetime
from typing import Any

from hub.door.rules import Verdict, status_label
from hub.door.ticket_state import State
from hub.model.access import Device
from hub.model.event import Door, Event
from hub.model.ticket import Ticket


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """Return the part of an answer that every verdict has."""
    answer = {"success": verdict.is_passed, "message": verdict.message, "code": verdict.code, **verdict.details}
    return answer if verdict.is_passed else {**answer, "error": verdict.message}


def ticket_view(ticket: Ticket, event: Event, state: State, at: datetime) -> dict[str, Any]:
    """Return a ticket as doors see it, names left to `with_names`."""
    last = state.last
    return {
        "uuid": ticket.id,
        "status": status_label(ticket, state, at),
        "is_scanned": state.is_scanned,
        "event": event.name,
        "date": ticket.date,
        "time": ticket.time,
        "first_name": None,
        "last_name": None,
        "price": ticket.price,
        "product": ticket.product,
        "custom_form": custom_form(ticket),
        "scanned_by": last.device if last else None,
        "scanned_at": last.at.isoformat() if last else None,
    }


def reservation_view(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket's reservation as doors see it."""
    return {"uuid": ticket.reservation, "tickets_count": ticket.tickets_count}


def with_names(answer: dict[str, Any], ticket: Ticket | None) -> dict[str, Any]:
    """Return `answer` with the holder's name joined: it is kept nowhere but with the ticket."""
    if ticket is None or "ticket" not in answer:
        return answer
    return {**answer, "ticket": answer["ticket"] | {"first_name": ticket.first_name, "last_name": ticket.last_name}}


def custom_form(ticket: Ticket) -> dict[str, str] | None:
    """Return the guest's answers to the event's questions, as TiBillet's phone shows them; None without any."""
    return {field.name: field.value for field in ticket.fields} or None


def notice_of(ticket: Ticket, event: Event) -> str | None:
    """Return what the door is to be told about this ticket: its own notice, else its product's."""
    if ticket.notice is not None:
        return ticket.notice
    return next((product.notice for product in event.products if product.name == ticket.product), None)


def previous_view(device: Device | None, door: Door | None) -> dict[str, Any]:
    """Return who let a ticket in before, and where, by name."""
    return {"scanned_by_name": device.name if device else None, "scanned_at_door": door.name if door else None}
