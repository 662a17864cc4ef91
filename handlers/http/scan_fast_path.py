"""The fast lane: a door's plain scan goes past what only other requests need.

More than half of what a request costs this process is taking its head apart, routing it, and making a handler and its
headers. Here only the plain case is served: `POST /scan/ticket/` by a key that may scan. Whatever is out of the
ordinary about a request is for Tornado and the ordinary handler, who read it as if the lane had not.
"""

import asyncio
import re
import time
from functools import lru_cache
from http.client import responses
from typing import Any, NamedTuple

import msgspec
import structlog
from tornado.httputil import format_timestamp
from tornado.iostream import IOStream

from handlers.http.access import ACCESS
from handlers.http.base import ALWAYS, key_in, retry_after
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.read_ahead import ReadAhead
from handlers.http.request_log import record_request
from hub.app import Hub
from hub.errors import HubError, NotAllowed, refusal_answer
from hub.model.access import Principal
from hub.model.device_info import info_from_header

log = structlog.get_logger(__name__)

ROUTE = "/scan/ticket"
RULE = ACCESS[ROUTE]["POST"]

STARTS = frozenset({f"POST {ROUTE}/ HTTP/1.1".encode(), f"POST {ROUTE} HTTP/1.1".encode()})
FIELD = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x1f\x7f]*)")
"""A line of a head that needs no second look (RFC 9112, 5)."""
LENGTH = re.compile(rb"[1-9][0-9]{0,8}")
OUT_OF_THE_ORDINARY = frozenset({b"expect", b"transfer-encoding", b"upgrade"})


class Answer(NamedTuple):
    """Answer to a scan: `headers` are those besides the usual ones."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]
    principal: Principal | None


class Head(NamedTuple):
    """What the head of a plain scan says."""

    length: int
    key: str
    nonce: str
    info: str | None
    is_last: bool
    """Whether the connection ends with it."""


class ScanFastPath(ReadAhead):
    """A connection's stream as Tornado sees it: the plain scans on it are answered here, and never come out of it."""

    def __init__(self, hub: Hub, patience: IdleTimeouts, stream: IOStream) -> None:
        super().__init__(stream)
        self._hub = hub
        self._patience = patience

    async def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> bytes:
        """Answer plain scans; return the head of the next request that is none."""
        self._stream.set_nodelay(True)
        while True:
            self._patience.for_request(self)
            head = await super().read_until_regex(regex, max_bytes)
            plain = self._plain(head)
            if plain is None:
                return head
            self._patience.for_body(self)
            body = await self.read_bytes(plain.length)
            self._patience.end(self)
            if not await self._serve(plain, body):
                self.give_back(body)
                return head

    async def _serve(self, head: Head, body: bytes) -> bool:
        """Scan and answer; return whether that was for the lane to do."""
        began = time.monotonic()
        fields = _object(body)
        answer = None if fields is None else await self._scan(head, fields)
        if answer is None:
            return False
        status, headers = answer.status, answer.headers
        record_request(
            self._hub,
            method="POST",
            route=ROUTE,
            status=status,
            took_s=time.monotonic() - began,
            principal=answer.principal,
        )
        if head.is_last:
            headers = {**headers, "Connection": "close"}
        await self._stream.write(_response(status, msgspec.json.encode(answer.body), headers))
        if head.is_last:
            self.close()
        return True

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

    async def _scan(self, head: Head, fields: dict[str, Any]) -> Answer | None:
        """Return the answer to a scan; None where its key may not scan here."""
        principal = None
        try:
            principal = await self._scanner(head.key)
            if principal is None:
                return None
            self._hub.last_seen.heard(principal, info_from_header(head.info))
            body = {"nonce": head.nonce, **fields} if head.nonce else fields
            status, answer = await self._hub.scanning.scan(principal, body)
            return Answer(status, answer, {}, principal)
        except HubError as refusal:
            await asyncio.sleep(0)  # it may have waited for nothing, and more of its kind may have come with it
            return Answer(refusal.status, refusal_answer(refusal), retry_after(refusal), principal)
        except Exception:
            log.exception("a scan failed")
            broken = HubError("internal", "Something went wrong here: try again")
            return Answer(broken.status, refusal_answer(broken), {}, principal)

    async def _scanner(self, key: str) -> Principal | None:
        """Return whose key it is, or None where they may not scan: the ordinary way says so, and counts bad keys."""
        try:
            principal = await self._hub.authenticator.by_key(key)
        except NotAllowed:
            return None
        return principal if RULE.admits(principal) else None


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


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
