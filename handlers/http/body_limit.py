"""Body limit: too large bodies get a 413 in our own words; Tornado's parser would answer 400 and cut.

Who is refused while they still send may lose the answer with the connection, so what is too large is read on and
thrown away, up to `READ_OFF_BYTES`. A client that asks first, with `Expect: 100-continue` (RFC 9110, 10.1.1), is
refused at once.
"""

from collections.abc import Awaitable
from typing import Any, cast

from tornado.http1connection import HTTP1Connection, HTTP1ServerConnection
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream
from tornado.web import Application

from handlers.http.guarded_stream import GuardedStream, Wrap
from handlers.http.idle_timeout import IdleTimeouts, TimedRequest
from hub.app import Hub

READ_OFF_BYTES = 16 * 1024 * 1024
"""Bytes of a refused body that are read and thrown away, so that the answer is not lost with the connection."""


class BodyLimitedApplication(Application):
    """An application whose handlers get no larger body than they need to refuse it (`BaseHandler.prepare`)."""

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Return the delegate of a connection's next request; a door's plain scan needs no handler."""
        wrap, timeouts = cast(Wrap | None, self.settings["wrap"]), cast(IdleTimeouts, self.settings["timeouts"])
        connection = cast(HTTP1Connection, request_conn)
        if wrap is not None and not isinstance(connection.stream, GuardedStream):  # once for the whole connection
            guarded = wrap(connection.stream, getattr(connection.context, "remote_ip", ""))
            connection.stream = cast(HTTP1ServerConnection, server_conn).stream = cast(IOStream, guarded)
        return TimedRequest(super().start_request(server_conn, request_conn), timeouts, connection.stream)

    def get_handler_delegate(self, request: HTTPServerRequest, target_class: Any, *given: Any, **named: Any) -> Any:
        """Return the delegate of a request; imports take their bodies piece by piece, with a limit of their own."""
        delegate = super().get_handler_delegate(request, target_class, *given, **named)
        hub = cast(Hub, self.settings["hub"])
        if getattr(target_class, "limits_its_body", False):
            return delegate
        return BodyLimit(delegate, request, hub.settings.body_limit_bytes)


class BodyLimit(HTTPMessageDelegate):
    """Delegate that hands a request on to `inner`; of a body over `most` bytes only that it is too large."""

    def __init__(self, inner: HTTPMessageDelegate, request: HTTPServerRequest, most: int) -> None:
        self._inner = inner
        self._request = request
        self._most = most
        self._size = 0
        self._is_refused = False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Refuse at once an announced body that is too large, where nothing was sent yet or too much will be."""
        begun = self._inner.headers_received(start_line, headers)
        announced = announced_by(headers)
        if announced > READ_OFF_BYTES or (announced > self._most and "Expect" in headers):
            headers.pop("Expect", None)  # else the parser would ask for the body
            self._refuse()
        return begun

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Take the next piece."""
        self._size += len(chunk)
        if self._is_refused or self._most < self._size <= READ_OFF_BYTES:
            return None
        if self._size <= self._most:
            return self._inner.data_received(chunk)
        self._refuse()
        return None

    def finish(self) -> None:
        """Let the request be answered."""
        if self._is_refused:
            return
        if self._size > self._most:
            self._refuse()
        else:
            self._inner.finish()

    def on_connection_close(self) -> None:
        """Hand on that the client has gone."""
        self._inner.on_connection_close()

    def _refuse(self) -> None:
        """Hand the handler a body that is too large, and have no parser try to read it as a form."""
        self._is_refused = True
        self._request.headers.pop("Content-Type", None)
        self._inner.data_received(b" " * (self._most + 1))
        self._inner.finish()


def announced_by(headers: HTTPHeaders) -> int:
    """Return the announced length of a body in bytes, 0 where it cannot be read."""
    length = headers.get("Content-Length", "0")
    return int(length) if length.isdecimal() and len(length) < 20 else 0
