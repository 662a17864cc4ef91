"""Screens: sockets that follow, in one process, as cheap as Python allows; each notes when a scan reaches it."""

import asyncio
import json
import re
from collections.abc import Callable
from functools import lru_cache
from time import perf_counter
from typing import cast

from bench.load import frame, take_frame, upgrade_request

TICKET = re.compile(rb'"ticket":"([0-9a-f-]{36})"')


class Arrivals:
    """Times of scans: when each was sent, how long it took to every screen, in seconds. `expected`: their number."""

    def __init__(self, expected: int) -> None:
        self.complete = asyncio.Event()
        self.sent: dict[bytes, float] = {}
        self.took_s: dict[bytes, list[float]] = {}
        self.frames = 0
        self._left = expected

    def send(self, ticket: str) -> None:
        """Note that a scan is sent now."""
        self.sent[ticket.encode()] = perf_counter()
        self.took_s[ticket.encode()] = []

    def note(self, message: bytes) -> None:
        """Record the scans in a message to one screen."""
        self.frames += 1
        now = perf_counter()
        for ticket in _tickets(message):
            if ticket in self.sent:
                self.took_s[ticket].append(now - self.sent[ticket])
                self._left -= 1
        if self._left == 0:
            self.complete.set()


@lru_cache(maxsize=256)
def _tickets(message: bytes) -> list[bytes]:
    """Return the tickets that a message names; most screens get the same one."""
    return [] if message.startswith(b'{"type":"snapshot"') else TICKET.findall(message)


class Screen(asyncio.Protocol):
    """Socket of a screen: upgrades, says `hello`, and hands messages on. `ready`: the first with `until` came."""

    def __init__(self, path: str, headers: dict[str, str], hello: bytes, until: bytes, note: Callable[[bytes], None]):
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._path = path
        self._headers = headers
        self._hello = hello
        self._until = until
        self._note = note
        self._came = b""
        self._is_upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(upgrade_request(self._path, "".join(f"{n}: {v}\r\n" for n, v in self._headers.items())))

    def data_received(self, data: bytes) -> None:
        """Take the upgrade's answer, then frames."""
        self._came += data
        if not self._is_upgraded:
            head, found, rest = self._came.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                raise RuntimeError(head.decode(errors="replace"))
            self._is_upgraded, self._came = True, rest
            self._transport.write(frame(self._hello))
        while (taken := take_frame(self._came)) is not None:
            message, self._came = taken
            if not self.ready.done() and self._until in message:
                self.ready.set_result(None)
            self._note(message)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


def subscribe(event: str) -> bytes:
    """Return the request to follow an event."""
    return json.dumps({"type": "subscribe", "id": 1, "event": event}).encode()


async def open_screens(port: int, count: int, make: Callable[[], Screen]) -> list[Screen]:
    """Return so many screens, once each is ready."""
    loop = asyncio.get_running_loop()
    screens: list[Screen] = []
    for _ in range(count):
        _, screen = await loop.create_connection(make, "127.0.0.1", port)
        screens.append(screen)
        if len(screens) % 50 == 0:
            await asyncio.gather(*(screen.ready for screen in screens))
    await asyncio.gather(*(screen.ready for screen in screens))
    return screens
