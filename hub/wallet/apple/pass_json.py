"""`pass.json`: the content of a pass as a pure function of event, ticket and settings.

Source: Apple's "Pass" reference (Wallet Passes).
"""

import html
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.door.rules import is_expired
from hub.door.ticket_state import State, fold, rule_of
from hub.formats.organiser_contact import contact_links
from hub.model.event import Event
from hub.model.refusals import VOID
from hub.model.ticket import Seat, Ticket
from hub.wallet.apple.artwork import Colour, ground_of

A_DAY = timedelta(days=1)
MOST_DAYS = 31
"""Dates in one pass; of a season ticket the first month."""
REPLACED = "A new ticket was issued in place of this one: open its link and add it again."
HANDED_ON = "This ticket was handed on: another person has its new code."
STATE_TEXTS = {"canceled": "Cancelled", "unpaid": "Not paid", "blocked": "Blocked"}


class PassView(msgspec.Struct, frozen=True, kw_only=True):
    """Input of `pass.json`: event, ticket, code, token, issuer and time."""

    event: Event
    ticket: Ticket
    code: str
    """The text of the QR."""
    token: str
    """The authentication token of the pass."""
    issue: int
    """The issue that the pass is of; earlier than the ticket's own where it was reissued since."""
    now: datetime
    organisation: str
    pass_type: str
    team: str
    web_service_url: str | None

    @property
    def is_replaced(self) -> bool:
        """Whether the ticket was reissued since."""
        return self.issue < self.ticket.issue

    @property
    def is_past_holders(self) -> bool:
        """Whether the ticket was handed on since: nothing of its next holder is theirs to see."""
        return any(self.issue <= past.issue for past in self.ticket.handed_on)

    @property
    def is_void(self) -> bool:
        """Whether it is good for no entry any more: replaced, cancelled, blocked or expired."""
        ticket = self.ticket
        return self.is_replaced or ticket.status in VOID or is_expired(ticket, self.now)


def pass_json(view: PassView) -> bytes:
    """Return the content of `pass.json`, the same bytes for the same view."""
    return json.dumps(describe_pass(view), ensure_ascii=False, indent=1, sort_keys=True).encode()


def describe_pass(view: PassView) -> dict[str, Any]:
    """Return `pass.json` as a JSON object."""
    event, ticket = view.event, view.ticket
    starts_at = local(ticket.starts_at, event)
    return {
        "formatVersion": 1,
        "passTypeIdentifier": view.pass_type,
        "teamIdentifier": view.team,
        "serialNumber": ticket.id,
        "organizationName": view.organisation,
        "logoText": view.organisation,
        "description": f"Ticket: {event.name}",
        "groupingIdentifier": ticket.reservation,
        **_colours(ground_of(event.id)),
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": view.code,
                "messageEncoding": "iso-8859-1",
                "altText": ticket.id[:8],
            }
        ],
        # iOS 18 reads relevantDate, iOS 26 date; earlier ones know only the one outside the list.
        "relevantDate": starts_at,
        "relevantDates": [{"relevantDate": day, "date": day} for day in _days(event, ticket)],
        "expirationDate": local(ticket.expires_at, event),
        "voided": view.is_void,
        "semantics": _semantics(event, ticket),
        "eventTicket": _fields(view),
        "authenticationToken": view.token,
        **({"webServiceURL": view.web_service_url} if view.web_service_url else {}),
    }


def state_text(view: PassView, state: State) -> str:
    """Return the ticket's state in a word or two, as the pass shows it."""
    ticket = view.ticket
    if view.is_replaced:
        return "Replaced"
    if ticket.status in VOID:
        return STATE_TEXTS[ticket.status]
    if is_expired(ticket, view.now):
        return "Expired"
    if ticket.status != "valid":
        return STATE_TEXTS[ticket.status]
    if state.is_scanned:
        return f"Admitted {in_zone(state.entered[-1], ZoneInfo(view.event.timezone)):%H:%M}"
    return "Valid"


def local(moment: datetime, event: Event) -> str:
    """Return an instant as the event's clocks show it, with its UTC offset, to the second."""
    return in_zone(moment, ZoneInfo(event.timezone)).isoformat(timespec="seconds")


