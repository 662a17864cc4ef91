"""Wallet passes on phones: registrations at Apple, objects at Google. Plain data."""

from datetime import datetime
from typing import NamedTuple

from hub.model.base import Document


class Registration(Document, kw_only=True):
    """A phone that wants to hear of one ticket's pass: `id` is `<device>/<ticket>`."""

    id: str
    device: str
    ticket: str
    event: str
    issue: int = 1
    """The issue of the ticket that the phone's pass is of."""
    push_token: bytes
    """Sealed: where Apple takes pushes to this phone."""
    push_hash: bytes
    """Tells whether the phone's push token is another now, without opening it."""
    created_at: datetime

    @staticmethod
    def name(device: str, ticket: str) -> str:
        """Return the id of a device's registration for a ticket."""
        return f"{device}/{ticket}"


class GoogleObject(Document, kw_only=True):
    """An object at Google that a link was handed out for: `id` is the object's, of one issue of a ticket."""

    id: str
    ticket: str
    event: str
    issue: int = 1
    created_at: datetime


class Moment(NamedTuple):
    """When a change came to the hub, and its number in the event's journal."""

    seq: int
    at: datetime
