"""HTTP proxy between a relay and its hub: cuts, delays, loses, repeats and reorders, exchange by exchange."""

import asyncio
import contextlib
import random
import re
import socket
from typing import Any

import msgspec

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
KEPT_OPEN = re.compile(rb"\r\nconnection: *[^\r]*", re.IGNORECASE)
MOST_HELD = 40
"""Requests that wait for the line to heal: a queue on the way is not endless."""


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """State of the line. Shares are of exchanges, from 0 to 1; times are seconds."""

    is_cut: bool = False
    """Connections are refused, and those that are open reset."""
    is_silent: bool = False
    """Requests are swallowed, as behind a firewall: no answer, and no end of the connection."""
    delay_s: float = 0.0
    """Each request and each answer waits up to so long, each as long as chance will: they overtake one another."""
    loses: float = 0.0
    """Answers that are lost on their way; the request arrived."""
    repeats: float = 0.0
    """Requests that arrive a second time, up to `late_s` later."""
    late: float = 0.0
    """Requests that arrive up to `late_s` later, whether the relay still waits or not."""
    late_s: float = 3.0


FAIR = Weather()


class HttpLine:
    """Line to the HTTP server at `host`:`port`, on a port of loopback. To be started and closed."""

    def __init__(self, host: str, port: int, chance: random.Random) -> None:
        self.passed = 0
        self.repeated = 0
        self._target = host, port
        self._chance = chance
        self._weather = FAIR
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[Any]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_open = asyncio.Event()
        self._held = 0

    @property
    def url(self) -> str:
        """The address by which the relay reaches its hub."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self, listening: socket.socket) -> None:
        """Begin to pass on what comes to a socket that listens."""
        self._is_open.set()
        self._server = await asyncio.start_server(self._serve, sock=listening)

    async def close(self) -> None:
        """End it with all that is under way."""
        if self._server is not None:
            self._server.close()
        running = self._tasks | self._late
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def turn(self, weather: Weather) -> None:
        """Let the weather change. What a cut held up on its way arrives once the line is open again."""
        if weather.is_cut or self._weather.is_silent:
            for writer in list(self._writers):
                writer.transport.abort()
        self._weather = weather
        (self._is_open.clear if weather.is_cut or weather.is_silent else self._is_open.set)()

    # --- one exchange --------------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            if not self._weather.is_cut:
                await self._exchange(await _read_request(reader), writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # either end is gone
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.transport.abort() if self._weather.is_cut else writer.close()

    async def delivered(self) -> None:
        """Wait until all that is late has arrived."""
        await asyncio.gather(*self._late)

    async def _exchange(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        if self._chance.random() < self._weather.repeats:
            self.repeated += 1
            self._later(self._arrive(request, self._chance.uniform(0, self._weather.late_s)))
        if self._chance.random() < self._weather.late:
            self._later(self._arrive(request, self._chance.uniform(0.3, self._weather.late_s)))
            return
        answer = await self._arrive(request, self._chance.uniform(0, self._weather.delay_s))
        await asyncio.sleep(self._chance.uniform(0, self._weather.delay_s))
        if self._chance.random() >= self._weather.loses and self._is_open.is_set():
            writer.write(answer)
            await writer.drain()

    async def _arrive(self, request: bytes, after_s: float) -> bytes:
        """Hand a request to the hub; return its answer. One that meets a cut waits until it is over."""
        await asyncio.sleep(after_s)
        if not self._is_open.is_set():
            if self._held >= MOST_HELD:
                raise ConnectionResetError
            self._held += 1
            await self._is_open.wait()
            self._held -= 1
        self.passed += 1
        reader, writer = await asyncio.open_connection(*self._target)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read(-1)
        finally:
            writer.transport.abort()

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(_forgiving(work))
        self._late.add(task)
        task.add_done_callback(self._late.discard)


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """Return one request, asking for a connection of its own: what comes until it ends is the answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return KEPT_OPEN.sub(b"", head)[:-4] + b"\r\nConnection: close\r\n\r\n" + body


async def _forgiving(work: Any) -> None:
    with contextlib.suppress(OSError):
        await work
