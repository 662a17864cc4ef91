"""The fast lane: a door's plain scan goes past what only other requests need.

More than half of what a request costs this process is taking its head apart, routing it, and making a handler and its
headers. Here only the plain case is served: `POST /scan/ticket/` by a key that may scan. Whatever is out of the
ordinary about a request is for Tornado and the ordinary handler, who read it as if the lane had not.
"""

import asyncio
import logging
import re
import time
from functools import lru_cache
from http.client import responses
from typing import Any, NamedTuple

import msgspec
from tornado.httputil import format_timestamp
from tornado.iostream import IOStream, UnsatisfiableReadError

from handlers.access import ACCESS
from handlers.base import ALWAYS, key_in, retry_after
from handlers.patience import Patience
from hub.errors import HubError, refusal_answer
from hub.hub import Hub
from hub.model import Principal
from hub.presence import info_from_header

log = logging.getLogger(__name__)

ROUTE = "/scan/ticket"
RULE = ACCESS[ROUTE]["POST"]

STARTS = frozenset({f"POST {ROUTE}/ HTTP/1.1".encode(), f"POST {ROUTE} HTTP/1.1".encode()})
FIELD = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x1f\x7f]*)")
"""A line of a head that needs no second look (RFC 9112, 5)."""
LENGTH = re.compile(rb"[1-9][0-9]{0,8}")
CHUNK = 64 * 1024
OUT_OF_THE_ORDINARY = frozenset({b"expect", b"transfer-encoding", b"upgrade"})

Scan = tuple[Principal, dict[str, Any]]


class Head(NamedTuple):
    """What the head of a plain scan says."""

    length: int
    key: str
    nonce: str
    info: str | None
    is_last: bool
    """Whether the connection ends with it."""


class FastLane:
    """A connection's stream as Tornado sees it: the plain scans on it are answered here, and never come out of it.

    It reads all that is there, a whole scan mostly, and gives Tornado what it asks for out of that: a stream that is
    asked for a head and then for a body stops listening in between.
    """

    def __init__(self, hub: Hub, patience: Patience, stream: IOStream) -> None:
        self._hub = hub
        self._patience = patience
        self._stream = stream
        self._ahead = b""

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all else."""
        return getattr(self._stream, name)

    def closed(self) -> bool:
        """Tell whether the connection has ended."""
        return self._stream.closed()

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    async def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> bytes:
        """Answer plain scans, and return the head of the next request that is none."""
        self._stream.set_nodelay(True)
        end = re.compile(regex)
        while True:
            self._patience.for_request(self)
            head = await self._read_to(end, max_bytes)
            plain = self._plain(head)
            if plain is None:
                return head
            self._patience.for_body(self)
            body = await self.read_bytes(plain.length)
            self._patience.end(self)
            scan = await self._read(plain, body)
            if scan is None:
                self._ahead = body + self._ahead
                return head
            await self._answer(plain, *scan)

    async def read_until(self, delimiter: bytes, max_bytes: int | None = None) -> bytes:
        """Return what comes up to `delimiter`, and that."""
        return await self._read_to(re.compile(re.escape(delimiter)), max_bytes)

    async def read_bytes(self, num_bytes: int, partial: bool = False) -> bytes:
        """Return the next bytes: so many, or those that are there."""
        if not self._ahead:
            return await self._stream.read_bytes(num_bytes, partial=partial)
        while len(self._ahead) < num_bytes and not partial:
            self._ahead += await self._stream.read_bytes(CHUNK, partial=True)
        return self._take(num_bytes)

    async def _read_to(self, end: re.Pattern[bytes], max_bytes: int | None) -> bytes:
        while True:
            found = end.search(self._ahead)
            seen = found.end() if found else len(self._ahead)
            if max_bytes is not None and seen > max_bytes:
                self._stream.close()
                raise UnsatisfiableReadError
            if found:
                return self._take(seen)
            self._ahead += await self._stream.read_bytes(CHUNK, partial=True)

    def _take(self, num_bytes: int) -> bytes:
        taken, self._ahead = self._ahead[:num_bytes], self._ahead[num_bytes:]
        return taken

    def _plain(self, head: bytes) -> Head | None:
        """Return what a head says, or None where it is not that of a plain scan."""
        fields = plain_fields(head)
        if fields is None or b"host" not in fields or not OUT_OF_THE_ORDINARY.isdisjoint(fields):
            return None
        connection = fields.get(b"connection", b"keep-alive").lower()
        if connection not in (b"keep-alive", b"close"):
            return None
        length, origin = fields.get(b"content-length", b""), fields.get(b"origin", b"")
        if not LENGTH.fullmatch(length) or int(length) > self._hub.settings.body_limit_bytes:
            return None
        if origin.decode("latin1") in self._hub.settings.allowed_origins:
            return None
        info = fields.get(b"x-device-info")
        return Head(
            length=int(length),
            key=key_in(fields.get(b"authorization", b"").decode("latin1")),
            nonce=fields.get(b"idempotency-key", b"").decode("latin1"),
            info=None if info is None else info.decode("latin1"),
            is_last=connection == b"close",
        )

    async def _read(self, head: Head, body: bytes) -> Scan | None:
        """Return who scans what, or None where that is for the ordinary handler to say."""
        try:
            principal = await self._hub.people.by_key(head.key)
            fields = msgspec.json.decode(body, type=dict[str, Any])
        except (HubError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        if not RULE.admits(principal):
            return None
        return principal, ({"nonce": head.nonce, **fields} if head.nonce else fields)

    async def _answer(self, head: Head, principal: Principal, body: dict[str, Any]) -> None:
        began = time.monotonic()
        self._hub.presence.heard(principal, info_from_header(head.info))
        more: dict[str, str] = {}
        try:
            status, answer = await self._hub.scanning.scan(principal, body)
        except HubError as refusal:
            status, answer, more = refusal.status, refusal_answer(refusal), retry_after(refusal)
            await asyncio.sleep(0)  # a refusal may have waited for nothing, and more of its kind may have come with it
        except Exception:
            log.exception("a scan failed")
            broken = HubError("internal", "Something went wrong here: try again")
            status, answer = broken.status, refusal_answer(broken)
        self._hub.metrics.requests(ROUTE, status).observe(time.monotonic() - began)
        if head.is_last:
            more["Connection"] = "close"
        await self._stream.write(_response(status, msgspec.json.encode(answer), more))
        if head.is_last:
            self._stream.close()


def plain_fields(head: bytes) -> dict[bytes, bytes] | None:
    """Return the fields of a scan's head by their names in lower case; None where it may say something else."""
    start, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if start not in STARTS:
        return None
    found = [FIELD.fullmatch(line) for line in lines]
    fields = {field[1].lower(): field[2].rstrip(b" \t") for field in found if field}
    return fields if len(fields) == len(lines) else None


def _response(status: int, body: bytes, more: dict[str, str]) -> bytes:
    said = "".join(f"{name}: {value}\r\n" for name, value in more.items())
    head = f"{_head(status)}Content-Length: {len(body)}\r\nDate: {_date(int(time.time()))}\r\n{said}\r\n"
    return head.encode("latin1") + body


@lru_cache
def _head(status: int) -> str:
    always = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS.items())
    return f"HTTP/1.1 {status} {responses[status]}\r\nContent-Type: application/json\r\n{always}"


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    """Return a second as the header `Date` has it; many answers share one."""
    return format_timestamp(second)
