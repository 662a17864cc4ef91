"""Commands on devices: create, pair, renew the pairing code, change, archive. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from hub.devices.grants import check_grants
from hub.errors import BadInput, NotAllowed, NotFound, PairingFailed
from hub.model.access import Device, Principal
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, door_of
from hub.model.kinds import Kind
from hub.model.refusals import OUTCOMES
from hub.secrets import NewApiKey, is_same_hash

OWN_DOOR = "door"
"""Right of a device to choose its door itself."""
NO_SUCH_DOOR = "there is no such door in this event"


def refusal_of(device: Device, pairing_hash: bytes) -> PairingFailed:
    """Refusal of a pairing token: used up, or (of any other) invalid."""
    if device.archived or not is_same_hash(pairing_hash, device.spent_hash):
        return PairingFailed()
    if device.uses is None:
        return PairingFailed("is used up, it is for one phone", uses=1)
    return PairingFailed(f"is used up, all {device.uses} are taken", uses=device.uses)


class Paired(msgspec.Struct, frozen=True, kw_only=True):
    """A device that has just paired, with its key, which is shown this once."""

    device: Device
    api_key: str


class AddDevice:
    """Command: create a device."""

    weight = 1

    def __init__(self, device: Device) -> None:
        self._device = device

    def reads(self) -> Iterable[Key]:
        """The event that it serves."""
        return [(Event, self._device.event)] if self._device.event is not None else []

    def decide(self, unit: UnitOfWork) -> Change[Device]:
        """Return the new device, unless its event has no such door (`BadInput`)."""
        check_door(unit, self._device)
        return changed_device(self._device, "device.changed")


class PairDevice:
    """Command: give the device that waits for this token its key; of two phones exactly one gets it."""

    weight = 2

    def __init__(self, device_id: str, pairing_hash: bytes, new: NewApiKey) -> None:
        self._device_id = device_id
        self._pairing_hash = pairing_hash
        self._new = new

    def reads(self) -> Iterable[Key]:
        """The device."""
        yield Device, self._device_id

    def decide(self, unit: UnitOfWork) -> Change[Paired]:
        """Return the change; a code for several phones makes each a device of its own. Raises `PairingFailed`."""
        device = unit.find(Device, self._device_id)
        if device is None:
            raise PairingFailed
        if not is_pairable(device, self._pairing_hash, unit.now):
            raise refusal_of(device, self._pairing_hash)
        spent: dict[str, Any] = {"pairing_hash": None, "spent_hash": self._pairing_hash}
        if device.uses is None:
            return self._claim(msgspec.structs.replace(device, pairing_expires_at=None, **spent))
        joined = device.joined + 1
        spent = spent if joined == device.uses else {}
        code = msgspec.structs.replace(device, joined=joined, **spent)
        phone = Device(
            id=str(uuid4()),
            name=f"{device.name} {joined}",
            event=device.event,
            door=device.door,
            may=device.may,
            parent=device.id,
            created_at=unit.now,
        )
        change = self._claim(phone)
        change.put.append(code)
        return change

    def _claim(self, device: Device) -> Change[Paired]:
        claimed = msgspec.structs.replace(device, claimed=True, key_prefix=self._new.prefix, key_hash=self._new.hash)
        change = changed_device(claimed, "device.paired")
        paired = Paired(device=claimed, api_key=self._new.key)
        return Change(answer=paired, entries=change.entries, put=change.put, bump=change.bump)


class ArchiveDevice:
    """Command: take a device out of service, and every phone that joined by its code."""

    weight = 1

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids

    def reads(self) -> Iterable[Key]:
        """The device and those that joined by it."""
        return [(Device, device_id) for device_id in self._ids]

    def decide(self, unit: UnitOfWork) -> Change[Device]:
        """Return the change of them all, those that are archived already too."""
        changes = [changed_device(self._archived(unit, each), "device.archived") for each in self._ids]
        return Change(
            answer=changes[0].answer,
            entries=[entry for change in changes for entry in change.entries],
            put=[device for change in changes for device in change.put],
            bump={stream for change in changes for stream in change.bump},
        )

    def _archived(self, unit: UnitOfWork, device_id: str) -> Device:
        device = unit.find(Device, device_id)
        if device is None:
            raise NotFound("Device not found")
        archived_at = device.archived_at or unit.now
        return msgspec.structs.replace(device, archived=True, archived_at=archived_at, pairing_hash=None)


class RenewPairing:
    """Command: give a device a new pairing token; its key stays until another phone pairs."""

    weight = 1

    def __init__(self, device_id: str, pairing_hash: bytes, until: datetime, by: Principal) -> None:
        self._device_id = device_id
        self._by = by
        self._pairing_hash = pairing_hash
        self._until = until

    def reads(self) -> Iterable[Key]:
        """The device."""
        yield Device, self._device_id

    def decide(self, unit: UnitOfWork) -> Change[Device]:
        """Return the change. Raises `NotFound`, `BadInput` for an archived device, or `NotAllowed` for its rights."""
        device = unit.find(Device, self._device_id)
        if device is None:
            raise NotFound("Device not found")
        if device.archived:
            raise BadInput("An archived device cannot be paired", {"device": "is archived"})
        check_grants(self._by, device.may)
        renewed = msgspec.structs.replace(
            device, pairing_hash=self._pairing_hash, pairing_expires_at=self._until, spent_hash=None
        )
        return changed_device(renewed, "device.changed")


class ChangeDevice:
    """Command: rename a device, move it to another door of its event, or change its rights."""

    weight = 1

    def __init__(self, device: Device, changes: Mapping[str, Any], by: Principal) -> None:
        self._device = device
        self._by = by
        self._changes = changes

    def reads(self) -> Iterable[Key]:
        """The device and its event."""
        yield Device, self._device.id
        if self._device.event is not None:
            yield Event, self._device.event

    def decide(self, unit: UnitOfWork) -> Change[Device]:
        """Return the change. Raises `BadInput` for a door that its event has not, `NotAllowed` for new rights."""
        device = unit.find(Device, self._device.id)
        if device is None:
            raise NotFound("Device not found")
        changed = msgspec.structs.replace(device, **self._changes)
        if changed == device:
            return Change(answer=device)
        check_grants(self._by, set(changed.may) - set(device.may))
        check_door(unit, changed)
        return changed_device(changed, "device.changed")


class ChooseDoor:
    """Command: move a device to another door of its event at its own wish, while its organiser allows it."""

    weight = 1

    def __init__(self, principal: Principal, door: str) -> None:
        self._principal = principal
        self._door = door

    def reads(self) -> Iterable[Key]:
        """The device and its event."""
        yield Device, self._principal.id
        if self._principal.event is not None:
            yield Event, self._principal.event

    def decide(self, unit: UnitOfWork) -> Change[Device]:
        """Return the change. Raises `NotAllowed`, or `BadInput` for a door that its event has not."""
        device = unit.find(Device, self._principal.id)
        if device is None:
            raise NotAllowed("bad_key", OUTCOMES["bad_key"].message)
        if device.archived:
            raise NotAllowed("device_archived", OUTCOMES["device_archived"].message)
        check_may_choose_door(device.may)
        event = unit.find(Event, device.event or "")
        if event is None or door_of(event, self._door) is None:
            raise BadInput("The device cannot be used", {"door": NO_SUCH_DOOR}, code="bad_request", status=400)
        if device.door == self._door:
            return Change(answer=device)
        moved = msgspec.structs.replace(device, door=self._door)
        return changed_device(moved, "device.changed", door=self._door, before=device.door, by="device")


def check_may_choose_door(may: Collection[str]) -> None:
    """Raise `NotAllowed` unless a device's rights let it choose its door."""
    if OWN_DOOR not in may:
        raise NotAllowed("not_allowed", "This device may not choose its door")


def is_pairable(device: Device, pairing_hash: bytes, now: datetime) -> bool:
    """Return whether the device may be paired with a token of this hash, now."""
    until = device.pairing_expires_at
    is_own = is_same_hash(pairing_hash, device.pairing_hash)
    return is_own and not device.archived and until is not None and now < until


def check_door(unit: UnitOfWork, device: Device) -> None:
    """Raise `BadInput` unless the device's event has the door that it is to stand at."""
    event = unit.find(Event, device.event or "")
    if device.door is not None and (event is None or door_of(event, device.door) is None):
        raise BadInput("The device cannot be used", {"door": NO_SUCH_DOOR})


def changed_device(device: Device, kind: Kind, **data: str | None) -> Change[Device]:
    """Return the change of a device: an entry of `kind` for every process, and its event's doors read anew."""
    bump = {device.event} if device.event is not None else set()
    entry = NewEntry(kind=kind, device=device.id, data={"id": device.id, "event": device.event, **data})
    return Change(answer=device, entries=[entry], put=[device], bump=bump)
