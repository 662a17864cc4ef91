"""Last-seen tracker: the last request of each device, and the info that it reported (booking-api.md, devices).

Written beside the scans, never before them: sightings are kept in memory, and one task writes them.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import HubError
from hub.model.access import Principal
from hub.model.device_info import DeviceInfo
from store.collections.devices import DeviceSightings

log = structlog.get_logger(__name__)

EVERY_S = 10.0
"""Seconds between two writes of a device that reports nothing new."""
MOST_KEPT = 10_000
REPORTED = ("queue", "battery", "training", "clock")
"""What is written as soon as it changes."""


class _Sighting(msgspec.Struct, frozen=True):
    """Sighting of a device: its instant, and the fields that it reported."""

    at: datetime
    said: dict[str, Any]


class LastSeen:
    """Last-seen tracker: sightings are gathered in memory and written in batches. Started and stopped."""

    def __init__(self, sightings: DeviceSightings, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._sightings = sightings
        self._clock = clock
        self._monotonic = monotonic
        self._due: dict[str, _Sighting] = {}
        self._written: dict[str, tuple[float, dict[str, Any]]] = {}
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._writer: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the periodic writes."""
        self._writer = asyncio.create_task(self._write_on())

    async def stop(self) -> None:
        """Write the sightings that are due, and end."""
        self._is_stopping = True
        self._wake.set()
        if self._writer is not None:
            await self._writer

    def heard(self, principal: Principal, info: DeviceInfo | None) -> None:
        """Record a request of a device, with the info that it reported. Never waits; ignores other principals."""
        if principal.kind == "device":
            self.heard_of(principal.id, info)

    def heard_of(self, device_id: str, info: DeviceInfo | None) -> None:
        """Record a request of the device with this id."""
        if info is None and not self._is_due(device_id):
            return
        now = self._clock.now()
        stored = {} if info is None else info.stored()
        ahead_ms = None if info is None else info.ahead_ms(now)
        reported = stored | ({} if ahead_ms is None else {"clock": round(ahead_ms / 1000)})
        if not self._is_to_write(device_id, reported):
            return
        said = ({"info": stored} if stored else {}) | ({} if ahead_ms is None else {"clock_ahead_ms": ahead_ms})
        self._remember(device_id, reported)
        self._due[device_id] = _Sighting(now, said)
        self._wake.set()

    def _is_to_write(self, device_id: str, reported: dict[str, Any]) -> bool:
        if self._is_due(device_id):
            return True
        _, before = self._written[device_id]
        return any(reported.get(name, before.get(name)) != before.get(name) for name in REPORTED)

    def _is_due(self, device_id: str) -> bool:
        at, _ = self._written.get(device_id, (float("-inf"), {}))
        return self._monotonic() - at >= EVERY_S

    def _remember(self, device_id: str, reported: dict[str, Any]) -> None:
        if len(self._written) >= MOST_KEPT:
            self._written.clear()
        before = self._written.get(device_id, (0.0, {}))[1]
        self._written[device_id] = self._monotonic(), before | reported

    async def _write_on(self) -> None:
        while not self._is_stopping:
            await self._wake.wait()
            self._wake.clear()
            await self._write_due()

    async def _write_due(self) -> None:
        due, self._due = self._due, {}
        for device_id, sighting in due.items():
            try:
                await self._sightings.record(device_id, sighting.at, sighting.said)
            except HubError as refusal:
                log.warning("a device could not be noted as seen", device=device_id, code=refusal.code)
