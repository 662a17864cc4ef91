"""Rivals of a broadcast: a bare Tornado loop, python-socketio and Node's `ws`, which do nothing else, each a process.

    python -m bench.broadcast_rivals bare|socketio PORT

The last two are fetched from their registries into a folder of their own when they are first measured.
"""

import asyncio
import json
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from os import environ
from pathlib import Path
from typing import Any, NamedTuple

import uvloop
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler
from typing_extensions import override

from bench.screens import Arrivals, Screen
from bench.served import ROOT, cpu_s, free_port

PACKAGES = {"socketio": "python-socketio==5.18.1", "ws": "ws@8.18.3"}
ITEM = b'{"type":"updates","event":"%s","epoch":"k1","first":1,"items":[{"kind":"ticket.scanned","ticket":"%s"%s}]}'
"""About as long as the hub's frame of one scan."""
BEGINS_WITHIN_S = 20.0

Send = Callable[[asyncio.StreamReader, asyncio.StreamWriter, str], Awaitable[None]]


class Subject(NamedTuple):
    """A server to measure: how a screen follows, how a scan is sent, and what processor time it took so far."""

    port: int
    make: Callable[[Arrivals], Screen]
    send: Send
    cpu_s: Callable[[], float]
    pid: Callable[[], int]


class _Rival(NamedTuple):
    """A rival's command, by its port, and how a screen follows there: its path, its first message, the answer to it."""

    command: tuple[str, ...]
    path: str = "/live"
    hello: bytes = b"follow"
    until: bytes = b"welcome"
    environ: Mapping[str, str] = {}


async def post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, headers: str, body: bytes
) -> bytes:
    """Return the body of the answer to a POST; `headers` are whole lines."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    return await reader.readexactly(int(answer.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))


@asynccontextmanager
async def rivals(folder: Path | None) -> AsyncIterator[dict[str, Subject]]:
    """Start the bare loop, and those in `folder`, fetched where they are not there yet; end them again."""
    this = (sys.executable, "-m", "bench.broadcast_rivals")
    started = {"bare loop": _Rival((*this, "bare"))}
    if folder is not None:
        python, node = await _fetched(folder)
        of_socketio = {"path": "/socket.io/?EIO=4&transport=websocket", "hello": b"40", "until": b"40{"}
        path = {"PYTHONPATH": f"{ROOT}:{python}"}
        started["socketio"] = _Rival((*this, "socketio"), **of_socketio, environ=path)  # type: ignore[arg-type]
        script = str(ROOT / "bench" / "broadcast_ws.cjs")
        started["node ws"] = _Rival(("node", script), environ={"NODE_PATH": str(node / "node_modules")})
    async with AsyncExitStack() as held:
        yield {name: await held.enter_async_context(_run(rival)) for name, rival in started.items()}


async def _fetched(folder: Path) -> tuple[Path, Path]:
    """Return where python-socketio and `ws` are installed."""
    python, node = folder / "python", folder / "node"
    if not python.exists():
        await _call(sys.executable, "-m", "pip", "install", "-q", "--target", str(python), PACKAGES["socketio"])
    if not node.exists():
        npm = shutil.which("npm") or "npm"
        await _call(npm, "install", "--silent", "--prefix", str(node), PACKAGES["ws"])
    return python, node


async def _call(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    if await process.wait() != 0:
        raise RuntimeError(f"failed: {' '.join(command)}")


@asynccontextmanager
async def _run(rival: _Rival) -> AsyncIterator[Subject]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *rival.command, str(port), cwd=ROOT, env={**environ, **rival.environ}, stdin=asyncio.subprocess.DEVNULL
    )

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ticket: str) -> None:
        await post(reader, writer, "/broadcast", "", ticket.encode())

    def make(arrivals: Arrivals) -> Screen:
        return Screen(rival.path, {}, rival.hello, rival.until, arrivals.note)

    try:
        await _listens(process, port)
        yield Subject(port, make, send, lambda: cpu_s(process.pid), lambda: process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listens(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(BEGINS_WITHIN_S):
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
    raise RuntimeError("a rival ended before it served; its words are above")


# --- the servers -----------------------------------------------------------------------------------------------------


class BareSocket(WebSocketHandler):
    """Socket of a screen at the bare loop."""

    def initialize(self, sockets: set["BareSocket"]) -> None:
        """Take the set of all sockets."""
        self._sockets = sockets

    def open(self, *_: str, **__: str) -> None:
        """Follow from now on."""
        self.set_nodelay(True)
        self._sockets.add(self)
        self.write_message("welcome")

    @override
    def on_message(self, message: str | bytes) -> None:
        pass

    @override
    def on_close(self) -> None:
        self._sockets.discard(self)


class BareBroadcast(RequestHandler):
    """Scan at the bare loop: one message to all sockets."""

    def initialize(self, sockets: set[BareSocket]) -> None:
        """Take the set of all sockets."""
        self._sockets = sockets

    def post(self) -> None:
        """Send the message, then answer."""
        message = _item(self.request.body)
        for socket in tuple(self._sockets):
            socket.write_message(message)
        self.finish(b"{}")


class SocketioBroadcast(RequestHandler):
    """Scan at python-socketio: one event to all clients."""

    def initialize(self, server: Any) -> None:
        """Take the socket.io server."""
        self._server = server

    async def post(self) -> None:
        """Send the event, then answer."""
        await self._server.emit("updates", json.loads(_item(self.request.body)))
        self.finish(b"{}")


def _item(ticket: bytes) -> bytes:
    return ITEM % (b"0" * 36, ticket, b',"filler":"%s"' % (b"." * 220))


def _bare_rules() -> list[Any]:
    sockets: set[BareSocket] = set()
    return [("/live", BareSocket, {"sockets": sockets}), ("/broadcast", BareBroadcast, {"sockets": sockets})]


def _socketio_rules() -> list[Any]:
    import socketio  # type: ignore[import-not-found]

    quiet = {"ping_interval": 600, "cors_allowed_origins": "*"}
    server = socketio.AsyncServer(async_mode="tornado", **quiet)
    handler = socketio.get_tornado_handler(server)
    return [("/socket.io/", handler), ("/broadcast", SocketioBroadcast, {"server": server})]


async def serve(kind: str, port: int) -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    rules = _bare_rules() if kind == "bare" else _socketio_rules()
    server = HTTPServer(Application(rules, log_function=lambda _: None))
    server.add_sockets(bind_sockets(port, "127.0.0.1", reuse_port=True))
    await stop.wait()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2])))
