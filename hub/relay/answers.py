"""Answer on an event's relay, as organisers see it (docs/relay.md)."""

from datetime import datetime

import msgspec

from hub.model.relay.documents import RelayRole


class RelayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Relay of an event: `alone_since` is when it was last heard, of one that is on its own."""

    id: str
    name: str
    joined_at: datetime
    heard_at: datetime
    alone_since: datetime | None
    waiting: int
    """Scans that waited to be sent up when it was last heard."""
    clock_ahead_s: float
    lost_at: datetime | None


class EventRelayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Relay that an event has; None where none has joined."""

    relay: RelayAnswer | None


def describe_relay(role: RelayRole, now: datetime) -> RelayAnswer:
    """Return an event's relay as of `now`."""
    is_alone = role.lost_at is None and role.is_silent(now)
    return RelayAnswer(
        id=role.instance,
        name=role.name,
        joined_at=role.joined_at,
        heard_at=role.heard_at,
        alone_since=role.heard_at if is_alone else None,
        waiting=role.waiting,
        clock_ahead_s=role.ahead_ms / 1000,
        lost_at=role.lost_at,
    )