def _fields(view: PassView) -> dict[str, list[dict[str, Any]]]:
    event, ticket = view.event, view.ticket
    state = fold(ticket, rule_of(ticket, event))
    is_holders = not view.is_past_holders
    void = [_field("replaced", "This ticket is void", REPLACED if is_holders else HANDED_ON)]
    starts = {
        "value": local(ticket.starts_at, event),
        "dateStyle": "PKDateStyleMedium",
        "timeStyle": "PKDateStyleShort",
        "ignoresTimeZone": True,
        "changeMessage": "New time: %@",
    }
    venue = _field("venue", "Place", event.venue, changeMessage="New place: %@")
    return {
        "headerFields": [_field("state", "Ticket", state_text(view, state), changeMessage="Your ticket: %@")],
        "primaryFields": [_field("event", "Event", event.name, changeMessage="Now called %@")],
        "secondaryFields": [{"key": "starts", "label": "Begins", **starts}, *([venue] if event.venue else [])],
        "auxiliaryFields": [
            *([_field("name", "Name", ticket.name)] if is_holders else []),
            *([_field("product", "Kind", ticket.product)] if ticket.product else []),
            *([_field("seat", "Seat", ticket.seat.text, changeMessage="New seat: %@")] if ticket.seat else []),
        ],
        "backFields": [
            *(void if view.is_replaced else []),
            *([_field("admitted", "Admitted", _admitted(view, state))] if is_holders and state.is_scanned else []),
            _field("until", "Good until", _written(ticket.expires_at, event)),
            *([_field("address", "Address", event.address)] if event.address else []),
            *_contact_fields(event),
            _field("number", "Ticket number", ticket.id),
            _field("by", "Issued by", view.organisation),
        ],
    }


def _contact_fields(event: Event) -> list[dict[str, Any]]:
    """Return the ways to reach the organiser, as links that a phone opens (`attributedValue`)."""
    return [
        _field(
            f"contact-{link.label.lower()}",
            f"Organiser: {link.label}",
            link.text,
            attributedValue=f'<a href="{html.escape(link.href)}">{html.escape(link.text)}</a>',
        )
        for link in contact_links(event.contact)
    ]


def _admitted(view: PassView, state: State) -> str:
    entered = state.entered[-1]
    by_scan = {scan.at: scan.door for scan in view.ticket.scans if scan.direction == "in" and not scan.undone}
    names = {door.id: door.name for door in view.event.doors}
    door = names.get(by_scan.get(entered) or "")
    return _written(entered, view.event) + (f" at {door}" if door else "")


def _written(moment: datetime, event: Event) -> str:
    at = in_zone(moment, ZoneInfo(event.timezone))
    return f"{at.day} {at:%B %Y, %H:%M}"


def _field(key: str, label: str, value: str | None, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value, **more}


def _days(event: Event, ticket: Ticket) -> list[str]:
    """Return when the pass is relevant: at the ticket's start and, where it is good for longer than a day, on each day.

    On later days at the same time of day; on the last one at noon, where the ticket ends between noon and that time.
    """
    zone = ZoneInfo(event.timezone)
    first, end = in_zone(ticket.starts_at, zone), in_zone(ticket.expires_at, zone)
    days = [first]
    if ticket.expires_at - ticket.starts_at > A_DAY:
        later = [first + n * A_DAY for n in range(1, MOST_DAYS)]  # wall clock: the same time of day across a DST change
        days += [day for day in later if in_zone(day, UTC) < ticket.expires_at]
        noon = end.replace(hour=12, minute=0, second=0, microsecond=0)
        if days[-1].date() < noon.date() and noon < end and len(days) < MOST_DAYS:
            days.append(noon)
    return [local(day, event) for day in days]


def _semantics(event: Event, ticket: Ticket) -> dict[str, Any]:
    has_end = event.ends_at is not None and event.ends_at > ticket.starts_at
    ends_at = min(event.ends_at, ticket.expires_at) if event.ends_at is not None and has_end else None
    return {
        "eventType": "PKEventTypeGeneric",
        "eventName": event.name,
        "eventStartDate": local(ticket.starts_at, event),
        **({"eventEndDate": local(ends_at, event)} if ends_at else {}),
        **({"venueName": event.venue} if event.venue else {}),
        **({"seats": [_seat(ticket.seat)]} if ticket.seat else {}),
    }


def _seat(seat: Seat) -> dict[str, str]:
    """Return a seat as Apple's `SemanticTagType.Seat`."""
    named = {"seatSection": seat.block, "seatRow": seat.row, "seatNumber": seat.seat}
    return {name: text for name, text in named.items() if text is not None}


def _colours(ground: Colour) -> dict[str, str]:
    return {
        "backgroundColor": "rgb({}, {}, {})".format(*ground),
        "foregroundColor": "rgb(255, 255, 255)",
        "labelColor": "rgb(222, 226, 232)",
    }
