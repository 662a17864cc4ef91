"""`python -m bench.memory`: whether the worker's memory stays flat over an evening's work, done as fast as it goes.

Scans, sockets that come and go, pages, corrections by import, exports: a tenth of each at a time. After each tenth the
memory of worker and database is printed, at the end the slope of a line through the worker's: the first tenth fills
caches, and is left out.
"""

import asyncio
import itertools
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from time import perf_counter

import click
import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bench.expiry import at
from bench.imports import WHEN, ask, import_rows
from bench.reconnect import Returning
from bench.screens import subscribe
from bench.served import PARTY, Served, serve

DOORS = 8
TICKETS = 5000
"""Each is let in once; its other scans are refused."""
TENTHS = 10
ROWS = 1000
PAGES = ("/book", "/login", "/healthz", "/openapi.json", "/no/such/page")
PAGES_A_TENTH = 100
AT_ONCE = 50
"""Sockets that are open at a time."""
SETTLE_S = 2.0


@click.command()
@click.option("--scans", default=100_000, show_default=True, help="Scans in all.")
@click.option("--sockets", default=20_000, show_default=True, help="Sockets that connect, in all.")
def main(scans: int, sockets: int) -> None:
    """Measure the memory of a worker over so many scans and sockets."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), scans // TENTHS, sockets // TENTHS))


async def _measure(folder: Path, scans: int, sockets: int) -> None:
    tickets = PARTY * (min(TICKETS, scans) // PARTY + 1)
    settings = {"HUB_SOCKETS_PER_KEY": str(4 * AT_ONCE)}
    async with AsyncExitStack() as held:
        served = await held.enter_async_context(serve(folder, phones=DOORS, tickets=tickets, settings=settings))
        await ask(served, "POST", "/showings", msgspec.json.encode({**WHEN, "capacity": ROWS}))
        codes = itertools.cycle([ticket["code"] for ticket in served.tickets])
        memory: list[float] = []
        for tenth in range(1, TENTHS + 1):
            began = perf_counter()
            took_s = await _work(served, codes, scans, sockets)
            await asyncio.sleep(SETTLE_S)
            memory.append(served.memory_kib() / 1024)
            click.echo(
                f"tenth {tenth}: {memory[-1]:.1f} MiB; {perf_counter() - began:.0f} s, "
                f"scans p50 {1000 * at(took_s, 0.5):.0f} ms, p99 {1000 * at(took_s, 0.99):.0f} ms"
            )
        slope, _ = statistics.linear_regression(range(TENTHS - 1), memory[1:])
        click.echo(f"slope: {slope:+.2f} MiB for each tenth, {100 * slope / memory[1]:+.2f} % of the second tenth's")


async def _work(served: Served, codes: Iterator[str], scans: int, sockets: int) -> list[float]:
    """Do a tenth of the evening; return how long scans took, in seconds."""
    took_s: list[float] = []
    doors = [_door(served, key, codes, scans // DOORS, took_s) for key in served.phones]
    comings = [_come_and_go(served, sockets // AT_ONCE) for _ in range(AT_ONCE)]
    await asyncio.gather(*doors, *comings, _pages(served), import_rows(served, ROWS, f"Lovelace {perf_counter()}"))
    await ask(served, "GET", "/occupancy")
    await _read(served, f"/api/events/{served.event}/tickets.csv")
    return took_s


async def _door(served: Served, key: str, codes: Iterator[str], count: int, took_s: list[float]) -> None:
    """Scan by one connection. Raises where a scan is not decided."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    head = f"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {key}\r\n"
    for number in range(count):
        body = msgspec.json.encode({"qrcode_data": next(codes), "nonce": f"{key[:12]} {perf_counter()} {number}"})
        began = perf_counter()
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        said = await reader.readuntil(b"\r\n\r\n")
        answer = await reader.readexactly(int(said.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]))
        took_s.append(perf_counter() - began)
        if b'"admitted"' not in answer and b'"already_scanned"' not in answer:
            raise RuntimeError(f"a door was answered: {answer!r}")
    writer.close()


async def _come_and_go(served: Served, count: int) -> None:
    """Follow the event by one socket after another, each until it has the event's state."""
    headers = {"Authorization": f"Api-Key {served.admin_key}"}
    make = partial(Returning, "/live", headers, subscribe(served.event), b'"snapshot"', lambda _: None)
    for _ in range(count):
        _, screen = await asyncio.get_running_loop().create_connection(make, "127.0.0.1", served.port)
        await screen.ready
        screen.close()


async def _pages(served: Served) -> None:
    for number in range(PAGES_A_TENTH):
        for path in PAGES:
            await _read(served, path)
        await _read(served, f"/api/tickets?event={served.event}&limit=100&page={number % 10 + 1}")


async def _read(served: Served, path: str) -> None:
    """Read an answer, whatever its status, and keep nothing of it."""
    headers = {"Authorization": f"Api-Key {served.admin_key}"}
    request = HTTPRequest(
        f"http://127.0.0.1:{served.port}{path}", headers=headers, streaming_callback=lambda _: None, request_timeout=120
    )
    await AsyncHTTPClient().fetch(request, raise_error=False)


if __name__ == "__main__":
    main()
