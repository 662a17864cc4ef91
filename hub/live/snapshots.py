"""Snapshots: an event's whole state, exact as of a number, cached for each view as long as nothing changes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import structlog
from msgspec.structs import replace

from hub.clock import Clock
from hub.errors import HubError, guard
from hub.live import frames
from hub.live.encode import EncodedEntry
from hub.live.frame_shapes import EventState
from hub.live.name_cache import NameCache
from hub.live.ports import Ports
from hub.live.recent import RecentEntries
from hub.live.visibility import View
from hub.live_limits import LiveLimits
from hub.model.alert import AlertData
from hub.model.event_view import AlertView, EventView
from hub.model.journal import Entry
from hub.model.kinds import SCAN_KINDS
from hub.reports.occupancy import occupancy

log = structlog.get_logger(__name__)


class Snapshot(NamedTuple):
    """A snapshot's frame, exact as of `seq` of `window`."""

    window: RecentEntries
    seq: int
    frame: bytes


class Snapshots:
    """Cache of snapshots and of the data beside the counts: doors, zones, devices, alerts, names."""

    def __init__(self, event: str, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self._event = event
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._described: EventView | None = None
        self._changes = 0
        self._made: dict[View, Snapshot] = {}
        self._names = NameCache(event, ports.names)

    def invalidate(self) -> None:
        """Have doors, zones, devices and alerts read again before they are shown next."""
        self._changes += 1
        self._described = None
        self._made.clear()

    async def describe(self) -> EventView:
        """Return the data beside the counts. Raises `HubError`."""
        while self._described is None:
            changes = self._changes
            found = await guard(self._ports.describe(self._event))
            if changes == self._changes:
                self._described = _shown(found or EventView(id=self._event, name=self._event))
        return self._described

    async def snapshot(self, window: RecentEntries, view: View) -> Snapshot:
        """Return the state of `window` as `view` sees it. Raises `HubError`."""
        event_view = await self.describe()
        made = self._made.get(view)
        if made is None or made.window is not window or made.seq != window.seq:
            made = self._made[view] = await self._make(window, view, event_view)
        return made

    async def _make(self, window: RecentEntries, view: View, event_view: EventView) -> Snapshot:
        # Counts and recent scans are taken in one go; names may come later, the snapshot stays exact as of this seq.
        counts, recent = window.counts(), window.recent(self._limits.recent_items)
        names = await self.names(recent) if view.names else {}
        state = EventState(
            occupancy=occupancy(counts, event_view, self._clock.now()),
            doors=event_view.doors,
            devices=event_view.devices,
            alerts=[alert for alert in event_view.alerts if view.sees(alert.kind)],
            recent=[encoded.item(view, names) for encoded in recent],
        )
        return Snapshot(window, counts.seq, frames.snapshot(self._event, counts.epoch, counts.seq, state))

    async def occupancy(self, window: RecentEntries) -> bytes:
        """Return a frame of the counts of `window` as they stand."""
        event_view = await self.describe()
        return frames.occupancy(occupancy(window.stream, event_view, self._clock.now()))

    async def devices(self) -> bytes:
        """Return a frame of the devices as they stand."""
        return frames.devices(self._event, (await self.describe()).devices)

    async def names(self, encoded: Sequence[EncodedEntry]) -> Mapping[str, str]:
        """Return the names for these entries' tickets; none after `names_s`, since the flow goes on."""
        tickets = sorted({one.entry.ticket for one in encoded if one.entry.ticket is not None})
        try:
            async with asyncio.timeout(self._limits.names_s):
                return await self._names.of(tickets)
        except (HubError, TimeoutError):
            log.warning("names left out", event_id=self._event)
            return {}

    def forget_names(self, entries: Sequence[Entry]) -> None:
        """Invalidate the names on tickets that were more than scanned."""
        self._names.forget({one.ticket for one in entries if one.ticket is not None and one.kind not in SCAN_KINDS})


def _shown(view: EventView) -> EventView:
    """Return `view` with a placeholder for each alert that cannot be encoded: it must not take the snapshot along."""
    return replace(view, alerts=[_shown_alert(alert) for alert in view.alerts])


def _shown_alert(alert: AlertView) -> AlertView:
    try:
        msgspec.json.encode(alert)
    except Exception:
        log.exception("alert cannot be encoded", kind=alert.kind)
        return replace(alert, data=AlertData(unreadable=True))
    return alert
