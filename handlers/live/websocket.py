"""WebSocket `/live` at the edge: checks the upgrade, then only carries frames between socket and live server.

The protocol: docs/live-protocol.md and `hub/live/session.py`.
"""

import time
from asyncio import Future
from collections.abc import Sequence

import structlog
from tornado.iostream import IOStream, StreamClosedError
from tornado.websocket import (
    WebSocketClosedError,
    WebSocketHandler,
    WebSocketProtocol,
    WebSocketProtocol13,
    _WebSocketParams,
)
from typing_extensions import override

from handlers.http.base import BaseHandler
from handlers.http.known_tornado import is_tornado_known
from handlers.http.own_origin import is_own_origin
from handlers.live.socket import LiveSocket
from handlers.live.websocket_frames import BINARY, TEXT, text_frame
from hub.errors import BadInput, NotAllowed, SlowDown, Unavailable
from hub.live.connection import Connection
from hub.live.ports import CookieCredential, Credential, KeyCredential
from hub.live.protocol import SUBPROTOCOL, CloseCode
from hub.rate_limit import RateLimiter

log = structlog.get_logger(__name__)

SECRETS = ("token", "api_key", "key", "authorization", "access_token")


def check_room(handler: BaseHandler) -> None:
    """Refuse a credential in the address, a process that is draining, and one client too many."""
    if any(name in handler.request.query_arguments for name in SECRETS):
        raise BadInput("Addresses are logged: send credentials in a header or a hello", status=400)
    if handler.hub.live.is_draining:
        raise Unavailable("This process ends: come back, perhaps to another")
    if not handler.hub.live.has_room(handler.address):
        raise SlowDown("No more sockets here: try again", after_s=5.0)


class BoundedProtocol(WebSocketProtocol13):
    """WebSocket protocol with a rate limit on frames that carry no whole message: pings, pongs, fragments.

    Tornado answers those by itself, before any hello, and no handler counts them.
    """

    def __init__(self, handler: WebSocketHandler, params: _WebSocketParams, *, per_minute: int, address: str) -> None:
        super().__init__(handler, False, params)
        self._address = address
        self._extra_frames = RateLimiter(per_minute, time.monotonic)
        self._is_message = False
        self._written: Future[None] | None = None

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Write messages in one go; False, with nothing written, as long as those before are not with the kernel.

        No compression is ever agreed on, so that a message is the same bytes for every client.
        """
        if self._written is not None and not self._written.done():
            return False
        if self.is_closing():
            raise ConnectionError("the socket is closing")
        try:
            self._written = self.stream.write(b"".join(map(text_frame, frames)))
        except StreamClosedError as gone:
            raise ConnectionError("the socket is gone") from gone
        return True

    async def _receive_frame(self) -> None:
        self._is_message = False
        await super()._receive_frame()
        if not self._is_message:
            self._count_extra()

    def _handle_message(self, opcode: int, data: bytes) -> "Future[None] | None":
        self._is_message = opcode in (TEXT, BINARY)
        return super()._handle_message(opcode, data)

    def _count_extra(self) -> None:
        try:
            self._extra_frames.take("")
        except SlowDown:
            log.warning("too many control frames", address=self._address)
            self.close(CloseCode.PROTOCOL_ERROR, "too many control frames")
            self._abort()


class Upgrade(WebSocketProtocol13):
    """Upgrade of a connection: Tornado's opening handshake, after which a `LiveSocket` has the stream."""

    handler: "LiveHandler"

    @override
    async def _receive_frame_loop(self) -> None:
        self.handler.let_go()


class LiveHandler(BaseHandler, WebSocketHandler):
    """One WebSocket. Any origin may open it, since a hello carries a credential of its own; a cookie needs ours."""

    answers_head = False
    _connection: Connection | None = None
    _credential: Credential | None = None

    # --- the upgrade ---------------------------------------------------------------------------------------------

    async def prepare(self) -> None:
        """Refuse a credential in the address, a foreign page with the hub's cookie, and one socket too many."""
        await super().prepare()
        check_room(self)
        self._credential = self._find_credential()

    def _find_credential(self) -> Credential | None:
        authorization = self.request.headers.get("Authorization")
        if authorization is not None:
            scheme, _, key = authorization.partition(" ")
            return KeyCredential(key.strip() if scheme.lower() == "api-key" else "")
        cookie = self.get_cookie(self.session_cookie)
        if not cookie:
            return None
        if not self._is_own_origin():
            raise NotAllowed("not_allowed", "A login works from the hub's own pages only")
        return CookieCredential(cookie)

    def _is_own_origin(self) -> bool:
        """Return whether the request comes from a page of the hub's. Without an Origin nothing is proved."""
        origin = self.request.headers.get("Origin", "")
        return is_own_origin(origin, self.request.host, self.hub.settings)

    def check_origin(self, origin: str) -> bool:
        """Allow every origin: a cookie's rights are decided in `prepare`."""
        return True

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Return the hub's subprotocol where it is offered."""
        return SUBPROTOCOL if SUBPROTOCOL in subprotocols else None

    @override
    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        if self.request.headers.get("Sec-WebSocket-Version") != "13":
            return None
        params = _WebSocketParams(max_message_size=self.max_message_size)
        if self.hub.settings.lean_sockets and is_tornado_known():
            return Upgrade(self, False, params)
        per_minute = self.hub.live.limits.control_frames_per_minute
        return BoundedProtocol(self, params, per_minute=per_minute, address=self.address)

    @property
    def max_message_size(self) -> int:
        """The bytes of a frame, above which the socket is closed with 1009."""
        return self.hub.live.limits.frame_limit_bytes

    # --- the socket ----------------------------------------------------------------------------------------------

    def open(self, *_: str, **__: str) -> None:
        """Hand the socket to the live server."""
        self.set_nodelay(True)
        if isinstance(self.ws_connection, Upgrade):
            self._open_lean(self.ws_connection.stream)
        else:
            self.hub.metrics.sockets.inc()
            self._connection = self.hub.live.open_session(self, self.address, self._credential)

    def _open_lean(self, stream: IOStream) -> None:
        limits = self.hub.live.limits
        socket = LiveSocket(
            stream,
            limit=limits.frame_limit_bytes,
            extra_per_minute=limits.control_frames_per_minute,
            address=self.address,
            sockets=self.hub.metrics.sockets,
        )
        socket.start(self.hub.live.open_session(socket, self.address, self._credential))

    def let_go(self) -> None:
        """Drop what only the upgrade needed, since nothing refers to a handler whose stream is another's."""
        self.ws_connection = None
        self._on_close_called = True
        self._break_cycles()

    def on_message(self, message: str | bytes) -> None:
        """Hand a frame over; nothing is awaited here, or pongs would wait behind work."""
        if self._connection is not None:
            self._connection.receive(message)

    def on_close(self) -> None:
        """Report the closed socket to the live server."""
        if self._connection is not None:
            self.hub.metrics.sockets.dec()
            self._connection.gone()

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Write `frames` in one go; False, with nothing written, where the client has to be waited for."""
        connection = self.ws_connection
        if not isinstance(connection, BoundedProtocol):
            raise ConnectionError("the socket is gone")
        return connection.send_now(frames)

    async def send(self, frame: bytes) -> None:
        """Write `frame`; returns once the kernel has all of it."""
        try:
            await self.write_message(frame)
        except WebSocketClosedError as gone:
            raise ConnectionError("the socket is gone") from gone
