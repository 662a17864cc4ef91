"""Google Wallet classes and objects: an event as `EventTicketClass`, a ticket as `EventTicketObject`. Pure.

Source: Google's discovery document `walletobjects.v1`, to which the tests hold every field.
"""

from datetime import datetime
from typing import Any

from hub.door.rules import is_expired
from hub.formats.organiser_contact import contact_links
from hub.model.event import Event
from hub.model.refusals import VOID
from hub.model.ticket import Seat, Ticket
from hub.wallet.apple.artwork import ground_of
from hub.wallet.apple.pass_json import local

LANGUAGE = "en"


def class_id(issuer: str, event_id: str) -> str:
    """Return the id of an event's class."""
    return f"{issuer}.{event_id}"


def object_id(issuer: str, ticket_id: str, issue: int) -> str:
    """Return the id of one issue of a ticket: a reissue is another object, so that the old one never shows its code."""
    return f"{issuer}.{ticket_id}.{issue}"


def event_class(issuer: str, organisation: str, event: Event) -> dict[str, Any]:
    """Return the class that an event's passes share."""
    times = {"start": event.starts_at, "end": event.ends_at}
    date_time = {name: local(moment, event) for name, moment in times.items() if moment is not None}
    # Google wants both of a venue, or neither.
    name, address = event.venue or event.address, event.address or event.venue
    venue = {"name": _text(name), "address": _text(address)} if name else None
    return {
        "id": class_id(issuer, event.id),
        "issuerName": organisation[:20],
        "eventName": _text(event.name),
        "reviewStatus": "UNDER_REVIEW",
        "hexBackgroundColor": "#{:02x}{:02x}{:02x}".format(*ground_of(event.id)),
        **({"dateTime": date_time} if date_time else {}),
        **({"venue": venue} if venue else {}),
        # Always there, so that a PATCH takes away what the organiser took away.
        "linksModuleData": {"uris": _links(event)},
    }


def ticket_object(issuer: str, event: Event, ticket: Ticket, code: str, now: datetime) -> dict[str, Any]:
    """Return the object of a ticket in its current state; it is valid until the ticket expires."""
    return {
        "id": object_id(issuer, ticket.id, ticket.issue),
        "classId": class_id(issuer, event.id),
        "state": state_of(ticket, now),
        "ticketHolderName": ticket.name,
        "ticketNumber": ticket.id[:8],
        "barcode": {"type": "QR_CODE", "value": code, "alternateText": ticket.id[:8]},
        "textModulesData": [{"id": "starts", "header": "Begins", "body": f"{ticket.date}, {ticket.time}"}],
        "validTimeInterval": {"end": {"date": local(ticket.expires_at, event)}},
        **({"ticketType": _text(ticket.product)} if ticket.product else {}),
        **({"seatInfo": _seat(ticket.seat)} if ticket.seat else {}),
    }


def _links(event: Event) -> list[dict[str, str]]:
    return [
        {"id": link.label.lower(), "uri": link.href, "description": f"{link.label}: {link.text}"}
        for link in contact_links(event.contact)
    ]


def _seat(seat: Seat) -> dict[str, Any]:
    """Return a seat as Google's `EventSeat`."""
    named = {"section": seat.block, "row": seat.row, "seat": seat.seat}
    return {name: _text(text) for name, text in named.items() if text is not None}


def ended_object() -> dict[str, Any]:
    """Return the patch that ends the object of a deleted or reissued ticket: expired, without name and code."""
    return {"state": "EXPIRED", "ticketHolderName": "", "barcode": None}


def state_of(ticket: Ticket, now: datetime) -> str:
    """Return the object's state: Google shows only active ones among upcoming passes."""
    if is_expired(ticket, now):
        return "EXPIRED"
    return "INACTIVE" if ticket.status in VOID else "ACTIVE"


def _text(value: str | None) -> dict[str, Any]:
    return {"defaultValue": {"language": LANGUAGE, "value": value or ""}}
