"""Event view for snapshots, occupancy and dashboards: names of doors, zones and devices beside the counts."""

from datetime import datetime
from typing import Any

import msgspec

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


class EventView(msgspec.Struct, kw_only=True):
    """Event in a snapshot, beside its counts."""

    id: str
    name: str
    max_inside: int | None = None
    doors: list[Door] = []
    zones: list[Zone] = []
    devices: list[DeviceView] = []
    alerts: list[dict[str, Any]] = []
    """Those that stand (`hub/alerts/service.py`)."""
