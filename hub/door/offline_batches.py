"""Offline batches: scans that a phone made without a connection, sent once it is back (scan-api.md, offline)."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from hub.access.authenticate import device_principal
from hub.clock import Clock, to_millis
from hub.door.device_command import DeviceCommand
from hub.door.offline_scan import DIRECTIONS, OfflineBody, RecordOfflineScan, scan_time
from hub.door.request import check_body, wrong_field
from hub.door.resolve import TicketResolver
from hub.door.response import BatchAnswer, DoorAnswer, StatusAnswer, error_answer
from hub.errors import BadInput, HubError, NotAllowed, SlowDown, Unavailable, Unreadable
from hub.model.access import Device, Principal, QuarantinedBatch
from hub.model.base import Direction
from hub.model.device_info import DeviceInfo, bounded_ahead_ms
from hub.model.journal import HUB_STREAM
from hub.validation import read_message
from store.collections.devices import DeviceReader, QuarantinedBatches
from store.journal.journal import Journal

MOST = 500
MOST_QUARANTINED = 200
"""Batches of one archived device: a lost phone must not fill the disk."""
QUARANTINE_WITHIN = timedelta(hours=24)
Prepared = tuple[str, RecordOfflineScan] | HubError
"""The stream and the command to append to it, or why there is none."""


class BatchBody(msgspec.Struct, kw_only=True):
    """Body of `POST /scan/batch/`, as phones send it; each scan is read for itself (`parse_offline`)."""

    scans: Annotated[list[OfflineBody], msgspec.Meta(max_length=MOST)]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Delivery of a batch: its sender, when it came, and how far the sender's clock is ahead of the hub's.

    `is_trusted`: an organiser accepted it from an archived device, so that no limit holds for it.
    """

    principal: Principal
    arrived: datetime
    ahead: timedelta
    is_trusted: bool = False


