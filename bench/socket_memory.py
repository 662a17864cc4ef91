"""`python -m bench.socket_memory`: memory of a server for each socket that follows, beside servers that only broadcast.

Sockets are opened in two halves; what the second half adds is what counts, so that no cache that fills at first does.
"""

import statistics
import tempfile
from pathlib import Path

import click
import uvloop

from bench.broadcast_rivals import Subject, rivals
from bench.fanout import ROOM, hub_subject
from bench.screens import Arrivals, Screen, open_screens
from bench.served import PARTY, memory_kib, serve


@click.command()
@click.option("--sockets", default=2000)
@click.option("--rounds", default=3)
@click.option("--rivals", "folder", type=Path, help="Where python-socketio and ws are, fetched at first.")
def main(sockets: int, rounds: int, folder: Path | None) -> None:
    """Measure how much memory a server takes for each socket that follows."""
    for name, kib in uvloop.run(measure(sockets, rounds, folder=folder)).items():
        click.echo(f"{name:<10} {kib:5.1f} KiB for each socket that follows")


async def measure(sockets: int, rounds: int, *, folder: Path | None = None) -> dict[str, float]:
    """Return the KiB of each server for a socket, medians of the rounds."""
    figures: dict[str, list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as data:
            async with serve(Path(data), phones=1, tickets=PARTY, settings=ROOM) as served, rivals(folder) as others:
                for name, subject in {"hub": hub_subject(served), **others}.items():
                    figures.setdefault(name, []).append(await _measure(subject, sockets // 2))
    return {name: statistics.median(each) for name, each in figures.items()}


async def _measure(subject: Subject, half: int) -> float:
    def make() -> Screen:
        return subject.make(Arrivals(0))

    screens = await open_screens(subject.port, half, make)
    before = memory_kib(subject.pid())
    screens += await open_screens(subject.port, half, make)
    after = memory_kib(subject.pid())
    for screen in screens:
        screen.close()
    return (after - before) / half


if __name__ == "__main__":
    main()
