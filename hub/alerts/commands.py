"""Commands on alerts: raised once and ended once, however many processes notice. Each is a document until its end."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from hub.model.access import Device
from hub.model.alert import Alert
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.kinds import ENDS, Kind, kind_named


class RaiseAlert:
    """Raise an alert, unless it is raised already or its device is archived."""

    weight = 1

    def __init__(self, alert: Alert) -> None:
        self._alert = alert

    def reads(self) -> Iterable[Key]:
        """The alert, which may be raised already, and its device."""
        yield Alert, self._alert.id
        if self._alert.device is not None:
            yield Device, self._alert.device

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Raise it once."""
        if unit.find(Alert, self._alert.id) is not None:
            return Change(answer=None)
        alert = msgspec.structs.replace(self._alert, at=unit.now)
        if alert.device is not None:
            device = unit.find(Device, alert.device)
            if device is None or device.archived:
                return Change(answer=None)
            alert.door = device.door
        return Change(answer=None, entries=[_entry(kind_named(alert.kind), alert, alert.data)], put=[alert])


class EndAlert:
    """End an alert. `data` are the numbers at its end."""

    weight = 1

    def __init__(self, alert_id: str, data: Mapping[str, Any] | None = None) -> None:
        self._alert_id = alert_id
        self._data = data or {}

    def reads(self) -> Iterable[Key]:
        """The alert."""
        yield Alert, self._alert_id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """End it once."""
        alert = unit.find(Alert, self._alert_id)
        if alert is None:
            return Change(answer=None)
        return Change(answer=None, entries=[_entry(ENDS[alert.kind], alert, self._data)], drop=[(Alert, alert.id)])


def _entry(kind: Kind, alert: Alert, data: Mapping[str, Any]) -> NewEntry:
    return NewEntry(kind=kind, device=alert.device, door=alert.door, data={"alert": alert.id, **data})
