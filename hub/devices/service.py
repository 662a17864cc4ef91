"""Device service: created by an organiser, paired by one QR, archived when lost (scan-api.md, pair a device)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import uuid4

import msgspec

from hub.devices.commands import (
    AddDevice,
    ArchiveDevice,
    ChangeDevice,
    ChooseDoor,
    PairDevice,
    Paired,
    RenewPairing,
    check_may_choose_door,
    is_pairable,
    refusal_of,
)
from hub.devices.grants import check_grants
from hub.errors import BadInput, NotFound, PairingFailed
from hub.model.access import Device, Principal
from hub.model.journal import HUB_STREAM
from hub.secrets import new_api_key, new_token, token_hash
from hub.validation import Name, read_form, read_message
from store.collections.devices import DeviceReader
from store.collections.events import EventReader
from store.journal.journal import Journal

Right = Literal["force", "over_limit", "undo", "search", "names", "headcount", "sell", "door"]
PRESETS: Mapping[str, Sequence[Right]] = {"scanner": (), "tibillet": ("search",)}
"""What a device may unless its form says otherwise: TiBillet's app lists and searches guests."""
PAIRING_ENDS_AFTER = timedelta(minutes=15)
UNUSABLE = "The device cannot be used"


class DeviceForm(msgspec.Struct, kw_only=True):
    """Form of a device: the body of `POST /api/devices`."""

    name: Name
    event: str | None = None
    door: str | None = None
    may: list[Right] | msgspec.UnsetType = msgspec.UNSET
    app: Literal["scanner", "tibillet"] = "scanner"
    """Which app it runs: it decides what the device may where nothing else is said."""
    uses: Annotated[int, msgspec.Meta(ge=1, le=500)] | None = None
    pairing_minutes: Annotated[int, msgspec.Meta(ge=1, le=60 * 24 * 30)] | None = None


class DevicePatch(msgspec.Struct, kw_only=True):
    """Form of a change of a device (`PATCH /api/devices/{uuid}`): an absent field stays, a door of null is none."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    door: str | msgspec.UnsetType | None = msgspec.UNSET
    may: list[Right] | msgspec.UnsetType = msgspec.UNSET

    def sent(self) -> dict[str, Any]:
        """Return the fields that were sent."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value is not msgspec.UNSET}


class DoorChoice(msgspec.Struct, kw_only=True):
    """Choice of a door by a device itself: the body of `POST /scan/door`."""

    door: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class Devices:
    """Device service: create, pair, change, archive."""

    def __init__(self, journal: Journal, devices: DeviceReader, events: EventReader) -> None:
        self._journal = journal
        self._devices = devices
        self._events = events

    async def create(self, raw: object, now: datetime, by: Principal) -> tuple[Device, str]:
        """Create a device; return it with its pairing token, shown this once.

        Raises `BadInput`, or `NotAllowed` for rights that the principal may not grant.
        """
        form = read_form(raw, DeviceForm, UNUSABLE)
        may: list[str] = list(form.may) if form.may is not msgspec.UNSET else list(PRESETS[form.app])
        check_grants(by, may)
        await self._check_place(form)
        token = new_token()
        minutes = form.pairing_minutes
        ends_after = PAIRING_ENDS_AFTER if minutes is None else timedelta(minutes=minutes)
        device = Device(
            id=str(uuid4()),
            name=form.name,
            event=form.event,
            door=form.door,
            may=may,
            uses=form.uses,
            pairing_hash=token_hash(token),
            pairing_expires_at=now + ends_after,
            created_at=now,
        )
        await self._journal.append(HUB_STREAM, AddDevice(device))
        return device, token

    async def offered(self, token: str, now: datetime) -> Device:
        """Return the device that a pairing token makes of a phone; nothing is spent. Raises `PairingFailed`."""
        pairing_hash = token_hash(token)
        device = await self._devices.by_pairing(pairing_hash)
        if device is None:
            raise PairingFailed
        if not is_pairable(device, pairing_hash, now):
            raise refusal_of(device, pairing_hash)
        return device

    async def pair(self, token: str, now: datetime) -> Paired:
        """Spend a pairing token for a key. Raises `PairingFailed`."""
        device = await self.offered(token, now)
        return await self._journal.append(HUB_STREAM, PairDevice(device.id, token_hash(token), new_api_key()))

    async def renew(self, device_id: str, now: datetime, by: Principal) -> tuple[Device, str]:
        """Give a device a new pairing token. Raises `NotAllowed` where the principal may not grant its rights."""
        token = new_token()
        until = now + PAIRING_ENDS_AFTER
        device = await self._journal.append(HUB_STREAM, RenewPairing(device_id, token_hash(token), until, by))
        return device, token

    async def archive(self, device_id: str) -> Device:
        """Take a device, or a pairing code with all its phones, out of service at once."""
        joined = [device.id for device in await self._devices.all() if device.parent == device_id]
        return await self._journal.append(HUB_STREAM, ArchiveDevice([device_id, *joined]))

    async def get(self, device_id: str) -> Device:
        """Return a device. Raises `NotFound`."""
        device = await self._devices.find(device_id)
        if device is None:
            raise NotFound("Device not found")
        return device

    async def change(self, device_id: str, raw: object, by: Principal) -> Device:
        """Rename a device, move it to another door of its event, or change its rights."""
        device = await self.get(device_id)
        changes = read_form(raw, DevicePatch, UNUSABLE).sent()
        return await self._journal.append(HUB_STREAM, ChangeDevice(device, changes, by))

    async def choose_door(self, principal: Principal, raw: object) -> Device:
        """Move a device to the door of its event that it chose. Raises `BadInput`, `NotAllowed`."""
        check_may_choose_door(principal.may)
        choice = read_message(raw, DoorChoice)
        return await self._journal.append(HUB_STREAM, ChooseDoor(principal, choice.door))

    async def all(self, event_id: str | None = None) -> list[Device]:
        """Return the devices that serve an event; all for None."""
        return await (self._devices.all() if event_id is None else self._devices.of_event(event_id))

    async def _check_place(self, form: DeviceForm) -> None:
        if form.event is None:
            if form.door is not None:
                raise BadInput(UNUSABLE, {"door": "needs an event"})
            return
        if await self._events.find(form.event) is None:
            raise BadInput(UNUSABLE, {"event": "there is no such event"})
