"""Shapes of outgoing frames and of their parts: the `type` first, then the fields in order."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from hub.live.protocol import RequestId, Since
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


class Updates(Frame, frozen=True, kw_only=True, tag="updates"):
    """Journal entries in order; the items are JSON already."""

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
