"""Connection guard: a connection's stream as Tornado uses it, with timeouts and a limit of work a second.

Tornado reads as fast as a client sends, and waits for ever for one that reads nothing. Here work beyond a budget is
put off (`handlers/http/work_budget.py`), so that no client keeps the loop from the doors, and a write that makes no
progress ends the connection (`handlers/http/idle_timeout.py`).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from socket import socket
from typing import TypeVar

import msgspec
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream, StreamClosedError, UnsatisfiableReadError

from handlers.http.direct_write import write_now
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.problem import Problem
from handlers.http.work_budget import CHUNK_WORK, ConnectionBudget
from hub.errors import SlowDown, refusal_answer
from hub.problem_codes import type_of
from hub.telemetry.correlation import HEADER, new_id

T = TypeVar("T")

WRITE_AT_ONCE = 256 * 1024
"""Larger writes go out in pieces, so that a slow client that reads makes progress."""
CHUNKS_WAIT_S = 0.05
"""Chunks that are put off wait so long, so that many of them are read, and handed on, at once."""
ENDS = b"Content-Length: 0\r\nConnection: close\r\n\r\n"
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + ENDS
AMBIGUOUS = b"HTTP/1.1 400 Bad Request\r\n" + ENDS
TOO_MANY = SlowDown("Too many requests: try again later", after_s=5)
SCAN_PATH = re.compile(rb"[A-Z]+ /scan/")


class GuardedStream:
    """Stream of a connection: exactly the methods of `IOStream` that Tornado calls on it. One reads at a time.

    `budget` is None where the client is a trusted proxy, which carries many clients on one connection. `is_direct`:
    writes go to the socket where nothing is queued before them (`handlers/http/direct_write.py`).
    """

    def __init__(
        self, stream: IOStream, timeouts: IdleTimeouts, budget: ConnectionBudget | None, *, is_direct: bool = True
    ) -> None:
        self._stream = stream
        self._timeouts = timeouts
        self._budget = budget
        self._is_direct = is_direct

    # --- what is the stream's own -----------------------------------------------------------------------------------

    @property
    def io_loop(self) -> IOLoop:
        """IOLoop of the stream, which Tornado reads."""
        return self._stream.io_loop

    @property
    def socket(self) -> socket:
        """The socket, which TLS certificates are asked of."""
        return self._stream.socket

    @property
    def max_buffer_size(self) -> int:
        """How many bytes may wait to be read."""
        return self._stream.max_buffer_size

    def closed(self) -> bool:
        """Return whether the connection has ended."""
        return self._stream.closed()

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def set_close_callback(self, callback: Callable[[], None] | None) -> None:
        """Have `callback` called when the connection ends."""
        self._stream.set_close_callback(callback)

    def set_nodelay(self, value: bool) -> None:
        """Send small writes at once, or gather them."""
        self._stream.set_nodelay(value)

    # --- reading ------------------------------------------------------------------------------------------------------

    async def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> bytes:
        """Return the head of the next request, which `regex` ends; one that is too long is refused with 431."""
        self._timeouts.for_request(self)
        try:
            head = await self._read_head(regex, max_bytes)
        except UnsatisfiableReadError:
            await self._refuse(TOO_LONG)
            raise
        if head.count(b"\n") != head.count(b"\r\n"):
            # A proxy may take such a line for a part of another: two requests, where the hub sees one, or one for two.
            await self._refuse(AMBIGUOUS)
            raise StreamClosedError
        if self._budget is not None:
            await self._wait_for_turn(head, self._budget.take_request(head))
        return head

    async def _wait_for_turn(self, head: bytes, put_off_s: float | None) -> None:
        """Put the request off; one that is refused, or whose client does not wait for it, ends the connection."""
        if put_off_s == 0:
            return
        if put_off_s is not None:
            await asyncio.sleep(put_off_s)
        else:
            await self._refuse(_too_many(head))
        if self.closed():
            raise StreamClosedError

    async def _refuse(self, answer: bytes) -> None:
        """Answer a request that is not read, and end the connection."""
        if not self.closed():
            await self.write(answer)
            self.close()

    def read_until(self, delimiter: bytes, max_bytes: int | None = None) -> Awaitable[bytes]:
        """Return the line that begins a chunk, up to `delimiter`; done already where it has come, as `IOStream`s is."""
        if self._budget is not None and (put_off_s := self._budget.take(CHUNK_WORK)):
            return self._read_line_later(put_off_s, delimiter, max_bytes)
        return self._read_line(delimiter, max_bytes)

    def read_bytes(self, num_bytes: int, partial: bool = False) -> Awaitable[bytes]:
        """Return the next bytes: so many, or with `partial` those of them that have come."""
        return self._stream.read_bytes(num_bytes, partial=partial)

    def _read_head(self, regex: bytes, max_bytes: int | None) -> Awaitable[bytes]:
        return self._stream.read_until_regex(regex, max_bytes)

    def _read_line(self, delimiter: bytes, max_bytes: int | None) -> Awaitable[bytes]:
        return self._stream.read_until(delimiter, max_bytes)

    async def _read_line_later(self, after_s: float, delimiter: bytes, max_bytes: int | None) -> bytes:
        await asyncio.sleep(max(after_s, CHUNKS_WAIT_S))
        return await self._read_line(delimiter, max_bytes)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, data: bytes | memoryview) -> "asyncio.Future[None]":
        """Write `data`; done when all of it is with the kernel, and watched until then."""
        unsent = self.write_now(data)
        if data and not unsent:
            return done(None)
        if len(unsent) <= WRITE_AT_ONCE:
            return self._watch(self._stream.write(unsent))
        pieces = [memoryview(unsent)[at : at + WRITE_AT_ONCE] for at in range(0, len(unsent), WRITE_AT_ONCE)]
        return [self._watch(self._stream.write(piece)) for piece in pieces][-1]

    def write_now(self, data: bytes | memoryview) -> bytes | memoryview:
        """Rest of `data` that the kernel did not take at once: empty where it took all."""
        sent = write_now(self._stream, data) if self._is_direct else 0
        return memoryview(data)[sent:] if sent else data

    def _watch(self, written: "asyncio.Future[None]") -> "asyncio.Future[None]":
        if not written.done():
            self._timeouts.for_write(self)
            written.add_done_callback(self._end_write)
        return written

    def _end_write(self, _: "asyncio.Future[None]") -> None:
        self._timeouts.end_write(self)


def done(value: T) -> "asyncio.Future[T]":
    """Return a future that has its result."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    future.set_result(value)
    return future


Wrap = Callable[[IOStream, str], GuardedStream]
"""Returns the stream that stands before Tornado's, for a connection from an address."""


def _too_many(head: bytes) -> bytes:
    """Return the answer to a stranger who would wait too long: a refusal of the scan API, else a problem (RFC 9457)."""
    request_id = new_id()
    if SCAN_PATH.match(head):
        kind, body = b"application/json", msgspec.json.encode(refusal_answer(TOO_MANY))
    else:
        problem = Problem(
            type=type_of(TOO_MANY.code),
            title="Too Many Requests",
            status=TOO_MANY.status,
            detail=TOO_MANY.message,
            code=TOO_MANY.code,
            request_id=request_id,
        )
        kind, body = b"application/problem+json", msgspec.json.encode(problem)
    lines = (
        b"HTTP/1.1 429 Too Many Requests",
        b"Content-Type: " + kind,
        b"%s: %s" % (HEADER.encode(), request_id.encode()),
        b"Retry-After: %d" % TOO_MANY.after_s,
        b"Content-Length: %d" % len(body),
        b"Connection: close\r\n\r\n",
    )
    return b"\r\n".join(lines) + (b"" if head.startswith(b"HEAD ") else body)
