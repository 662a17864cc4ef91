"""Report of benchmarks: rows beside what is asked of them, as a table and as JSON with commit and machine."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"


class Asked(NamedTuple):
    """Meaning of a row: its words, its unit, and what is asked: at most that, or at least."""

    what: str
    unit: str = ""
    most: float | None = None
    least: float | None = None


ROWS: Mapping[str, Asked] = {
    "scans.bare": Asked("scans a second, 64 connections, to a bare handler", least=0.55),
    "scans.update": Asked("scans a second, 64 connections, to one find_one_and_update", least=2.0),
    "scans.socket": Asked("scans a second over the socket, 64 connections, to HTTP", least=1.5),
    "scans.one": Asked("a scan, one connection, to one find_one_and_update", most=1.8),
    "scans.worker_us": Asked("worker's processor time for a scan, 64 connections", "µs"),
    "scans.mongod_us": Asked("mongod's processor time for a scan, 64 connections", "µs"),
    "peer.rate": Asked("scans a second, 16 connections, to pretix' redeems", least=70),
    "fanout.5.p50": Asked("last of 1,000 screens, 5 scans a second, p50 to a bare loop", most=1.0),
    "fanout.5.p99": Asked("the same, p99", most=1.0),
    "fanout.20.p50_ms": Asked("last of 1,000 screens, 20 scans a second, p50", "ms", most=100),
    "fanout.20.p99_ms": Asked("the same, p99", "ms", most=200),
    "fanout.100.p99_ms": Asked("last of 1,000 screens, 100 scans a second, p99", "ms", most=1000),
    "fanout.frame_us": Asked("worker's processor time for a frame, 20 scans a second", "µs"),
    "hosts.rate": Asked("scans a second of two hosts at one event, to one", least=1.0),
    "hosts.p99": Asked("p99 of the worse of two hosts, to one", most=2.0),
    "lists.p50": Asked("scans while twelve phones fetch 30,000 guests, p50 to alone", most=1.5),
    "lists.ready_s": Asked("until all twelve have the list", "s", most=5.0),
    "lists.mb": Asked("of the list to each phone", "MB", most=1.5),
    "lists.cpu_s": Asked("worker's processor time for all twelve", "s"),
    "growth.scan": Asked("a scan in a large event, to one in a small", most=1.1),
    "growth.search": Asked("a search by name in a large event, to one in a small", most=1.5),
    "growth.list": Asked("a page of a door's list in a large event, to one in a small", most=1.5),
    "growth.list.desk": Asked("a page of a desk's list in a large event, to one in a small", most=1.5),
    "growth.manifest": Asked("the first page of a manifest in a large event, to one in a small", most=1.5),
    "growth.events": Asked("a scan among many events, to among two", most=1.1),
    "growth.start": Asked("a start with a long journal, to one with an empty database"),
    "import.p50": Asked("scans while tickets are imported, p50 to alone", most=1.2),
    "import.p99": Asked("the same, p99", most=2.0),
    "correct.p50": Asked("scans while tickets are corrected, p50 to alone", most=1.2),
    "correct.p99": Asked("the same, p99", most=2.0),
    "export.p50": Asked("scans while tickets are exported, p50 to alone", most=1.2),
    "export.p99": Asked("the same, p99", most=2.0),
    "import.rate": Asked("tickets imported a second beside scans", "/s"),
    "expiry.p50": Asked("scans while tickets expire, p50 to alone", most=1.2),
    "expiry.p99": Asked("the same, p99", most=2.0),
    "relay.up_s": Asked("until 3,000 scans of a relay whose line comes back are at the hub", "s", most=20),
    "relay.p50": Asked("scans at the hub meanwhile, p50 to alone", most=1.5),
    "relay.p99": Asked("the same, p99", most=2.0),
    "pushes.p50": Asked("scans while passes are pushed, p50 to alone", most=1.2),
    "pushes.p99": Asked("the same, p99", most=2.0),
}
"""All rows, in the order of the table."""


class Row(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Measured row of the table, by its key in `ROWS`; `note` has the figures behind it."""

    key: str
    value: float
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether it is as asked; None where nothing is asked."""
        asked = ROWS[self.key]
        if asked.most is not None:
            return self.value <= asked.most
        return None if asked.least is None else self.value >= asked.least


class Machine(msgspec.Struct, kw_only=True):
    """Machine of a run, and how much other work it had."""

    processor: str
    cores: int
    memory_gib: int
    system: str
    python: str
    load: list[float]
    """Averages of 1, 5 and 15 minutes when the run ended, which its own work is part of."""


class Results(msgspec.Struct, kw_only=True):
    """Contents of a file of results."""

    commit: str
    at: str
    machine: Machine
    rows: list[Row]


def print_rows(rows: Sequence[Row]) -> None:
    """Print rows as a table, in the order of `ROWS`."""
    width = max(len(asked.what) for asked in ROWS.values())
    order = list(ROWS)
    click.echo(f"{'':<{width}}{'now':>10}{'asked':>12}")
    for row in sorted(rows, key=lambda row: order.index(row.key)):
        asked = ROWS[row.key]
        limit = asked.most if asked.most is not None else asked.least
        words = "" if limit is None else f"{'<=' if asked.most is not None else '>='} {limit:g}"
        met = {True: "met", False: "NOT met", None: ""}[row.is_met]
        click.echo(f"{asked.what:<{width}}{row.value:>10.2f} {asked.unit:<3}{words:>8}  {met:<8}{row.note}".rstrip())


def write(name: str, rows: Sequence[Row], folder: Path = RESULTS) -> Path:
    """Write rows with commit and machine to `folder`/NAME.json, in place of those of before."""
    file = folder / f"{name}.json"
    results = Results(commit=_commit(), at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", machine=_machine(), rows=[*rows])
    folder.mkdir(exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n")
    click.echo(f"written to {file}")
    return file


def read(folder: Path = RESULTS) -> dict[str, Results]:
    """Return all results that are kept, by name."""
    return {file.stem: msgspec.json.decode(file.read_bytes(), type=Results) for file in sorted(folder.glob("*.json"))}


def _commit() -> str:
    words = ("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _machine() -> Machine:
    models = [line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = [int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    return Machine(
        processor=models[0] if models else platform.processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(memory[0] / 1024**2) if memory else 0,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        load=[round(each, 1) for each in os.getloadavg()],
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
