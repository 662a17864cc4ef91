"""The fast lane: a door's plain scan goes past what only other requests need.

Nearly half of what a request costs this process is routing it, making a handler and its headers. Here only the plain
case is served: `POST /scan/ticket/` by a key that is known and may scan. Whatever is out of the ordinary about a
request is the ordinary handler's to answer: the lane hands over all that it received.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from functools import lru_cache
from http.client import responses
from typing import Any

import msgspec
from tornado.http1connection import HTTP1Connection
from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
    format_timestamp,
)

from handlers.access import ACCESS
from handlers.base import ALWAYS, key_in, retry_after
from handlers.patience import Patience
from hub.errors import HubError, refusal_answer
from hub.hub import Hub
from hub.model import Principal
from hub.presence import info_from_header

log = logging.getLogger(__name__)

ROUTE = "/scan/ticket"
PATHS = (ROUTE, f"{ROUTE}/")
RULE = ACCESS[ROUTE]["POST"]

Scan = tuple[Principal, dict[str, Any]]


class FastLane(HTTPMessageDelegate):
    """Takes one request: a plain scan itself, and any other for `ordinary`."""

    def __init__(
        self, hub: Hub, patience: Patience, connection: HTTP1Connection, ordinary: HTTPMessageDelegate
    ) -> None:
        self._hub = hub
        self._patience = patience
        self._connection = connection
        self._ordinary = ordinary
        self._received: tuple[RequestStartLine, HTTPHeaders] | None = None
        self._body = b""

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Take what may be a plain scan."""
        self._patience.for_body(self._connection)
        if isinstance(start_line, RequestStartLine) and self._may_be_plain(start_line, headers):
            self._began = time.monotonic()
            self._received = start_line, headers
            return None
        return self._ordinary.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Take the next piece."""
        if self._received is None:
            return self._ordinary.data_received(chunk)
        self._body += chunk
        return None

    def finish(self) -> None:
        """Scan, or hand over."""
        self._patience.end(self._connection)
        if self._received is None:
            self._ordinary.finish()
            return
        start_line, headers = self._received
        scan = self._read(headers)
        if scan is not None:
            self._answering = asyncio.create_task(self._answer(*scan, headers))
            return
        self._ordinary.headers_received(start_line, headers)
        self._ordinary.data_received(self._body)
        self._ordinary.finish()

    def on_connection_close(self) -> None:
        """Hand on that the client has gone before it had sent everything."""
        self._patience.end(self._connection)
        if self._received is None:
            self._ordinary.on_connection_close()

    def _may_be_plain(self, start_line: RequestStartLine, headers: HTTPHeaders) -> bool:
        if start_line.method != "POST" or start_line.path not in PATHS or "Expect" in headers:
            return False
        announced = headers.get("Content-Length", "")
        is_small = announced.isdecimal() and int(announced) <= self._hub.settings.body_limit_bytes
        return is_small and headers.get("Origin") not in self._hub.settings.allowed_origins

    def _read(self, headers: HTTPHeaders) -> Scan | None:
        """Return who scans what, or None where the request is not plain, or not good."""
        principal = self._hub.people.known(key_in(headers))
        if principal is None or not RULE.admits(principal):
            return None
        try:
            body = msgspec.json.decode(self._body, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        nonce = headers.get("Idempotency-Key")
        return principal, ({"nonce": nonce, **body} if nonce else body)

    async def _answer(self, principal: Principal, body: dict[str, Any], headers: HTTPHeaders) -> None:
        self._hub.presence.heard(principal, info_from_header(headers.get("X-Device-Info")))
        try:
            status, answer = await self._hub.scanning.scan(principal, body)
            self._write(status, answer)
        except HubError as refusal:
            self._write(refusal.status, refusal_answer(refusal), retry_after(refusal))
        except Exception:
            log.exception("a scan failed")
            broken = HubError("internal", "Something went wrong here: try again")
            self._write(broken.status, refusal_answer(broken))

    def _write(self, status: int, answer: dict[str, Any], more: dict[str, str] | None = None) -> None:
        body = msgspec.json.encode(answer)
        said = {"Content-Length": str(len(body)), "Date": _date(int(time.time())), **(more or {})}
        headers = HTTPHeaders({"Content-Type": "application/json", **ALWAYS, **said})
        self._connection.write_headers(ResponseStartLine("HTTP/1.1", status, responses[status]), headers, body)
        self._connection.finish()
        self._hub.metrics.requests(ROUTE, status).observe(time.monotonic() - self._began)


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    """Return a second as the header `Date` has it; many answers share one."""
    return format_timestamp(second)
