"""Doors and buyers that record what they asked and were answered, and live followers that record what they heard."""

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import msgspec
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.websocket import WebSocketError, websocket_connect

from tests.faults.history.record import Action, Attempt, News, Request
from tests.faults.soak.host import Host

ANSWER_WITHIN_S = 15.0
TRIES = 6
LOST = 0.04
"""Answers that are lost on their way, in parts of one: the door asks again."""
AWAY = 0.02
"""Frames after which a live follower loses its connection, in parts of one."""
UNDECIDED = (429, 502, 503, 599)
"""Statuses after which nothing is known of the request: it may have taken effect."""


class Recorder:
    """Record of all requests, and of what answers must never be: another status, a 503 without Retry-After."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.wrong: list[str] = []
        self.answered_at: dict[str, list[tuple[float, float]]] = defaultdict(list)
        """Start and end of each attempt that a host answered, by its name."""

    def check(self, status: int, headers: HTTPHeaders, body: Any) -> None:
        """Note an answer that no client should get."""
        if status == 503 and "Retry-After" not in headers:
            self.wrong.append("a 503 without Retry-After")
        if status in (401, 403):
            self.wrong.append(f"a good key was refused: {body!r:.200}")
        if status >= 500 and status not in UNDECIDED:
            self.wrong.append(f"an answer {status}: {body!r:.200}")


class Client:
    """HTTP client of several hosts, tried in turn: sends a request until it is answered, or gives up."""

    def __init__(self, hosts: Sequence[Host], key: str, recorder: Recorder, chance: random.Random) -> None:
        self._hosts = list(hosts)
        self._key = key
        self._recorder = recorder
        self._chance = chance
        self._turn = chance.randrange(len(self._hosts))
        self._http = SimpleAsyncHTTPClient(force_instance=True)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    async def ask(self, path: str, body: Any, name: str, code_of: Callable[[int, Any], str | None]) -> list[Attempt]:
        """Return the attempts at a request, the last of which was answered, unless the client gave up."""
        attempts: list[Attempt] = []
        tries = TRIES if self._chance.random() > 0.05 else 1
        self._turn += self._chance.random() < 0.25
        for _ in range(tries):
            attempts.append(await self._try(path, body, name, code_of))
            if attempts[-1].code is not None:
                break
            self._turn += 1
            await asyncio.sleep(self._chance.uniform(0.05, 1.0))
        return attempts

    async def _try(self, path: str, body: Any, name: str, code_of: Callable[[int, Any], str | None]) -> Attempt:
        host = self._hosts[self._turn % len(self._hosts)]
        headers = {"Authorization": f"Api-Key {self._key}", "Idempotency-Key": name, "Content-Type": "application/json"}
        payload = msgspec.json.encode(body)
        sent = HTTPRequest(
            host.url + path, "POST", headers, payload, connect_timeout=3, request_timeout=ANSWER_WITHIN_S
        )
        start = time.monotonic()
        try:
            response = await self._http.fetch(sent, raise_error=False)
            status, raw, given = response.code, response.body or b"", response.headers
        except (HTTPClientError, OSError):
            status, raw, given = 599, b"", HTTPHeaders()
        end = time.monotonic()
        answer = decode(raw)
        if status in UNDECIDED:
            if status != 599:
                self._recorder.check(status, given, answer)
            return Attempt(start=start, end=end)
        self._recorder.check(status, given, answer)
        self._recorder.answered_at[host.name].append((start, end))
        if self._chance.random() < LOST:
            return Attempt(start=start, end=end)
        return Attempt(start=start, end=end, code=code_of(status, answer), seq=answer.get("seq"))


def decode(raw: bytes) -> Any:
    try:
        decoded = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return {}
    return decoded if isinstance(decoded, dict) else {}


class SoakDoor:
    """Door with its device: scans a ticket, and records it."""

    def __init__(self, client: Client, device: str, door: str, recorder: Recorder) -> None:
        self.door = door
        self._client = client
        self._device = device
        self._recorder = recorder

    async def scan(self, ticket: str, code: str, action: Action) -> str | None:
        """Scan; return the verdict, or None."""
        nonce = uuid4().hex
        body = {"qrcode_data": code, "direction": action, "nonce": nonce}
        attempts = await self._client.ask("/scan/ticket/", body, nonce, lambda status, answer: answer.get("code"))
        request = Request(
            nonce=nonce, client=self._device, subject=ticket, action=action, door=self.door, attempts=tuple(attempts)
        )
        self._recorder.requests.append(request)
        return request.code


class Buyer:
    """Buyer of the last seat of a showing."""

    def __init__(self, client: Client, name: str, recorder: Recorder) -> None:
        self._client = client
        self._name = name
        self._recorder = recorder

    async def book(self, event: str, date: str, at: str) -> None:
        """Book the one seat."""
        key = uuid4().hex
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
        order = {"event": event, "date": date, "time": at, "name": self._name, "tickets": [guest]}
        order["phone_number"] = "+33 1 23 45 67"
        attempts = await self._client.ask("/api/reservations", order, key, _booking_code)
        self._recorder.requests.append(
            Request(nonce=key, client=self._name, subject=f"{date} {at}", action="book", attempts=tuple(attempts))
        )


def _booking_code(status: int, answer: Any) -> str | None:
    return "booked" if status == 201 else answer.get("code", f"status {status}")


class Follower:
    """Live follower of one event: records each frame, and comes back from where it was, on one host after another."""

    def __init__(self, hosts: Sequence[Host], key: str, event: str, chance: random.Random) -> None:
        self.news: list[News] = []
        self.seq: int | None = None
        self.connections = 0
        self._hosts = list(hosts)
        self._key = key
        self._event = event
        self._epoch = ""
        self._chance = chance
        self._task = asyncio.create_task(self._run())

    @property
    def snapshots(self) -> int:
        """How often it could not resume, and began anew."""
        return max(0, sum(news.kind == "snapshot" for news in self.news) - 1)

    async def stop(self) -> None:
        """Listen no more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            host = self._hosts[self.connections % len(self._hosts)]
            self.connections += 1
            with contextlib.suppress(OSError, HTTPClientError, WebSocketError, TimeoutError):
                await self._listen(host.url.replace("http", "ws") + "/live")
            await asyncio.sleep(self._chance.uniform(0.1, 1.0))

    async def _listen(self, url: str) -> None:
        socket = await websocket_connect(HTTPRequest(url, connect_timeout=3, request_timeout=5))
        try:
            await socket.write_message(msgspec.json.encode({"type": "hello", "id": 0, "api_key": self._key}))
            while (text := await asyncio.wait_for(socket.read_message(), 30)) is not None:
                frame = msgspec.json.decode(text)
                if frame["type"] == "welcome":
                    since = None if self.seq is None else {"epoch": self._epoch, "seq": self.seq}
                    subscribe = {"type": "subscribe", "id": 1, "event": self._event, "since": since, "mode": "events"}
                    await socket.write_message(msgspec.json.encode(subscribe))
                elif frame["type"] == "ping":
                    await socket.write_message(
                        msgspec.json.encode({"type": "pong", "at": {self._event: self.seq or 0}})
                    )
                elif frame["type"] in ("error", "draining"):
                    return
                else:
                    self._hear(frame)
                    if self._chance.random() < AWAY:
                        return
        finally:
            socket.close()

    def _hear(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "snapshot":
            self._epoch, self.seq = frame["epoch"], frame["seq"]
            self.news.append(News("snapshot", [frame["seq"]]))
        elif frame["type"] == "updates":
            numbers = range(frame["first"], frame["first"] + len(frame["items"]))
            self.seq = numbers[-1]
            self.news.append(News("entries", list(numbers)))
