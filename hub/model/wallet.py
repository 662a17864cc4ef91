"""Wallet passes on phones: registrations at Apple, objects at Google. Plain data."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from hub.model.base import Count, Document


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


class PassUse(Document, kw_only=True):
    """Use of a ticket's pass by its holder: when it was opened first, and added to a wallet. `id` is the ticket's."""

    id: str
    event: str
    opened_at: datetime
    added_at: datetime | None = None


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """Letter of a wave in the organiser's words."""

    text: str
    subject: str | None = None


class WalletWave(Document, kw_only=True):
    """Wave of a rollout: the share of reservations that it raised to `percent`. Number 0 are the invited testers."""

    id: str
    event: str
    number: Count
    above: Count
    """The share before it, in percent."""
    percent: Count
    letter: Letter | None = None
    started_at: datetime

    @staticmethod
    def name(event: str, number: int) -> str:
        """Return the id of an event's wave."""
        return f"{event}/{number}"


class WaveLetter(Document, kw_only=True):
    """Record of a wave's letter to one reservation: claimed before it is handed to the mail server, sent after."""

    id: str
    event: str
    wave: Count
    sent: bool = False
    claimed_at: datetime

    @staticmethod
    def name(event: str, wave: int, reservation: str) -> str:
        """Return the id of a wave's letter to a reservation."""
        return f"{event}/{wave}/{reservation}"


class Moment(NamedTuple):
    """Moment of a change: when the hub received it, and its number in the event's journal."""

    seq: int
    at: datetime
