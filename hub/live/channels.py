"""Channels of one process, by event: opened on demand, closed after a time without users."""

from collections.abc import Collection

from hub.clock import Clock
from hub.live.channel import Channel
from hub.live.ports import Ports
from hub.live_limits import LiveLimits


class Channels:
    """Registry of channels, with reference counts."""

    def __init__(self, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._channels: dict[str, Channel] = {}

    def take(self, event: str) -> Channel:
        """Return the channel of `event`, held open until its user calls `release`."""
        channel = self._channels.get(event)
        if channel is None:
            channel = self._channels[event] = Channel(event, self._ports, self._limits, self._clock)
        channel.retain()
        return channel

    def get(self, event: str) -> Channel | None:
        """Return the channel of `event`, or None where none is open."""
        return self._channels.get(event)

    def devices_changed(self, events: Collection[str | None]) -> None:
        """Send devices anew on the channels of `events`; None among them: on all."""
        for event, channel in self._channels.items():
            if None in events or event in events:
                channel.devices_changed()

    async def sweep(self, now: float) -> None:
        """Close the channels without a user for `feed_linger_s`; `now` is in seconds of the loop."""
        for event, channel in list(self._channels.items()):
            if not channel.users and now - channel.last_used >= self._limits.feed_linger_s:
                del self._channels[event]
                await channel.close()

    async def close(self) -> None:
        """Close all channels."""
        while self._channels:
            _, channel = self._channels.popitem()
            await channel.close()
