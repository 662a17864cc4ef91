"""Shapes of outgoing frames and of their parts: the `type` first, then the fields in order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from hub.live.protocol import RequestId, Since
from hub.model.base import By, Direction
from hub.model.event import Door
from hub.model.event_view import AlertView, DeviceView
from hub.reports.occupancy import Occupancy


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Outgoing frame: its `type` first, then its fields in order."""


class Reply(Frame, frozen=True, kw_only=True):
    """A frame with the `id` of the request that it answers; UNSET for a frame without one."""

    id: RequestId | UnsetType = UNSET


class ShownLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits as a welcome shows them, for a client to keep to."""

    frame_bytes: int
    subscriptions: int
    under_way: int
    resume: int


class You(msgspec.Struct, frozen=True, kw_only=True):
    """Principal of the socket, as its welcome shows it."""

    kind: str
    id: str
    name: str


class Welcome(Reply, frozen=True, kw_only=True, tag="welcome"):
    """Reply to a hello."""

    protocol: int
    hub: str
    server_time: datetime
    ping: float
    limits: ShownLimits
    you: You


class Ping(Frame, frozen=True, kw_only=True, tag="ping"):
    """Ping of the application, which browsers can see."""

    time: datetime


class Draining(Frame, frozen=True, kw_only=True, tag="draining"):
    """Request to reconnect within so many seconds."""

    within: float


class Subscribed(Reply, frozen=True, kw_only=True, tag="subscribed"):
    """Reply to a subscribe."""

    event: str
    epoch: str
    seq: int
    recovered: bool


class Unsubscribed(Reply, frozen=True, kw_only=True, tag="unsubscribed"):
    """Reply to an unsubscribe."""

    event: str


KindData = Mapping[str, Any]
"""Data of a kind of entry, as the journal has it: each kind has its own, and a newer version's are unknown here."""


class ItemData(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Data of an item beside its `KindData`, whose fields come first in the same object."""

    ticket: str | None = None
    door: str | None = None
    device: str | None = None
    code: str | None = None
    direction: Direction | None = None
    by: By | None = None
    received_at: datetime | None = None
    name: str | None = None
    """The ticket's holder, for those who see names."""
    effect: Mapping[str, int] | None = None
    """What it changed in the counts, which everybody may see: as that of an `Entry`."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Item of an update: a journal entry; one that is hidden has no time, and no data but its effect."""

    kind: str
    at: datetime | UnsetType = UNSET
    data: ItemData | msgspec.Raw | UnsetType = UNSET
    request_id: str | UnsetType = UNSET
    """Id of the request that caused the entry, for organisers."""


class Updates(Frame, frozen=True, kw_only=True, tag="updates"):
    """Journal entries in order; each item is an `Item`, JSON already."""

    event: str
    epoch: str
    first: int
    items: Sequence[msgspec.Raw]


class EventState(msgspec.Struct, frozen=True, kw_only=True):
    """The whole state of an event, as a snapshot carries it."""

    occupancy: Occupancy
    doors: Sequence[Door]
    devices: Sequence[DeviceView]
    alerts: Sequence[AlertView]
    recent: Sequence[msgspec.Raw]


class SnapshotFrame(Frame, frozen=True, kw_only=True, tag="snapshot"):
    """The state of an event, exact as of `seq`."""

    event: str
    epoch: str
    seq: int
    state: EventState


class Devices(Frame, frozen=True, kw_only=True, tag="devices"):
    """The devices that serve an event."""

    event: str
    devices: Sequence[DeviceView]


class Resync(Frame, frozen=True, kw_only=True, tag="resync"):
    """Notice that the client's position is void."""

    event: str
    reason: str


class Subscribe(Reply, frozen=True, kw_only=True, tag="subscribe"):
    """Request of a client that only listens, which the edge sends for it."""

    event: str
    since: Since | None


class Pong(Frame, frozen=True, kw_only=True, tag="pong"):
    """Answer to a ping, which the edge sends for a client that only listens."""


class ErrorReply(Reply, frozen=True, kw_only=True, tag="error"):
    """Reply to a request that failed; `after` is in seconds, where it may be retried then."""

    code: str
    message: str
    retry: bool
    after: float | UnsetType = UNSET
    request_id: str | UnsetType = UNSET
    """Id by which the hub's operator finds a scan, check or undo in the log."""
