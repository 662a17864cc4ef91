"""Limits of the live server: sizes, rates and times, all settings (docs/operating.md)."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=1)]
Positive = Annotated[float, msgspec.Meta(gt=0, le=1_000_000)]


class LiveLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of the live server, each a setting (`HUB_PING_S` sets `ping_s`). Times are in seconds."""

    hello_timeout_s: Positive = 5.0
    hello_limit_bytes: Count = 4 * 1024
    hello_held_frames: Count = 32
    """Frames encoded from a client that did not wait for its welcome."""
    ping_s: Positive = 20.0
    pong_timeout_s: Positive = 30.0
    recheck_s: Positive = 900.0
    """A key may end quietly, twelve hours after its event: so often each socket's credential is looked at again."""
    heartbeat_s: Positive = 15.0
    """So often those who watch by Server-Sent Events hear something."""
    tick_s: Positive = 1.0
    close_s: Positive = 2.0
    """How long the queue of a closing socket may drain before it is dropped."""
    frame_limit_bytes: Count = 64 * 1024
    malformed_per_minute: Count = 10
    outbox_frames: Count = 500
    outbox_bytes: Count = 512 * 1024
    resume_window: Count = 1000
    resume_frame_items: Count = 100
    recent_items: Count = 50
    lag_s: Positive = 2.0
    """How long a client that is ahead of this process (it came from another) waits for the tail to catch up."""
    names_s: Positive = 2.0
    """How long names may take before updates go out without them."""
    feed_linger_s: Positive = 60.0
    occupancy_per_s: Positive = 5.0
    sockets_total: Count = 10_000
    sockets_per_device: Count = 20
    """For a device, and for a ticket's page."""
    sockets_per_key: Count = 1_000
    """For an organiser's key or login."""
    sockets_per_address: Count = 1_000
    """For all of an address that have not said who they are; known ones are counted by that, not by address."""
    strangers_per_minute: Count = 600
    """Sockets of an address that end without a credential; bad credentials have a limit of their own."""
    subscriptions_per_socket: Count = 16
    scans_under_way: Count = 32
    subscribes_per_minute: Count = 300
    """For a device with all its sockets; for an organiser's key or login, for each socket."""
    checks_per_minute: Count = 600
    """As `subscribes_per_minute`."""
    control_frames_per_minute: Count = 120
    """For one socket, fragments of messages included: pings and pongs of the protocol cost work, before a hello too."""
    drain_s: Positive = 4.0
