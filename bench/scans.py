"""`python -m bench.scans`: scans a second over HTTP and over the socket, as ratios to servers that do less, in one run.

The machine's speed changes from second to second, so rounds are short, subjects take turns, and each round's ratio is
taken within it; the table shows medians.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import click

from bench.load import Report
from bench.report import Row, print_rows
from bench.stage import OVER_SOCKET, Stage, set_stage

SOCKET = "hub" + OVER_SOCKET
SUBJECTS = {"bare": "bare handler", "update": "one find_one_and_update", "hub": "scan", SOCKET: "scan over the socket"}
MOST = 64
"""Connections of the rows of the table."""
FULL = {1: 75, 16: 400, 64: 1200}
QUICK = {1: 50, 16: 300, 64: 1000}

Round = dict[str, Report]


@click.command()
@click.option("--quick", is_flag=True, help="Fewer and shorter rounds: a first look.")
def main(quick: bool) -> None:
    """Measure scans a second over HTTP, and over sockets, at 1, 16 and 64 connections."""
    print_rows(asyncio.run(measure(5, QUICK) if quick else measure(15, FULL)))


async def measure(rounds: int, sizes: dict[int, int]) -> list[Row]:
    """Return the rows of scans; `sizes` are the scans of a round by the number of connections, 1 and 64 among them."""
    with tempfile.TemporaryDirectory() as folder:
        results = await _measure(Path(folder), rounds, sizes)
    click.echo(
        f"{'connections':>11}  {'each request':<24}{'a second':>9}{'of bare':>9}{'of update':>10}{'p50':>9}{'p99':>9}"
        f"{'CPU':>8}{'mongod':>8}",
        err=True,
    )
    for connections, played in results.items():
        for subject in SUBJECTS:
            click.echo(_row(connections, subject, played), err=True)
    many, one = results[MOST], results[1]
    rate = statistics.median(each["hub"].per_second for each in many)
    return [
        Row(key="scans.bare", value=_ratio(many, "hub", "bare"), note=f"{rate:.0f}/s"),
        Row(key="scans.update", value=_ratio(many, "hub", "update")),
        Row(key="scans.socket", value=_ratio(many, SOCKET, "hub")),
        Row(key="scans.one", value=1 / _ratio(one, "hub", "update")),
        Row(key="scans.worker_us", value=_cpu_us(many, "hub", "cpu_s")),
        Row(key="scans.mongod_us", value=_cpu_us(many, "hub", "database_cpu_s")),
    ]


async def _measure(folder: Path, rounds: int, sizes: dict[int, int]) -> dict[int, list[Round]]:
    """Play one round of each size to warm up, which is thrown away, then the rounds that count."""
    numbers = _slices(sizes)
    for_each = (rounds + 1) * sum(sizes.values())
    async with set_stage(folder, tickets=2 * for_each) as stage:
        results: dict[int, list[Round]] = {connections: [] for connections in sizes}
        for number in range(rounds + 1):
            for connections, size in sizes.items():
                first = next(numbers)
                firsts = {**dict.fromkeys(SUBJECTS, first), SOCKET: first + for_each}
                played = await _play(stage, firsts, size, connections, turn=number)
                if number > 0:
                    results[connections].append(played)
            click.echo(f"round {number} of {rounds}" if number else "warmed up", err=True)
    return results


def _slices(sizes: dict[int, int]) -> Iterator[int]:
    """Yield the beginning of each slice of fresh tickets, sizes coming round in their order."""
    for lap in count():
        first = lap * sum(sizes.values())
        for size in sizes.values():
            yield first
            first += size


async def _play(stage: Stage, firsts: Mapping[str, int], size: int, connections: int, turn: int) -> Round:
    """Have all subjects answer, in turns, bodies from `firsts` on: each ticket is new to the hub, on either wire."""
    names = list(SUBJECTS)
    order = names[turn % len(names) :] + names[: turn % len(names)]
    return {name: await stage.play(name, first=firsts[name], count=size, connections=connections) for name in order}


def _row(connections: int, subject: str, played: list[Round]) -> str:
    latencies = sorted(1000 * latency for each in played for latency in each[subject].latencies_s)
    per_second = statistics.median(each[subject].per_second for each in played)
    of_bare, of_update = (f"{_ratio(played, subject, other):.2f}" for other in ("bare", "update"))
    p50, p99 = (f"{latencies[int(len(latencies) * part)]:.1f} ms" for part in (0.5, 0.99))
    server, database = (f"{_cpu_us(played, subject, of):.0f} µs" for of in ("cpu_s", "database_cpu_s"))
    return (
        f"{connections:>11}  {SUBJECTS[subject]:<24}{per_second:>9.0f}{of_bare:>9}{of_update:>10}{p50:>9}{p99:>9}"
        f"{server:>8}{database:>8}"
    )


def _cpu_us(played: list[Round], subject: str, of: str) -> float:
    """Processor time of one answer, in µs: of its server, or of the database."""
    reports = [each[subject] for each in played]
    return statistics.median(1e6 * float(getattr(each, of)) / len(each.latencies_s) for each in reports)


def _ratio(played: list[Round], subject: str, other: str) -> float:
    return statistics.median(each[subject].per_second / each[other].per_second for each in played)


if __name__ == "__main__":
    main()
