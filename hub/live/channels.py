"""The feeds of one process: opened when somebody follows, closed when nobody has for a while."""

from collections.abc import Collection

from hub.clock import Clock
from hub.live.channel import Channel
from hub.live.ports import Ports
from hub.live.protocol import LiveLimits


class Channels:
    """Feeds by event."""

    def __init__(self, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._channels: dict[str, Channel] = {}

    def take(self, event: str) -> Channel:
        """Return the feed of `event`, kept until its user calls `release`."""
        channel = self._channels.get(event)
        if channel is None:
            channel = self._channels[event] = Channel(event, self._ports, self._limits, self._clock)
        channel.retain()
        return channel

    def get(self, event: str) -> Channel | None:
        """Return the feed of `event` if there is one."""
        return self._channels.get(event)

    def devices_changed(self, events: Collection[str | None]) -> None:
        """Devices of `events` changed, or came online or went; None: devices that serve all."""
        for event, channel in self._channels.items():
            if None in events or event in events:
                channel.devices_changed()

    async def sweep(self, now: float) -> None:
        """Close the feeds that nobody has used for a while; one that comes back meanwhile begins afresh."""
        for event, channel in list(self._channels.items()):
            if not channel.users and now - channel.last_used >= self._limits.feed_linger_s:
                del self._channels[event]
                await channel.close()

    async def close(self) -> None:
        """Close all."""
        while self._channels:
            _, channel = self._channels.popitem()
            await channel.close()
