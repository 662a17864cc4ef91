"""Alerts of devices, journaled once however many processes notice: each stands as a document until it is over."""

from collections.abc import Iterable
from typing import Any

from hub.change import Book, Change, Draft, Key
from hub.model import Alert, Device

SILENT, BACK = "device.silent", "device.back"


class RaiseAlert:
    """Tell that something is the matter with a device, unless that was told, or the device is out of service."""

    weight = 1

    def __init__(self, device_id: str, kind: str, data: dict[str, Any]) -> None:
        self._device_id = device_id
        self._kind = kind
        self._data = data

    def wants(self) -> Iterable[Key]:
        """The device, and the alert that may stand."""
        return [(Device, self._device_id), (Alert, Alert.name(self._device_id, self._kind))]

    def decide(self, book: Book) -> Change:
        """Raise it once."""
        name = Alert.name(self._device_id, self._kind)
        device = book.find(Device, self._device_id)
        if device is None or device.archived or book.find(Alert, name) is not None:
            return Change()
        entry = Draft(kind=self._kind, device=device.id, door=device.door, data=self._data)
        alert = Alert(id=name, device=device.id, event=device.event, at=book.now)
        return Change(entries=[entry], put=[alert])


class EndAlert:
    """Tell, as `told_as`, that an alert is over; without that word it ends quietly."""

    weight = 1

    def __init__(self, device_id: str, kind: str, told_as: str | None = None) -> None:
        self._device_id = device_id
        self._kind = kind
        self._told_as = told_as

    def wants(self) -> Iterable[Key]:
        """The device, and the alert that may stand."""
        return [(Device, self._device_id), (Alert, Alert.name(self._device_id, self._kind))]

    def decide(self, book: Book) -> Change:
        """End it once."""
        name = Alert.name(self._device_id, self._kind)
        if book.find(Alert, name) is None:
            return Change()
        device = book.find(Device, self._device_id)
        door = device.door if device is not None else None
        told = [Draft(kind=self._told_as, device=self._device_id, door=door)] if self._told_as is not None else []
        return Change(entries=told, drop=[(Alert, name)])
