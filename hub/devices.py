"""Devices: made by an organiser, paired by one QR, archived when lost (scan-api.md, pair a device)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import uuid4

import msgspec

from hub.answers import door_of
from hub.change import Book, Change, Draft, Key
from hub.errors import BadInput, HubError, NotFound
from hub.events import Name, field_error
from hub.model import HUB_STREAM, Device
from hub.secrets import NewApiKey, new_api_key, new_token, token_hash
from store.catalog import Catalog
from store.journal import Journal

Right = Literal["force", "over_limit", "undo", "search", "names", "headcount"]
PAIRING_ENDS_AFTER = timedelta(minutes=15)


class PairingFailed(HubError):
    """The token is unknown, spent or expired: the same words for each, so that nobody learns which tokens exist."""

    status = 400

    def __init__(self) -> None:
        super().__init__("pairing_failed", "This pairing code is not valid: ask the organiser for a new one")


class DeviceForm(msgspec.Struct, kw_only=True):
    """A device as organisers write it: the body of `POST /api/devices`."""

    name: Name
    event: str | None = None
    door: str | None = None
    may: list[Right] = []
    uses: Annotated[int, msgspec.Meta(ge=1, le=500)] | None = None
    pairing_minutes: Annotated[int, msgspec.Meta(ge=1, le=60 * 24 * 30)] | None = None


class Paired(msgspec.Struct, frozen=True, kw_only=True):
    """A device that has just paired, with its key, which is shown this once."""

    device: Device
    api_key: str


class PutDevice:
    """Write a new device down."""

    weight = 1

    def __init__(self, device: Device) -> None:
        self._device = device

    def wants(self) -> Iterable[Key]:
        """Nothing: it is new."""
        return ()

    def decide(self, book: Book) -> Change:
        """Put it down and let its event's doors know."""
        return _changed(self._device, "device.changed")


class PairDevice:
    """Give the device that waits for this token its key; of two phones exactly one gets it."""

    weight = 2

    def __init__(self, device_id: str, pairing_hash: bytes, new: NewApiKey) -> None:
        self._device_id = device_id
        self._pairing_hash = pairing_hash
        self._new = new

    def wants(self) -> Iterable[Key]:
        """The device."""
        yield Device, self._device_id

    def decide(self, book: Book) -> Change:
        """Pair once; a code for several phones makes each a device of its own."""
        device = book.find(Device, self._device_id)
        if device is None or not is_pairable(device, self._pairing_hash, book.now):
            raise PairingFailed
        if device.uses is None:
            return self._claim(msgspec.structs.replace(device, pairing_hash=None, pairing_expires_at=None))
        joined = device.joined + 1
        spent = {"pairing_hash": None} if joined == device.uses else {}
        code = msgspec.structs.replace(device, joined=joined, **spent)
        phone = Device(
            id=str(uuid4()),
            name=f"{device.name} {joined}",
            event=device.event,
            door=device.door,
            may=device.may,
            parent=device.id,
            created_at=book.now,
        )
        change = self._claim(phone)
        change.put.append(code)
        return change

    def _claim(self, device: Device) -> Change:
        claimed = msgspec.structs.replace(device, claimed=True, key_prefix=self._new.prefix, key_hash=self._new.hash)
        change = _changed(claimed, "device.paired")
        change.answer = Paired(device=claimed, api_key=self._new.key)
        return change


class ArchiveDevice:
    """Take a device out of service, and every phone that joined by its code."""

    weight = 1

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids

    def wants(self) -> Iterable[Key]:
        """The device and those that joined by it."""
        return [(Device, device_id) for device_id in self._ids]

    def decide(self, book: Book) -> Change:
        """Archive them all."""
        change = Change()
        for device_id in self._ids:
            device = book.find(Device, device_id)
            if device is None:
                raise NotFound("Device not found")
            one = _changed(msgspec.structs.replace(device, archived=True, pairing_hash=None), "device.archived")
            change.put += one.put
            change.entries += one.entries
            change.bump |= one.bump
        change.answer = change.put[0]
        return change


