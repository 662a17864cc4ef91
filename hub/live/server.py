"""Live server of one process: admission of sockets, delivery from the tail, timers, graceful shutdown.

tail -> LiveHub.deliver -> Channel -> Subscription -> SendQueue -> Flusher -> socket
socket -> Connection.receive -> Handshake | Session -> actions -> Connection -> services
"""

import asyncio
from collections.abc import Awaitable, Collection, Sequence
from contextlib import suppress

import structlog
from msgspec.structs import replace

from hub.clock import Clock
from hub.errors import HubError, error_boundary
from hub.live import frames
from hub.live.channel import Channel
from hub.live.channels import Channels
from hub.live.connection import Connection, ConnectionContext
from hub.live.ports import Credential, Ports, Transport
from hub.live.protocol import CloseCode, Since
from hub.live.rates import RequestRates
from hub.live.recent import RecentEntries
from hub.live.registry import Handle, Registry
from hub.live.send_queue import Flusher
from hub.live_limits import LiveLimits
from hub.model.journal import HUB_STREAM, Entry
from hub.model.kinds import SOCKET_ENDINGS, SOCKET_RECHECKS
from hub.tasks import Tasks, now

log = structlog.get_logger(__name__)

ANSWER_S = 1.0
"""How long calls under way may take once clients had their time to leave."""
LAST_FRAMES_S = 0.5
"""How long the queues of all sockets together may take to drain at the end of this process."""


class LiveHub:
    """Live server: all sockets of this process. `process` is its name, which welcomes carry."""

    def __init__(self, ports: Ports, *, limits: LiveLimits, clock: Clock, process: str) -> None:
        self.limits = limits
        self.is_draining = False
        self._channels = Channels(ports, limits, clock)
        self._registry = Registry(limits, now)
        self._calls = Tasks()
        self._endings = Tasks()
        self._own = Tasks()
        self._hub_window: RecentEntries | None = None
        self._context = ConnectionContext(
            process=process,
            limits=limits,
            clock=clock,
            ports=ports,
            registry=self._registry,
            channels=self._channels,
            rates=RequestRates(limits, now),
            flusher=Flusher(),
            calls=self._calls,
            endings=self._endings,
        )

    # --- begin and end -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Follow the stream `hub` and start the timers."""
        self._own.spawn(self._tick_all(self._channels.take(HUB_STREAM)))

    async def drain(self) -> None:
        """Shut down gracefully: clients reconnect elsewhere within `drain_s`, calls under way end within `ANSWER_S`."""
        self.is_draining = True
        for socket in self._registry:
            socket.send(frames.draining(self.limits.drain_s))
        await _within(self.limits.drain_s, self._registry.emptied())
        for socket in self._registry:
            socket.stop_requests()
        await _within(ANSWER_S, self._calls.join())
        await self.stop()

    async def stop(self) -> None:
        """Close all sockets and stop all tasks, now."""
        self.is_draining = True
        self.close_sockets(CloseCode.DRAINING, "draining")
        await _within(LAST_FRAMES_S, self._endings.join())
        await self._endings.stop()  # those whose clients read nothing are closed as they are
        await self._calls.stop()
        await self._own.stop()
        await self._channels.close()

    def close_sockets(self, code: CloseCode, reason: str) -> None:
        """Close all sockets, each once its queue has drained."""
        for socket in self._registry:
            socket.close(code, reason)

    # --- what the edge calls -------------------------------------------------------------------------------------

    @property
    def sockets(self) -> int:
        """The number of sockets of this process."""
        return len(self._registry)

    def has_room(self, address: str) -> bool:
        """Return whether one more socket may be opened from `address`."""
        return self._registry.has_room(address)

    def open_session(self, transport: Transport, address: str, credential: Credential | None) -> Connection:
        """Return the connection of a new socket; without a `credential` of its upgrade a hello is awaited.

        Hand each frame to its `receive`, and call `gone` when the socket has closed.
        """
        connection = Connection(self._context, transport, address)
        connection.open(credential)
        return connection

    def watch(
        self, transport: Transport, address: str, credential: Credential, event: str, since: Since | None
    ) -> Connection:
        """Return the connection of a client that only listens to `event`: the edge pings, and answers pings for it."""
        limits = replace(self.limits, ping_s=self.limits.heartbeat_s)
        connection = Connection(replace(self._context, limits=limits), transport, address)
        connection.open(credential)
        connection.receive(frames.subscribe("watch", event, since))
        return connection

    # --- presence ------------------------------------------------------------------------------------------------

    def devices(self) -> dict[str, str | None]:
        """Return the devices on sockets of this process, each with its event."""
        principals = [socket.principal for socket in self._registry]
        return {who.id: who.event for who in principals if who is not None and who.kind == "device"}

    def devices_changed(self, events: Collection[str | None]) -> None:
        """Send devices anew to the subscribers of `events`; None among them: of all."""
        self._channels.devices_changed(events)

    # --- what the tail calls -------------------------------------------------------------------------------------

    def deliver(self, event: str, epoch: str, entries: Sequence[Entry]) -> None:
        """Fan out the tail's entries of `event`, in order."""
        if event == HUB_STREAM:
            self._apply_hub_entries(entries)
        channel = self._channels.get(event)
        if channel is not None:
            channel.deliver(epoch, entries)

    def _apply_hub_entries(self, entries: Sequence[Entry]) -> None:
        try:
            self._end_sockets(entries)
        except Exception:
            log.exception("entries of the stream hub could not be heeded")
            self._registry.recheck_all()

    def _end_sockets(self, entries: Sequence[Entry]) -> None:
        """Close or re-authenticate sockets as the stream `hub` says; without entries all, since its epoch is new."""
        if not entries:
            self._registry.recheck_all()
        for entry in entries:
            of = str(entry.data.get("id"))
            if entry.kind in SOCKET_ENDINGS:
                self._registry.end(Handle(SOCKET_ENDINGS[entry.kind], of))
            elif entry.kind in SOCKET_RECHECKS:
                self._registry.recheck(Handle(SOCKET_RECHECKS[entry.kind], of))
            if entry.kind.startswith("device."):
                self._channels.devices_changed({None})

    # --- the time ------------------------------------------------------------------------------------------------

    async def _tick_all(self, hub_channel: Channel) -> None:
        while True:
            await self._keep_open(hub_channel)
            await asyncio.sleep(self.limits.tick_s)
            with suppress(HubError), error_boundary("a tick"):
                at = now()
                for socket in self._registry:
                    socket.tick(at)
                await self._channels.sweep(now())

    async def _keep_open(self, hub_channel: Channel) -> None:
        """Keep the channel of the stream `hub` open; after a gap all sockets are authenticated again."""
        try:
            window = await hub_channel.ready()
        except HubError:
            log.warning("the stream hub is not open")
            return
        if window is not self._hub_window:
            self._hub_window = window
            self._registry.recheck_all()


async def _within(seconds: float, work: Awaitable[None]) -> None:
    """Wait for `work`, `seconds` at most."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        log.info("waited long enough", seconds=seconds)
