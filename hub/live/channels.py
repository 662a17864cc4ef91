"""The feeds of one process: opened when somebody follows, closed when nobody has for a while."""

from collections.abc import Collection

from hub.clock import Clock
from hub.live.channel import Feed
from hub.live.ports import Ports
from hub.live.protocol import LiveLimits


class Feeds:
    """Feeds by event."""

    def __init__(self, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._feeds: dict[str, Feed] = {}

    def take(self, event: str) -> Feed:
        """Return the feed of `event`, kept until its user calls `release`."""
        feed = self._feeds.get(event)
        if feed is None:
            feed = self._feeds[event] = Feed(event, self._ports, self._limits, self._clock)
        feed.retain()
        return feed

    def get(self, event: str) -> Feed | None:
        """Return the feed of `event` if there is one."""
        return self._feeds.get(event)

    def devices_changed(self, events: Collection[str | None]) -> None:
        """Devices of `events` changed, or came online or went; None: devices that serve all."""
        for event, feed in self._feeds.items():
            if None in events or event in events:
                feed.devices_changed()

    async def sweep(self, now: float) -> None:
        """Close the feeds that nobody has used for a while; one that comes back meanwhile begins afresh."""
        for event, feed in list(self._feeds.items()):
            if not feed.users and now - feed.last_used >= self._limits.feed_linger_s:
                del self._feeds[event]
                await feed.close()

    async def close(self) -> None:
        """Close all."""
        while self._feeds:
            _, feed = self._feeds.popitem()
            await feed.close()