class RenewPairing:
    """Give a device a new pairing token; its key stays until another phone pairs."""

    weight = 1

    def __init__(self, device_id: str, pairing_hash: bytes, until: datetime) -> None:
        self._device_id = device_id
        self._pairing_hash = pairing_hash
        self._until = until

    def wants(self) -> Iterable[Key]:
        """The device."""
        yield Device, self._device_id

    def decide(self, book: Book) -> Change:
        """Renew it, unless the device is archived."""
        device = book.find(Device, self._device_id)
        if device is None:
            raise NotFound("Device not found")
        if device.archived:
            raise BadInput("An archived device cannot be paired", {"device": "is archived"})
        renewed = msgspec.structs.replace(device, pairing_hash=self._pairing_hash, pairing_expires_at=self._until)
        return _changed(renewed, "device.changed")


class Devices:
    """The devices of the hub."""

    def __init__(self, journal: Journal, catalog: Catalog) -> None:
        self._journal = journal
        self._catalog = catalog

    async def create(self, raw: object, now: datetime) -> tuple[Device, str]:
        """Create a device; return it with its pairing token, shown this once."""
        form = _parse(raw)
        await self._check_place(form)
        token = new_token()
        minutes = form.pairing_minutes
        ends_after = PAIRING_ENDS_AFTER if minutes is None else timedelta(minutes=minutes)
        device = Device(
            id=str(uuid4()),
            name=form.name,
            event=form.event,
            door=form.door,
            may=list(form.may),
            uses=form.uses,
            pairing_hash=token_hash(token),
            pairing_expires_at=now + ends_after,
            created_at=now,
        )
        await self._journal.append(HUB_STREAM, PutDevice(device))
        return device, token

    async def pair(self, token: str, now: datetime) -> Paired:
        """Spend a pairing token for a key. Raises `PairingFailed`."""
        pairing_hash = token_hash(token)
        device = await self._catalog.device_by_pairing(pairing_hash)
        if device is None or not is_pairable(device, pairing_hash, now):
            raise PairingFailed
        paired: Paired = await self._journal.append(HUB_STREAM, PairDevice(device.id, pairing_hash, new_api_key()))
        return paired

    async def renew(self, device_id: str, now: datetime) -> tuple[Device, str]:
        """Give a device a new pairing token."""
        token = new_token()
        until = now + PAIRING_ENDS_AFTER
        device: Device = await self._journal.append(HUB_STREAM, RenewPairing(device_id, token_hash(token), until))
        return device, token

    async def archive(self, device_id: str) -> Device:
        """Take a device, or a pairing code with all its phones, out of service at once."""
        joined = [device.id for device in await self._catalog.devices(None) if device.parent == device_id]
        archived: Device = await self._journal.append(HUB_STREAM, ArchiveDevice([device_id, *joined]))
        return archived

    async def all(self, event_id: str | None = None) -> list[Device]:
        """Return the devices that serve an event; all for None."""
        return await self._catalog.devices(event_id)

    async def _check_place(self, form: DeviceForm) -> None:
        if form.event is None:
            if form.door is not None:
                raise BadInput("The device cannot be used", {"door": "needs an event"})
            return
        event = await self._catalog.event(form.event)
        if event is None:
            raise BadInput("The device cannot be used", {"event": "there is no such event"})
        if form.door is not None and door_of(event, form.door) is None:
            raise BadInput("The device cannot be used", {"door": "there is no such door in this event"})


def is_pairable(device: Device, pairing_hash: bytes, now: datetime) -> bool:
    """Tell whether the device may be paired with a token of this hash, now."""
    until = device.pairing_expires_at
    return device.pairing_hash == pairing_hash and not device.archived and until is not None and now < until


def describe_device(device: Device) -> dict[str, Any]:
    """Return a device as organisers see it."""
    return {
        "uuid": device.id,
        "name": device.name,
        "event": device.event,
        "door": device.door,
        "may": device.may,
        "claimed": device.claimed,
        "archived": device.archived,
        "uses": device.uses,
        "joined": device.joined,
        "parent": device.parent,
        "last_seen_at": device.last_seen_at.isoformat() if device.last_seen_at else None,
    }


def _changed(device: Device, kind: str) -> Change:
    bump = {device.event} if device.event is not None else set()
    entry = Draft(kind=kind, device=device.id, data={"id": device.id, "event": device.event})
    return Change(answer=device, entries=[entry], put=[device], bump=bump)


def _parse(raw: object) -> DeviceForm:
    try:
        return msgspec.convert(raw, DeviceForm)
    except msgspec.ValidationError as wrong:
        raise BadInput("The device cannot be used", field_error(wrong)) from wrong
