"""Lean socket: a WebSocket after its upgrade, read and written without the handler and the request that opened it.

Tornado keeps both for as long as a socket is open, with a chain of ten coroutines that wait for the next frame, and
reads each frame by four awaits. Here nothing is kept but the stream: all frames that one read brings are handed on
together, some in each turn of the loop. `HUB_LEAN_SOCKETS` switches it off.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Protocol

import structlog
from prometheus_client import Gauge
from tornado.iostream import IOStream, StreamClosedError

from handlers.http.guarded_stream import GuardedStream
from handlers.live import websocket_frames as wire
from handlers.live.websocket_frames import FrameReader, Message, Violation, close_frame, control_frame, text_frame
from hub.errors import SlowDown
from hub.live.protocol import CloseCode
from hub.rate_limit import RateLimiter

log = structlog.get_logger(__name__)

CHUNK = 64 * 1024
FRAMES_A_TURN = 16
"""Frames of one socket that are handed on in one turn of the loop: a flood keeps no other from its own."""
CLOSES_WITHIN_S = 5.0
"""How long a client may take to answer a close frame."""


class Receiver(Protocol):
    """Receiver of a socket's messages (`hub/live/connection.py`)."""

    def receive(self, text: str | bytes) -> None:
        """Process a message."""

    def gone(self) -> None:
        """Release everything: the socket has closed."""


class LiveSocket:
    """Transport of one client. Pings are answered, and a close frame is, here.

    Bounds: `limit` bytes of a message, and `extra_per_minute` frames that carry no whole message (pings, pongs,
    fragments), which no rate limit of the protocol counts. `sockets` counts those that are open.
    """

    __slots__ = (
        "_address",
        "_extra_frames",
        "_extra_per_minute",
        "_frames",
        "_has_client_closed",
        "_has_closed",
        "_is_over",
        "_last_ping",
        "_pong",
        "_receiver",
        "_sockets",
        "_stream",
        "_timer",
        "_written",
    )

    def __init__(
        self, stream: GuardedStream | IOStream, *, limit: int, extra_per_minute: int, address: str, sockets: Gauge
    ) -> None:
        self._stream = stream
        self._frames = FrameReader(limit)
        self._extra_per_minute = extra_per_minute
        self._address = address
        self._sockets = sockets
        self._receiver: Receiver | None = None
        self._extra_frames: RateLimiter | None = None
        self._written: asyncio.Future[None] | None = None
        self._pong: asyncio.Future[None] | None = None
        self._last_ping: bytes | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._has_closed = self._has_client_closed = self._is_over = False

    def start(self, receiver: Receiver) -> None:
        """Hand messages to `receiver` from now on."""
        self._receiver = receiver
        self._sockets.inc()
        self._stream.set_close_callback(self._end)
        self._read()

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            self._stream.read_bytes(CHUNK, partial=True).add_done_callback(self._came)  # type: ignore[attr-defined]
        except StreamClosedError:
            self._end()

    def _came(self, read: "asyncio.Future[bytes]") -> None:
        try:
            self._frames.feed(read.result())
        except StreamClosedError:
            self._end()
        else:
            self._hand_on()

    def _hand_on(self) -> None:
        """Hand messages on, then read again; those beyond `FRAMES_A_TURN` in another turn of the loop."""
        try:
            for _ in range(FRAMES_A_TURN):
                if self._has_client_closed or self._is_over:
                    return
                message = self._frames.next()
                if message is None:
                    self._read()
                    return
                self._handle(message)
        except Violation as wrong:
            self._fail(wrong.code, wrong.reason)
        else:
            asyncio.get_running_loop().call_soon(self._hand_on)

    def _handle(self, message: Message) -> None:
        match message.opcode:
            case wire.TEXT | wire.BINARY:
                if self._receiver is not None:
                    self._receiver.receive(_text(message))
                return
            case wire.CLOSE:
                self._has_client_closed = True
                self._begin_close(close_frame(wire.code_of(message.payload)))
                return
            case wire.PING:
                self._answer_ping(message.payload)
        self._count_extra()

    def _count_extra(self) -> None:
        if self._extra_frames is None:
            self._extra_frames = RateLimiter(self._extra_per_minute, time.monotonic)
        try:
            self._extra_frames.take("")
        except SlowDown:
            log.warning("too many control frames", address=self._address)
            self._fail(CloseCode.PROTOCOL_ERROR, "too many control frames")

    def _answer_ping(self, payload: bytes) -> None:
        """Answer a ping; of those that come while an answer waits for the client, the last alone."""
        if self._pong is not None and not self._pong.done():
            self._last_ping = payload
        elif not self._has_closed and not self._stream.closed():
            self._pong = self._write(control_frame(wire.PONG, payload))
            if self._pong is not None:
                self._pong.add_done_callback(self._answer_last_ping)

    def _answer_last_ping(self, _: "asyncio.Future[None]") -> None:
        payload, self._last_ping = self._last_ping, None
        if payload is not None:
            self._answer_ping(payload)

    # --- writing -----------------------------------------------------------------------------------------------------

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Write messages in one go; False, with nothing written, as long as those before are not with the kernel."""
        if self._written is not None:
            if not self._written.done():
                return False
            self._written = None
        if self._has_closed:
            raise ConnectionError("the socket is closing")
        data = text_frame(frames[0]) if len(frames) == 1 else b"".join(map(text_frame, frames))
        try:
            self._written = self._write(data)
        except StreamClosedError as gone:
            raise ConnectionError("the socket is gone") from gone
        return True

    async def send(self, frame: bytes) -> None:
        """Write a message; returns once the kernel has all of it."""
        try:
            written = self._write(text_frame(frame))
            if written is not None:
                await written
        except StreamClosedError as gone:
            raise ConnectionError("the socket is gone") from gone

    def _write(self, data: bytes) -> "asyncio.Future[None] | None":
        """Write `data`; None: the kernel has it. A direct write makes no future, which costs as much as the write."""
        unsent = self._stream.write_now(data) if isinstance(self._stream, GuardedStream) else data
        return self._stream.write(unsent) if unsent else None

    # --- the end -----------------------------------------------------------------------------------------------------

    def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake."""
        self._begin_close(close_frame(code, reason))

    def _begin_close(self, frame: bytes) -> None:
        if not self._has_closed and not self._stream.closed():
            self._has_closed = True
            self._write(frame)
        if self._has_client_closed:
            self._stream.close()
        elif self._timer is None and not self._is_over:
            self._timer = asyncio.get_running_loop().call_later(CLOSES_WITHIN_S, self._stream.close)

    def _fail(self, code: int, reason: str) -> None:
        """End a connection whose client breaks the rules."""
        self._begin_close(close_frame(code, reason))
        self._stream.close()

    def _end(self) -> None:
        """Release everything, once: the stream has ended."""
        if self._is_over:
            return
        self._is_over = True
        self._stream.close()
        if self._timer is not None:
            self._timer.cancel()
        receiver, self._receiver = self._receiver, None
        self._sockets.dec()
        if receiver is not None:
            receiver.gone()


def _text(message: Message) -> str | bytes:
    """Return a message's text, or its bytes where it is a binary one. Raises `Violation`."""
    if message.opcode == wire.BINARY:
        return message.payload
    try:
        return message.payload.decode()
    except UnicodeDecodeError as wrong:
        raise Violation(wire.BAD_TEXT, "text is UTF-8") from wrong
