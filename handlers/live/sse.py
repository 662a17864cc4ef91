"""Server-Sent Events: `/api/events/{uuid}/live`, for clients that only listen.

The same connection as a socket's (`hub/live/connection.py`), with the same rights, order, snapshots and bounds; only
its frames are written as events. Each that moves the position carries it as `id`, `<epoch>:<seq>`, which a browser
sends back as `Last-Event-ID`.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import cast

import msgspec
from tornado.http1connection import HTTP1Connection
from tornado.iostream import StreamClosedError

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.live.websocket import check_room
from hub.errors import BadInput, NotAllowed, NotFound
from hub.live import frames
from hub.live.connection import Connection
from hub.live.ports import CookieCredential, Credential, KeyCredential
from hub.live.protocol import Since
from hub.live.visibility import may_follow
from hub.validation import query_values, read_message

COMES_BACK_MS = 2000


class EventStreamHandler(BaseHandler):
    """One event stream: frames go out as events, and pings that have gone out are answered for the client."""

    answers_head = False
    _connection: Connection | None = None

    async def prepare(self) -> None:
        """Refuse a credential in the address, one client too many, and who may not follow the event."""
        self._ended = asyncio.Event()
        check_room(self)
        await super().prepare()
        if self.asker is not None and not may_follow(self.asker, self.path_args[0]):
            raise NotAllowed("not_allowed", "Not an event of yours")

    @operation("follow_event", media=("text/event-stream",), headers=("Last-Event-ID",))
    async def get(self, event_id: str) -> None:
        """Stream events until the client leaves, may no longer follow, or this process ends."""
        since = await self._since(event_id)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")
        with suppress(ConnectionError):  # Who has left already ends it below.
            await self._write(_retry(COMES_BACK_MS))
        connection = self._connection = self.hub.live.watch(self, self.address, self._credential, event_id, since)
        await self._ended.wait()
        connection.gone()
        await self._break_off()

    @property
    def _credential(self) -> Credential:
        if self.api_key:
            return KeyCredential(self.api_key)
        return CookieCredential(self.get_cookie(self.session_cookie, ""))

    async def _since(self, event_id: str) -> Since | None:
        """Return the client's position; a bare number is of the present epoch. Raises `NotFound` for no such event."""
        stream = await self.hub.events.stream(event_id)
        if stream is None:
            raise NotFound("Event not found")
        epoch, _, seq = self.request.headers.get("Last-Event-ID", "").rpartition(":")
        try:
            return read_message(query_values({"epoch": epoch or stream.epoch, "seq": seq}, Since), Since)
        except BadInput:
            return None

    async def _break_off(self) -> None:
        """Finish the response; a client that reads nothing is cut off after `close_s`."""
        try:
            async with asyncio.timeout(self.hub.live.limits.close_s):
                await self.finish()
        except (TimeoutError, StreamClosedError):
            pass
        finally:
            cast(HTTP1Connection, self.request.connection).close()

    def on_connection_close(self) -> None:
        """End the stream: the client has left."""
        self._ended.set()

    # --- the transport -------------------------------------------------------------------------------------------

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Write nothing: a frame's form here depends on its kind (`send`)."""
        return False

    async def send(self, frame: bytes) -> None:
        """Write `frame` as an event; returns once the kernel has all of it."""
        head = _head(frame)
        match head.type:
            case "welcome":
                return
            case "ping":
                await self._write(b": still here\n\n")
                if self._connection is not None:
                    self._connection.receive(frames.PONG)
            case "draining":
                await self._write(_retry(int(random.uniform(0, head.within * 1000))))
                self._ended.set()
            case "error":
                self._ended.set()
            case _:
                await self._write(_event(frame))

    def close(self, code: int, reason: str) -> None:
        """End the stream."""
        self._ended.set()

    async def _write(self, text: bytes) -> None:
        self.write(text)
        try:
            await self.flush()
        except StreamClosedError as gone:
            raise ConnectionError("the watcher is gone") from gone


class _Head(msgspec.Struct):
    """Head of a frame: the part that its event is made of."""

    type: str
    epoch: str = ""
    seq: int = 0
    first: int = 0
    items: list[msgspec.Raw] = []
    within: float = 0

    @property
    def id(self) -> str | None:
        """The position after the frame: None after a state, empty where the client's position is void."""
        match self.type:
            case "updates":
                return f"{self.epoch}:{self.first + len(self.items) - 1}"
            case "snapshot":
                return f"{self.epoch}:{self.seq}"
            case "resync":
                return ""
        return None


@lru_cache(maxsize=32)
def _event(frame: bytes) -> bytes:
    """Return the event for a frame; many clients get the same one."""
    head = _head(frame)
    position = "" if head.id is None else f"id: {head.id}\n"
    return f"{position}event: {head.type}\ndata: ".encode() + frame + b"\n\n"


@lru_cache(maxsize=32)
def _head(frame: bytes) -> _Head:
    return msgspec.json.decode(frame, type=_Head)


def _retry(after_ms: int) -> bytes:
    return f"retry: {after_ms}\n\n".encode()
