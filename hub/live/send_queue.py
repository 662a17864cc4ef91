"""Send queue: the frames that wait for one client, bounded by a high-water mark; and the flusher, which writes them.

The read loop, the channels and the calls only put. What a client takes at once is written by the flusher, without a
task; for one that is slow a task writes, and nothing else waits for it, so that it costs at most `frames` frames or
`size` bytes, and no time of any other.
"""

import asyncio
from collections.abc import Callable, Collection
from itertools import islice
from typing import NamedTuple

import structlog

from hub.live.ports import Transport
from hub.live.protocol import CloseCode
from hub.tasks import Tasks

log = structlog.get_logger(__name__)

CHUNK = 32
"""Sockets that a broadcast is written to in one turn of the loop: less than a millisecond."""
GATHER_TURNS = 3
"""Turns of the loop that a broadcast waits, so that the counts which change with its entries go out with them."""
TOGETHER = 16 * 1024
"""Bytes of small frames that are written at once."""


class _Waiting(NamedTuple):
    frame: bytes
    about: str | None
    state: str | None


class Flusher:
    """Scheduler of the writes of one process: doors first, then in chunks, with a turn of the loop between them.

    A broadcast to a thousand sockets takes longer than a scan. So answers to a client's own requests are written in the
    next turn of the loop, those of one turn to one socket together; what many get is written to a few sockets at a
    time, and whatever else is due has its turn in between.
    """

    def __init__(self) -> None:
        self._replies: dict[SendQueue, None] = {}
        self._broadcast: dict[SendQueue, None] = {}
        self._gathering = 0
        self._is_scheduled = False

    def reply(self, queue: "SendQueue") -> None:
        """Have `queue` written out in the next turn of the loop."""
        self._replies[queue] = None
        self._schedule()

    def broadcast(self, queue: "SendQueue") -> None:
        """Have `queue` written out once those before it are, a chunk in each turn of the loop."""
        if not self._broadcast:
            self._gathering = GATHER_TURNS
        self._broadcast[queue] = None
        self._schedule()

    def _schedule(self) -> None:
        if not self._is_scheduled:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._is_scheduled = False
        self._gathering = max(0, self._gathering - 1)
        replies, self._replies = self._replies, {}
        for queue in (*replies, *islice(self._broadcast, 0 if self._gathering else CHUNK)):
            self._broadcast.pop(queue, None)
            queue.flush()
        if self._broadcast:
            self._schedule()


class SendQueue:
    """Bounded queue of frames for one socket: where backpressure begins.

    `overflowed` is called when the next frame would pass the high-water mark; it drops what it can (`drop`) and returns
    the events that it dropped, or closes the socket. A frame of any size fits into an empty queue.
    """

    def __init__(
        self,
        transport: Transport,
        flusher: Flusher,
        *,
        frames: int,
        size: int,
        overflowed: Callable[[], Collection[str]],
    ) -> None:
        self._transport = transport
        self._flusher = flusher
        self._frames = frames
        self._size = size
        self._overflowed = overflowed
        self._queue: list[_Waiting] = []
        self._bytes = 0
        self._is_started = False
        self._is_stopped = False
        self._is_sending = False
        self._drained: asyncio.Event | None = None
        """Set when the kernel has everything; there is one only while that is awaited."""
        self._tasks = Tasks()

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def size(self) -> int:
        """The bytes that are queued."""
        return self._bytes

    def start(self) -> None:
        """Begin to write."""
        self._is_started = True
        self._flusher.reply(self)

    def stop(self) -> None:
        """Stop writing, clear the queue, and release those that await `drained`."""
        self._is_stopped = True
        self._queue.clear()
        self._bytes = 0
        self._note_drained()
        self._tasks.cancel()

    def put(self, frame: bytes, about: str | None = None, *, state: str | None = None) -> None:
        """Queue `frame`; `about` names the event whose subscription it belongs to, None for an answer.

        A state replaces an older one of that name that is still queued (conflation).
        """
        if self._is_stopped:
            return
        if self._queue:
            if state is not None:
                self._drop_state(state, about)
            if not self._fits(frame):
                dropped = self._overflowed()
                if about in dropped or self._is_stopped or not self._fits(frame):
                    return
        self._queue.append(_Waiting(frame, about, state))
        self._bytes += len(frame)
        if about is None:
            self._flusher.reply(self)
        else:
            self._flusher.broadcast(self)

    def flush(self) -> None:
        """Write the queue, as far as the client takes it at once; a task writes the rest."""
        if not self._is_started or self._is_stopped or self._is_sending:
            return
        try:
            while self._queue:
                frames = self._next_frames()
                if not self._transport.send_now(frames):
                    self._is_sending = True
                    self._tasks.spawn(self._send())
                    return
                self._take(len(frames))
            self._note_drained()
        except ConnectionError:
            # The edge reports the end of a socket by itself.
            self.stop()
        except Exception:
            self._break()

    def drop(self, about: str) -> None:
        """Drop the queued frames of a subscription."""
        if self._queue:
            self._queue = [waiting for waiting in self._queue if waiting.about != about]
            self._bytes = sum(len(waiting.frame) for waiting in self._queue)

    async def drained(self) -> None:
        """Wait until the kernel has everything, or the queue was stopped."""
        while self._queue or self._is_sending:
            if self._is_stopped:
                return
            if self._drained is None:
                self._drained = asyncio.Event()
            await self._drained.wait()

    def _note_drained(self) -> None:
        if self._drained is not None:
            self._drained.set()
            self._drained = None

    def _drop_state(self, state: str, about: str | None) -> None:
        """Drop the state that a newer one replaces; there is one at most."""
        for at, waiting in enumerate(self._queue):
            if waiting.state == state and waiting.about == about:
                self._bytes -= len(waiting.frame)
                del self._queue[at]
                return

    def _fits(self, frame: bytes) -> bool:
        if not self._queue:
            return True
        return len(self._queue) < self._frames and self._bytes + len(frame) <= self._size

    def _next_frames(self) -> list[bytes]:
        """Return the next frame, with those after it that are written together with it."""
        if self._bytes <= TOGETHER:
            return [waiting.frame for waiting in self._queue]
        frames, size = [self._queue[0].frame], len(self._queue[0].frame)
        for waiting in islice(self._queue, 1, None):
            size += len(waiting.frame)
            if size > TOGETHER:
                break
            frames.append(waiting.frame)
        return frames

    def _take(self, count: int) -> None:
        """Take the first frames off the queue."""
        if count == len(self._queue):
            self._queue.clear()
            self._bytes = 0
        else:
            self._bytes -= sum(len(waiting.frame) for waiting in self._queue[:count])
            del self._queue[:count]

    async def _send(self) -> None:
        """Write frame by frame, at the client's own pace, until nothing is queued."""
        try:
            while self._queue:
                frame = self._queue[0].frame
                self._take(1)
                await self._transport.send(frame)
            self._is_sending = False
            self._note_drained()
        except ConnectionError:
            self.stop()
        except Exception:
            self._break()

    def _break(self) -> None:
        log.exception("a socket cannot be written to")
        self.stop()
        self._transport.close(CloseCode.UNAVAILABLE, "could not be written to")
