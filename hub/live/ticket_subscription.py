"""Ticket subscription: a ticket's page on the socket, which gets its ticket as a state, and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any

from hub.errors import HubError, error_boundary
from hub.live import frames
from hub.live.channel import Channel
from hub.live.send_queue import SendQueue
from hub.tasks import Tasks


class TicketSubscription:
    """Conflating subscription to one ticket: its state, as `read` returns it, at first and after each change.

    `lost` is called with None where there is no such ticket any more, else with what went wrong.
    """

    def __init__(
        self,
        ticket: str,
        channel: Channel,
        queue: SendQueue,
        read: Callable[[], Awaitable[dict[str, Any] | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        self.ticket = ticket
        self._channel = channel
        self._queue = queue
        self._read = read
        self._lost = lost
        self._is_dirty = False
        self._is_sending = False
        self._tasks = Tasks()

    def start(self) -> None:
        """Join the channel and send the first state."""
        self._channel.join_ticket(self)
        self.changed()

    def stop(self, now: float) -> None:
        """Leave the channel and stop; `now` is in seconds of the loop."""
        self._channel.leave_ticket(self)
        self._channel.release(now)
        self._tasks.cancel()

    def changed(self) -> None:
        """Send the ticket's state; changes while it is read are covered by one more."""
        self._is_dirty = True
        if not self._is_sending:
            self._is_sending = True
            self._tasks.spawn(self._push())

    async def _push(self) -> None:
        try:
            with error_boundary("a ticket's page"):
                await self._send()
        except HubError as wrong:
            self._lost(wrong)
        finally:
            self._is_sending = False

    async def _send(self) -> None:
        await self._channel.ready()
        while self._is_dirty:
            self._is_dirty = False
            state = await self._read()
            if state is None:
                self._lost(None)
                return
            self._queue.put(frames.ticket(self.ticket, self._channel.event, state), self.ticket, state="ticket")
