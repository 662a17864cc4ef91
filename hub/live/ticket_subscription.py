"""A ticket's page on the socket: sees its own ticket, as a state, and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any

from hub.errors import HubError, error_boundary
from hub.live import frames
from hub.live.channel import Channel
from hub.live.send_queue import SendQueue
from hub.tasks import Tasks


class TicketPage:
    """Sends how `ticket` stands, as `read` tells, at first and after each change; None: it is gone.

    `lost` is told when it is gone, may no longer be read, or cannot be.
    """

    def __init__(
        self,
        ticket: str,
        channel: Channel,
        outbox: SendQueue,
        read: Callable[[], Awaitable[dict[str, Any] | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        self.ticket = ticket
        self._channel = channel
        self._queue = outbox
        self._read = read
        self._lost = lost
        self._is_dirty = False
        self._is_telling = False
        self._tasks = Tasks()

    def start(self) -> None:
        """Begin."""
        self._channel.join_page(self)
        self.changed()

    def stop(self, now: float) -> None:
        """Send nothing more."""
        self._channel.leave_page(self)
        self._channel.release(now)
        self._tasks.cancel()

    def changed(self) -> None:
        """Send the ticket's state; changes that come while it is read are told by one more."""
        self._is_dirty = True
        if not self._is_telling:
            self._is_telling = True
            self._tasks.spawn(self._tell())

    async def _tell(self) -> None:
        try:
            with error_boundary("a ticket's page"):
                await self._send()
        except HubError as wrong:
            self._lost(wrong)
        finally:
            self._is_telling = False

    async def _send(self) -> None:
        await self._channel.ready()
        while self._is_dirty:
            self._is_dirty = False
            state = await self._read()
            if state is None:
                self._lost(None)
                return
            self._queue.put(frames.ticket(self.ticket, self._channel.event, state), self.ticket, state="ticket")
