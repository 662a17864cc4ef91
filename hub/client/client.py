"""The reference client of `/live`: reconnects by itself, and neither misses nor repeats an entry.

    async with LiveClient("ws://127.0.0.1:8888/live", api_key=key, event=event) as client:
        answer = await client.scan(code)
        async for update in client.updates():
            ...

Docs: docs/live-protocol.md. Used by the tests, the benchmarks, and scripts of organisers.
"""

import asyncio
import contextlib
import random
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, WebSocketError, websocket_connect

from hub.client.pending import LiveEnded, LiveError, Pending
from hub.client.replica import GapError, Replica, Snapshot, Update

__all__ = ["LiveClient", "LiveEnded", "LiveError", "Snapshot", "Update"]

FOLLOW = "follow"
HOPELESS_STATUSES = (400, 401, 403, 404)
SILENCES = 2.5
"""Idle timeout in ping intervals: a connection without a frame for so long is dead."""


class LiveClient:
    """Live client: follows one event, or none and only scans. `urls` are tried in turn, one hub process after another.

    `state` is the event's snapshot with all effects applied; `position` what to hand to another client as `since`.
    """

    def __init__(
        self,
        urls: str | Sequence[str],
        *,
        api_key: str,
        event: str | None = None,
        since: dict[str, Any] | None = None,
        mode: str = "events",
        back_off_s: float = 0.2,
        back_off_most_s: float = 10.0,
        chance: random.Random | None = None,
    ) -> None:
        self.welcome: dict[str, Any] = {}
        self._urls = [urls] if isinstance(urls, str) else list(urls)
        self._hello = {"type": "hello", "api_key": api_key}
        self._event = event
        self._mode = mode
        self._replica = Replica(**since) if since else Replica()
        self._back_off_s = back_off_s
        self._back_off_most_s = back_off_most_s
        self._chance = chance or random.Random()
        self._connection: WebSocketClientConnection | None = None
        self._is_welcome = False
        self._is_subscribing = False
        self._failures = 0
        self._pending = Pending()
        self._news: asyncio.Queue[Update | Snapshot | None] = asyncio.Queue()
        self._ended: LiveEnded | None = None
        self._task: asyncio.Task[None] | None = None
        self._helpers: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "LiveClient":
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [*self._helpers, *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._end(self._ended or LiveEnded(1000, "closed here"))

    # --- what its user sees --------------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """The event's state as of `position`; empty until the first snapshot."""
        return self._replica.state

    @property
    def position(self) -> dict[str, Any] | None:
        """The epoch and number of the last entry that was applied."""
        return self._replica.position

    async def updates(self) -> AsyncIterator[Update | Snapshot]:
        """Yield the entries, without gap or repeat; a `Snapshot` stands where the past could not be recovered."""
        while (news := await self._news.get()) is not None:
            yield news
        assert self._ended is not None
        raise self._ended

    async def scan(self, qrcode_data: str, *, nonce: str | None = None, **fields: Any) -> dict[str, Any]:
        """Scan and return the hub's answer, retried with the same nonce until there is one."""
        return await self.request("scan", qrcode_data=qrcode_data, nonce=nonce or str(uuid.uuid4()), **fields)

    async def request(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Make an idempotent request. Raises `LiveError`, or `LiveEnded` where no answer can come."""
        if self._ended is not None:
            raise self._ended
        frame, answer = self._pending.open(kind, fields)
        try:
            if self._is_welcome:
                self._send(frame)
            return await answer
        finally:
            self._pending.close(frame)

    # --- reconnecting ---------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        turn = 0
        while self._ended is None:
            try:
                await self._converse(self._urls[turn % len(self._urls)])
            except HTTPClientError as refusal:
                if refusal.code in HOPELESS_STATUSES:
                    self._end(LiveEnded(refusal.code, refusal.message))
            except (OSError, WebSocketError):
                pass  # not reachable, or gone: reconnect
            self._failures += 1
            turn += 1
            most_s = min(self._back_off_most_s, self._back_off_s * 2 ** min(self._failures, 10))
            await asyncio.sleep(self._chance.uniform(0, most_s))

    async def _converse(self, url: str) -> None:
        connection = await websocket_connect(HTTPRequest(url, connect_timeout=5, request_timeout=5))
        self._connection = connection
        text: str | bytes | None = b""
        try:
            self._send({**self._hello, "id": 0})
            while (text := await self._read(connection)) is not None:
                self._hear(msgspec.json.decode(text))
            if 4500 <= (connection.close_code or 0) <= 4999:
                self._end(LiveEnded(connection.close_code or 0, connection.close_reason or ""))
        finally:
            self._connection, self._is_welcome = None, False
            connection.close()
            if text is not None:
                await _read_out(connection)

    async def _read(self, connection: WebSocketClientConnection) -> str | bytes | None:
        async with asyncio.timeout(SILENCES * self.welcome.get("ping", 20)):
            return await connection.read_message()

    def _send(self, frame: dict[str, Any]) -> None:
        # A frame that cannot be sent now is sent again after the next welcome.
        if self._connection is not None:
            with contextlib.suppress(WebSocketClosedError):
                written = asyncio.ensure_future(self._connection.write_message(msgspec.json.encode(frame)))
                written.add_done_callback(_forget)

    def _end(self, ended: LiveEnded) -> None:
        self._ended = ended
        self._news.put_nowait(None)
        self._pending.all_failed(ended)

    # --- frames of the hub -------------------------------------------------------------------------------------------

    def _hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self._begin(frame)
            case "ping":
                self._send({"type": "pong", "at": {self._event: self._replica.seq} if self._event else {}})
            case "draining":
                self._later(self._chance.uniform(0, frame["within"]), self._leave)
            case "subscribed":
                self._is_subscribing = False
            case "result":
                self._pending.answered(frame)
            case "error":
                self._fail(frame)
            case _ if frame.get("event") == self._event:
                self._take(frame)

    def _begin(self, welcome: dict[str, Any]) -> None:
        self.welcome, self._is_welcome, self._failures = welcome, True, 0
        self._is_subscribing = False
        self._subscribe()
        for frame in self._pending:
            self._send(frame)

    def _subscribe(self) -> None:
        if self._event is not None and self._is_welcome and not self._is_subscribing:
            self._is_subscribing = True
            since, mode = self._replica.position, self._mode
            self._send({"type": "subscribe", "id": FOLLOW, "event": self._event, "since": since, "mode": mode})

    def _take(self, frame: dict[str, Any]) -> None:
        try:
            for news in self._replica.take(frame):
                self._news.put_nowait(news)
        except GapError:
            self._subscribe()

    def _fail(self, frame: dict[str, Any]) -> None:
        request_id = frame.get("id")
        is_following = request_id == FOLLOW
        self._is_subscribing &= not is_following
        asked = self._pending.get(request_id)
        if frame["retry"] and (asked or is_following):
            self._later(frame.get("after", 1.0), partial(self._send, asked) if asked else self._subscribe)
        elif is_following:
            self._end(LiveEnded(0, frame["message"]))
        else:
            self._pending.failed(request_id, LiveError(frame["code"], frame["message"]))

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _later(self, delay_s: float, act: Callable[[], None]) -> None:
        async def wait() -> None:
            await asyncio.sleep(delay_s)
            act()

        task = asyncio.create_task(wait())
        self._helpers.add(task)
        task.add_done_callback(self._helpers.discard)


def _forget(written: "asyncio.Future[None]") -> None:
    """Take a write's failure as read: the end of the connection is noticed by reading."""
    if not written.cancelled():
        written.exception()


async def _read_out(connection: WebSocketClientConnection) -> None:
    """Read on until the other side has closed, too; not for long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1):
            while await connection.read_message() is not None:
                pass
