"""Receiver of webhooks for tests: a real HTTP server on loopback with settable answers, which keeps its requests."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler


class Got:
    """One delivery as it came."""

    def __init__(self, headers: HTTPHeaders, raw: bytes, path: str) -> None:
        self.headers = headers
        self.raw = raw
        self.path = path
        self.body: Any = msgspec.json.decode(raw)


class Receiver:
    """Receiver of deliveries: those it got, and its answer: `status` with `headers`, after `gate` is open."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def seqs(self) -> list[int]:
        return [got.body["seq"] for got in self.got]


class _Handler(RequestHandler):
    async def post(self) -> None:
        receiver: Receiver = self.application.settings["receiver"]
        receiver.got.append(Got(self.request.headers, self.request.body, self.request.path))
        await receiver.gate.wait()
        self.set_status(receiver.status)
        for name, value in receiver.headers.items():
            self.set_header(name, value)
        self.finish("ok")


@asynccontextmanager
async def a_receiver(
    host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Give a receiver that listens."""
    receiver = Receiver()
    application = Application([(".*", _Handler)], receiver=receiver, log_function=lambda handler: None)
    server = HTTPServer(application, ssl_options=tls)
    sockets = bind_sockets(port, host)
    receiver.port = sockets[0].getsockname()[1]
    server.add_sockets(sockets)
    try:
        yield receiver
    finally:
        receiver.gate.set()
        server.stop()
        await server.close_all_connections()
