"""Answers on devices, as organisers see them (booking-api.md, running an event)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from hub.model.access import Attendance, Device, QuarantinedBatch
from hub.model.base import Direction, shaped
from hub.model.device_info import KeptInfo
from hub.model.event import Event, door_of


class DeviceAnswer(msgspec.Struct, kw_only=True):
    """Device; `pairing_until` is the end of its pairing code, null once that is spent."""

    uuid: str
    name: str
    event: str | None
    door: str | None
    may: list[str]
    claimed: bool
    archived: bool
    uses: int | None
    joined: int
    parent: str | None
    pairing_until: str | None
    last_seen_at: str | None
    info: KeptInfo
    clock_ahead_ms: int


class ListedDeviceAnswer(DeviceAnswer, kw_only=True):
    """Device in a list, with whether it is on a socket, and since when."""

    online: bool
    online_since: str | None
    silent: bool
    """Whether it was on a socket and fell silent: an alert stands."""


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """Pairing code of a device, shown this once."""

    token: str
    url: str
    expires_at: str | None


class PairingAnswer(DeviceAnswer, kw_only=True):
    """Device with its new pairing code."""

    pairing: Pairing


class PairingOffer(msgspec.Struct, frozen=True, kw_only=True):
    """Offer of a pairing code: organiser, event and door that a phone joins by it. Without an event it serves all."""

    organiser: str
    device: str
    event: str | None
    door: str | None
    may: list[str]


class EventAddress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Address at which an event is served: the hub's, or that of the relay with this name."""

    url: str
    relay: str | None = None


class PairedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Key of a device that was just paired, shown this once."""

    success: bool = True
    message: str = "Device successfully paired"
    api_key: str
    device_uuid: str
    device_name: str
    tenant_name: str
    addresses: Sequence[EventAddress] | UnsetType = UNSET
    """As in `ServerInfo`."""


class KeyDevice(msgspec.Struct, frozen=True, kw_only=True):
    """Device that a valid key is of."""

    uuid: str
    name: str
    claimed: bool = True
    archived: bool = False
    event: str | None
    door: str | None
    may: list[str]


class RelayProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Progress of a relay: the number in its journal up to which its hub has all that it decided."""

    sent: int


class ServerInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Organiser, host and time of this hub."""

    tenant: str
    domain: str
    timestamp: str
    addresses: Sequence[EventAddress] | UnsetType = UNSET
    """Where the device's event is served, the preferred address first; absent where it is here alone."""
    relay: RelayProgress | UnsetType = UNSET
    """Of a relay."""


class ValidKeyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a key that is valid: its device, and the server."""

    success: bool = True
    message: str = "API key is valid"
    device_info: KeyDevice
    server_info: ServerInfo


class ScanAppAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Name of the device that a valid key is of, for newer phones."""

    scan_app: str


class DoorAnswer(msgspec.Struct, kw_only=True):
    """Answer to a device that chose its door."""

    success: bool = True
    code: str = "door_chosen"
    message: str = "Door chosen"
    door: str | None


class AllowAnyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of the liveness check without a key, as TiBillet's server gives it."""

    allow_any: bool = True


class AcceptedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Number of quarantined scans that were recorded as facts."""

    accepted: int


class DroppedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Number of quarantined scans that were dropped."""

    dropped: int


class QuarantinedPayment(msgspec.Struct, frozen=True, kw_only=True):
    """Payment that a phone showed with a scan."""

    method: str
    amount: str
    currency: str


class QuarantinedScan(msgspec.Struct, frozen=True, kw_only=True):
    """Scan of a quarantined batch: the fields that the phone sent (`OfflineBody` in `hub/door/offline_scan.py`)."""

    qrcode_data: str | UnsetType = UNSET
    ticket_uuid: str | UnsetType = UNSET
    issue: int | UnsetType = UNSET
    event_uuid: str | UnsetType = UNSET
    direction: Direction | UnsetType = UNSET
    nonce: str | UnsetType = UNSET
    force: bool | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    count: int | UnsetType = UNSET
    confirmed: bool | UnsetType = UNSET
    payment: QuarantinedPayment | UnsetType = UNSET
    scanned_at: str | UnsetType = UNSET
    verdict: str | UnsetType = UNSET
    of_party: str | UnsetType = UNSET


class QuarantinedBatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Batch of offline scans that waits for the organiser, as the phone sent it."""

    received_at: str
    scans: list[QuarantinedScan]


def describe_device(device: Device) -> DeviceAnswer:
    """Return a device as organisers see it."""
    return DeviceAnswer(**_fields(device))


def describe_offer(device: Device, event: Event | None, organiser: str) -> PairingOffer:
    """Offer of the pairing code of `device`."""
    door = door_of(event, device.door) if event else None
    return PairingOffer(
        organiser=organiser,
        device=device.name,
        event=event.name if event else None,
        door=door.name if door else None,
        may=list(device.may),
    )


def describe_listed(device: Device, online: Attendance | None, *, is_silent: bool) -> ListedDeviceAnswer:
    """Return a device of a list; `online` is its attendance, None without one."""
    since = _text(online.since if online is not None else None)
    return ListedDeviceAnswer(**_fields(device), online=online is not None, online_since=since, silent=is_silent)


def describe_pairing(device: Device, token: str, base_url: str) -> PairingAnswer:
    """Return a device with its new pairing code."""
    url, ends = f"{base_url}/scan/{token}/pair", _text(device.pairing_expires_at)
    return PairingAnswer(**_fields(device), pairing=Pairing(token=token, url=url, expires_at=ends))


def describe_quarantined(batch: QuarantinedBatch) -> QuarantinedBatchAnswer:
    """Return a batch that waits for the organiser."""
    scans = [shaped(QuarantinedScan, scan) for scan in batch.scans]
    return QuarantinedBatchAnswer(received_at=batch.received_at.isoformat(), scans=scans)


def _fields(device: Device) -> dict[str, Any]:
    alike = (
        "name",
        "event",
        "door",
        "may",
        "claimed",
        "archived",
        "uses",
        "joined",
        "parent",
        "clock_ahead_ms",
    )
    return {
        "uuid": device.id,
        "pairing_until": _text(device.pairing_expires_at if device.pairing_hash is not None else None),
        "last_seen_at": _text(device.last_seen_at),
        "info": shaped(KeptInfo, device.info),
        **{name: getattr(device, name) for name in alike},
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
