"""Presence: when each device was last heard of, and what it said of itself (booking-api.md, devices).

Written beside the scans, never before them: who is heard is noted in memory, and one task writes it down.
"""

import asyncio
import base64
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import HubError
from hub.model.journal import Principal
from store.collections.catalog import Catalog

log = structlog.get_logger(__name__)

EVERY_S = 10.0
"""A device that says nothing new is written down once in so many seconds."""

LONGEST_HEADER = 1024
MOST_KEPT = 10_000

Text = Annotated[str, msgspec.Meta(max_length=100)]
Millis = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]


class DeviceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone says of itself: its battery in percent, its offline scans that wait, its clock."""

    app: Text | None = None
    version: Text | None = None
    battery: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
    queue: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    time: datetime | Millis | None = None
    """Its own time as ISO 8601 with an offset, or in milliseconds since 1970."""

    def ahead_ms(self, now: datetime) -> int | None:
        """Return how far the phone's clock is ahead of `now`; None where it did not tell."""
        match self.time:
            case None:
                return None
            case int(millis):
                return millis - int(now.timestamp() * 1000)
            case moment:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return int((moment - now).total_seconds() * 1000)

    def stored(self) -> dict[str, Any]:
        """Return what is kept of it: what was said, the time aside."""
        said = {"app": self.app, "version": self.version, "battery": self.battery, "queue": self.queue}
        return {name: value for name, value in said.items() if value is not None}


def info_from_header(header: str | None) -> DeviceInfo | None:
    """Return what the header `X-Device-Info` says; None where there is none that can be read."""
    if header is None or len(header) > LONGEST_HEADER:
        return None
    try:
        raw = base64.urlsafe_b64decode(header.strip().encode("ascii") + b"=" * (-len(header.strip()) % 4))
        return msgspec.json.decode(raw, type=DeviceInfo)
    except (ValueError, RecursionError):
        return None


def info_from_hello(info: object) -> DeviceInfo | None:
    """Return what a hello's `info` says; None where it cannot be read."""
    try:
        return None if info is None else msgspec.convert(info, DeviceInfo)
    except msgspec.ValidationError:
        return None


class _Sighting(msgspec.Struct, frozen=True):
    """A device was heard."""

    at: datetime
    said: dict[str, Any]


class Presence:
    """Notes which devices are heard, and writes it down as often as is needed. Started and stopped."""

    def __init__(self, catalog: Catalog, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._catalog = catalog
        self._clock = clock
        self._monotonic = monotonic
        self._due: dict[str, _Sighting] = {}
        self._written: dict[str, tuple[float, dict[str, Any]]] = {}
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._writer: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write down."""
        self._writer = asyncio.create_task(self._write_on())

    async def stop(self) -> None:
        """Write down what is due, and end."""
        self._is_stopping = True
        self._wake.set()
        if self._writer is not None:
            await self._writer

    def heard(self, principal: Principal, info: DeviceInfo | None) -> None:
        """Note that a device was heard, and what it said of itself. Never waits; others than devices are no news."""
        if principal.kind == "device":
            self.heard_of(principal.id, info)

    def heard_of(self, device_id: str, info: DeviceInfo | None) -> None:
        """Note that the device with this id was heard."""
        if info is None and not self._is_due(device_id):
            return
        now = self._clock.now()
        stored = {} if info is None else info.stored()
        ahead_ms = None if info is None else info.ahead_ms(now)
        told = stored | ({} if ahead_ms is None else {"clock": round(ahead_ms / 1000)})
        if not self._is_news(device_id, told):
            return
        said = ({"info": stored} if stored else {}) | ({} if ahead_ms is None else {"clock_ahead_ms": ahead_ms})
        self._remember(device_id, told)
        self._due[device_id] = _Sighting(now, said)
        self._wake.set()

    def _is_news(self, device_id: str, told: dict[str, Any]) -> bool:
        if self._is_due(device_id):
            return True
        _, before = self._written[device_id]
        return any(name in told and told[name] != before.get(name) for name in ("queue", "battery", "clock"))

    def _is_due(self, device_id: str) -> bool:
        at, _ = self._written.get(device_id, (float("-inf"), {}))
        return self._monotonic() - at >= EVERY_S

    def _remember(self, device_id: str, told: dict[str, Any]) -> None:
        if len(self._written) >= MOST_KEPT:
            self._written.clear()
        before = self._written.get(device_id, (0.0, {}))[1]
        self._written[device_id] = self._monotonic(), before | told

    async def _write_on(self) -> None:
        while not self._is_stopping:
            await self._wake.wait()
            self._wake.clear()
            await self._write_due()

    async def _write_due(self) -> None:
        due, self._due = self._due, {}
        for device_id, sighting in due.items():
            try:
                await self._catalog.saw_device(device_id, sighting.at, sighting.said)
            except HubError as refusal:
                log.warning("a device could not be noted as seen", device=device_id, code=refusal.code)
