"""A replica set of three mongods in processes of their own, each behind a proxy that can cut, delay and reset."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from store.embedded.mongod import find_mongod
from tests.eventually import eventually
from tests.faults.soak.proxy import Proxy
from tests.ports import free_port

SET = "soak"
ELECTION_MS = 4000
PRIMARY_WITHIN_S = 180.0
NODES = 3


class Node:
    """One mongod: killed, stopped and started again on its own data."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.port = free_port()
        self.proxy = Proxy(self.port)
        self.process: asyncio.subprocess.Process | None = None
        self._folder = folder / name

    @property
    def is_running(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self.is_running:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        words = ["--dbpath", str(self._folder), "--port", str(self.port), "--bind_ip", "127.0.0.1", "--nounixsocket"]
        words += ["--replSet", SET, "--oplogSize", "200", "--wiredTigerCacheSizeGB", "0.25", "--quiet"]
        words += ["--setParameter", "diagnosticDataCollectionEnabled=false"]
        words += ["--logpath", str(self._folder.with_suffix(".log")), "--logappend"]
        nothing = asyncio.subprocess.DEVNULL
        self.process = await asyncio.create_subprocess_exec(
            str(find_mongod()), *words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        if self.process is not None and self.is_running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.send(signal.SIGKILL)
        if self.process is not None:
            await self.process.wait()


class Cluster:
    """The replica set: `uri` leads to it through the proxies."""

    def __init__(self, folder: Path) -> None:
        self.nodes = [Node(folder, f"mongod-{n}") for n in range(NODES)]

    @property
    def uri(self) -> str:
        """The URI of all nodes, by their proxies."""
        hosts = ",".join(node.proxy.address for node in self.nodes)
        return f"mongodb://{hosts}/?replicaSet={SET}&retryWrites=true"

    async def start(self) -> None:
        """Start all nodes, and wait for a primary."""
        for node in self.nodes:
            node.proxy.peers = [each for each in self.nodes if each is not node]
            await node.proxy.start()
            await node.start()
        await eventually(self._initiate, every_s=0.3)
        await self._until_primary()

    async def _initiate(self) -> bool:
        members = [{"_id": n, "host": node.proxy.address} for n, node in enumerate(self.nodes)]
        settings = {"electionTimeoutMillis": ELECTION_MS, "heartbeatIntervalMillis": 500, "chainingAllowed": False}
        config = {"_id": SET, "members": members, "settings": settings}
        return await self._ask(self.nodes[0], "replSetInitiate", config) is not None

    async def _ask(self, node: Node, command: str, value: Any = 1, **more: Any) -> dict[str, Any] | None:
        """Return what one node answers past its proxy, or None."""

        def ask() -> dict[str, Any] | None:
            uri = f"mongodb://127.0.0.1:{node.port}/?directConnection=true"
            try:
                with MongoClient[dict[str, Any]](uri, serverSelectionTimeoutMS=1500, socketTimeoutMS=3000) as client:
                    answer: dict[str, Any] = client.admin.command(command, value, **more)
                    return answer
            except PyMongoError:
                return None

        return await asyncio.to_thread(ask)

    async def primary(self) -> Node | None:
        """Return the node that is the primary of the newest term, or None."""
        answers = [(await self._ask(node, "hello"), node) for node in self.nodes if node.is_running]
        found = [(hello["electionId"], n) for n, (hello, _) in enumerate(answers) if hello and "electionId" in hello]
        return answers[max(found)[1]][1] if found else None

    async def step_down(self) -> None:
        """Have the primary step down for three seconds, whatever it is doing."""
        primary = await self.primary()
        if primary is not None:
            await self._ask(primary, "replSetStepDown", 3, force=True)

    async def heal(self) -> None:
        """Let all nodes run, with open connections, and wait for a primary."""
        for node in self.nodes:
            node.proxy.heal()
            node.send(signal.SIGCONT)
            await node.start()
        await self._until_primary()

    async def _until_primary(self) -> None:
        async with asyncio.timeout(PRIMARY_WITHIN_S):
            while await self.primary() is None:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """End all nodes and proxies."""
        for node in self.nodes:
            node.send(signal.SIGCONT)
            await node.kill()
            await node.proxy.stop()
