"""`python -m bench.relay`: how fast a relay's scans go up after a cut, and how long doors at the hub wait meanwhile.

A relay scans while its line is cut, and then the line is there again. The ratio is of scans at the hub itself, while
the facts go up and before, all in one run.
"""

import asyncio
import json
import os
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bench.expiry import ALONE_S, at, scan_during, told
from bench.report import Row, print_rows
from bench.served import ROOT, Served, free_port, serve
from hub.client.client import LiveClient

PHONES = 4
IN_HALL = 8
"""Phones at the relay."""
SPARE = 4000
"""Tickets for doors at the hub."""
LOOK_S = 0.05


class Line:
    """Line from a relay to its hub: a TCP proxy that is cut and healed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self.server: asyncio.Server

    @property
    def url(self) -> str:
        """The address of the hub, for the relay."""
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    def heal(self) -> None:
        """Pass on again."""
        self._is_cut = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on."""
        if self._is_cut:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        both = {writer, back}
        self._writers |= both
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer), return_exceptions=True)
        self._writers -= both


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while part := await source.read(65536):
        target.write(part)
        await target.drain()
    target.close()


@asynccontextmanager
async def a_line(port: int) -> AsyncIterator[Line]:
    """Give a line to a port of loopback."""
    line = Line(port)
    line.server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    try:
        yield line
    finally:
        line.cut()
        line.server.close()


@asynccontextmanager
async def a_relay(folder: Path, upstream: str, key: str) -> AsyncIterator[str]:
    """Start a relay with a database of its own; give its address once it serves, and end it."""
    port = free_port()
    own = {"HUB_DATA": str(folder / "relay"), "HUB_PORT": str(port), "HUB_UPSTREAM_KEY": key}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("run.py", "relay", "--upstream", upstream, "--name", "Hall"),
        cwd=ROOT,
        env={**os.environ, **own},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


def ask(url: str, key: str, body: Mapping[str, Any] | None = None) -> Any:
    """Return what a hub or a relay answers; an empty object where it does not."""
    headers = {"Authorization": f"Api-Key {key}", "Content-Type": "application/json"}
    payload = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, payload, headers), timeout=10) as answer:
            return json.load(answer)
    except OSError:
        return {}


async def has(relay: str, key: str, state: str, *, waiting: int) -> None:
    """Wait until the relay's line is so, and no more than so many facts wait."""
    while True:
        status = await asyncio.to_thread(ask, f"{relay}/api/relay/status", key)
        if status.get("state") == state and status["waiting"] <= waiting:
            return
        await asyncio.sleep(LOOK_S)


async def scan_alone(served: Served, relay: str, scans: int) -> None:
    """Scan so many tickets at a relay that is on its own."""
    async with AsyncExitStack() as held:
        live = relay.replace("http:", "ws:") + "/live"
        phones = [await held.enter_async_context(LiveClient(live, api_key=key)) for key in served.phones[PHONES:]]
        codes = [served.tickets.pop()["code"] for _ in range(scans)]

        async def scan(phone: LiveClient) -> None:
            while codes:
                await phone.scan(codes.pop())

        await asyncio.gather(*map(scan, phones))


async def measure(scans: int, spare: int = SPARE, alone_s: float = ALONE_S) -> list[Row]:
    """Return the rows of a relay whose line comes back; both numbers of tickets are whole hundreds."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as held:
            served = await held.enter_async_context(serve(Path(folder), phones=PHONES + IN_HALL, tickets=scans + spare))
            form = {"name": "Hall", "scopes": ["relay"], "event": served.event}
            key = await asyncio.to_thread(ask, f"{served.url}/api/keys", served.admin_key, form)
            line = await held.enter_async_context(a_line(served.port))
            relay = await held.enter_async_context(a_relay(Path(folder), line.url, key["key"]))
            at_hub, in_hall = served.phones[:PHONES], served.phones[-1]
            doors = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in at_hub]
            await has(relay, in_hall, "connected", waiting=0)
            await scan_during(served, doors, lambda: asyncio.sleep(alone_s / 5))
            alone = await scan_during(served, doors, lambda: asyncio.sleep(alone_s))
            line.cut()
            await has(relay, in_hall, "alone", waiting=0)
            await scan_alone(served, relay, scans)
            line.heal()
            begun = perf_counter()
            beside = await scan_during(served, doors, lambda: has(relay, in_hall, "connected", waiting=0))
            took_s = perf_counter() - begun
    click.echo(f"alone {told(alone)}\n  {scans} went up in {took_s:.1f} s: {told(beside)}", err=True)
    return [
        Row(key="relay.up_s", value=took_s, note=f"{scans} scans"),
        *(Row(key=f"relay.p{100 * part:.0f}", value=at(beside, part) / at(alone, part)) for part in (0.5, 0.99)),
    ]


@click.command()
@click.option("--scans", default=3000, show_default=True, help="Scans of the relay while it is on its own.")
def main(scans: int) -> None:
    """Measure how fast a relay's scans go up, and how long doors at the hub wait meanwhile."""
    print_rows(asyncio.run(measure(scans)))


if __name__ == "__main__":
    main()
