"""Builders: documents for tests with sensible defaults; a test names only the fields that matter to it."""

from datetime import timedelta
from typing import Any

from hub.model.access import Device
from hub.model.event import Event, Showing, SigningKey
from hub.model.journal import Entry, Stream
from hub.model.outbox import Message
from hub.model.ticket import Ticket
from tests.commands import NOON

EVENT = "e1"
CAPACITY = 100
EXPIRES_AFTER = timedelta(hours=8)


def an_event(event_id: str = EVENT, **fields: Any) -> Event:
    """Return an event of four hours from noon UTC, or from its `starts_at`; without an end where that is None."""
    starts_at = fields.get("starts_at", NOON)
    usual: dict[str, Any] = {
        "name": "Winter concert",
        "timezone": "UTC",
        "starts_at": starts_at,
        "ends_at": starts_at and starts_at + timedelta(hours=4),
        "key": SigningKey(kid=f"kid-{event_id}", public_pem="", sealed=b""),
        "created_at": starts_at or NOON,
    }
    return Event(id=event_id, **usual | fields)


def a_showing(showing_id: str = "s1", **fields: Any) -> Showing:
    """Return a showing at noon UTC, or at its `starts_at`, with seats free."""
    starts_at = fields.get("starts_at", NOON)
    usual: dict[str, Any] = {
        "event": EVENT,
        "date": f"{starts_at:%Y-%m-%d}",
        "time": f"{starts_at:%H:%M}",
        "starts_at": starts_at,
        "capacity": CAPACITY,
    }
    return Showing(id=showing_id, **usual | fields)


def a_ticket(ticket_id: str = "t1", **fields: Any) -> Ticket:
    """Return a valid ticket of a showing at noon UTC, or at its `starts_at`; it expires eight hours later."""
    starts_at = fields.get("starts_at", NOON)
    usual: dict[str, Any] = {
        "event": EVENT,
        "showing": "s1",
        "reservation": "r1",
        "name": "Ada Lovelace",
        "phone_number": "+33 1 23 45 67",
        "date": f"{starts_at:%Y-%m-%d}",
        "time": f"{starts_at:%H:%M}",
        "starts_at": starts_at,
        "expires_at": starts_at + EXPIRES_AFTER,
        "created_at": starts_at,
    }
    return Ticket(id=ticket_id, **usual | fields)


def a_device(device_id: str = "v1", **fields: Any) -> Device:
    """Return a device of the event, named by its id."""
    usual: dict[str, Any] = {"name": device_id, "event": EVENT, "created_at": NOON}
    return Device(id=device_id, **usual | fields)


def a_stream(event_id: str = EVENT, **fields: Any) -> Stream:
    """Return the stream of an event in which nothing has happened."""
    usual: dict[str, Any] = {"epoch": "k1"}
    return Stream(id=event_id, **usual | fields)


def an_entry(seq: int = 1, kind: str = "ticket.scanned", **fields: Any) -> Entry:
    """Return an entry of an event's journal."""
    usual: dict[str, Any] = {"event": EVENT, "at": NOON, "batch": "b"}
    return Entry(seq=seq, kind=kind, **usual | fields)


def a_message(message_id: str = "m1", **fields: Any) -> Message:
    """Return an outgoing message that waits to be sent."""
    usual: dict[str, Any] = {
        "consumer": "consumer",
        "target": "target",
        "partition": "target",
        "stream": EVENT,
        "seq": 1,
        "kind": "ticket.scanned",
        "state": "waiting",
        "version": 0,
        "written_at": NOON,
    }
    return Message(id=message_id, **usual | fields)
