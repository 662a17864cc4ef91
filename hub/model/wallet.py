"""Wallet passes on phones: registrations at Apple, objects at Google. Plain data."""

from datetime import datetime
from typing import NamedTuple

from hub.model.base import Document


class Registration(Document, kw_only=True):
    """Registration of a phone for updates of one ticket's pass: `id` is `<device>/<ticket>`."""

    id: str
    device: str
    ticket: str
    event: str
    issue: int = 1
    """The issue of the ticket that the phone's pass is of."""
    push_token: bytes
    """The phone's address at Apple's push service, encrypted."""
    push_hash: bytes
    """Hash of the push token, to find and compare it without decrypting."""
    created_at: datetime

    @staticmethod
    def name(device: str, ticket: str) -> str:
        """Return the id of a device's registration for a ticket."""
        return f"{device}/{ticket}"


class GoogleObject(Document, kw_only=True):
    """Object at Google with a save link: `id` is Google's, for one issue of a ticket."""

    id: str
    ticket: str
    event: str
    issue: int = 1
    created_at: datetime


class Moment(NamedTuple):
    """Time of a change, when the hub received it, and its number in the event's journal."""

    seq: int
    at: datetime
