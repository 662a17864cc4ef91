"""`python -m bench.imports`: how long scans take while a large file is imported, as a ratio, all in one run.

A file of tickets sold elsewhere is imported into the very event whose doors scan, the hardest case; then every ticket
of it is corrected. Then all is exported, and what the worker holds in memory is compared with before.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bench.expiry import ALONE_S, PHONES, SCANS, at, scan_during, told
from bench.report import Row, print_rows
from bench.served import Served, serve
from hub.client.client import LiveClient

WHEN = {"date": "2090-12-25", "time": "20:30"}
LOOK_EVERY_S = 0.2


@click.command()
@click.option("--rows", default=100_000, show_default=True, help="Tickets in the file.")
def main(rows: int) -> None:
    """Measure how long scans take during an import, and alone."""
    print_rows(asyncio.run(measure(rows)))


async def measure(rows: int, alone_s: float = ALONE_S) -> list[Row]:
    """Return the rows of imports, corrections and exports."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as held:
            served = await held.enter_async_context(serve(Path(folder), phones=PHONES, tickets=SCANS))
            phones = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in served.phones]
            await ask(served, "POST", "/showings", msgspec.json.encode({**WHEN, "capacity": rows}))
            await scan_during(served, phones, lambda: asyncio.sleep(alone_s / 5))
            alone = await scan_during(served, phones, lambda: asyncio.sleep(alone_s))
            click.echo(f"alone {told(alone)}", err=True)
            works: dict[str, Callable[[], Awaitable[None]]] = {
                "import": partial(import_rows, served, rows, "Lovelace"),
                "correct": partial(import_rows, served, rows, "Byron"),
                "export": partial(_export, served),
            }
            for name, work in works.items():
                begun, cpu_before = perf_counter(), served.cpu_s()
                beside = await scan_during(served, phones, work)
                took_s, cpu_s = perf_counter() - begun, served.cpu_s() - cpu_before
                click.echo(f"{name}: {took_s:.1f} s, worker {cpu_s:.1f} s of processor time; {told(beside)}", err=True)
                note = f"{rows} in {took_s:.0f} s"
                found += [
                    Row(key=f"{name}.p50", value=at(beside, 0.5) / at(alone, 0.5), note=note),
                    Row(key=f"{name}.p99", value=at(beside, 0.99) / at(alone, 0.99)),
                ]
                if name == "import":
                    found.append(Row(key="import.rate", value=rows / took_s))
    return found


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
    grew = (most - before) / 1024
    click.echo(f"exported {size / 1e6:.1f} MB in {took_s:.1f} s; memory {grew:+.0f} MiB at most", err=True)


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
        request_timeout=600,
        streaming_callback=each,
    )


if __name__ == "__main__":
    main()
