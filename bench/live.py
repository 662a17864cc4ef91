"""`python -m bench.live`: cost of stalled clients to the others, as ratios with and without them, all in one run.

Phones scan over their sockets, and quick clients measure how long each entry takes from the request to them. In every
other round there are clients beside them that follow the event, too, and read nothing at all.
"""

import asyncio
import json
import socket
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import click

from bench.served import Served, serve
from hub.client.client import LiveClient
from hub.client.replica import Snapshot, Update

PHONES, QUICK, STALLED = 4, 20, 40
SCANS = 200
"""In each round: fewer than a stalled client's outbox takes, so that it is there to the end."""
PAUSE_S = 0.02
"""Between a phone's scans: the hub is busy and not overrun, or its queues were all that is measured."""
FLOODS = 10
"""How often a stalled client asks for what it missed, so that the kernel's buffers are full before it counts."""

SETTLE_S = 2.0
"""Until those that come have been served: what they cost from then on is what counts."""


class Played(NamedTuple):
    """Result of a round: how long each entry took to each quick client, and the memory of the hub's worker."""

    took_s: list[float]
    memory_kib: int

    def part(self, part: float) -> float:
        """Return the time within which this part of all arrived."""
        return sorted(self.took_s)[int(len(self.took_s) * part)]

    def __str__(self) -> str:
        return f"p50 {1000 * self.part(0.5):5.1f} ms, p99 {1000 * self.part(0.99):5.1f} ms"


@click.command()
@click.option("--quick", is_flag=True, help="Fewer rounds: a first look.")
def main(quick: bool) -> None:
    """Measure how long entries take to quick clients, without and with stalled ones beside them."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), rounds=3 if quick else 9))


async def _measure(folder: Path, rounds: int) -> None:
    async with serve(folder, phones=PHONES, tickets=(2 * rounds + 5) * SCANS) as served:
        await _fill(served)
        pairs = []
        for number in range(1, rounds + 1):
            pairs.append((await _play(served, 0), await _play(served, STALLED)))
            click.echo(f"round {number}: alone {pairs[-1][0]}; beside {STALLED} stalled {pairs[-1][1]}")
    for part in (0.5, 0.99):
        ratio = statistics.median(beside.part(part) / alone.part(part) for alone, beside in pairs)
        click.echo(f"with stalled clients to without, p{100 * part:.0f}: {ratio:.2f}")
    held = statistics.median(beside.memory_kib - alone.memory_kib for alone, beside in pairs)
    click.echo(f"memory of the hub for each stalled client: {held / STALLED:.0f} KiB (bound: 512 KiB of frames)")


async def _fill(served: Served) -> None:
    """Fill the journal's window and warm up."""
    for _ in range(5):
        await _play(served, 0)


async def _play(served: Served, stalled: int) -> Played:
    sent: dict[str, float] = {}
    took_s: list[float] = []
    guests = [served.tickets.pop() for _ in range(SCANS)]
    async with AsyncExitStack() as held:
        quick = [await held.enter_async_context(_client(served, number)) for number in range(QUICK)]
        readers = [client.updates() for client in quick]
        await asyncio.gather(*[anext(reader) for reader in readers])  # the snapshots: from now on nothing is missed
        hearing = [asyncio.create_task(_hear(reader, sent, took_s)) for reader in readers]
        phones = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in served.phones]
        since = await served.position()
        await asyncio.gather(*[_stall(served, held, since) for _ in range(stalled)])
        await asyncio.sleep(SETTLE_S)
        shares = [guests[number::PHONES] for number in range(PHONES)]
        await asyncio.gather(*[_scan(phone, share, sent) for phone, share in zip(phones, shares, strict=True)])
        await asyncio.gather(*hearing)
        return Played(took_s, served.memory_kib())


def _client(served: Served, number: int) -> LiveClient:
    return LiveClient(served.live, api_key=served.phones[number % PHONES], event=served.event)


async def _hear(reader: AsyncIterator[Update | Snapshot], sent: dict[str, float], took_s: list[float]) -> None:
    """Note how long each scan of this round took to get here."""
    count = 0
    async for news in reader:
        if isinstance(news, Update) and news.kind == "ticket.scanned":
            took_s.append(perf_counter() - sent[news.data["ticket"]])
            count += 1
        if count == SCANS:
            return


async def _scan(phone: LiveClient, guests: list[Any], sent: dict[str, float]) -> None:
    for guest in guests:
        sent[guest["id"]] = perf_counter()
        await phone.scan(guest["code"])
        await asyncio.sleep(PAUSE_S)


async def _stall(served: Served, held: AsyncExitStack, since: dict[str, Any]) -> None:
    """Follow from as far back as can be, several times over, and read nothing until the end."""
    peer = held.enter_context(closing(socket.socket()))
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(peer, ("127.0.0.1", served.port))
    upgrade = (
        "GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Api-Key {served.admin_key}\r\n\r\n"
    )
    await loop.sock_sendall(peer, upgrade.encode())
    for number in range(FLOODS):
        wanted = {"type": "subscribe", "id": number, "event": served.event, "since": since}
        await loop.sock_sendall(peer, _frame(json.dumps(wanted).encode()))
        await asyncio.sleep(0.1)


def _frame(text: bytes) -> bytes:
    """Return a client's text frame, masked by zeros."""
    return bytes([0x81, 0xFE, *len(text).to_bytes(2, "big"), 0, 0, 0, 0]) + text


if __name__ == "__main__":
    main()
