"""A watcher of Server-Sent Events, who reads them as a browser does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.api import Api
from tests.eventually import PATIENCE_S


class Event(NamedTuple):
    """One event: its name, its JSON, and the position after it."""

    name: str
    data: Any
    id: str | None


class Watcher:
    """An open stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.status = 0
        self.headers: dict[str, str] = {}
        self.comments: list[str] = []
        self.retry_ms = 0
        self.body = b""

    async def begin(self) -> None:
        """Read status and headers."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        self.status = int(head[0].split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}

    async def next(self) -> Event:
        """Return the next event; raises `EOFError` at the end."""
        while True:
            while b"\n\n" not in self.body:
                self.body += await self._chunk()
            block, _, self.body = self.body.partition(b"\n\n")
            fields = {name: text for name, _, text in (line.partition(": ") for line in block.decode().split("\n"))}
            if "event" in fields:
                return Event(fields["event"], json.loads(fields["data"]), fields.get("id"))
            self.retry_ms = int(fields.get("retry", self.retry_ms))
            self.comments += [text for name, text in fields.items() if not name]

    async def hear(self, name: str) -> Event:
        """Read on to the next event of this name."""
        async with asyncio.timeout(PATIENCE_S):
            while (event := await self.next()).name != name:
                pass
            return event

    async def until_end(self) -> None:
        """Read on until the stream ends."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                while True:
                    await self.next()
            except EOFError:
                return

    async def _chunk(self) -> bytes:
        size = int(await self.reader.readline() or b"0", 16)
        chunk = await self.reader.readexactly(size + 2)
        if not size:
            raise EOFError
        return chunk[:-2]


@asynccontextmanager
async def watching(api: Api, event: str, query: str = "", **headers: str) -> AsyncIterator[Watcher]:
    """Open a stream of `event`; what is refused has its answer's status."""
    place = urlsplit(api.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    sent = {"Host": place.netloc} | {name.replace("_", "-"): value for name, value in (api.headers | headers).items()}
    if api.key is not None:
        sent["Authorization"] = f"Api-Key {api.key}"
    lines = [f"GET /api/events/{event}/live{query} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    watcher = Watcher(reader, writer)
    try:
        async with asyncio.timeout(PATIENCE_S):
            await watcher.begin()
        yield watcher
    finally:
        writer.close()
