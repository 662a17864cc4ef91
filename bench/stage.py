"""Stage of a run: the embedded database, a hub of one worker on it, its rivals, and fresh tickets."""

import asyncio
import contextlib
import os
import random
import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from bench.load import LIVE, Order, Report
from bench.rivals import connect
from bench.served import cpu_s, free_port, workers_of
from hub.secrets import new_api_key
from hub.simulation.http import Wire
from hub.simulation.organiser import Organiser
from store.embedded.mongod import EmbeddedMongod

ROOT = Path(__file__).parent.parent
PARTY = 500
"""Tickets booked at once: as many as a reservation may hold."""

PATH = "/scan/ticket/"
OVER_SOCKET = " over the socket"
"""At the end of a subject's name: the same by WebSocket."""
PATIENCE_S = 300.0


DATABASE = "database"
HOST = "hub {}"
"""Subject of a further host's hub, by its number from 2 on."""


class Stage:
    """Stage with everything started, and for each host a load's process to order rounds from."""

    def __init__(
        self,
        ports: Mapping[str, int],
        key: str,
        loads: Mapping[str, asyncio.subprocess.Process],
        pids: Mapping[str, int],
    ) -> None:
        self._ports = ports
        self._key = key
        self._loads = loads
        self._pids = pids

    async def play(self, subject: str, *, first: int, count: int, connections: int) -> Report:
        """Send bodies `first` to `first + count` to `subject`. Raises where an answer is not an admission."""
        order = Order(
            port=self._ports[subject.removesuffix(OVER_SOCKET)],
            path=LIVE if subject.endswith(OVER_SOCKET) else PATH,
            authorization=f"Api-Key {self._key}",
            first=first,
            count=count,
            connections=connections,
            expect='"admitted"',
        )
        took = self._cpu_s(subject), cpu_s(self._pids[DATABASE])
        report = await ask_load(self._loads.get(subject, self._loads["hub"]), order, subject)
        report.cpu_s, report.database_cpu_s = self._cpu_s(subject) - took[0], cpu_s(self._pids[DATABASE]) - took[1]
        return report

    def _cpu_s(self, subject: str) -> float:
        """Processor time that a server has taken; a hub's is that of its workers."""
        pid = self._pids[subject.removesuffix(OVER_SOCKET)]
        return sum(map(cpu_s, workers_of(pid) or [pid]))


async def ask_load(load: asyncio.subprocess.Process, order: Order, subject: str) -> Report:
    """Have a load carry out an order. Raises where an answer is not as expected."""
    assert load.stdin is not None and load.stdout is not None
    load.stdin.write(msgspec.json.encode(order) + b"\n")
    report = msgspec.json.decode(await load.stdout.readline(), type=Report)
    if report.wrong is not None:
        raise RuntimeError(f"{subject} answered: {report.wrong}")
    return report


@asynccontextmanager
async def set_stage(folder: Path, tickets: int, hosts: int = 1) -> AsyncIterator[Stage]:
    """Start all, with so many hubs that share the database alone, book `tickets`, and end all again."""
    async with AsyncExitStack() as held:
        mongod = EmbeddedMongod(folder)
        held.push_async_callback(mongod.stop)
        uri = await mongod.start()
        ports = {subject: free_port() for subject in ("bare", "update", "hub")}
        admin_key = new_api_key().key
        environ = {"BENCH_MONGODB_URI": uri, **_hub_environ(folder, uri, ports["hub"], admin_key)}
        words = {
            "bare": ("-m", "bench.rivals", "bare", str(ports["bare"])),
            "update": ("-m", "bench.rivals", "update", str(ports["update"])),
            "hub": ("run.py", "serve"),
        }
        pids = {DATABASE: mongod.pid}
        for subject, port in ports.items():
            process = await held.enter_async_context(running(environ, *words[subject]))
            pids[subject] = process.pid
            await answers(process, port)
        for subject in map(HOST.format, range(2, hosts + 1)):
            ports[subject] = free_port()
            own = {"HUB_DATA": str(folder / subject), "HUB_PORT": str(ports[subject])}
            process = await held.enter_async_context(running(environ | own, "run.py", "serve"))
            pids[subject] = process.pid
            await answers(process, ports[subject])
        key, codes = await _prepare(f"http://127.0.0.1:{ports['hub']}", admin_key, tickets)
        rival = connect(uri)
        await rival.insert_many([{"_id": code, "used": False} for code in codes])
        rival.database.client.close()
        bodies = folder / "bodies"
        bodies.write_bytes(b"\n".join(_body(number, code) for number, code in enumerate(codes)))
        loads = {}
        for subject in ports.keys() - {"bare", "update"}:
            load = running(environ, "-m", "bench.load", str(bodies), talks=True)
            loads[subject] = await held.enter_async_context(load)
        yield Stage(ports, key, loads, pids)


def _hub_environ(folder: Path, uri: str, port: int, admin_key: str) -> dict[str, str]:
    return {
        "HUB_DATA": str(folder / "hub"),
        "HUB_MONGODB_URI": uri,
        "HUB_SECRET": secrets.token_urlsafe(32),
        "HUB_ADMIN_KEY": admin_key,
        "HUB_PORT": str(port),
        "HUB_PROCESSES": "1",
        "HUB_SOCKETS_PER_DEVICE": "1000",
    }


@asynccontextmanager
async def running(
    environ: Mapping[str, str],
    *words: str,
    talks: bool = False,
    program: str = sys.executable,
    user: str | None = None,
    cwd: Path = ROOT,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program, Python unless told otherwise, until the block ends; one that `talks` has its output read."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        cwd=cwd,
        user=user,
        env={**os.environ, **environ},
        stdin=pipe,
        stdout=pipe if talks else asyncio.subprocess.DEVNULL,
        limit=64 * 1024 * 1024,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _prepare(url: str, admin_key: str, tickets: int) -> tuple[str, list[str]]:
    """Make an event with one door, pair a phone, book; return the phone's key and the codes."""
    wire = Wire(url, chance=random.Random())
    organiser = Organiser(wire, admin_key)
    soon = (datetime.now(UTC) + timedelta(hours=1)).replace(second=0, microsecond=0)
    when = {"date": f"{soon:%Y-%m-%d}", "time": f"{soon:%H:%M}"}
    event = await organiser.create_event(
        {
            "name": "Benchmark",
            "timezone": "UTC",
            "starts_at": soon.isoformat(),
            "ends_at": (soon + timedelta(hours=6)).isoformat(),
            "doors": [{"name": "Door"}],
            "products": [{"name": "Standard"}],
            "showings": [{**when, "capacity": tickets}],
        }
    )
    phone = await organiser.pair(event["uuid"], event["doors"][0]["id"], "Phone")
    codes: list[str] = []
    while len(codes) < tickets:
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
        order = {"event": event["uuid"], **when, "name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
        size = min(PARTY, tickets - len(codes))
        party = await organiser.book_party({**order, "tickets": [guest] * size}, again=f"party {len(codes)}")
        codes += [ticket["code"] for ticket in party]
    wire.close()
    return phone.key, codes


def _body(number: int, code: str) -> bytes:
    return msgspec.json.encode({"qrcode_data": code, "nonce": f"scan {number}"})


async def answers(process: asyncio.subprocess.Process, port: int) -> None:
    """Wait until `process` listens on `port`. Raises where it ends instead."""
    async with asyncio.timeout(PATIENCE_S):
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
    raise RuntimeError("a server ended before it served; its words are above")
