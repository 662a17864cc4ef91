"""Event view for snapshots, occupancy and dashboards: names of doors, zones and devices beside the counts."""

from datetime import datetime

import msgspec

from hub.model.alert import AlertData
from hub.model.event import Door, Zone


class DeviceView(msgspec.Struct, kw_only=True):
    """Device as dashboards list it."""

    id: str
    name: str
    door: str | None = None
    online: bool = False
    """Whether it is on a socket, of whatever process; `since` when."""
    since: datetime | None = None
    last_seen_at: datetime | None = None


class AlertView(msgspec.Struct, frozen=True, kw_only=True):
    """Alert as dashboards list it, with the names of its device and door."""

    alert: str
    kind: str
    at: datetime
    device: str | None
    device_name: str | None
    door: str | None
    door_name: str | None
    data: AlertData
    """Why, in numbers, as its entry in the journal has it."""


class EventView(msgspec.Struct, kw_only=True):
    """Event in a snapshot, beside its counts."""

    id: str
    name: str
    max_inside: int | None = None
    doors: list[Door] = []
    zones: list[Zone] = []
    devices: list[DeviceView] = []
    alerts: list[AlertView] = []
    """Those that stand (`hub/alerts/service.py`)."""
