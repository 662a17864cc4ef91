"""A real server of `/live` in front of the small hub, and a plain client of it."""

import asyncio
import json
import time
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, websocket_connect

from handlers.live.websocket import LiveHandler
from handlers.routes.table import rules_of
from hub.live.server import LiveHub
from hub.rate_limit import RateLimiter
from hub.telemetry.metrics import Metrics
from tests.conftest import LEAN_SOCKETS
from tests.eventually import PATIENCE_S
from tests.hub.live.small_hub import SmallHub


class Site:
    """A server of `/live` alone, in front of the small hub."""

    def __init__(self, small_hub: SmallHub, live: LiveHub | None = None) -> None:
        self.small_hub = small_hub
        self.live = live or small_hub.live
        self.bad_keys = RateLimiter(120, time.monotonic)
        settings = SimpleNamespace(
            base_url="https://hub.example.org",
            allowed_origins=(),
            trusted_proxies=(),
            body_limit_bytes=65536,
            lean_sockets=LEAN_SOCKETS,
        )
        limits = SimpleNamespace(bad_keys=self.bad_keys)
        hub = SimpleNamespace(live=self.live, settings=settings, limits=limits, metrics=Metrics())
        application = Application(
            [("/live/?", LiveHandler, {"hub": hub, "rules": rules_of("/live")})], hub=hub, log_function=lambda _: None
        )
        sock, self.port = bind_unused_port()
        self.server = HTTPServer(application)
        self.server.add_socket(sock)
        self.live.start()

    async def stop(self) -> None:
        self.server.stop()
        await self.live.stop()
        await self.server.close_all_connections()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/live"

    def request(self, path: str = "/live", **headers: str) -> HTTPRequest:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return HTTPRequest(f"ws://127.0.0.1:{self.port}{path}", headers=named)

    async def connect(self, path: str = "/live", *, offers: list[str] | None = None, **headers: str) -> "Browser":
        connection = await websocket_connect(self.request(path, **headers), subprotocols=offers)
        return Browser(connection)

    async def refusal(self, path: str = "/live", **headers: str) -> HTTPResponse:
        with pytest.raises(HTTPClientError) as refused:
            await self.connect(path, offers=None, **headers)
        assert refused.value.response is not None
        return refused.value.response


class Browser:
    """A plain client: sends frames, reads frames."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection = connection

    async def say(self, kind: str, **fields: Any) -> None:
        await self.connection.write_message(json.dumps({"type": kind, **fields}))

    async def hear(self, kind: str) -> dict[str, Any]:
        """Read on to the next frame of `kind`."""
        async with asyncio.timeout(PATIENCE_S):
            while (text := await self.connection.read_message()) is not None:
                frame: dict[str, Any] = json.loads(text)
                if frame["type"] == kind:
                    return frame
        raise AssertionError(f"closed before {kind}: {self.connection.close_code}")

    async def close_code(self) -> int | None:
        async with asyncio.timeout(PATIENCE_S):
            while await self.connection.read_message() is not None:
                pass
        self.connection.close()
        return self.connection.close_code

    async def close(self) -> None:
        self.connection.close()
        await self.close_code()
