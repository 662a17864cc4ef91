"""`python -m bench.fanout`: from a door to the last of many screens, against servers that only broadcast, in one run.

A phone scans at a steady pace; each scan is timed from its request to every screen. The rivals know no database, no
journal and no views: a bare Tornado loop, and with `--rivals FOLDER` python-socketio and Node's `ws`.

Processor time is what to compare where other work runs on the machine: it swings less than the clock.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import click
import msgspec
import uvloop

from bench.broadcast_rivals import Subject, post, rivals
from bench.screens import Arrivals, Screen, open_screens, subscribe
from bench.served import PARTY, Served, serve

CONNECTIONS = 8
WAITS_S = 120.0
ROOM = {"HUB_SOCKETS_PER_KEY": "20000", "HUB_SOCKETS_PER_ADDRESS": "20000", "HUB_SOCKETS_TOTAL": "20000"}


class Round(NamedTuple):
    """Result of one subject, in seconds: the last screen of each scan, processor time; and how many frames."""

    last_s: list[float]
    cpu_s: float
    frames: int

    def part(self, part: float) -> float:
        """Return the time within which this part of the scans was on the last screen."""
        return sorted(self.last_s)[int(len(self.last_s) * part)]


class Figures(msgspec.Struct, kw_only=True):
    """Medians of a subject's rounds: the last screen in ms, processor time in µs, frames for each scan and screen."""

    p50_ms: float
    p99_ms: float
    cpu_us_scan_screen: float
    cpu_us_frame: float
    frames: float


@click.command()
@click.option("--screens", default=1000)
@click.option("--seconds", default=5.0, help="Of each round.")
@click.option("--rounds", default=3)
@click.option("--rates", default="5,20,100", help="Scans a second, by commas.")
@click.option("--processes", default=1, help="Workers of the hub.")
@click.option("--rivals", "folder", type=Path, help="Where python-socketio and ws are, fetched at first.")
def main(screens: int, seconds: float, rounds: int, rates: str, processes: int, folder: Path | None) -> None:
    """Measure how long a scan takes to the last of many screens."""
    wanted = [int(rate) for rate in rates.split(",")]
    results = uvloop.run(measure(screens, seconds, rounds, wanted, processes=processes, folder=folder))
    for rate, figures in results.items():
        _report(rate, screens, rounds, figures)


async def measure(
    screens: int, seconds: float, rounds: int, rates: list[int], *, processes: int = 1, folder: Path | None = None
) -> dict[int, dict[str, Figures]]:
    """Return the figures of the hub and its rivals, by scans a second; `folder` is that of the rivals to be fetched."""
    tickets = -(-round(rounds * seconds * sum(rates)) // PARTY) * PARTY
    settings = ROOM | {"HUB_PROCESSES": str(processes)}
    with tempfile.TemporaryDirectory() as data:
        async with serve(Path(data), phones=1, tickets=tickets, settings=settings) as served, rivals(folder) as others:
            subjects = {"hub": hub_subject(served), **others}
            guests = iter([ticket["id"] for ticket in served.tickets])
            return {rate: await _measure_rate(subjects, guests, rate, seconds, rounds, screens) for rate in rates}


async def _measure_rate(
    subjects: dict[str, Subject], guests: Iterator[str], rate: int, seconds: float, rounds: int, screens: int
) -> dict[str, Figures]:
    """Play the rounds of one rate, subjects in turns with the order changing; return the medians."""
    played: dict[str, list[Round]] = {name: [] for name in subjects}
    for number in range(rounds):
        ids = [next(guests) for _ in range(round(rate * seconds))]
        for name in list(subjects)[:: 1 if number % 2 == 0 else -1]:
            played[name].append(await _play(subjects[name], ids, rate, screens))
    return {name: _figures(each, screens) for name, each in played.items()}


def _figures(rounds: list[Round], screens: int) -> Figures:
    def median(values: Iterable[float]) -> float:
        return statistics.median(values)

    return Figures(
        p50_ms=1000 * median(each.part(0.5) for each in rounds),
        p99_ms=1000 * median(each.part(0.99) for each in rounds),
        cpu_us_scan_screen=median(1e6 * each.cpu_s / (len(each.last_s) * screens) for each in rounds),
        cpu_us_frame=median(1e6 * each.cpu_s / each.frames for each in rounds),
        frames=median(each.frames / (len(each.last_s) * screens) for each in rounds),
    )


def _report(rate: int, screens: int, rounds: int, figures: dict[str, Figures]) -> None:
    click.echo(f"\n{rate} scans a second to {screens} screens (medians of {rounds} rounds)")
    hub = figures["hub"]
    for name, each in figures.items():
        click.echo(
            f"  {name:<10} last screen p50 {each.p50_ms:7.0f} ms  p99 {each.p99_ms:7.0f} ms   processor time "
            f"{each.cpu_us_scan_screen:5.1f} us a scan and screen, {each.cpu_us_frame:5.1f} us a frame "
            f"({each.frames:.2f} frames)   hub to it: p50 {hub.p50_ms / each.p50_ms:.2f}, "
            f"p99 {hub.p99_ms / each.p99_ms:.2f}, processor {hub.cpu_us_scan_screen / each.cpu_us_scan_screen:.2f}"
        )


async def _play(subject: Subject, ids: list[str], rate: int, count: int) -> Round:
    arrivals = Arrivals(len(ids) * count)
    screens = await open_screens(subject.port, count, lambda: subject.make(arrivals))
    await asyncio.sleep(1)
    before, arrivals.frames = subject.cpu_s(), 0
    await _send_all(subject, ids, rate, arrivals)
    async with asyncio.timeout(WAITS_S):
        await arrivals.complete.wait()
    played = Round([max(times) for times in arrivals.took_s.values()], subject.cpu_s() - before, arrivals.frames)
    for screen in screens:
        screen.close()
    await asyncio.sleep(1)
    return played


async def _send_all(subject: Subject, ids: list[str], rate: int, arrivals: Arrivals) -> None:
    """Send a scan every 1 / `rate` seconds, whether those before are answered or not."""
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await asyncio.open_connection("127.0.0.1", subject.port))
    began = perf_counter()

    async def send(number: int, ticket: str) -> None:
        await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
        arrivals.send(ticket)
        connection = await idle.get()
        await subject.send(*connection, ticket)
        idle.put_nowait(connection)

    await asyncio.gather(*(send(number, ticket) for number, ticket in enumerate(ids)))
    while not idle.empty():
        idle.get_nowait()[1].close()


def hub_subject(served: Served) -> Subject:
    """Return the hub as it is measured: screens follow as organisers, and a phone scans over HTTP."""
    codes = {ticket["id"]: ticket["code"] for ticket in served.tickets}
    phone = f"Authorization: Api-Key {next(iter(served.phones), '')}\r\nContent-Type: application/json\r\n"
    organiser = {"Authorization": f"Api-Key {served.admin_key}"}

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ticket: str) -> None:
        body = msgspec.json.encode({"qrcode_data": codes[ticket], "nonce": ticket})
        answer = await post(reader, writer, "/scan/ticket/", phone, body)
        if b'"admitted"' not in answer:
            raise RuntimeError(answer.decode())

    def make(arrivals: Arrivals) -> Screen:
        return Screen("/live", organiser, subscribe(served.event), b'"type":"snapshot"', arrivals.note)

    return Subject(served.port, make, send, served.cpu_s, served.worker)


if __name__ == "__main__":
    main()
