"""`python -m bench.imports`: how long scans take while a large file is imported, as a ratio, all in one run.

A file of tickets sold elsewhere is imported into the very event whose doors scan, the hardest case; then every ticket
of it is corrected. Then all is exported, and what the worker holds in memory is compared with before.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bench.expiry import ALONE_S, PHONES, SCANS, at, scan_during, told
from bench.served import Served, serve
from hub.client.client import LiveClient

WHEN = {"date": "2090-12-25", "time": "20:30"}
LOOK_EVERY_S = 0.2


@click.command()
@click.option("--rows", default=100_000, show_default=True, help="Tickets in the file.")
def main(rows: int) -> None:
    """Measure how long scans take during an import, and alone."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), rows))


async def _measure(folder: Path, rows: int) -> None:
    async with AsyncExitStack() as held:
        served = await held.enter_async_context(serve(folder, phones=PHONES, tickets=SCANS))
        phones = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in served.phones]
        await ask(served, "POST", "/showings", msgspec.json.encode({**WHEN, "capacity": rows}))
        await scan_during(served, phones, lambda: asyncio.sleep(3))
        alone = await scan_during(served, phones, lambda: asyncio.sleep(ALONE_S))
        click.echo(f"alone {told(alone)}")
        for what, last_name in (("imported", "Lovelace"), ("corrected", "Byron")):
            begun, before = perf_counter(), served.memory_kib()
            beside = await scan_during(served, phones, partial(import_rows, served, rows, last_name))
            memory = (served.memory_kib() - before) / 1024
            click.echo(
                f"while {rows} rows were {what}, in {perf_counter() - begun:.0f} s, {memory:+.0f} MiB: {told(beside)}"
            )
            for part in (0.5, 0.99, 0.999):
                ratio = at(beside, part) / at(alone, part)
                click.echo(f"scans while they are {what} to scans alone, p{100 * part:g}: {ratio:.2f}")
        await _export(served)


async def import_rows(served: Served, rows: int, last_name: str) -> None:
    """Import a file of so many tickets; returns when all of it is there."""
    lines = (f"B{number:07},Ada,{last_name} {number},{WHEN['date']},{WHEN['time']}" for number in range(rows))
    begun = await ask(served, "POST", "/import", "\n".join(["barcode,first_name,last_name,date,time", *lines]).encode())
    now = begun
    while now["state"] == "staging":
        await asyncio.sleep(LOOK_EVERY_S)
        now = await ask(served, "GET", f"/api/imports/{begun['id']}")
    if now["state"] != "completed":
        raise RuntimeError(f"the import failed: {now['error']}")


async def _export(served: Served) -> None:
    """Read the export, keeping nothing of it, and print its time."""
    before, begun, size, most = served.memory_kib(), perf_counter(), 0, 0

    def count(piece: bytes) -> None:
        nonlocal size, most
        size += len(piece)
        most = max(most, served.memory_kib())

    await AsyncHTTPClient(force_instance=True).fetch(_request(served, "GET", "/tickets.csv", None, count))
    took_s = perf_counter() - begun
    click.echo(
        f"exported {size / 1e6:.1f} MB in {took_s:.1f} s; memory {before / 1024:.0f} MiB, at most {most / 1024:.0f} MiB"
    )


async def ask(served: Served, method: str, path: str, body: bytes | None = None) -> Any:
    """Return the answer of the hub to its operator; a path that is not the API's own is the event's."""
    answer = await AsyncHTTPClient(force_instance=True).fetch(_request(served, method, path, body))
    return msgspec.json.decode(answer.body)


def _request(served: Served, method: str, path: str, body: bytes | None, each: Any = None) -> HTTPRequest:
    whole = path if path.startswith("/api") else f"/api/events/{served.event}{path}"
    return HTTPRequest(
        f"http://127.0.0.1:{served.port}{whole}",
        method,
        {"Authorization": f"Api-Key {served.admin_key}", "Content-Type": "text/csv"},
        body,
        request_timeout=120,
        streaming_callback=each,
    )


if __name__ == "__main__":
    main()
