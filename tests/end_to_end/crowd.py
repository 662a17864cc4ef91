"""A crowd of live clients in front of a real hub: steady ones, such that are cut off, slow ones, and deaf ones."""

import asyncio
import json
import random
import socket
from typing import Any
from urllib.parse import urlsplit

from hub.client.client import LiveClient, LiveEnded
from hub.client.replica import Snapshot, Update


class Follower:
    """A client with what it applied: the numbers in their order, and how often it had to begin from a snapshot."""

    def __init__(self, client: LiveClient) -> None:
        self.client = client
        self.seqs: list[int] = []
        self.kinds: list[str] = []
        self.snapshots = 0
        self.have = -1
        self.ended: LiveEnded | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Follower":
        await self.client.__aenter__()
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._task is not None
        await self.client.__aexit__(*error)
        await self._task

    @property
    def hub(self) -> str:
        """The process that it hangs on, or hung on last."""
        name: str = self.client.welcome.get("hub", "")
        return name

    async def _listen(self) -> None:
        try:
            async for news in self.client.updates():
                self._take(news)
        except LiveEnded as ended:
            self.ended = ended

    def _take(self, news: Update | Snapshot) -> None:
        self.have = news.seq
        if isinstance(news, Snapshot):
            self.snapshots += 1
        else:
            self.seqs.append(news.seq)
            self.kinds.append(news.kind)


class Wanderer(LiveClient):
    """Comes back to another process than the one it left."""

    _left: str | None = None
    visits = 0

    @property
    def is_here(self) -> bool:
        """Connected state: welcomed by the hub, and not cut off since."""
        return self._is_welcome

    def cut_off(self) -> None:
        """Lose the connection as a phone does in a lift: nothing is said."""
        if self._connection is not None:
            self._left = self.welcome.get("hub")
            # Tornado loses a connection without a closing handshake in no public way.
            self._connection.protocol._abort()  # type: ignore[union-attr]

    def _begin(self, welcome: dict[str, Any]) -> None:
        if welcome["hub"] == self._left:
            self._leave()
            return
        self.visits += 1
        self._left = None
        super()._begin(welcome)


class SlowReader(LiveClient):
    """Takes its time before each frame."""

    async def _read(self, connection: Any) -> str | bytes | None:
        await asyncio.sleep(self._chance.uniform(0, 0.1))
        return await super()._read(connection)


async def cut_off_at_random(clients: list[Wanderer], chance: random.Random, every_s: float) -> None:
    """Cut one off after another, for ever."""
    while True:
        await asyncio.sleep(chance.expovariate(1 / every_s))
        here = [client for client in clients if client.is_here]
        if here:
            chance.choice(here).cut_off()


class Deaf:
    """A client that subscribes and then reads nothing, until the end."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setblocking(False)

    async def start(self, url: str, key: str, event: str, epoch: str) -> None:
        """Connect and subscribe from the beginning of the journal."""
        place = urlsplit(url)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self._socket, (place.hostname, place.port))
        upgrade = (
            f"GET /live HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            f"Authorization: Api-Key {key}\r\n\r\n"
        )
        since = {"epoch": epoch, "seq": 0}
        subscribe = json.dumps({"type": "subscribe", "id": 1, "event": event, "since": since}).encode()
        frame = bytes([0x81, 0xFE, *len(subscribe).to_bytes(2, "big"), 0, 0, 0, 0]) + subscribe
        await loop.sock_sendall(self._socket, upgrade.encode() + frame)

    async def read_out(self, within_s: float) -> tuple[list[int], int]:
        """Read what had been sent until the hub gave up; return the numbers of the entries and the close code."""
        loop, raw = asyncio.get_running_loop(), b""
        async with asyncio.timeout(within_s):
            while got := await loop.sock_recv(self._socket, 65536):
                raw += got
        seqs, code = list[int](), 0
        for opcode, payload in _frames(raw.partition(b"\r\n\r\n")[2]):
            if opcode == 8:
                code = int.from_bytes(payload[:2], "big")
            elif (frame := json.loads(payload))["type"] == "updates":
                seqs += range(frame["first"], frame["first"] + len(frame["items"]))
        return seqs, code

    def close(self) -> None:
        """Let go."""
        self._socket.close()


def _frames(raw: bytes) -> list[tuple[int, bytes]]:
    """Return the opcode and payload of each whole frame that a server sent."""
    found = []
    while len(raw) >= 2:
        size, start = raw[1] & 0x7F, 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size, start = int.from_bytes(raw[2 : 2 + width], "big"), 2 + width
        if len(raw) < start + size:
            break
        found.append((raw[0] & 0x0F, raw[start : start + size]))
        raw = raw[start + size :]
    return found
