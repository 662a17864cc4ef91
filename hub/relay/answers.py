"""Answer on an event's relay, as organisers see it (docs/relay.md)."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from hub.model.relay.documents import RelayRole


class RelayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Relay of an event: `alone_since` is when it was last heard, of one that is on its own."""

    id: str
    name: str
    url: str
    """Its address, as phones reach it."""
    is_named: bool
    """Whether phones are told of it: its address is among the hub's allowed origins."""
    key: str
    """The id of its API key."""
    joined_at: datetime
    heard_at: datetime
    alone_since: datetime | None
    waiting: int
    """Scans that waited to be sent up when it was last heard."""
    clock_ahead_s: float
    lost_at: datetime | None
    is_held: bool
    """Whether it holds the role: no other relay may join."""


class EventRelayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Relay that an event has; None where none has joined."""

    relay: RelayAnswer | None


def describe_relay(role: RelayRole, now: datetime, origins: Collection[str]) -> RelayAnswer:
    """Return an event's relay as of `now`, at a hub with these allowed origins."""
    is_alone = role.lost_at is None and role.is_silent(now)
    return RelayAnswer(
        id=role.instance,
        name=role.name,
        url=role.url,
        is_named=role.url in origins,
        key=role.key,
        joined_at=role.joined_at,
        heard_at=role.heard_at,
        alone_since=role.heard_at if is_alone else None,
        waiting=role.waiting,
        clock_ahead_s=role.ahead_ms / 1000,
        lost_at=role.lost_at,
        is_held=role.is_held(now),
    )
