"""Faults of a night, by name: each hurts nodes or hosts, waits as long as it says, and heals."""

import asyncio
import contextlib
import os
import random
import resource
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from tests.faults.soak.cluster import Cluster, Node
from tests.faults.soak.host import Host
from tests.faults.soak.proxy import HUBS, REPLICATION


class Stage(NamedTuple):
    """What faults hurt."""

    cluster: Cluster
    hosts: Sequence[Host]
    chance: random.Random
    without_majority: list[tuple[float, float]]
    """From when until when no write can have been acknowledged."""

    async def primary(self) -> Node:
        """Return the primary, or any node where there is none."""
        return await self.cluster.primary() or self.cluster.nodes[0]

    async def secondary(self) -> Node:
        """Return one of the secondaries."""
        primary = await self.primary()
        return self.chance.choice([node for node in self.cluster.nodes if node is not primary])

    def host(self) -> Host:
        """Return one of the hosts."""
        return self.chance.choice(self.hosts)


Fault = Callable[[Stage], Awaitable[None]]
STOPPED_S = 8.0
"""Longer than an election, which begins after four seconds."""


async def kill_primary(stage: Stage) -> None:
    await (await stage.primary()).kill()
    await asyncio.sleep(3)


async def kill_secondary(stage: Stage) -> None:
    await (await stage.secondary()).kill()
    await asyncio.sleep(3)


async def stop_primary(stage: Stage) -> None:
    node = await stage.primary()
    node.send(signal.SIGSTOP)
    await asyncio.sleep(STOPPED_S)
    node.send(signal.SIGCONT)


async def stop_secondary(stage: Stage) -> None:
    node = await stage.secondary()
    node.send(signal.SIGSTOP)
    await asyncio.sleep(STOPPED_S)
    node.send(signal.SIGCONT)


async def step_down(stage: Stage) -> None:
    await stage.cluster.step_down()


async def lose_majority(stage: Stage) -> None:
    """Kill two nodes; nothing that is asked between then and their return may be acknowledged."""
    loop = asyncio.get_running_loop()
    primary = await stage.primary()
    for node in stage.cluster.nodes:
        if node is not primary:
            await node.kill()
    begun = loop.time()
    await asyncio.sleep(9)
    stage.without_majority.append((begun, loop.time()))


async def cut_hubs_off(stage: Stage) -> None:
    node = await stage.primary()
    node.proxy.cut(HUBS)
    await asyncio.sleep(5)


async def isolate_primary(stage: Stage) -> None:
    """Cut the primary off from the other nodes, but not from the hubs: what it takes is not acknowledged."""
    primary = await stage.primary()
    primary.proxy.cut(REPLICATION)
    await asyncio.sleep(10)


async def delay_all(stage: Stage) -> None:
    for node in stage.cluster.nodes:
        node.proxy.delay(0.1)
    await asyncio.sleep(6)


async def reset_all(stage: Stage) -> None:
    for _ in range(4):
        for node in stage.cluster.nodes:
            node.proxy.reset()
        await asyncio.sleep(0.5)


async def kill_worker(stage: Stage) -> None:
    stage.host().send(signal.SIGKILL)


async def stop_worker(stage: Stage) -> None:
    host = stage.host()
    pids = host.processes("worker")[:1]
    host.send(signal.SIGSTOP)
    await asyncio.sleep(STOPPED_S)
    if pids == host.processes("worker")[:1]:
        host.send(signal.SIGCONT)


async def kill_supervisor(stage: Stage) -> None:
    host = stage.host()
    host.kill_supervisor()
    await asyncio.sleep(1)


async def run_out_of_files(stage: Stage) -> None:
    """Let a worker open no file and no connection more, for a while."""
    for pid in stage.host().processes("worker")[:1]:
        with contextlib.suppress(OSError):
            allowed, most = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (len(os.listdir(f"/proc/{pid}/fd")), most))
            await asyncio.sleep(5)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (allowed, most))


async def restart_hub(stage: Stage) -> None:
    """Stop a hub as an operator does."""
    await stage.host().stop()


async def restart_hub_in_an_election(stage: Stage) -> None:
    host = stage.host()
    await host.stop()
    await stage.cluster.step_down()
    await host.start()


FAULTS: Mapping[str, Fault] = {
    "primary killed": kill_primary,
    "secondary killed": kill_secondary,
    "primary stopped": stop_primary,
    "secondary stopped": stop_secondary,
    "step-down": step_down,
    "majority lost": lose_majority,
    "hubs cut off": cut_hubs_off,
    "primary isolated": isolate_primary,
    "network slow": delay_all,
    "connections reset": reset_all,
    "worker killed": kill_worker,
    "worker stopped": stop_worker,
    "supervisor killed": kill_supervisor,
    "no more open files": run_out_of_files,
    "hub restarted": restart_hub,
    "hub restarted in an election": restart_hub_in_an_election,
}


async def heal(stage: Stage) -> None:
    """Let all run again."""
    for host in stage.hosts:
        for pid in host.processes("worker"):
            _continue(pid)
        await host.start()
    await stage.cluster.heal()


def _continue(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
