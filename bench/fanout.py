"""`python -m bench.fanout`: from a door to the last of many screens, against a bare Tornado loop, in one run.

A phone scans at a steady pace; each scan is timed from its request to every screen. The rival is a Tornado server that
does nothing but `write_message` to all of its sockets: no database, no journal, no views.
"""

import asyncio
import signal
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import click
import msgspec
import uvloop
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler
from typing_extensions import override

from bench.screens import Arrivals, Screen, open_screens, subscribe
from bench.served import PARTY, ROOT, Served, cpu_s, free_port, serve

CONNECTIONS = 8
WAITS_S = 60.0
ROOM = {"HUB_SOCKETS_PER_KEY": "20000", "HUB_SOCKETS_PER_ADDRESS": "20000", "HUB_SOCKETS_TOTAL": "20000"}
ITEM = b'{"type":"updates","event":"%s","epoch":"k1","first":1,"items":[{"kind":"ticket.scanned","ticket":"%s"%s}]}'
"""About as long as the hub's frame of one scan."""

Send = Callable[[asyncio.StreamReader, asyncio.StreamWriter, str], Awaitable[None]]


class Round(NamedTuple):
    """Result of one subject, in seconds: the last screen of each scan, all screens, processor time of a frame."""

    last_s: list[float]
    all_s: list[float]
    cpu_s: float
    frames: int

    def part(self, part: float) -> float:
        """Return the time within which this part of the scans was on the last screen."""
        return sorted(self.last_s)[int(len(self.last_s) * part)]


class Subject(NamedTuple):
    """A server to measure: how a screen follows, how a scan is sent, and what processor time it took so far."""

    port: int
    make: Callable[[Arrivals], Screen]
    send: Send
    cpu_s: Callable[[], float]


@click.command()
@click.option("--screens", default=1000)
@click.option("--seconds", default=5.0, help="Of each round.")
@click.option("--rounds", default=3)
@click.option("--rates", default="5,20,100", help="Scans a second, by commas.")
def main(screens: int, seconds: float, rounds: int, rates: str) -> None:
    """Measure how long a scan takes to the last of many screens."""
    with tempfile.TemporaryDirectory() as folder:
        uvloop.run(_measure(Path(folder), screens, seconds, rounds, [int(rate) for rate in rates.split(",")]))


async def _measure(folder: Path, screens: int, seconds: float, rounds: int, rates: list[int]) -> None:
    tickets = -(-round(rounds * seconds * sum(rates)) // PARTY) * PARTY
    async with serve(folder, phones=1, tickets=tickets, settings=ROOM) as served, _bare() as bare:
        subjects = {"hub": _hub(served), "bare loop": bare}
        guests = iter([ticket["id"] for ticket in served.tickets])
        for rate in rates:
            played: dict[str, list[Round]] = {name: [] for name in subjects}
            for number in range(rounds):
                ids = [next(guests) for _ in range(round(rate * seconds))]
                for name in list(subjects)[:: 1 if number % 2 == 0 else -1]:
                    played[name].append(await _play(subjects[name], ids, rate, screens))
            _report(rate, screens, played)


def _report(rate: int, screens: int, played: dict[str, list[Round]]) -> None:
    click.echo(f"\n{rate} scans a second to {screens} screens (medians of {len(played['hub'])} rounds)")
    for name, rounds in played.items():
        p50, p99 = (1000 * statistics.median(each.part(part) for each in rounds) for part in (0.5, 0.99))
        cpu_us = statistics.median(1e6 * each.cpu_s / (len(each.last_s) * screens) for each in rounds)
        frames = statistics.median(each.frames / (len(each.last_s) * screens) for each in rounds)
        click.echo(
            f"  {name:<10} last screen p50 {p50:7.0f} ms  p99 {p99:7.0f} ms   worker {cpu_us:5.1f} us for each scan "
            f"and screen, in {frames:.2f} frames"
        )
    pairs = list(zip(played["hub"], played["bare loop"], strict=True))
    told = [statistics.median(hub.part(part) / bare.part(part) for hub, bare in pairs) for part in (0.5, 0.99)]
    cpu = statistics.median(hub.cpu_s / bare.cpu_s for hub, bare in pairs)
    click.echo(f"  hub to bare loop: p50 {told[0]:.2f}, p99 {told[1]:.2f}, processor time {cpu:.2f}")


async def _play(subject: Subject, ids: list[str], rate: int, count: int) -> Round:
    arrivals = Arrivals(len(ids) * count)
    screens = await open_screens(subject.port, count, lambda: subject.make(arrivals))
    await asyncio.sleep(1)
    before, arrivals.frames = subject.cpu_s(), 0
    await _send_all(subject, ids, rate, arrivals)
    async with asyncio.timeout(WAITS_S):
        await arrivals.complete.wait()
    took = [each for times in arrivals.took_s.values() for each in times]
    last = [max(times) for times in arrivals.took_s.values()]
    played = Round(last, took, subject.cpu_s() - before, arrivals.frames)
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


async def _post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, headers: str, body: bytes
) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    return await reader.readexactly(int(answer.partition(b"Content-Length: ")[2].split(b"\r\n")[0]))


