"""`python -m bench.expiry`: how long scans take while many tickets expire at once, as a ratio, all in one run.

Tickets whose time is over are marked by scheduled jobs, a batch at a time, while phones scan others at the very event
they belong to: the hardest case, since both change one stream. Rounds with and without that work take turns.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

import click
from pymongo import MongoClient

from bench.report import Row, print_rows
from bench.served import Served, serve
from hub.client.client import LiveClient

PHONES = 4
PAUSE_S = 0.2
"""Between a phone's scans: doors at work, no load that would hide what is added to it."""
ALONE_S = 15.0
EVERY_SECOND = "* * * * * *"
SCANS = 15_000
CHUNK = 10_000

Mongo = MongoClient[dict[str, Any]]


@click.command()
@click.option("--tickets", default=100_000, show_default=True, help="Tickets that expire at once, in each round.")
@click.option("--rounds", default=1, show_default=True, help="How often.")
def main(tickets: int, rounds: int) -> None:
    """Measure how long scans take while tickets expire, and while none do."""
    print_rows(asyncio.run(measure(tickets, rounds)))


async def measure(tickets: int, rounds: int, alone_s: float = ALONE_S) -> list[Row]:
    """Return the rows of expiry."""
    settings = {"HUB_EXPIRE_CRON": EVERY_SECOND}
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as held:
            served = await held.enter_async_context(
                serve(Path(folder), phones=PHONES, tickets=SCANS, settings=settings)
            )
            database = held.enter_context(Mongo(served.database_uri()))["scanhub"]
            phones = [await held.enter_async_context(LiveClient(served.live, api_key=key)) for key in served.phones]
            await scan_during(served, phones, lambda: asyncio.sleep(alone_s / 5))
            pairs = []
            for number in range(1, rounds + 1):
                alone = await scan_during(served, phones, lambda: asyncio.sleep(alone_s))
                await asyncio.to_thread(_add_old_tickets, database, tickets)
                begun = perf_counter()
                beside = await scan_during(served, phones, lambda: _all_expired(database))
                pairs.append((alone, beside))
                click.echo(f"round {number}: alone {told(alone)}", err=True)
                click.echo(f"  {tickets} expired in {perf_counter() - begun:.0f} s: {told(beside)}", err=True)
    return [
        Row(
            key=f"expiry.p{100 * part:.0f}",
            value=statistics.median(at(beside, part) / at(alone, part) for alone, beside in pairs),
        )
        for part in (0.5, 0.99)
    ]


async def scan_during(served: Served, phones: list[LiveClient], work: Callable[[], Awaitable[None]]) -> list[float]:
    """Scan fresh tickets until `work` is done, once at least; return how long each scan took, in seconds."""
    took_s: list[float] = []
    is_measured = asyncio.Event()

    async def scan(phone: LiveClient) -> None:
        while True:
            code = served.tickets.pop()["code"]
            begun = perf_counter()
            await phone.scan(code)
            took_s.append(perf_counter() - begun)
            is_measured.set()
            await asyncio.sleep(PAUSE_S)

    async def until_done() -> None:
        await work()
        await is_measured.wait()

    scanning = [asyncio.create_task(scan(phone)) for phone in phones]
    done, _ = await asyncio.wait([asyncio.create_task(until_done()), *scanning], return_when=asyncio.FIRST_COMPLETED)
    for task in scanning:
        task.cancel()
    await asyncio.gather(*scanning, return_exceptions=True)
    for task in done:
        task.result()
    return took_s


def _add_old_tickets(database: Any, count: int) -> None:
    """Insert copies of a ticket that no scan shows, whose time was over yesterday."""
    one = database.tickets.find_one({"scans.0": {"$exists": False}})
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for first in range(0, count, CHUNK):
        size = min(CHUNK, count - first)
        database.tickets.insert_many([{**one, "_id": str(uuid4()), "expires_at": yesterday} for _ in range(size)])


async def _all_expired(database: Any) -> None:
    def wait() -> None:
        while database.tickets.find_one({"expired": None, "expires_at": {"$lt": datetime.now(UTC)}}):
            sleep(0.5)

    await asyncio.to_thread(wait)


def at(took_s: list[float], part: float) -> float:
    """Return the time within which this part of all was done."""
    return sorted(took_s)[int(len(took_s) * part)]


def told(took_s: list[float]) -> str:
    """Return in words how long scans took."""
    return f"p50 {1000 * at(took_s, 0.5):.1f} ms, p99 {1000 * at(took_s, 0.99):.1f} ms of {len(took_s)} scans"


if __name__ == "__main__":
    main()
