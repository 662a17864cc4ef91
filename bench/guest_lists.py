"""`python -m bench.guest_lists`: all phones of an event fetch its guest list at once, while doors scan, as a ratio.

The doors open: each phone that is switched on asks for the whole manifest, page by page as the scanner does. The first
fetch after the start, for which nothing is encoded yet, is a round of its own.
"""

import asyncio
import gzip
import statistics
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import click
import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse

from bench.expiry import ALONE_S, PHONES, at, scan_during, told
from bench.imports import WHEN, ask, import_rows
from bench.report import Row, print_rows
from bench.served import Served, serve
from hub.client.client import LiveClient

SCANS = 3_000
ROUNDS = 3
FETCH_WITHIN_S = 120.0
FIRST_PAGE, LARGEST_PAGE = 500, 4000
"""As the scanner has them on a quick line (web/static/scanner/offline/list_transfer.js)."""


class Round(NamedTuple):
    """Result of a round: scans beside it, until all phones had the list, processor time, and bytes to each phone."""

    beside_s: list[float]
    took_s: float
    cpu_s: float
    size: int


@click.command()
@click.option("--tickets", default=30_000, show_default=True, help="In the guest list.")
@click.option("--phones", default=12, show_default=True, help="That fetch it at once.")
@click.option("--whole", is_flag=True, help="Each in one answer, as other clients fetch it.")
def main(tickets: int, phones: int, whole: bool) -> None:
    """Measure how long scans take while phones fetch the guest list, and alone."""
    print_rows(asyncio.run(measure(tickets, phones, is_whole=whole)))


async def measure(tickets: int, fetching: int, alone_s: float = ALONE_S, *, is_whole: bool = False) -> list[Row]:
    """Return the rows of guest lists: those of the first round, when nothing is kept, and the scans of all."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as held:
            served = await held.enter_async_context(serve(Path(folder), phones=PHONES + fetching, tickets=SCANS))
            keys = served.phones[:PHONES]
            doors = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in keys]
            await ask(served, "POST", "/showings", msgspec.json.encode({**WHEN, "capacity": tickets}))
            await import_rows(served, tickets, "Lovelace")
            await scan_during(served, doors, lambda: asyncio.sleep(alone_s / 5))
            alone = await scan_during(served, doors, lambda: asyncio.sleep(alone_s))
            click.echo(f"alone {told(alone)}", err=True)
            rounds = [await _play(served, doors, is_whole=is_whole) for _ in range(ROUNDS)]
    first = rounds[0]
    p50 = statistics.median(at(each.beside_s, 0.5) / at(alone, 0.5) for each in rounds)
    beside = ", ".join(f"{1000 * at(each.beside_s, 0.5):.0f}" for each in rounds)
    note = f"{1000 * at(alone, 0.5):.0f} ms alone; {beside} ms"
    return [
        Row(key="lists.p50", value=p50, note=note),
        Row(key="lists.ready_s", value=first.took_s, note=f"again: {rounds[-1].took_s:.1f} s"),
        Row(key="lists.mb", value=first.size / 1e6),
        Row(key="lists.cpu_s", value=first.cpu_s, note=f"again: {rounds[-1].cpu_s:.1f} s"),
    ]


async def _play(served: Served, doors: list[LiveClient], *, is_whole: bool) -> Round:
    sizes: list[int] = []
    fetch = _fetch_whole if is_whole else _fetch_pages

    async def fetch_all() -> None:
        sizes.extend(await asyncio.gather(*(fetch(served, key) for key in served.phones[PHONES:])))
        ready.append(perf_counter())

    ready: list[float] = []
    begun, cpu_before = perf_counter(), served.cpu_s()
    beside = await scan_during(served, doors, fetch_all)
    return Round(beside, ready[0] - begun, served.cpu_s() - cpu_before, max(sizes))


async def _fetch_pages(served: Served, key: str) -> int:
    """Fetch the manifest as the scanner does; return its bytes on the wire."""
    limit, query, size = FIRST_PAGE, "", 0
    heads = []
    while True:
        answer = await _fetch(served, key, f"?limit={limit}{query}")
        size += len(answer.body)
        page: Any = msgspec.json.decode(await asyncio.to_thread(gzip.decompress, answer.body))
        heads.append((page["epoch"], page["seq"]))
        if page["next"] is None:
            break
        limit, query = min(LARGEST_PAGE, 2 * limit), f"&after={page['next']}"
    epoch, seq = min(heads)
    return size + len((await _fetch(served, key, f"?limit={limit}&epoch={epoch}&since={seq}")).body)


async def _fetch_whole(served: Served, key: str) -> int:
    return len((await _fetch(served, key, "")).body)


async def _fetch(served: Served, key: str, query: str) -> HTTPResponse:
    request = HTTPRequest(
        f"http://127.0.0.1:{served.port}/scan/manifest/{query}",
        headers={"Authorization": f"Api-Key {key}", "Accept-Encoding": "gzip"},
        decompress_response=False,
        request_timeout=FETCH_WITHIN_S,
    )
    client = AsyncHTTPClient(force_instance=True, max_body_size=1 << 30)
    try:
        return await client.fetch(request)
    finally:
        client.close()


if __name__ == "__main__":
    main()