def _hub(served: Served) -> Subject:
    codes = {ticket["id"]: ticket["code"] for ticket in served.tickets}
    phone = f"Authorization: Api-Key {served.phones[0]}\r\nContent-Type: application/json\r\n"
    organiser = {"Authorization": f"Api-Key {served.admin_key}"}

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ticket: str) -> None:
        body = msgspec.json.encode({"qrcode_data": codes[ticket], "nonce": ticket})
        answer = await _post(reader, writer, "/scan/ticket/", phone, body)
        if b'"admitted"' not in answer:
            raise RuntimeError(answer.decode())

    def make(arrivals: Arrivals) -> Screen:
        return Screen("/live", organiser, subscribe(served.event), b'"type":"snapshot"', arrivals.note)

    return Subject(served.port, make, send, served.cpu_s)


# --- the rival -------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _bare() -> AsyncIterator[Subject]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.fanout", "bare", str(port), cwd=ROOT)

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ticket: str) -> None:
        await _post(reader, writer, "/broadcast", "", ticket.encode())

    def make(arrivals: Arrivals) -> Screen:
        return Screen("/live", {}, b"follow", b"welcome", arrivals.note)

    try:
        yield Subject(port, make, send, lambda: cpu_s(process.pid))
    finally:
        process.terminate()
        await process.wait()


class BareSocket(WebSocketHandler):
    """Socket of a screen at the bare loop."""

    def initialize(self, sockets: set["BareSocket"]) -> None:
        """Take the set of all sockets."""
        self._sockets = sockets

    def open(self, *_: str, **__: str) -> None:
        """Follow from now on."""
        self.set_nodelay(True)
        self._sockets.add(self)
        self.write_message("welcome")

    @override
    def on_message(self, message: str | bytes) -> None:
        pass

    @override
    def on_close(self) -> None:
        self._sockets.discard(self)


class BareBroadcast(RequestHandler):
    """Scan at the bare loop: one message to all sockets."""

    def initialize(self, sockets: set[BareSocket]) -> None:
        """Take the set of all sockets."""
        self._sockets = sockets

    def post(self) -> None:
        """Send the message, then answer."""
        message = ITEM % (b"0" * 36, self.request.body, b',"filler":"%s"' % (b"." * 220))
        for socket in tuple(self._sockets):
            socket.write_message(message)
        self.finish(b"{}")


async def serve_bare(port: int) -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    sockets: set[BareSocket] = set()
    rules = [("/live", BareSocket, {"sockets": sockets}), ("/broadcast", BareBroadcast, {"sockets": sockets})]
    server = HTTPServer(Application(rules, log_function=lambda _: None))
    server.add_sockets(bind_sockets(port, "127.0.0.1", reuse_port=True))
    await stop.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        uvloop.run(serve_bare(int(sys.argv[2])))
    else:
        main()
