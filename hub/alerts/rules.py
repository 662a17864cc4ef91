"""Alert rules for devices, doors and limits. Pure.

Each rule raises an alert at one mark and ends it at another, so that a value around a mark raises it once (hysteresis).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from hub.model.access import Device
from hub.model.alert import Alert, AlertData
from hub.model.event import Door, Event
from hub.model.journal import Stream
from hub.model.kinds import LOW_BATTERY, NEAR, QUEUE, SILENT, STALLED
from hub.model.report import DoorScans
from hub.settings import Settings

SLACK = 5
"""A battery is charged again, a limit far again, so many percent beyond the mark."""
HEARD_WITHIN = timedelta(minutes=10)
"""Age of a device's report beyond which it raises no alert."""
IN_USE_WITHIN = timedelta(minutes=30)
"""A door is in use that scanned in this time; others may rest all night."""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """Thresholds of the rules."""

    low_battery_percent: int
    queue_scans: int
    stalled_after: timedelta
    stalled_other_scans: int
    limit_near_percent: int

    @classmethod
    def of(cls, settings: Settings) -> "Marks":
        """Return the thresholds that the settings give."""
        return cls(
            low_battery_percent=settings.low_battery_percent,
            queue_scans=settings.queue_alert_scans,
            stalled_after=timedelta(seconds=settings.stalled_after_s),
            stalled_other_scans=settings.stalled_other_scans,
            limit_near_percent=settings.limit_near_percent,
        )


class Finding(NamedTuple):
    """Outcome of a rule: whether its alert is due, None to leave it as it is. `alert.data` are its numbers."""

    alert: Alert
    is_due: bool | None


def of_device(device: Device, now: datetime, marks: Marks) -> Iterator[Finding]:
    """Findings on a device's report on itself. Silence is found by its sockets (`hub/devices/online.py`)."""
    is_fresh = device.last_seen_at is not None and now - device.last_seen_at <= HEARD_WITHIN
    battery, queue = (device.info.get(name) if is_fresh else None for name in ("battery", "queue"))
    is_low = None if battery is None else _is_low(battery, marks.low_battery_percent, marks.low_battery_percent + SLACK)
    waits = None if queue is None else _is_high(queue, marks.queue_scans, marks.queue_scans // 2)
    yield Finding(_of(device, SILENT, now, AlertData()), None)
    yield Finding(_of(device, LOW_BATTERY, now, AlertData(battery=battery)), is_low)
    yield Finding(_of(device, QUEUE, now, AlertData(queue=queue)), waits)


def of_limits(event: Event, stream: Stream, now: datetime, marks: Marks) -> Iterator[Finding]:
    """Findings on how near the venue and its zones are to their limits."""
    zones = [(f"{event.id}/{z.id}", z.name, stream.zones.get(z.id, 0), z.max_inside) for z in event.zones]
    for subject, zone, inside, limit in [(event.id, None, stream.inside, event.max_inside), *zones]:
        if limit is None:
            continue
        near, far = (limit * percent / 100 for percent in (marks.limit_near_percent, marks.limit_near_percent - SLACK))
        data = AlertData(zone=zone, inside=inside, limit=limit).stored
        alert = Alert(id=Alert.name(subject, NEAR), kind=NEAR, event=event.id, at=now, data=data)
        yield Finding(alert, _is_high(inside, max(near, 1), max(far, 0)))


def of_doors(event: Event, scans: Mapping[str, DoorScans], now: datetime, marks: Marks) -> Iterator[Finding]:
    """Findings on doors without scans while others scan. `scans` holds those that are in use."""
    for door in event.doors:
        if not _is_open(door, now):
            continue
        own = scans.get(door.id)
        others = [each.recent for door_id, each in scans.items() if door_id != door.id]
        data = AlertData(since=own.last.isoformat() if own else None, others=sum(others)).stored
        name = Alert.name(f"{event.id}/{door.id}", STALLED)
        alert = Alert(id=name, kind=STALLED, event=event.id, door=door.id, at=now, data=data)
        if not others or (own is not None and own.recent):
            yield Finding(alert, False)
        else:
            is_stalled = own is not None and sum(others) >= marks.stalled_other_scans
            yield Finding(alert, is_stalled or None)


def _of(device: Device, kind: str, now: datetime, data: AlertData) -> Alert:
    name, numbers = Alert.name(device.id, kind), data.stored
    return Alert(id=name, kind=kind, event=device.event, device=device.id, door=device.door, at=now, data=numbers)


def _is_high(value: float, mark: float, end: float) -> bool | None:
    """Return whether `value` reached `mark`, or fell to `end` again; None between the two."""
    return True if value >= mark else False if value <= end else None


def _is_low(value: float, mark: float, end: float) -> bool | None:
    return _is_high(-value, -mark, -min(end, 100))


def _is_open(door: Door, now: datetime) -> bool:
    return (door.opens_at is None or now >= door.opens_at) and (door.closes_at is None or now < door.closes_at)
