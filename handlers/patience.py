"""The server's patience: who begins and does not go on holds a place that others need, and is let go.

One look a second at all who are waited for, in place of the timer that Tornado sets for each request and each body: to
set and clear those took a noticeable part of a scan.
"""

import asyncio
import time

from tornado.http1connection import HTTP1Connection
from tornado.iostream import IOStream

IDLE_S = 120.0
"""How long a connection may stay without a request; proxies, which close theirs after a minute, are sooner."""
BODY_S = 60.0
"""How long a body may take, whatever its size."""
LOOK_S = 1.0


class Patience:
    """Closes the connections that let the hub wait for too long. To be used in the loop."""

    def __init__(self) -> None:
        self._until: dict[IOStream, float] = {}
        self._is_looking = False

    def for_request(self, connection: HTTP1Connection) -> None:
        """Wait for a request: for its last header, that is."""
        self._wait(connection, IDLE_S)

    def for_body(self, connection: HTTP1Connection, within_s: float | None = None) -> None:
        """Wait for a request's body, of which nothing else is waited for; `BODY_S` unless it may take longer."""
        self._wait(connection, BODY_S if within_s is None else within_s)

    def end(self, connection: HTTP1Connection) -> None:
        """All that was waited for has come, or nobody is there any more."""
        self._until.pop(connection.stream, None)

    def _wait(self, connection: HTTP1Connection, within_s: float) -> None:
        self._until[connection.stream] = time.monotonic() + within_s
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
