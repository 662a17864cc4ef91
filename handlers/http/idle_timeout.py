"""Idle timeouts: closes connections that make no progress with a request, a body or an answer.

One look a second at all of them, in place of the timer that Tornado sets for each request and each body: to set and
clear those took a noticeable part of a scan.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from tornado.httputil import HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine
from typing_extensions import override

IDLE_S = 120.0
"""How long a connection may stay without a request; proxies, which close theirs after a minute, are sooner."""
BODY_S = 60.0
"""How long a body may take, whatever its size."""
WRITE_S = 60.0
"""How long a client may take to read a piece of an answer."""
LOOK_S = 1.0


class Stream(Protocol):
    """Connection with deadlines."""

    def closed(self) -> bool:
        """Return whether it has ended."""

    def close(self) -> None:
        """End it."""


class IdleTimeouts:
    """Deadlines of connections: for each one of reading and one of writing. To be used in the loop."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._requests: dict[Stream, float] = {}
        self._bodies: dict[Stream, float] = {}
        self._uploads: dict[Stream, float] = {}
        self._writes: dict[Stream, float] = {}
        self._pieces: dict[Stream, int] = {}
        self._is_looking = False

    # --- reading ------------------------------------------------------------------------------------------------------

    def for_request(self, stream: Stream) -> None:
        """Wait for a request, up to its last header, for `IDLE_S`."""
        self._requests.pop(stream, None)  # so that the longest idle stand first
        if stream.closed():
            return
        self._requests[stream] = self._monotonic() + IDLE_S
        self._look_on()

    def for_body(self, stream: Stream, within_s: float | None = None) -> None:
        """Wait for a request's body, for `BODY_S` unless it may take longer."""
        self.end(stream)
        deadlines, takes_s = (self._bodies, BODY_S) if within_s is None else (self._uploads, within_s)
        deadlines[stream] = self._monotonic() + takes_s
        self._look_on()

    def end(self, stream: Stream) -> None:
        """Wait no longer: the request has come, or the client has gone."""
        self._requests.pop(stream, None)
        self._bodies.pop(stream, None)
        self._uploads.pop(stream, None)

    # --- writing ------------------------------------------------------------------------------------------------------

    def for_write(self, stream: Stream) -> None:
        """Wait for one more piece of an answer to be read, each for `WRITE_S` after the one before."""
        self._pieces[stream] = self._pieces.get(stream, 0) + 1
        self._writes.setdefault(stream, self._monotonic() + WRITE_S)  # the longest unread stand first
        self._look_on()

    def end_write(self, stream: Stream) -> None:
        """Note that a piece was read; those that are left get the whole time again."""
        left = self._pieces.pop(stream, 0) - 1
        self._writes.pop(stream, None)
        if left > 0:
            self._pieces[stream] = left
            self._writes[stream] = self._monotonic() + WRITE_S

    # --- the end ------------------------------------------------------------------------------------------------------

    def is_idle(self, stream: Stream) -> bool:
        """Return whether the connection waits for a request, or has ended."""
        return stream in self._requests or stream.closed()

    def left_s(self) -> list[float]:
        """Seconds to each deadline."""
        now = self._monotonic()
        return [until - now for deadlines in self._all() for until in deadlines.values()]

    def close_oldest(self, is_one: Callable[[Stream], bool]) -> bool:
        """Close the connection that waits longest for its client, of those that `is_one`; return whether there was one.

        It waits for a request, for a body, though not for one that may take longer (strangers send none), or for a
        piece of an answer to be read.
        """
        waiting = [(self._requests, IDLE_S), (self._bodies, BODY_S), (self._writes, WRITE_S)]
        found = [_oldest(deadlines, takes_s, is_one) for deadlines, takes_s in waiting]
        oldest = min(filter(None, found), key=lambda each: each[0], default=None)
        if oldest is None:
            return False
        self._close(oldest[1])
        return True

    def look(self) -> None:
        """Close the connections whose deadline has passed, and forget those that have ended."""
        now = self._monotonic()
        for deadlines in self._all():
            for stream in [each for each, until in deadlines.items() if until <= now or each.closed()]:
                self._close(stream)

    def _all(self) -> tuple[dict[Stream, float], ...]:
        return self._requests, self._bodies, self._uploads, self._writes

    def _close(self, stream: Stream) -> None:
        for deadlines in self._all():
            deadlines.pop(stream, None)
        self._pieces.pop(stream, None)
        stream.close()

    def _look_on(self) -> None:
        """Check the deadlines every `LOOK_S`, as long as a connection has one."""
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(LOOK_S, self._look)

    def _look(self) -> None:
        self.look()
        self._is_looking = False
        if any(self._all()):
            self._look_on()


def _oldest(
    deadlines: Mapping[Stream, float], takes_s: float, is_one: Callable[[Stream], bool]
) -> tuple[float, Stream] | None:
    """Return the first connection that `is_one`, with the moment since when it waits."""
    return next(((until - takes_s, stream) for stream, until in deadlines.items() if is_one(stream)), None)


class TimedRequest(HTTPMessageDelegate):
    """Request whose body has a deadline; hands all on to `inner`."""

    def __init__(self, inner: HTTPMessageDelegate, timeouts: IdleTimeouts, stream: Stream) -> None:
        self._inner = inner
        self._timeouts = timeouts
        self._stream = stream

    @override
    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        self._timeouts.for_body(self._stream)
        return self._inner.headers_received(start_line, headers)

    @override
    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._inner.data_received(chunk)

    @override
    def finish(self) -> None:
        self._timeouts.end(self._stream)
        self._inner.finish()

    @override
    def on_connection_close(self) -> None:
        self._timeouts.end(self._stream)
        self._inner.on_connection_close()
