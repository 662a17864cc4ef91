"""Answers on devices, as organisers see them (booking-api.md, running an event)."""

from datetime import datetime
from typing import Any

import msgspec

from hub.model.access import Attendance, Device, QuarantinedBatch
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
    info: dict[str, Any]
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
    """Offer of a pairing code: what a phone that spends it joins. Without an event it serves all."""

    organiser: str
    device: str
    event: str | None
    door: str | None
    may: list[str]


class QuarantinedBatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Batch of offline scans that waits for the organiser, as the phone sent it."""

    received_at: str
    scans: list[dict[str, Any]]


def describe_device(device: Device) -> DeviceAnswer:
    """Return a device as organisers see it."""
    return DeviceAnswer(**_fields(device))


def describe_offer(device: Device, event: Event | None, organiser: str) -> PairingOffer:
    """Return what a phone joins that pairs as a device."""
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
    return QuarantinedBatchAnswer(received_at=batch.received_at.isoformat(), scans=batch.scans)


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
        "info",
        "clock_ahead_ms",
    )
    return {
        "uuid": device.id,
        "pairing_until": _text(device.pairing_expires_at if device.pairing_hash is not None else None),
        "last_seen_at": _text(device.last_seen_at),
        **{name: getattr(device, name) for name in alike},
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
