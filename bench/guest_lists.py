"""`python -m bench.guest_lists`: all phones of an event fetch its guest list at once, while doors scan, as a ratio.

The doors open: each phone that is switched on asks for the whole manifest. Rounds with and without that take turns;
the first fetch after the start, for which nothing is encoded yet, is a round of its own.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

import click
import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bench.expiry import ALONE_S, PHONES, at, scan_during, told
from bench.imports import WHEN, ask, import_rows
from bench.served import Served, serve
from hub.client.client import LiveClient

SCANS = 3_000
ROUNDS = 3
FETCH_WITHIN_S = 120.0


@click.command()
@click.option("--tickets", default=30_000, show_default=True, help="In the guest list.")
@click.option("--phones", default=12, show_default=True, help="That fetch it at once.")
def main(tickets: int, phones: int) -> None:
    """Measure how long scans take while phones fetch the guest list, and alone."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), tickets, phones))


async def _measure(folder: Path, tickets: int, fetching: int) -> None:
    async with AsyncExitStack() as held:
        served = await held.enter_async_context(serve(folder, phones=PHONES + fetching, tickets=SCANS))
        doors = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in served.phones[:PHONES]]
        await ask(served, "POST", "/showings", msgspec.json.encode({**WHEN, "capacity": tickets}))
        await import_rows(served, tickets, "Lovelace")
        await scan_during(served, doors, lambda: asyncio.sleep(3))
        alone = await scan_during(served, doors, lambda: asyncio.sleep(ALONE_S))
        click.echo(f"alone {told(alone)}")
        for number in range(ROUNDS):
            sizes: list[int] = []

            async def fetch_all(sizes: list[int] = sizes) -> None:
                sizes += await asyncio.gather(*(_fetch(served, key) for key in served.phones[PHONES:]))

            begun, cpu_before = perf_counter(), served.cpu_s()
            beside = await scan_during(served, doors, fetch_all)
            took_s, cpu_s = perf_counter() - begun, served.cpu_s() - cpu_before
            click.echo(
                f"round {number + 1}: {fetching} phones had {tickets} tickets after {took_s:.1f} s, "
                f"{max(sizes) / 1e6:.2f} MB each, worker {cpu_s:.1f} s of processor time; scans beside: {told(beside)}"
            )
            ratios = ", ".join(f"p{100 * part:g} {at(beside, part) / at(alone, part):.2f}" for part in (0.5, 0.99))
            click.echo(f"  scans beside to scans alone: {ratios}")


async def _fetch(served: Served, key: str) -> int:
    """Fetch the whole manifest as a browser does; return its bytes on the wire."""
    request = HTTPRequest(
        f"http://127.0.0.1:{served.port}/scan/manifest/",
        headers={"Authorization": f"Api-Key {key}", "Accept-Encoding": "gzip"},
        decompress_response=False,
        request_timeout=FETCH_WITHIN_S,
    )
    client = AsyncHTTPClient(force_instance=True, max_body_size=1 << 30)
    try:
        return len((await client.fetch(request)).body)
    finally:
        client.close()


if __name__ == "__main__":
    main()
