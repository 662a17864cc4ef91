"""`python -m bench.reconnect`: all sockets come back at once after the worker was killed, while doors scan.

Prints how long it takes until the last of them follows the event again, how long scans take meanwhile as a ratio to
those before, and what the worker holds in memory.
"""

import asyncio
import os
import random
import signal
import tempfile
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from time import perf_counter

import click
from typing_extensions import override

from bench.attackers import DOORS, PAUSE_S, Round, scan_for
from bench.expiry import at
from bench.screens import Screen, subscribe
from bench.served import PARTY, Served, serve

BEFORE_S, AFTER_S = 8.0, 30.0


class Returning(Screen):
    """Socket that reports that it was refused, or cut off before it followed."""

    @override
    def data_received(self, data: bytes) -> None:
        with suppress(RuntimeError):
            super().data_received(data)
            return
        self._transport.abort()

    def connection_lost(self, _: Exception | None) -> None:
        """Wake the client, which comes back later."""
        if not self.ready.done():
            self.ready.set_exception(ConnectionError())


@click.command()
@click.option("--sockets", default=2000, show_default=True, help="Dashboards that follow the event.")
def main(sockets: int) -> None:
    """Measure how all sockets come back after a restart."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), sockets))


async def _measure(folder: Path, sockets: int) -> None:
    scans = int((BEFORE_S + 2 * AFTER_S) / PAUSE_S * DOORS)
    settings = {"HUB_SOCKETS_PER_KEY": str(2 * sockets)}
    async with AsyncExitStack() as held:
        tickets = PARTY * (scans // PARTY + 1)
        served = await held.enter_async_context(serve(folder, phones=DOORS, tickets=tickets, settings=settings))
        took_s = await _come(served, sockets)
        click.echo(
            f"{sockets} sockets at once: the last follows after {took_s:.1f} s, {served.memory_kib() / 1024:.0f} MiB"
        )
        before = await scan_for(served, BEFORE_S)
        os.kill(killed := served.worker(), signal.SIGKILL)
        await _is_back(served, killed)
        scanning = asyncio.create_task(scan_for(served, AFTER_S))
        took_s = await _come(served, sockets)
        after = await scanning
        click.echo(f"after a restart: the last follows after {took_s:.1f} s, {after.memory:.0f} MiB")
        for part in (0.5, 0.99):
            click.echo(f"scans beside it to scans before, p{100 * part:.0f}: {_ratio(before, after, part)}")


def _ratio(before: Round, after: Round, part: float) -> str:
    alone, beside = at(before.took_s, part), at(after.took_s, part)
    return f"{beside / alone:.2f} ({1000 * alone:.0f} to {1000 * beside:.0f} ms)"


async def _come(served: Served, count: int) -> float:
    """Open all sockets at once, each again until it follows; return the seconds until the last does."""
    began = perf_counter()
    await asyncio.gather(*(_follow(served) for _ in range(count)))
    return perf_counter() - began


async def _follow(served: Served) -> None:
    headers = {"Authorization": f"Api-Key {served.admin_key}"}
    make = partial(Returning, "/live", headers, subscribe(served.event), b'"snapshot"', lambda _: None)
    for attempt in range(100):
        with suppress(OSError):
            _, screen = await asyncio.get_running_loop().create_connection(make, "127.0.0.1", served.port)
            await screen.ready
            return
        await asyncio.sleep(min(15, 0.5 * 2**attempt) * random.uniform(0.5, 1))
    raise RuntimeError("a socket did not come back")


async def _is_back(served: Served, killed: int) -> None:
    while _runs(killed):  # noqa: ASYNC110 - another's process rings no bell
        await asyncio.sleep(0.05)
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", served.port)
            writer.close()
            return
        await asyncio.sleep(0.05)


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


if __name__ == "__main__":
    main()
