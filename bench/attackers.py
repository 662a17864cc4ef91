"""`python -m bench.attackers`: how long scans take while a client attacks, as a ratio, all in one run.

Doors scan as on an evening; rounds with and without the attacker take turns. Beside the ratios: what the worker's
memory and its processor did.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter

import click
import msgspec

from bench.attacks import ATTACKS
from bench.expiry import at
from bench.served import PARTY, ROOT, Served, serve

DOORS = 4
PAUSE_S = 0.1
SETTLE_S = 1.0


class Round(msgspec.Struct):
    """Round: scans' times in seconds, the worker's processor time in seconds a second, and its memory in MiB."""

    took_s: list[float]
    load: float
    memory: float


@click.command()
@click.option("--only", default="", help="Attacks whose name holds this.")
@click.option("--rounds", default=3, show_default=True, help="Pairs of rounds for each attack.")
@click.option("--seconds", default=6.0, show_default=True, help="Length of a round.")
def main(only: str, rounds: int, seconds: float) -> None:
    """Measure how long scans take while a client attacks."""
    names = [name for name in ATTACKS if only.lower() in name.lower()]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), names, rounds, seconds))


async def _measure(folder: Path, names: list[str], rounds: int, seconds: float) -> None:
    scans = int((2 * rounds * len(names) + 2) * seconds / PAUSE_S * DOORS)
    tickets = PARTY * (scans // PARTY + 1)
    async with AsyncExitStack() as held:
        served = await held.enter_async_context(serve(folder, phones=DOORS + 1, tickets=tickets))
        await scan_for(served, seconds)
        click.echo(f"{'attack':40} {'p50':>6} {'p99':>6} {'quiet p50/p99 ms':>18} {'load':>12} {'MiB':>12}")
        for name in names:
            pairs = []
            for _ in range(rounds):
                quiet = await scan_for(served, seconds)
                async with _attacker(name, served):
                    await asyncio.sleep(SETTLE_S)
                    pairs.append((quiet, await scan_for(served, seconds)))
                await asyncio.sleep(SETTLE_S)
            click.echo(_row(name, pairs))


def _row(name: str, pairs: list[tuple[Round, Round]]) -> str:
    def ratio(part: float) -> float:
        return statistics.median(at(beside.took_s, part) / at(quiet.took_s, part) for quiet, beside in pairs)

    quiet = [each for each, _ in pairs]
    alone = "/".join(f"{1000 * statistics.median(at(each.took_s, part) for each in quiet):.1f}" for part in (0.5, 0.99))
    loads = "→".join(f"{statistics.median(each.load for each in side):.2f}" for side in zip(*pairs, strict=True))
    memory = f"{pairs[0][0].memory:.0f}→{pairs[-1][1].memory:.0f}"
    return f"{name:40} {ratio(0.5):6.2f} {ratio(0.99):6.2f} {alone:>18} {loads:>12} {memory:>12}"


@asynccontextmanager
async def _attacker(name: str, served: Served) -> AsyncIterator[None]:
    words = ("-m", "bench.attacks", name, str(served.port), served.event, served.phones[DOORS])
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def scan_for(served: Served, seconds: float) -> Round:
    """Scan fresh tickets at all doors for so long, each a while after the one before."""
    took_s: list[float] = []
    began, cpu = perf_counter(), served.cpu_s()
    await asyncio.gather(*(_door(served, key, began + seconds, took_s) for key in served.phones[:DOORS]))
    load = (served.cpu_s() - cpu) / (perf_counter() - began)
    return Round(took_s, load, served.memory_kib() / 1024)


async def _door(served: Served, key: str, until: float, took_s: list[float]) -> None:
    """Scan by one connection until a moment. Raises where a scan is not admitted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    head = f"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {key}\r\n"
    while perf_counter() < until:
        body = msgspec.json.encode({"qrcode_data": served.tickets.pop()["code"]})
        began = perf_counter()
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        said = await reader.readuntil(b"\r\n\r\n")
        answer = await reader.readexactly(int(said.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]))
        took_s.append(perf_counter() - began)
        if b'"admitted"' not in answer:
            raise RuntimeError(f"a door was answered: {answer!r}")
        await asyncio.sleep(PAUSE_S)
    writer.close()


if __name__ == "__main__":
    main()
