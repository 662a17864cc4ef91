"""What a door is answered: verdict, ticket and reservation, in the words of scan-api.md. Pure."""

from datetime import datetime
from typing import Any

import msgspec

from hub.door.rules import Verdict, status_label
from hub.door.ticket_state import State
from hub.model.access import Device
from hub.model.event import Door, Event
from hub.model.refusals import PASSED
from hub.model.ticket import Ticket


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """Return the part of an answer that every verdict has."""
    answer = {"success": verdict.is_passed, "message": verdict.message, "code": verdict.code, **verdict.details}
    return answer if verdict.is_passed else {**answer, "error": verdict.message}


def ticket_view(ticket: Ticket, event: Event, state: State, at: datetime) -> dict[str, Any]:
    """Return a ticket as doors see it, all that is personal left to `with_guest`."""
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
        "custom_form": None,
        "scanned_by": last.device if last else None,
        "scanned_at": last.at.isoformat() if last else None,
    }


def reservation_view(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket's reservation as doors see it."""
    return {"uuid": ticket.reservation, "tickets_count": ticket.tickets_count}


def with_guest(answer: dict[str, Any], ticket: Ticket | None, event: Event) -> dict[str, Any]:
    """Return `answer` with the holder's name joined, and with what `event` shows of the ticket beside it.

    All of it is kept nowhere but with the ticket, so it is joined each time an answer leaves.
    """
    if ticket is None or "ticket" not in answer:
        return answer
    told: dict[str, Any] = {"first_name": ticket.first_name, "last_name": ticket.last_name}
    if answers := custom_form(ticket, event):
        told |= {"fields": answers, "custom_form": answers}
    if ticket.seat is not None and "seat" in event.door_shows:
        told["seat"] = msgspec.to_builtins(ticket.seat)
    notice = notice_of(ticket, event) if answer.get("code") in PASSED or "would" in answer else None
    return {**answer, "ticket": answer["ticket"] | told, **({"notice": notice} if notice else {})}


def custom_form(ticket: Ticket, event: Event) -> dict[str, str] | None:
    """Return the guest's answers to the event's questions, as TiBillet's phone shows them; None without any."""
    return ({field.name: field.value for field in ticket.fields} or None) if "fields" in event.door_shows else None


def notice_of(ticket: Ticket, event: Event) -> str | None:
    """Return the notice that a door is shown for this ticket: its own, else its product's; None where hidden."""
    if "notice" not in event.door_shows:
        return None
    return ticket.notice if ticket.notice is not None else _of_product(ticket, event, "notice")


def question_of(ticket: Ticket, event: Event) -> str | None:
    """Return the question that a door answers before it admits this ticket: its product's, else the event's."""
    return _of_product(ticket, event, "confirm") or event.confirm


def _of_product(ticket: Ticket, event: Event, field: str) -> str | None:
    text: str | None
    text = next((getattr(product, field) for product in event.products if product.name == ticket.product), None)
    return text


def previous_view(device: Device | None, door: Door | None) -> dict[str, Any]:
    """Return who let a ticket in before, and where, by name."""
    return {"scanned_by_name": device.name if device else None, "scanned_at_door": door.name if door else None}
