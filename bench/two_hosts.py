"""`python -m bench.two_hosts`: two hubs that share the database alone scan at one event, as ratios to one hub.

Rounds take turns: one hub with all connections, then each of two with half of them, at the same time. Ratios are taken
within a pair of rounds; the table shows medians, and the worst pair.
"""

import asyncio
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

import click

from bench.load import Report
from bench.report import Row, print_rows
from bench.stage import HOST, set_stage

HOSTS = ("hub", HOST.format(2))


class Pair(NamedTuple):
    """A round of one hub, and the round of two that followed it."""

    alone: Report
    beside: list[Report]

    def rate(self) -> float:
        """Return the scans a second of both hosts to those of one hub."""
        return sum(map(_per_second, self.beside)) / _per_second(self.alone)

    def p99(self) -> float:
        """Return the p99 of the host that is worse off to that of one hub."""
        return max(_part(report, 0.99) for report in self.beside) / _part(self.alone, 0.99)

    def longest_ms(self) -> float:
        """Return the longest that a scan took beside another host."""
        return 1000 * max(max(report.latencies_s) for report in self.beside)

    def share(self) -> float:
        """Return the scans a second of the slower host to those of the other."""
        return min(map(_per_second, self.beside)) / max(map(_per_second, self.beside))


@click.command()
@click.option("--connections", default=32, show_default=True, help="In all.")
@click.option("--scans", default=1000, show_default=True, help="Of each round.")
@click.option("--pairs", default=7, show_default=True, help="Pairs of rounds; the first warms up and is thrown away.")
def main(connections: int, scans: int, pairs: int) -> None:
    """Measure scans at one event by two hosts against one."""
    print_rows(asyncio.run(measure(connections, scans, pairs)))


async def measure(connections: int, scans: int, pairs: int) -> list[Row]:
    """Return the rows of two hosts."""
    with tempfile.TemporaryDirectory() as folder:
        played = (await _measure(Path(folder), connections, scans, pairs))[1:]
    rates, p99s = [pair.rate() for pair in played], [pair.p99() for pair in played]
    share = statistics.median(pair.share() for pair in played)
    longest = f"most {max(p99s):.2f}; longest scan {max(pair.longest_ms() for pair in played):.0f} ms"
    return [
        Row(key="hosts.rate", value=statistics.median(rates), note=f"slower host {share:.2f} of the other"),
        Row(key="hosts.p99", value=statistics.median(p99s), note=longest),
    ]


async def _measure(folder: Path, connections: int, scans: int, pairs: int) -> list[Pair]:
    half, each = scans // 2, connections // 2
    async with set_stage(folder, tickets=2 * scans * pairs, hosts=2) as stage:
        played = []
        for first in range(0, 2 * scans * pairs, 2 * scans):
            alone = await stage.play("hub", first=first, count=scans, connections=connections)
            begins = (first + scans, first + scans + half)
            halves = [
                stage.play(host, first=begin, count=half, connections=each)
                for host, begin in zip(HOSTS, begins, strict=True)
            ]
            played.append(Pair(alone, list(await asyncio.gather(*halves))))
        return played


def _per_second(report: Report) -> float:
    return report.per_second


def _part(report: Report, part: float) -> float:
    return sorted(report.latencies_s)[int(len(report.latencies_s) * part)]


if __name__ == "__main__":
    main()
