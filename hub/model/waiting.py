"""Waiting list: the queue of a showing that is sold out, and those who wait in it. Plain data."""

from datetime import datetime
from typing import Literal

import msgspec

from hub.model.base import Count, Document

Ending = Literal["accepted", "lapsed"]


class WaitingEntry(Document, kw_only=True):
    """Waiting entry: who waits for seats of a showing. It alone holds the name and the addresses, until it ends.

    Whether it waits or is offered seats stands in its showing's queue.
    """

    id: str
    event: str
    showing: str
    date: str
    time: str
    tickets: Count
    product: str | None = None
    price: str | None = None
    name: str = ""
    email: str | None = None
    phone_number: str | None = None
    language: str | None = None
    """Tag of the language that its party joined in."""
    by_guest: bool = False
    """Whether it was joined without a key: by anybody, in whosever name."""
    ended: Ending | None = None
    """How it ended; it names nobody from then on."""
    reservation: str | None = None
    """What was booked, once it is accepted."""
    joined_at: datetime


class Place(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Place in a queue: a party that waits. `id` is its entry's, `mailbox` a keyed hash of its address."""

    id: str
    tickets: Count
    mailbox: str
    product: str | None = None
    passed: Count = 0
    """How often fewer seats were free than it needs, and one behind it was offered them."""


class Offer(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Offer: seats of the showing that are held for a party until a moment; they count as booked."""

    id: str
    tickets: Count
    mailbox: str
    product: str | None = None
    """Of which product the seats are held."""
    until: datetime


class WaitingQueue(Document, kw_only=True):
    """Waiting queue of a showing, under the showing's id: who waits, first come first, and the offers that stand."""

    id: str
    event: str
    waiting: list[Place] = []
    offers: list[Offer] = []
    due_at: datetime | None = None
    """When the first offer lapses."""
    fewest: int | None = None
    """Tickets of the smallest party that waits."""
