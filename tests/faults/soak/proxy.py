"""TCP proxy in front of a mongod: cuts, delays and resets connections, those of its peers or those of the hubs."""

import asyncio
import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.ports import free_port

CHUNK = 65_536
REPLICATION, HUBS = "replication", "hubs"


class Peer(Protocol):
    """Another node, by the process of which its connections are known."""

    process: asyncio.subprocess.Process | None


class Proxy:
    """Proxy on a port of its own to the port `target` of this machine."""

    def __init__(self, target: int) -> None:
        self.peers: Sequence[Peer] = ()
        self._target = target
        self._port = free_port()
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.Task[Any], list[asyncio.StreamWriter]] = {}
        self._sides: dict[int, str] = {}
        self._flows = {side: asyncio.Event() for side in (REPLICATION, HUBS)}
        self._delay_s = 0.0

    @property
    def address(self) -> str:
        """Where clients find the node."""
        return f"127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Begin to take connections."""
        self.heal()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)

    async def stop(self) -> None:
        """End all connections, and take none any more."""
        if self._server is not None:
            self._server.close()
        self.heal()
        self.reset()
        await asyncio.gather(*self._open, return_exceptions=True)

    # --- faults --------------------------------------------------------------------------------------------------

    def cut(self, *sides: str) -> None:
        """Hand on no byte between the node and `sides`, as a pulled cable: nothing is closed."""
        for side in sides:
            self._flows[side].clear()

    def delay(self, seconds: float) -> None:
        """Hand each chunk on later."""
        self._delay_s = seconds

    def reset(self) -> None:
        """Reset all connections that are open."""
        for writers in self._open.values():
            for writer in writers:
                writer.transport.abort()

    def heal(self) -> None:
        """Hand all on at once, again; connections that a cut left hanging are reset, as by a firewall."""
        if self._is_cut:
            self.reset()
        for flow in self._flows.values():
            flow.set()
        self._delay_s = 0.0

    # --- connections -----------------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        port = writer.get_extra_info("peername")[1]
        self._open[task] = [writer]
        try:
            await self._pass_on(port, reader, writer, self._open[task])
        except OSError:
            pass  # either end is gone
        finally:
            self._sides.pop(port, None)
            for each in self._open.pop(task):
                each.transport.abort()

    async def _pass_on(
        self,
        port: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        writers: list[asyncio.StreamWriter],
    ) -> None:
        node_reader, node_writer = await asyncio.open_connection("127.0.0.1", self._target)
        writers.append(node_writer)
        ways = [
            asyncio.create_task(self._pump(port, reader, node_writer)),
            asyncio.create_task(self._pump(port, node_reader, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            if self._delay_s:
                await asyncio.sleep(self._delay_s)
            if self._is_cut:
                await self._flows[self._side(port)].wait()
            writer.write(data)
            await writer.drain()

    @property
    def _is_cut(self) -> bool:
        return not all(flow.is_set() for flow in self._flows.values())

    def _side(self, port: int) -> str:
        """Return whose connection comes from a port of this machine: another node's, or a hub's.

        To look through /proc takes long, and is done only for those that meet a cut.
        """
        if port not in self._sides:
            inode = _inode_of(port)
            pids = [peer.process.pid for peer in self.peers if peer.process is not None]
            self._sides[port] = REPLICATION if any(_has_socket(pid, inode) for pid in pids) else HUBS
        return self._sides[port]


def _inode_of(port: int) -> str:
    """Return the inode of the socket at a local port, by /proc; empty where it is gone."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[1].endswith(f":{port:04X}") and words[9] != "0":
            return words[9]
    return ""


def _has_socket(pid: int, inode: str) -> bool:
    with contextlib.suppress(OSError):
        for one in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                if os.readlink(one.path) == f"socket:[{inode}]":
                    return True
    return False
