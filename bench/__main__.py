"""`python -m bench`: all benchmarks as one table of ratios beside what is asked, kept in bench/results.

python -m bench                 everything: an hour, on a machine that is otherwise idle
python -m bench --quick         small sizes, nothing kept: a first look
python -m bench scans hosts     these parts alone
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

import click

from bench import expiry, fanout, growth, guest_lists, imports, pushes, relay, scans, two_hosts
from bench.report import Row, print_rows, read, write


class Size(Enum):
    """How much each part does: what is asked for, a first look, or just enough to see that it runs."""

    FULL = 0
    QUICK = 1
    TINY = 2


T = TypeVar("T")

PARTS: Mapping[str, Callable[[Size], Coroutine[Any, Any, list[Row]]]] = {
    "scans": lambda size: scans.measure(*_by(size, (15, scans.FULL), (5, scans.QUICK), (1, {1: 5, 64: 70}))),
    "fanout": lambda size: _fanout(*_by(size, (1000, 5.0, 3), (300, 3.0, 1), (5, 1.0, 1))),
    "hosts": lambda size: two_hosts.measure(*_by(size, (32, 1000, 8), (32, 400, 4), (4, 20, 2))),
    "lists": lambda size: guest_lists.measure(*_by(size, (30_000, 12, 15.0), (3000, 12, 5.0), (100, 2, 0.5))),
    "imports": lambda size: imports.measure(*_by(size, (100_000, 15.0), (5000, 5.0), (50, 0.5))),
    "expiry": lambda size: expiry.measure(*_by(size, (100_000, 1, 15.0), (6000, 1, 5.0), (50, 1, 0.5))),
    "pushes": lambda size: pushes.measure(*_by(size, (50_000, 50.0, 20, 15), (5000, 50.0, 20, 5), (50, 50.0, 5, 1))),
    "relay": lambda size: relay.measure(*_by(size, (3000, 4000, 15.0), (300, 1000, 5.0), (100, 100, 0.5))),
    "growth": lambda size: growth.measure(_by(size, growth.Sizes(), growth.QUICK, growth.TINY)),
}
"""All parts by name, in the order in which they run."""


def _by(size: Size, *choices: T) -> T:
    return choices[size.value]


async def _fanout(screens: int, seconds: float, rounds: int) -> list[Row]:
    """Return the rows of the fan-out."""
    rates = await fanout.measure(screens, seconds, rounds, [5, 20, 100])
    hub, bare = ({rate: figures[name] for rate, figures in rates.items()} for name in ("hub", "bare loop"))
    return [
        Row(key="fanout.5.p50", value=hub[5].p50_ms / bare[5].p50_ms, note=f"{hub[5].p50_ms:.0f} ms"),
        Row(key="fanout.5.p99", value=hub[5].p99_ms / bare[5].p99_ms, note=f"{hub[5].p99_ms:.0f} ms"),
        Row(key="fanout.20.p50_ms", value=hub[20].p50_ms, note=f"bare loop {bare[20].p50_ms:.0f} ms"),
        Row(key="fanout.20.p99_ms", value=hub[20].p99_ms, note=f"bare loop {bare[20].p99_ms:.0f} ms"),
        Row(key="fanout.100.p99_ms", value=hub[100].p99_ms, note=f"bare loop {bare[100].p99_ms:.0f} ms"),
        Row(key="fanout.frame_us", value=hub[20].cpu_us_frame, note=f"bare loop {bare[20].cpu_us_frame:.0f} µs"),
    ]


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice([*PARTS]))
@click.option("--quick", is_flag=True, help="Small sizes, and nothing is kept: a first look.")
def main(parts: Sequence[str], quick: bool) -> None:
    """Measure these PARTS, or all, and print the table of all that is kept."""
    found: list[Row] = []
    for name in parts or PARTS:
        click.echo(f"--- {name}", err=True)
        rows = asyncio.run(PARTS[name](Size.QUICK if quick else Size.FULL))
        found += rows
        if not quick:
            write(name, rows)
    print_rows(found if quick else [row for results in read().values() for row in results.rows])


if __name__ == "__main__":
    main()