class Batches:
    """Recorder of offline batches, each scan for itself: a bad one fails alone."""

    def __init__(
        self,
        journal: Journal,
        quarantine: QuarantinedBatches,
        devices: DeviceReader,
        resolver: TicketResolver,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._quarantine = quarantine
        self._devices = devices
        self._resolver = resolver
        self._clock = clock

    async def record(self, principal: Principal, raw: object, *, info: DeviceInfo | None = None) -> BatchAnswer:
        """Record a batch and return the answer to it: for each scan its own, with `status` and `nonce`.

        `info` is what the phone said of itself with it.

        Raises `BadInput` where the body is no batch, `Unavailable` where not all could be confirmed: send it again.
        """
        scans = parse_batch(raw)
        now = self._clock.now()
        delivery = Delivery(principal=principal, arrived=now, ahead=await self._ahead(principal, info, now))
        return BatchAnswer(results=await self.record_scans(delivery, scans))

    async def record_scans(self, delivery: Delivery, scans: Sequence[object]) -> list[DoorAnswer]:
        """Record the scans of one delivery and return the result of each, in their order. Raises as `record` does."""
        prepared = [await self._prepare(delivery, scan, len(scans) - n) for n, scan in enumerate(scans, 1)]
        outcomes = await asyncio.gather(*[self._record_one(each) for each in prepared])
        for scan, outcome in zip(scans, outcomes, strict=True):
            outcome.nonce = scan.get("nonce") if isinstance(scan, dict) else None
        return outcomes

    async def quarantine(self, device: Device, raw: object) -> BatchAnswer:
        """Quarantine an archived device's batch until the organiser decides: of each scan its known fields.

        Raises `NotAllowed` a day after the device was archived, `SlowDown` for too many batches.
        """
        now = self._clock.now()
        if device.archived_at is None or now - device.archived_at > QUARANTINE_WITHIN:
            raise NotAllowed("device_archived", "App is archived.")
        read = [_read_for_quarantine(scan) for scan in parse_batch(raw)]
        scans = [msgspec.to_builtins(scan) for scan in read if isinstance(scan, OfflineBody)]
        batch_id = hashlib.sha256(msgspec.json.encode([device.id, scans])).hexdigest()
        if await self._quarantine.count(device.id, but=batch_id, most=MOST_QUARANTINED) == MOST_QUARANTINED:
            raise SlowDown("Too many batches of this device wait for the organiser", after_s=3600)
        await self._quarantine.add(
            QuarantinedBatch(id=batch_id, device=device.id, event=device.event, scans=scans, received_at=now)
        )
        return BatchAnswer(held=True, results=[_answer_quarantined(scan) for scan in read])

    async def quarantined(self, device_id: str) -> list[QuarantinedBatch]:
        """Return the batches of a device that wait for the organiser."""
        return await self._quarantine.of_device(device_id)

    async def accept(self, device: Device) -> int:
        """Release an archived device's batches: record them as facts; return how many scans there were."""
        batches = await self._quarantine.of_device(device.id)
        principal, ahead = device_principal(device), _kept_ahead(device)
        for batch in batches:
            delivery = Delivery(principal=principal, arrived=batch.received_at, ahead=ahead, is_trusted=True)
            await self.record_scans(delivery, batch.scans)
            await self._quarantine.release(batch)  # this one only: another may have come meanwhile
        return sum(len(batch.scans) for batch in batches)

    async def drop(self, device_id: str) -> int:
        """Forget a device's quarantined batches; return how many there were."""
        return await self._quarantine.drop(device_id)

    async def _ahead(self, principal: Principal, info: DeviceInfo | None, now: datetime) -> timedelta:
        """Return how far the phone's clock is ahead: as it says now, else as it was last seen."""
        said = info.ahead_ms(now) if info is not None else None
        if said is not None:
            return timedelta(milliseconds=said)
        return _kept_ahead(await self._devices.find(principal.id))

    async def _prepare(self, delivery: Delivery, raw: object, later: int) -> Prepared:
        principal = delivery.principal
        try:
            body = parse_offline(raw)
            resolution = await self._resolver.resolve(principal, body, is_limited=not delivery.is_trusted)
            if body.of_party is not None:
                resolution = await self._resolver.of_party(resolution, body.of_party)
        except (BadInput, NotAllowed, SlowDown, Unreadable) as wrong:
            return wrong
        home = principal.event or resolution.event or HUB_STREAM
        command = RecordOfflineScan(
            principal=principal,
            body=body,
            resolution=resolution,
            home=home,
            nonce=str(body.nonce),
            time=scan_time(body.scanned_at, ahead=delivery.ahead, arrived=delivery.arrived, later=later),
            is_trusted=delivery.is_trusted,
        )
        return home, command

    async def _record_one(self, prepared: Prepared) -> DoorAnswer:
        """Record one scan and return its result. Raises `NotAllowed` or `Unavailable`, which the whole batch meets."""
        if isinstance(prepared, HubError):
            return error_answer(prepared)
        home, command = prepared
        try:
            status, answer = await self.append(home, command, command.direction)
        except (NotAllowed, Unavailable):
            raise
        except HubError as wrong:
            return error_answer(wrong)
        except Exception:  # the appender has logged it: one scan that breaks a rule must not fail the others
            return error_answer(HubError("internal", "Something went wrong here: try again"))
        answer.status = status
        return answer

    async def append(self, home: str, command: DeviceCommand, direction: Direction) -> StatusAnswer:
        """Record one scan, and return the answer to it. A relay keeps it as a fact besides."""
        return await self._journal.append(home, command)


def parse_batch(raw: object) -> Sequence[object]:
    """Return the scans of a batch, not yet validated. Raises `BadInput`."""
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
    return msgspec.structs.replace(body, scanned_at=to_millis(body.scanned_at))


def _kept_ahead(device: Device | None) -> timedelta:
    """Return a device's kept offset, bounded anew: older versions kept whatever the phone said."""
    return timedelta(milliseconds=0 if device is None else bounded_ahead_ms(device.clock_ahead_ms))


def _read_for_quarantine(scan: object) -> OfflineBody | BadInput:
    try:
        return parse_offline(scan)
    except BadInput as wrong:
        return wrong


def _answer_quarantined(scan: OfflineBody | BadInput) -> DoorAnswer:
    if isinstance(scan, BadInput):
        return error_answer(scan)
    return DoorAnswer(status=202, success=False, code="held", message="Waits for the organiser", nonce=scan.nonce)
