"""Send queue: the frames that wait for one client, bounded by a high-water mark, with one task that writes.

The read loop, the channels and the calls only put; nothing but this task waits for a client, so that a slow one costs
at most `frames` frames or `size` bytes, and no time of any other.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from typing import NamedTuple

import structlog

from hub.live.ports import Transport
from hub.live.protocol import CloseCode
from hub.tasks import Tasks

log = structlog.get_logger(__name__)


class _Waiting(NamedTuple):
    frame: bytes
    about: str | None
    state: str | None


class SendQueue:
    """Bounded queue of frames for one socket: where backpressure begins.

    `overflowed` is called when the next frame would pass the high-water mark; it drops what it can (`drop`) and returns
    the events that it dropped, or closes the socket. A frame of any size fits into an empty queue.
    """

    def __init__(
        self, transport: Transport, *, frames: int, size: int, overflowed: Callable[[], Collection[str]]
    ) -> None:
        self._transport = transport
        self._frames = frames
        self._size = size
        self._overflowed = overflowed
        self._queue: deque[_Waiting] = deque()
        self._bytes = 0
        self._stopped = False
        self._filled = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()
        self._tasks = Tasks()

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def size(self) -> int:
        """The bytes that are queued."""
        return self._bytes

    def start(self) -> None:
        """Start the task that writes."""
        self._tasks.spawn(self._write())

    def stop(self) -> None:
        """Stop writing, clear the queue, and release those that await `drained`."""
        self._stopped = True
        self._queue.clear()
        self._bytes = 0
        self._drained.set()
        self._tasks.cancel()

    def put(self, frame: bytes, about: str | None = None, *, state: str | None = None) -> None:
        """Queue `frame`; `about` names the event whose subscription it belongs to.

        A state replaces an older one of that name that is still queued (conflation).
        """
        if state is not None:
            self._keep(lambda waiting: (waiting.state, waiting.about) != (state, about))
        if not self._fits(frame):
            dropped = self._overflowed()
            if about in dropped or not self._fits(frame):
                return
        if self._stopped:
            return
        self._queue.append(_Waiting(frame, about, state))
        self._bytes += len(frame)
        self._drained.clear()
        self._filled.set()

    def drop(self, about: str) -> None:
        """Drop the queued frames of a subscription."""
        self._keep(lambda waiting: waiting.about != about)

    async def drained(self) -> None:
        """Wait until the kernel has everything, or the queue was stopped."""
        await self._drained.wait()
        while self._queue:
            await self._drained.wait()

    def _keep(self, wanted: Callable[[_Waiting], bool]) -> None:
        if self._queue:
            self._queue = deque(filter(wanted, self._queue))
            self._bytes = sum(len(waiting.frame) for waiting in self._queue)

    def _fits(self, frame: bytes) -> bool:
        if not self._queue:
            return True
        return len(self._queue) < self._frames and self._bytes + len(frame) <= self._size

    async def _write(self) -> None:
        try:
            while True:
                await self._filled.wait()
                self._filled.clear()
                await self._write_all()
                self._drained.set()
        except ConnectionError:
            # The edge reports the end of a socket by itself.
            self.stop()
        except Exception:
            log.exception("a socket cannot be written to")
            self.stop()
            self._transport.close(CloseCode.UNAVAILABLE, "could not be written to")

    async def _write_all(self) -> None:
        while self._queue:
            waiting = self._queue.popleft()
            self._bytes -= len(waiting.frame)
            await self._transport.send(waiting.frame)
