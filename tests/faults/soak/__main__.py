"""Command of the soak: starts three mongods and two hubs, hurts them, prints the report; exit code 1 for anomalies."""

import argparse
import asyncio
import random
import sys
import time
from pathlib import Path

from tests.faults.soak.cluster import Cluster
from tests.faults.soak.faults import FAULTS, Stage, heal
from tests.faults.soak.host import Host
from tests.faults.soak.night import Night
from tests.faults.soak.report import Hurt, anomalies, describe, recovery_after, tracebacks
from tests.memory_folder import memory_folder

DATABASE = "soak"
GIVEN_UP_S = 90.0


async def soak(folder: Path, arguments: argparse.Namespace) -> bool:
    """Return whether a night of `minutes` had no anomaly; print its report."""
    cluster, chance = Cluster(folder), random.Random(arguments.seed)
    await cluster.start()
    settings = {"HUB_MONGODB_URI": cluster.uri, "HUB_DATABASE": DATABASE}
    counts = (arguments.workers, 1)
    hosts = [Host(folder, f"host-{n}", {**settings, "HUB_PROCESSES": str(count)}) for n, count in enumerate(counts, 1)]
    stage = Stage(cluster, hosts, chance, [])
    try:
        for host in hosts:
            await host.start()
            await host.ready()
        night = Night(hosts, cluster.uri, DATABASE, arguments.seed, doors=arguments.doors, per_s=arguments.rate)
        await night.prepare(arguments.minutes)
        return await _play(night, stage, arguments)
    finally:
        for host in hosts:
            await host.stop()
        await cluster.stop()


async def _play(night: Night, stage: Stage, arguments: argparse.Namespace) -> bool:
    night.begin()
    hurts: list[Hurt] = []
    names = list(FAULTS) if arguments.only is None else arguments.only.split(",")
    until, waiting = time.monotonic() + arguments.minutes * 60, list[str]()
    await asyncio.sleep(2)
    while time.monotonic() < until:
        waiting = waiting or stage.chance.sample(names, len(names))
        mixed = 2 if stage.chance.random() < 0.25 else 1
        hurts.append(await _hurt(night, stage, [waiting.pop() for _ in range(min(mixed, len(waiting)))]))
        await asyncio.sleep(stage.chance.uniform(1, 5))
    await heal(stage)
    for host in stage.hosts:
        await host.ready()
    await night.end()
    history = await night.history()
    found = list(anomalies(history, night.recorder, hurts, stage.without_majority))
    for line in describe(history, night.recorder, hurts):
        print(line)
    logged = tracebacks([host.log for host in stage.hosts])
    print(f"log lines with a traceback: {logged.total()}", *logged.most_common(8), sep="\n")
    print(f"followers began anew by a snapshot: {[each.snapshots for each in night.followers]}")
    print(f"anomalies: {len(found)}", *found[:20], sep="\n")
    return not found


async def _hurt(night: Night, stage: Stage, names: list[str]) -> Hurt:
    """Let faults happen at once; return when all was healed, and when it worked again."""
    begun = time.monotonic()
    print(f"{time.strftime('%H:%M:%S')} {' + '.join(names)}", flush=True)
    await asyncio.gather(*(FAULTS[name](stage) for name in names))
    await heal(stage)
    healed = time.monotonic()
    recovered = None
    while recovered is None and time.monotonic() < healed + GIVEN_UP_S:
        await asyncio.sleep(0.1)
        recovered = recovery_after(night.recorder, [host.name for host in stage.hosts], healed)
    return Hurt(" + ".join(names), begun, healed, recovered or time.monotonic())


def main() -> None:
    """Read the arguments, and end with the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--doors", type=int, default=8)
    parser.add_argument("--rate", type=float, default=10, help="Scans a second of all doors together, at most.")
    parser.add_argument("--workers", type=int, default=1, help="Processes of the first hub.")
    parser.add_argument("--only", help="Faults by name, with commas.")
    arguments = parser.parse_args()
    with memory_folder() as folder:
        sys.exit(0 if asyncio.run(soak(folder, arguments)) else 1)


if __name__ == "__main__":
    main()
