"""Hub of one worker that serves an event, with paired phones and fresh tickets."""

import asyncio
import os
import random
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hub.secrets import new_api_key
from hub.simulation.http import Wire
from hub.simulation.organiser import Organiser

ROOT = Path(__file__).parent.parent
WHEN = {"date": "2090-12-24", "time": "20:30"}
PARTY = 100
WINDOW = 900
"""So far back a client can resume, with something to spare of the 1,000."""


class Served:
    """Hub as clients and its operator see it."""

    def __init__(self, url: str, supervisor: int, organiser: Organiser, admin_key: str) -> None:
        self.url = url
        self.live = url.replace("http:", "ws:") + "/live"
        self.port = int(url.rpartition(":")[2])
        self.admin_key = admin_key
        self.event = ""
        self.phones: list[str] = []
        self.tickets: list[dict[str, Any]] = []
        self._supervisor = supervisor
        self._organiser = organiser

    def sibling(self) -> "Served":
        """Return the same hub with another event, yet to be prepared."""
        return Served(self.url, self._supervisor, self._organiser, self.admin_key)

    async def prepare(self, phones: int, tickets: int, may: Sequence[str] = ()) -> None:
        """Make the event, pair the phones with these rights and book."""
        form = {
            "name": "Benchmark",
            "timezone": "UTC",
            "starts_at": "2090-12-24T20:30:00Z",
            "ends_at": "2090-12-25T02:00:00Z",
            "doors": [{"name": "Door"}],
            "products": [{"name": "Standard"}],
            "showings": [{**WHEN, "capacity": max(1, tickets)}],
        }
        event = await self._organiser.create_event(form)
        self.event = event["uuid"]
        for number in range(phones):
            phone = await self._organiser.pair(self.event, event["doors"][0]["id"], f"Phone {number}", may=may)
            self.phones.append(phone.key)
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
        order = {"event": self.event, **WHEN, "name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
        for number in range(0, tickets, PARTY):
            party = {**order, "tickets": [guest] * PARTY}
            self.tickets += await self._organiser.book_party(party, again=f"{self.event} {number}")

    async def position(self) -> dict[str, Any]:
        """Return the position furthest back that is sure to be recovered."""
        counts = await self._organiser.occupancy(self.event)
        return {"epoch": counts["epoch"], "seq": max(0, counts["seq"] - WINDOW)}

    def memory_kib(self) -> int:
        """Return the memory of the worker."""
        return memory_kib(self.worker())

    def cpu_s(self) -> float:
        """Return the processor time that the workers have taken, all their threads together."""
        return sum(map(cpu_s, self.workers()))

    def database_uri(self) -> str:
        """Return where the hub's embedded database is reached."""
        environ = Path(f"/proc/{self.worker()}/environ").read_text().split("\0")
        return dict(line.partition("=")[::2] for line in environ)["HUB_MONGODB_URI"]

    def worker(self) -> int:
        """Return the process id of the worker, of several that of the first."""
        return self.workers()[0]

    def workers(self) -> list[int]:
        """Return the process ids of all workers."""
        return workers_of(self._supervisor)


def cpu_s(pid: int) -> float:
    """Return the processor time that a process has taken, all its threads together."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def workers_of(supervisor: int) -> list[int]:
    """Return the process ids of a hub's workers."""
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return [int(pid) for pid in children if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def memory_kib(pid: int) -> int:
    """Return the memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@asynccontextmanager
async def serve(
    folder: Path,
    *,
    phones: int,
    tickets: int,
    may: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Served]:
    """Start a hub with `settings` on its embedded database, prepare an event, and end all again."""
    port, admin_key = free_port(), new_api_key().key
    own = {"HUB_DATA": str(folder / "hub"), "HUB_PORT": str(port), "HUB_ADMIN_KEY": admin_key, "HUB_DRAIN_S": "0.2"}
    quiet = {"HUB_ADMIN_PASSWORD": secrets.token_urlsafe(16), "HUB_PING_S": "600", "HUB_PONG_TIMEOUT_S": "1200"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("run.py", "serve"),
        cwd=ROOT,
        env={**os.environ, **own, **quiet, **(settings or {})},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    wire = Wire(f"http://127.0.0.1:{port}", chance=random.Random())
    try:
        served = Served(wire.url, process.pid, Organiser(wire, admin_key), admin_key)
        await served.prepare(phones, tickets, may)
        yield served
    finally:
        wire.close()
        process.terminate()
        await process.wait()


def free_port() -> int:
    """Return a port of this machine that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
