"""The server's patience: who begins and does not go on holds a place that others need, and is let go.

One look a second at all who are waited for, in place of the timer that Tornado sets for each request and each body: to
set and clear those took a noticeable part of a scan.
"""

import asyncio
import time
from collections.abc import Awaitable
from typing import Protocol

from tornado.httputil import HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine

IDLE_S = 120.0
"""How long a connection may stay without a request; proxies, which close theirs after a minute, are sooner."""
BODY_S = 60.0
"""How long a body may take, whatever its size."""
LOOK_S = 1.0


class Stream(Protocol):
    """What somebody is waited for on."""

    def closed(self) -> bool:
        """Tell whether it has ended."""

    def close(self) -> None:
        """End it."""


class IdleTimeouts:
    """Closes the connections that let the hub wait for too long. To be used in the loop."""

    def __init__(self) -> None:
        self._until: dict[Stream, float] = {}
        self._is_looking = False

    def for_request(self, stream: Stream) -> None:
        """Wait for a request: for its last header, that is."""
        self._wait(stream, IDLE_S)

    def for_body(self, stream: Stream, within_s: float | None = None) -> None:
        """Wait for a request's body, of which nothing else is waited for; `BODY_S` unless it may take longer."""
        self._wait(stream, BODY_S if within_s is None else within_s)

    def end(self, stream: Stream) -> None:
        """All that was waited for has come, or nobody is there any more."""
        self._until.pop(stream, None)

    def _wait(self, stream: Stream, within_s: float) -> None:
        self._until[stream] = time.monotonic() + within_s
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(LOOK_S, self._look)

    def _look(self) -> None:
        now = time.monotonic()
        for stream, until in list(self._until.items()):
            if until <= now or stream.closed():
                del self._until[stream]
                stream.close()
        self._is_looking = bool(self._until)
        if self._is_looking:
            asyncio.get_running_loop().call_later(LOOK_S, self._look)


class Awaited(HTTPMessageDelegate):
    """Hands a request on to `inner`; its body is waited for as long as `patience` lasts."""

    def __init__(self, inner: HTTPMessageDelegate, patience: IdleTimeouts, stream: Stream) -> None:
        self._inner = inner
        self._patience = patience
        self._stream = stream

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Wait for the body."""
        self._patience.for_body(self._stream)
        return self._inner.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Hand on the next piece."""
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        """All has come."""
        self._patience.end(self._stream)
        self._inner.finish()

    def on_connection_close(self) -> None:
        """Nobody is there any more."""
        self._patience.end(self._stream)
        self._inner.on_connection_close()
