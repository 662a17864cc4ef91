"""`python -m bench.growth`: what an event of a million tickets costs against one of a thousand, all in one run.

Both events are of one hub, and rounds take turns: scans, a search by name, pages of both lists, a page of the manifest.
Then the hub gets many events, and a journal of a million entries, and starts again.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple
from uuid import uuid4

import click
import msgspec
from pymongo import MongoClient
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bench.report import Row, print_rows, write
from bench.served import PARTY, Served, serve
from tests.store.many_tickets import every, multiply, text, uuid

NAMESAKES = 10
"""Guests of each last name, in either event: a search finds as many in both."""
PATIENCE_S = 600.0
DATABASE = "scanhub"

Ask = Callable[[Served, int], Awaitable[None]]
Mongo = MongoClient[dict[str, Any]]


class Sizes(NamedTuple):
    """How much there is of everything."""

    small: int = 1_000
    large: int = 1_000_000
    events: int = 500
    entries: int = 1_000_000
    rounds: int = 7
    asked: int = 40
    """Of each thing in a round."""


QUICK = Sizes(large=10_000, events=50, entries=10_000, rounds=3, asked=10)
TINY = Sizes(small=100, large=300, events=2, entries=300, rounds=1, asked=2)


@click.command()
@click.option("--tickets", default=Sizes().large, show_default=True, help="Of the large event.")
@click.option("--quick", is_flag=True, help="Few of everything: a first look.")
def main(tickets: int, quick: bool) -> None:
    """Measure what grows with tickets, events and the journal."""
    rows = asyncio.run(measure(QUICK if quick else Sizes(large=tickets)))
    print_rows(rows)
    if not quick:
        write("growth", rows)


async def measure(sizes: Sizes) -> list[Row]:
    """Return the rows of growth."""
    with tempfile.TemporaryDirectory() as folder:
        tickets = -(-(3 * sizes.rounds + 3) * sizes.asked // PARTY) * PARTY
        async with serve(Path(folder), phones=1, tickets=tickets, may=["search", "names"]) as small:
            large = small.sibling()
            await large.prepare(phones=1, tickets=tickets, may=["search", "names"])
            with Mongo(small.database_uri()) as client:
                await asyncio.to_thread(_fill, client[DATABASE], {small.event: sizes.small, large.event: sizes.large})
            rows = await _compare(small, large, sizes)
            rows.append(await _with_events(small, sizes))
            with Mongo(small.database_uri()) as client:
                await asyncio.to_thread(_fill_journal, client[DATABASE], sizes.entries)
        return [*rows, *await _start(Path(folder))]


# --- tickets ---------------------------------------------------------------------------------------------------------


async def _compare(small: Served, large: Served, sizes: Sizes) -> list[Row]:
    things: dict[str, tuple[Ask, Callable[[Served], int]]] = {
        "scan": (_scan, lambda _: 0),
        "search": (_search, lambda served: sizes.small if served is small else sizes.large),
        "list": (_list, lambda _: 0),
        "list.desk": (_list_of_desk, lambda _: 0),
        "manifest": (_manifest, lambda _: 0),
    }
    rows = []
    for name, (ask, count) in things.items():
        pairs = []
        for number in range(sizes.rounds + 1):
            both = (small, large) if number % 2 else (large, small)
            took = {served: await _time(ask, served, count(served), sizes.asked) for served in both}
            pairs.append((took[small], took[large]))
        ratio = statistics.median(one[1] / one[0] for one in pairs[1:])
        in_ms = [1000 * statistics.median(times) for times in zip(*pairs[1:], strict=True)]
        note = f"{in_ms[0]:.1f} ms, and {in_ms[1]:.1f} ms with {sizes.large} tickets"
        rows.append(Row(key=f"growth.{name}", value=ratio, note=note))
    return rows


async def _time(ask: Ask, served: Served, argument: int, count: int) -> float:
    """Return the median time of an ask, one after another."""
    took_s = []
    for _ in range(count):
        began = perf_counter()
        await ask(served, argument)
        took_s.append(perf_counter() - began)
    return statistics.median(took_s)


async def _scan(served: Served, _: int) -> None:
    body = {"qrcode_data": served.tickets.pop()["code"], "nonce": str(uuid4())}
    answer = await _ask(served, "/scan/ticket/", body)
    if answer["code"] != "admitted":
        raise RuntimeError(str(answer))


async def _search(served: Served, count: int) -> None:
    answer = await _ask(served, "/scan/search_ticket/", {"search": f"hopper{count // NAMESAKES // 2}x"})
    if answer["count"] != NAMESAKES:
        raise RuntimeError(str(answer))


async def _list(served: Served, _: int) -> None:
    await _ask(served, "/scan/list_tickets/", {"page": 1, "page_size": 50, "order_by": "last_name"})


async def _list_of_desk(served: Served, _: int) -> None:
    await _ask(served, f"/api/tickets?event={served.event}&sort=last_name&limit=50", None, key=served.admin_key)


async def _manifest(served: Served, _: int) -> None:
    await _ask(served, "/scan/manifest/?limit=100", None)


async def _ask(served: Served, path: str, body: Any, *, key: str | None = None) -> Any:
    request = HTTPRequest(
        f"http://127.0.0.1:{served.port}{path}",
        "GET" if body is None else "POST",
        {"Authorization": f"Api-Key {key or served.phones[0]}", "Content-Type": "application/json"},
        None if body is None else msgspec.json.encode(body),
        request_timeout=PATIENCE_S,
    )
    return msgspec.json.decode((await AsyncHTTPClient().fetch(request)).body)


def _fill(database: Any, counts: dict[str, int]) -> None:
    """Give each event so many more tickets, like one of its own."""
    for kind, (event, count) in enumerate(counts.items(), start=5):
        ticket = database.tickets.find_one({"event": event})
        name = text("Hopper", {"$toLong": {"$floor": {"$divide": ["$i", NAMESAKES]}}})
        varied = {
            "_id": uuid(kind),
            "reservation": uuid(kind + 2, {"$toLong": {"$floor": {"$divide": ["$i", 4]}}}),
            "words": ["grace", {"$toLower": {"$concat": [name, "x"]}}],
            "first_name": "Grace",
            "last_name": {"$concat": [name, "x"]},
            "time": text("1", every(10)),
        }
        multiply(database, "tickets", count, ticket, varied)


# --- events, and the journal ----------------------------------------------------------------------------------------


async def _with_events(served: Served, sizes: Sizes) -> Row:
    """Return what a scan takes among so many events to what it took before there were any but two."""
    rounds = range(sizes.rounds)
    before = [await _time(_scan, served, 0, sizes.asked) for _ in rounds]
    for _ in range(sizes.events):
        await served.sibling().prepare(phones=0, tickets=0)
    after = [await _time(_scan, served, 0, sizes.asked) for _ in rounds]
    ratio = statistics.median(after) / statistics.median(before)
    return Row(key="growth.events", value=ratio, note=f"{sizes.events} events")


def _fill_journal(database: Any, count: int) -> None:
    """Add so many entries to an event's journal, and move its stream on."""
    entry = database.journal.find_one({"kind": "ticket.scanned"})
    stream = database.streams.find_one({"_id": entry["event"]})
    one = {name: value for name, value in entry.items() if name != "_id"}
    multiply(database, "journal", count, one, {"seq": {"$toLong": {"$add": [stream["seq"] + 1, "$i"]}}})
    database.streams.update_one({"_id": entry["event"]}, {"$inc": {"seq": count}})


async def _start(folder: Path) -> list[Row]:
    """Return how long a start takes with all that in the database, to a start with an empty one."""
    began = perf_counter()
    async with serve(folder, phones=0, tickets=0):
        full_s = perf_counter() - began
    with tempfile.TemporaryDirectory() as other:
        began = perf_counter()
        async with serve(Path(other), phones=0, tickets=0):
            empty_s = perf_counter() - began
    return [Row(key="growth.start", value=full_s / empty_s, note=f"{empty_s:.1f} and {full_s:.1f} s")]


if __name__ == "__main__":
    main()
