"""A whole evening: a hub and a relay in processes of their own, faults at random, and what both sides have after it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from store.embedded.mongod import running_uri
from tests.api import Api
from tests.faults.relay_soak.evening import Evening
from tests.faults.relay_soak.faults import FAULTS, OF_MACHINES, Stage, heal
from tests.faults.relay_soak.line import HttpLine
from tests.faults.relay_soak.namespaces import LOOPBACK, Network
from tests.faults.relay_soak.phones import SideName
from tests.faults.relay_soak.sides import Side, read_side
from tests.faults.soak.host import Host
from tests.faults.soak.report import Hurt

SETTLED_WITHIN_S = 120.0
RELAY = ("run.py", "relay", "--name", "Hall")
HUB = ("run.py", "serve")


class Venue(NamedTuple):
    """Venue that serves: what faults hurt, and who scans there."""

    stage: Stage
    evening: Evening
    databases: Mapping[SideName, Mapping[str, str]]
    network: Network

    async def status(self) -> Any:
        """Return the relay's status, or None while it does not answer."""
        try:
            answer = await Api(self.stage.relay.url, self.evening.device_key).get("/api/relay/status")
        except OSError:
            return None
        return answer.body if answer.status == 200 else None

    async def is_settled(self) -> bool:
        """Return whether the line stands and nothing waits on either side."""
        status = await self.status()
        is_up = status is not None and status["state"] in ("connected", "degraded")
        return is_up and status["waiting"] == 0 and status["behind"] == 0

    async def settled(self) -> None:
        """Wait until nothing waits on either side."""
        async with asyncio.timeout(SETTLED_WITHIN_S):
            while not await self.is_settled():  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def sides(self) -> tuple[Side, Side]:
        """Return what the hub and the relay have."""
        return await self._side("hub", self.stage.hub), await self._side("relay", self.stage.relay)

    async def _side(self, name: SideName, host: Host) -> Side:
        given = self.databases[name]

        def read() -> Side:
            uri = given.get("HUB_MONGODB_URI") or asyncio.run(running_uri(host.folder))
            assert uri is not None, f"the database of the {name} does not run"
            return read_side(name, uri, given.get("HUB_DATABASE", "scanhub"), self.evening.event["uuid"])

        return await asyncio.to_thread(self.network.place(name).run, read)


@asynccontextmanager
async def a_venue(
    folder: Path,
    chance: random.Random,
    tickets: int,
    databases: Mapping[SideName, Mapping[str, str]],
    commands: Mapping[SideName, tuple[str, ...]],
    network: Network = LOOPBACK,
) -> AsyncIterator[Venue]:
    """Give a hub with an event of so many tickets, and its relay, that both serve."""
    hub = _host(folder, "hub", network, databases["hub"], commands["hub"])
    line = HttpLine(network.line, hub.port, chance)
    relay: Host | None = None
    evening = Evening(hub.url, chance)
    try:
        await line.start(network.relay.listen())
        await hub.start()
        await hub.ready()
        await evening.prepare(tickets)
        settings = {"HUB_UPSTREAM": line.url, "HUB_UPSTREAM_KEY": evening.key, **databases["relay"]}
        relay = _host(folder, "relay", network, settings, (*commands["relay"], "--upstream", line.url))
        await relay.start()
        await relay.ready()
        stage = Stage(hub=hub, relay=relay, line=line, key=evening.key, chance=chance, wrong=evening.recorder.wrong)
        venue = Venue(stage, evening, databases, network)
        await venue.settled()
        yield venue
    finally:
        evening.close()
        for host in (relay, hub):
            if host is not None:
                await host.stop()
        await line.close()


def _host(
    folder: Path, name: SideName, network: Network, settings: Mapping[str, str], command: tuple[str, ...]
) -> Host:
    place = network.place(name)
    own = {**place.settings, **settings}
    return Host(folder, name, own, command, prefix=place.prefix, address=place.address)


async def hurt_until(venue: Venue, deadline: float, names: Sequence[str]) -> list[Hurt]:
    """Let faults happen one after another, and each time wait until all works again; return them."""
    chance, hurts, left = venue.stage.chance, list[Hurt](), list[str]()
    while time.monotonic() < deadline:
        left = left or chance.sample(list(names), len(names))
        name = left.pop()
        begun = time.monotonic()
        print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
        await {**FAULTS, **OF_MACHINES}[name](venue.stage)
        await heal(venue.stage)
        healed = time.monotonic()
        try:
            await venue.settled()
        except TimeoutError:
            venue.stage.wrong.append(f"{name}: after {SETTLED_WITHIN_S} s: {await venue.status()}")
        hurts.append(Hurt(name, begun, healed, time.monotonic()))
        await asyncio.sleep(chance.uniform(0.2, 3))
    return hurts


async def sides_after(venue: Venue, within_s: float = SETTLED_WITHIN_S) -> tuple[Side, Side]:
    """Heal all; return what both sides have once the relay has all of the hub's journal, or after so many seconds."""
    await heal(venue.stage)
    await venue.settled()
    deadline = time.monotonic() + within_s
    while True:
        hub, relay = await venue.sides()
        is_whole = relay.followed == hub.stream.seq and all(fact.is_echoed for fact in relay.facts)
        if is_whole or time.monotonic() > deadline:
            return hub, relay
        await asyncio.sleep(0.3)
