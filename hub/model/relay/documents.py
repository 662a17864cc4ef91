"""Stored documents of relays: the role of one at the hub; the copy and the facts that a relay itself keeps."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec

from hub.model.base import By, Count, Direction, Document
from hub.model.payment import Payment
from hub.model.ticket import Scan, Ticket

ROLE_LASTS = timedelta(minutes=10)
"""How long after its last exchange a relay keeps its role."""
SILENT_AFTER = timedelta(seconds=15)
"""Silence after which the hub says that a relay is on its own."""


class RelayRole(Document, kw_only=True):
    """Role of an event's relay, as the hub keeps it: one for an event. `id` is the event's."""

    id: str
    instance: str
    """The relay's data folder, by a random name: it keeps its role over restarts."""
    name: str
    key: str
    """The id of its API key."""
    url: str = ""
    """Its own address, as phones reach it."""
    joined_at: datetime
    heard_at: datetime
    waiting: Count = 0
    """Facts that waited to be sent up when it was last heard."""
    ahead_ms: int = 0
    """How far its clock is ahead of the hub's, in milliseconds."""
    alone_since: datetime | None = None
    """When it was last heard before a silence that the journal names; None: it is heard."""
    lost_at: datetime | None = None
    """When it was declared lost for good."""

    def is_held(self, now: datetime) -> bool:
        """Return whether the role is taken: not lost, and heard of lately."""
        return self.lost_at is None and now - self.heard_at < ROLE_LASTS

    def is_silent(self, now: datetime) -> bool:
        """Return whether the relay is on its own, by what the hub hears of it."""
        return now - self.heard_at >= SILENT_AFTER


class RelayCopy(Document, kw_only=True):
    """Copy of an event on a relay: its position in the hub's journal, and the parts of its counts. `id`: the event's.

    The stream's counts are `base` and `on_top`, none of them below zero.
    """

    id: str
    instance: str
    upstream_epoch: str
    upstream_seq: Count
    """The number of the hub's journal up to which all is here."""
    upstream_revision: Count = 0
    began_seq: Count = 0
    """Numbers up to this one are the same on both sides: the journal's copy."""
    base: dict[str, int] = {}
    """The hub's counts as of `upstream_seq`, by path."""
    on_top: dict[str, int] = {}
    """The sum of the effects that were decided here and are not echoed yet."""


FactKind = Literal["passage", "undo", "headcount", "sale"]
"""What a fact is: a scan that passed or was refused, one that was undone, people without tickets, a ticket sold."""


class UndoneScan(msgspec.Struct, frozen=True, kw_only=True):
    """Name of a scan of a ticket that was undone, by which both sides find it: their numbers of it differ."""

    device: str | None
    nonce: str
    direction: Direction

    @property
    def scan(self) -> tuple[str | None, str, Direction]:
        """Return what the scan is found by."""
        return self.device, self.nonce, self.direction


class Heads(msgspec.Struct, frozen=True, kw_only=True):
    """Headcount of people without tickets."""

    delta: Annotated[int, msgspec.Meta(ge=-1000, le=1000)]
    kind: Literal["crew", "child", "walk_in"]


class RelayFact(Document, kw_only=True):
    """Fact of a relay: one act at its doors that it has recorded, until it comes back as an echo, and after.

    `id` names it: device, nonce and ticket (`fact_id`, `correction_id`). It goes up while `is_waiting`.
    """

    id: str
    event: str
    kind: FactKind = "passage"
    seq: Count
    """Its number in the relay's journal."""
    device: str
    nonce: str
    is_of_party: bool = False
    """Whether its scan was of several tickets at once: each is a fact, under the same nonce."""
    payment: Payment | None = None
    """What was taken for the ticket with this scan, or this sale."""
    sold: Ticket | None = None
    """The ticket that was sold, without its payment."""
    undoes: UndoneScan | None = None
    heads: Heads | None = None
    ticket: str | None = None
    direction: Direction = "in"
    code: str
    door: str | None = None
    at: datetime
    by: By = "scan"
    reason: str | None = None
    """Of a forced one."""
    effect: dict[str, int] = {}
    """What it changed in the relay's counts."""
    scan: Scan | None = None
    """Of a passage: the scan that the ticket keeps."""
    is_waiting: bool = False
    """Whether it has yet to be acknowledged by the hub."""
    upstream_seq: int | None = None
    """Its number in the hub's journal, once known."""
    is_echoed: bool = False
    """Whether the hub's entry of it was followed to."""
    refused: str | None = None
    """The code with which the hub refused to record it: it is kept, and sent no more."""


def fact_id(device: str, nonce: str, ticket: str | None) -> str:
    """Return the name of a fact: one device scans a ticket once by one nonce."""
    return f"{device}/{nonce}/{ticket or ''}"


def second_fact_id(name: str) -> str:
    """Return the name of the door's own outcome of a scan on which the hub had decided otherwise."""
    return f"{name}/offline"


def correction_id(device: str, nonce: str, ticket: str | None) -> str:
    """Return the name of the fact of an undo or a headcount."""
    return f"{fact_id(device, nonce, ticket)}/correction"
