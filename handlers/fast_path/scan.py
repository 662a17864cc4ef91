"""Fast path of scans: plain ones are answered without the machinery that only other requests need.

More than half of what a request costs this process is taking its head apart, routing it, and making a handler and its
headers. Here only the plain case is served: `POST /scan/ticket/` by a key that may scan. Whatever is out of the
ordinary about a request is left to Tornado and the ordinary handler, who read it as if it had not been looked at here.
"""

import asyncio
import time
from functools import lru_cache
from http.client import responses
from typing import Any, NamedTuple

import msgspec
import structlog
from tornado.httputil import format_timestamp
from tornado.iostream import IOStream
from typing_extensions import override

from handlers.fast_path.read_ahead import ReadAhead
from handlers.fast_path.request import ROUTE, ScanHead, plain_scan
from handlers.http.access import Rule
from handlers.http.base import ALWAYS, retry_after
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.request_log import record_request
from handlers.http.work_budget import ConnectionBudget
from hub.app import Hub
from hub.errors import HubError, NotAllowed, refusal_answer
from hub.model.access import Principal
from hub.model.device_info import info_from_header
from hub.telemetry import correlation

log = structlog.get_logger(__name__)


LONGEST_REMEMBERED = 1024
"""Bytes of a head that a connection remembers."""


class Answer(NamedTuple):
    """Answer to a scan: `headers` are those besides the usual ones."""

    status: int
    body: msgspec.Struct
    headers: dict[str, str]
    principal: Principal | None


class ScanFastPath(ReadAhead):
    """Stream of a connection whose plain scans are answered here, and never seen by Tornado. `rule`: who may scan."""

    def __init__(
        self,
        hub: Hub,
        rule: Rule,
        stream: IOStream,
        timeouts: IdleTimeouts,
        budget: ConnectionBudget | None,
        *,
        is_direct: bool,
    ) -> None:
        super().__init__(stream, timeouts, budget, is_direct=is_direct)
        self._hub = hub
        self._rule = rule
        self._last: tuple[bytes, ScanHead] | None = None

    @override
    async def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> bytes:
        """Answer plain scans; return the head of the next request that is none."""
        self.set_nodelay(True)
        while True:
            head = await super().read_until_regex(regex, max_bytes)
            plain = self._plain(head)
            if plain is None:
                return head
            body = self.take_body(plain.length)
            if body is None:
                self._timeouts.for_body(self)
                body = await self.read_bytes(plain.length)
            self._timeouts.end(self)
            if not await self._serve(plain, body):
                self.give_back(body)
                return head

    def _plain(self, head: bytes) -> ScanHead | None:
        """Return `plain_scan` of a head; a phone sends the same one with each scan, so the last is remembered."""
        if self._last is not None and self._last[0] == head:
            return self._last[1]
        plain = plain_scan(head, self._hub.settings)
        self._last = (head, plain) if plain is not None and len(head) <= LONGEST_REMEMBERED else None
        return plain

    async def _serve(self, head: ScanHead, body: bytes) -> bool:
        """Scan and answer; return whether the fast path did."""
        began = time.monotonic()
        request_id = head.request_id or correlation.new_id()
        correlation.begin(request_id)
        fields = _object(body)
        with self._hub.tracer.request("POST", ROUTE, head.traceparent) as set_status:
            answer = None if fields is None else await self._scan(head, fields)
            if answer is None:
                return False
            status = answer.status
            set_status(status)
        record_request(
            self._hub,
            method="POST",
            route=ROUTE,
            status=status,
            took_s=time.monotonic() - began,
            principal=answer.principal,
        )
        is_last = head.is_last or self._hub.is_draining
        headers = {**answer.headers, "Connection": "close"} if is_last else answer.headers
        if unsent := self.write_now(_response(status, request_id, msgspec.json.encode(answer.body), headers)):
            await self.write(unsent)
        if is_last:
            self.close()
        return True

    async def _scan(self, head: ScanHead, fields: dict[str, Any]) -> Answer | None:
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
        """Return the principal of a key, or None where it may not scan: the ordinary way refuses and counts."""
        try:
            principal = await self._hub.authenticator.by_key(key)
        except NotAllowed:
            return None
        return principal if self._rule.admits(principal) else None


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _response(status: int, request_id: str, body: bytes, more: dict[str, str]) -> bytes:
    said = "".join(f"{name}: {value}\r\n" for name, value in more.items()).encode("latin1") if more else b""
    return b"%sX-Request-ID: %s\r\nContent-Length: %d\r\nDate: %s\r\n%s\r\n%s" % (
        _head(status),
        request_id.encode(),
        len(body),
        _date(int(time.time())),
        said,
        body,
    )


@lru_cache
def _head(status: int) -> bytes:
    always = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS.items())
    return f"HTTP/1.1 {status} {responses[status]}\r\nContent-Type: application/json\r\n{always}".encode("latin1")


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    """Return a second as the header `Date` has it; many answers share one."""
    return format_timestamp(second).encode()
