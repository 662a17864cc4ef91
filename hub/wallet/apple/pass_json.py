"""`pass.json`: the content of a pass as a pure function of event, ticket and settings, in the pass's own language.

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
from hub.formats.dates import clock, date_and_time, doors_open_of
from hub.formats.organiser_contact import contact_links
from hub.formats.seat import seat_text
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.model.refusals import VOID
from hub.model.ticket import Seat, Ticket
from hub.wallet.apple.artwork import Colour, ground_of

A_DAY = timedelta(days=1)
MOST_DAYS = 31
"""Dates in one pass; of a season ticket the first month."""


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
    language: Language
    """The pass's own; of the others it holds translations (`strings.py`)."""
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
        """Void state: replaced, cancelled, blocked or expired; good for no entry any more."""
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
        "description": view.language.say("pass-title", event=event.name),
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
    ticket, say = view.ticket, view.language.say
    if view.is_replaced:
        return say("pass-replaced")
    if ticket.status in VOID:
        return say(f"pass-{ticket.status}")
    if is_expired(ticket, view.now):
        return say("pass-expired")
    if ticket.status != "valid":
        return say(f"pass-{ticket.status}")
    if state.is_scanned:
        entered = in_zone(state.entered[-1], ZoneInfo(view.event.timezone))
        return say("pass-admitted-at", time=clock(entered, view.language))
    return say("pass-valid")


def local(moment: datetime, event: Event) -> str:
    """Return an instant as the event's clocks show it, with its UTC offset, to the second."""
    return in_zone(moment, ZoneInfo(event.timezone)).isoformat(timespec="seconds")


def _fields(view: PassView) -> dict[str, list[dict[str, Any]]]:
    event, ticket, say = view.event, view.ticket, view.language.say
    state = fold(ticket, rule_of(ticket, event))
    is_holders = not view.is_past_holders
    doors = doors_open_of(ticket, event, view.language)
    starts = {
        "value": local(ticket.starts_at, event),
        "dateStyle": "PKDateStyleMedium",
        "timeStyle": "PKDateStyleShort",
        "ignoresTimeZone": True,
        "changeMessage": say("pass-begins-changed"),
    }
    return {
        "headerFields": [
            _field("state", say("pass-state"), state_text(view, state), changeMessage=say("pass-state-changed"))
        ],
        "primaryFields": [
            _field("event", say("pass-event"), event.name, changeMessage=say("pass-event-changed")),
        ],
        "secondaryFields": [{"key": "starts", "label": say("pass-begins"), **starts}, *_venue(view)],
        "auxiliaryFields": _auxiliary(view, is_holders=is_holders),
        "backFields": [
            *(_void(view, is_holders=is_holders) if view.is_replaced else []),
            *(
                [_field("admitted", say("pass-admitted"), _admitted(view, state))]
                if is_holders and state.is_scanned
                else []
            ),
            *([_field("doors", say("pass-doors"), doors)] if doors else []),
            _field("until", say("pass-until"), _written(ticket.expires_at, view)),
            *([_field("address", say("pass-address"), event.address)] if event.address else []),
            *_contact_fields(view),
            _field("number", say("pass-number"), ticket.id),
            _field("by", say("pass-issued-by"), view.organisation),
            *([_field("terms", say("pass-terms"), event.terms)] if event.terms else []),
        ],
    }


def _venue(view: PassView) -> list[dict[str, Any]]:
    venue, say = view.event.venue, view.language.say
    return [_field("venue", say("pass-place"), venue, changeMessage=say("pass-place-changed"))] if venue else []


def _auxiliary(view: PassView, *, is_holders: bool) -> list[dict[str, Any]]:
    ticket, say = view.ticket, view.language.say
    seat = seat_text(ticket.seat, view.language)
    return [
        *([_field("name", say("pass-name"), ticket.name)] if is_holders else []),
        *([_field("product", say("pass-kind"), ticket.product)] if ticket.product else []),
        *([_field("seat", say("pass-seat"), seat, changeMessage=say("pass-seat-changed"))] if seat else []),
    ]


def _void(view: PassView, *, is_holders: bool) -> list[dict[str, Any]]:
    say = view.language.say
    why = say("pass-void-replaced") if is_holders else say("pass-void-handed-on")
    return [_field("replaced", say("pass-void"), why)]


def _contact_fields(view: PassView) -> list[dict[str, Any]]:
    """Return the ways to reach the organiser, as links that a phone opens (`attributedValue`)."""
    return [
        _field(
            f"contact-{link.kind}",
            view.language.say("pass-organiser", way=link.label),
            link.text,
            attributedValue=f'<a href="{html.escape(link.href)}">{html.escape(link.text)}</a>',
        )
        for link in contact_links(view.event.contact, view.language)
    ]


def _admitted(view: PassView, state: State) -> str:
    entered = state.entered[-1]
    by_scan = {scan.at: scan.door for scan in view.ticket.scans if scan.direction == "in" and not scan.undone}
    names = {door.id: door.name for door in view.event.doors}
    door, when = names.get(by_scan.get(entered) or ""), _written(entered, view)
    return view.language.say("pass-admitted-door", when=when, door=door) if door else when


def _written(moment: datetime, view: PassView) -> str:
    return date_and_time(in_zone(moment, ZoneInfo(view.event.timezone)), view.language)


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
