"""Command of the relay soak: hurts a hub, its relay and their line, and reports; exit code 1 for anomalies."""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

from tests.faults.relay_soak.faults import FAULTS, OF_MACHINES
from tests.faults.relay_soak.namespaces import LOOPBACK, two_machines
from tests.faults.relay_soak.phones import SideName
from tests.faults.relay_soak.play import HUB, RELAY, Venue, a_venue, hurt_until, sides_after
from tests.faults.relay_soak.report import describe
from tests.faults.relay_soak.truth import anomalies, differing
from tests.faults.soak.report import tracebacks
from tests.memory_folder import memory_folder

TICKETS_PER_MINUTE = 334
"""5,000 in a quarter of an hour."""
ASKED_AGAIN = 200


async def soak(folder: Path, arguments: argparse.Namespace) -> bool:
    """Return whether an evening of `minutes` had no anomaly; print its report."""
    chance = random.Random(arguments.seed)
    tickets = arguments.tickets or int(arguments.minutes * TICKETS_PER_MINUTE)
    embedded: Mapping[SideName, Mapping[str, str]] = {"hub": {}, "relay": {}}
    commands: Mapping[SideName, tuple[str, ...]] = {"hub": HUB, "relay": RELAY}
    with two_machines() if arguments.namespaces else nullcontext(LOOPBACK) as network:
        async with a_venue(folder, chance, tickets, embedded, commands, network) as venue:
            found = await _play(venue, arguments)
    print(f"anomalies: {len(found)}", *(f"{each:.600}" for each in found[:20]), sep="\n")
    return not found


async def _play(venue: Venue, arguments: argparse.Namespace) -> list[str]:
    begun = time.monotonic()
    usual = [*FAULTS, *OF_MACHINES] if arguments.namespaces else [*FAULTS]
    names = usual if arguments.only is None else arguments.only.split(",")
    scanning = asyncio.create_task(venue.evening.play(venue.stage.relay.url, arguments.minutes * 60))
    hurts = await hurt_until(venue, begun + arguments.minutes * 60, names)
    await scanning
    seconds = time.monotonic() - begun
    hub, relay = await sides_after(venue)
    wrong = [*anomalies(hub, relay, venue.evening.shown)]
    wrong += await venue.evening.ask_again(venue.stage.relay.url, ASKED_AGAIN, differing(hub))
    for line in describe(venue.evening.shown, hub, relay, venue.stage.line, hurts, seconds):
        print(line)
    logged = tracebacks([venue.stage.hub.log, venue.stage.relay.log])
    print(f"log lines with a traceback: {logged.total()}", *logged.most_common(8), sep="\n")
    return [*wrong, *venue.stage.wrong]


def main() -> None:
    """Read the arguments, and end with the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.relay_soak")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tickets", type=int, help="Tickets; by default 5,000 in a quarter of an hour.")
    parser.add_argument("--only", help="Faults by name, with commas.")
    parser.add_argument("--namespaces", action="store_true", help="A machine for each side (Linux, root, iproute2).")
    arguments = parser.parse_args()
    with memory_folder() as folder:
        sys.exit(0 if asyncio.run(soak(folder, arguments)) else 1)


if __name__ == "__main__":
    main()
