"""Batches: the scans that a phone made while it was alone, sent when it is back (scan-api.md, offline)."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from hub.access.authenticate import device_principal
from hub.clock import Clock, to_millis
from hub.door.offline_scan import DIRECTIONS, OfflineBody, RecordOfflineScan
from hub.door.request import check_body, wrong_field
from hub.door.resolve import Read, TicketResolver
from hub.errors import BadInput, HubError, NotAllowed, SlowDown, refusal_answer
from hub.formats.local_time import is_reckonable
from hub.model.access import Device, HeldBatch, Principal
from hub.model.device_info import DeviceInfo
from hub.model.journal import HUB_STREAM
from hub.validation import read_message
from store.collections.devices import DeviceReader, QuarantinedBatches
from store.journal.journal import Journal

MOST = 500
MOST_HELD = 200
"""Batches of one archived device: a lost phone must not fill the disk."""
HELD_FOR = timedelta(hours=24)
Result = dict[str, Any]
Prepared = tuple[str, RecordOfflineScan] | HubError
"""The stream and the command to append to it, or why there is none."""


class Batches:
    """Records what doors did offline, each scan for itself: a bad one fails alone."""

    def __init__(
        self,
        journal: Journal,
        quarantine: QuarantinedBatches,
        devices: DeviceReader,
        reader: TicketResolver,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._quarantine = quarantine
        self._devices = devices
        self._reader = reader
        self._clock = clock

    async def record(
        self, principal: Principal, raw: object, *, info: DeviceInfo | None = None, is_trusted: bool = False
    ) -> dict[str, Any]:
        """Record a batch and return the answer to it: for each scan its own, with `status` and `nonce`.

        `info` is what the phone said of itself with it.

        Raises `BadInput` where the body is no batch, `Unavailable` where not all could be confirmed: send it again.
        """
        scans = parse_batch(raw)
        ahead = await self._ahead(principal, info)
        prepared = [await self._prepare(principal, scan, ahead, is_trusted) for scan in scans]
        outcomes = await asyncio.gather(*[self._record_one(each) for each in prepared])
        results = [
            {**outcome, "nonce": scan.get("nonce") if isinstance(scan, dict) else None}
            for scan, outcome in zip(scans, outcomes, strict=True)
        ]
        return {"success": True, "results": results}

    async def hold(self, device: Device, raw: object) -> dict[str, Any]:
        """Keep an archived device's batch for the organiser, each scan's known fields, for it to be read as any other.

        Raises `NotAllowed` a day after the device was archived, `SlowDown` for too many batches.
        """
        now = self._clock.now()
        if device.archived_at is None or now - device.archived_at > HELD_FOR:
            raise NotAllowed("device_archived", "App is archived.")
        read = [_read_held(scan) for scan in parse_batch(raw)]
        held = [msgspec.to_builtins(scan) for scan in read if isinstance(scan, OfflineBody)]
        batch_id = hashlib.sha256(msgspec.json.encode([device.id, held])).hexdigest()
        if await self._quarantine.count(device.id, but=batch_id, most=MOST_HELD) == MOST_HELD:
            raise SlowDown("Too many batches of this device wait for the organiser", after_s=3600)
        await self._quarantine.add(
            HeldBatch(id=batch_id, device=device.id, event=device.event, scans=held, received_at=now)
        )
        return {"success": True, "held": True, "results": [_answer_held(scan) for scan in read]}

    async def held(self, device_id: str) -> list[HeldBatch]:
        """Return the batches of a device that wait for the organiser."""
        return await self._quarantine.of_device(device_id)

    async def accept(self, device: Device) -> int:
        """Record an archived device's held batches as facts; return how many scans they held."""
        batches = await self._quarantine.of_device(device.id)
        for batch in batches:
            await self.record(device_principal(device), {"scans": batch.scans}, is_trusted=True)
            await self._quarantine.release(batch)  # this one only: another may have come meanwhile
        return sum(len(batch.scans) for batch in batches)

    async def drop(self, device_id: str) -> int:
        """Forget a device's held batches; return how many there were."""
        return await self._quarantine.drop(device_id)

    async def _ahead(self, principal: Principal, info: DeviceInfo | None) -> timedelta:
        """Return how far the phone's clock is ahead: by what it says now, else as it was last seen."""
        said = info.ahead_ms(self._clock.now()) if info is not None else None
        if said is None:
            device = await self._devices.find(principal.id)
            said = device.clock_ahead_ms if device is not None else 0
        return timedelta(milliseconds=said)

    async def _prepare(self, principal: Principal, raw: object, ahead: timedelta, is_trusted: bool) -> Prepared:
        try:
            body = parse_offline(raw)
            read = await self._read(principal, body)
        except (BadInput, NotAllowed) as wrong:
            return wrong
        home = principal.event or read.event or HUB_STREAM
        command = RecordOfflineScan(
            principal=principal,
            body=body,
            read=read,
            home=home,
            nonce=str(body.nonce),
            ahead=ahead,
            is_trusted=is_trusted,
        )
        return home, command

    async def _read(self, principal: Principal, body: OfflineBody) -> Read:
        return await self._reader.read(principal, body, is_limited=False)

    async def _record_one(self, prepared: Prepared) -> Result:
        if isinstance(prepared, HubError):
            return _failed(prepared)
        home, command = prepared
        try:
            status, answer = await self._journal.append(home, command)
        except BadInput as wrong:
            return _failed(wrong)
        return {"status": status, **answer}


def parse_batch(raw: object) -> Sequence[object]:
    """Return the scans of a batch, not yet looked at. Raises `BadInput`."""
    scans = raw.get("scans") if isinstance(raw, dict) else None
    if not isinstance(scans, list):
        raise wrong_field("scans", "must be a list")
    if len(scans) > MOST:
        raise wrong_field("scans", f"{MOST} at most")
    return scans


def parse_offline(raw: object) -> OfflineBody:
    """Return one scan of a batch, typed. Raises `BadInput` naming the field that is wrong."""
    body = read_message(raw, OfflineBody, check_body)
    if body.verdict in DIRECTIONS:
        body = msgspec.structs.replace(body, direction=DIRECTIONS[body.verdict])
    if not body.nonce:
        raise wrong_field("nonce", "an offline scan needs one")
    if body.scanned_at.tzinfo is None:
        raise wrong_field("scanned_at", "needs a UTC offset")
    if not is_reckonable(body.scanned_at):
        raise wrong_field("scanned_at", "is out of range")
    return msgspec.structs.replace(body, scanned_at=to_millis(body.scanned_at))


def _read_held(scan: object) -> OfflineBody | BadInput:
    try:
        return parse_offline(scan)
    except BadInput as wrong:
        return wrong


def _answer_held(scan: OfflineBody | BadInput) -> Result:
    if isinstance(scan, BadInput):
        return _failed(scan)
    return {"status": 202, "success": False, "code": "held", "message": "Waits for the organiser", "nonce": scan.nonce}


def _failed(error: HubError) -> Result:
    return {"status": error.status, **refusal_answer(error)}
