"""What all connections of a process share, handed to each."""

import msgspec

from hub.clock import Clock
from hub.live.channels import Feeds
from hub.live.ports import Ports
from hub.live.protocol import LiveLimits
from hub.live.registry import Registry
from hub.tasks import Tasks


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of the live hub that a connection works with."""

    process: str
    limits: LiveLimits
    clock: Clock
    ports: Ports
    registry: Registry
    feeds: Feeds
    calls: Tasks
    """Scans under way."""
    endings: Tasks
    """The last words of sockets that close."""
