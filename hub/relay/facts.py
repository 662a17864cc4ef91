"""Fact command of the hub: what a relay did while it was on its own, recorded as offline scans are (docs/relay.md)."""

from datetime import datetime, timedelta

from msgspec.structs import replace
from typing_extensions import override

from hub.access.authenticate import device_principal
from hub.door.offline_scan import OfflineBody, RecordOfflineScan, scan_time
from hub.door.resolve import Resolution
from hub.door.rules import verdict_of
from hub.model.access import Device
from hub.model.command import UnitOfWork
from hub.model.event import Door, door_of
from hub.model.refusals import OUTCOMES
from hub.model.relay.documents import RelayFact


class RecordFact(RecordOfflineScan):
    """Command: record one fact of a relay, at the door where its device stood then.

    The device may be archived by now: the relay could not know.
    """

    def __init__(self, fact: RelayFact, device: Device, *, relay: str, arrived: datetime, ahead: timedelta) -> None:
        self._fact = fact
        time = scan_time(fact.at, ahead=ahead, arrived=arrived)
        origin = {"relay": relay, "relay_seq": fact.seq} | ({"reason": fact.reason} if fact.reason else {})
        super().__init__(
            principal=replace(device_principal(device), event=fact.event),
            body=body_of(fact),
            resolution=resolution_of(fact),
            home=fact.event,
            nonce=fact.nonce,
            time=replace(time, flags=time.flags | origin),
            is_trusted=True,
        )

    @override
    def door(self, unit: UnitOfWork) -> Door | None:
        return door_of(unit.event, self._fact.door)


def body_of(fact: RelayFact) -> OfflineBody:
    """Return a fact as the scan that a phone would send of it."""
    return OfflineBody(
        ticket_uuid=fact.ticket,
        direction=fact.direction,
        nonce=fact.nonce,
        force=fact.by == "force",
        reason=fact.reason,
        scanned_at=fact.at,
        verdict=fact.code,
    )


def resolution_of(fact: RelayFact) -> Resolution:
    """Return the ticket that the relay found, or its refusal of a code that names none."""
    if fact.ticket is not None:
        return Resolution(ticket=fact.ticket, issue=None, event=fact.event)
    code = fact.code if fact.code in OUTCOMES else "offline"
    return Resolution(event=fact.event, refusal=verdict_of(code))
