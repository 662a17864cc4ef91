"""Alert monitor: checks all events that are on, raises and ends their alerts (docs/booking-api.md)."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from hub.alerts.commands import EndAlert, RaiseAlert
from hub.alerts.rules import IN_USE_WITHIN, Finding, Marks, of_device, of_doors, of_limits
from hub.clock import Clock
from hub.errors import NotFound
from hub.model.access import Device
from hub.model.alert import Alert, AlertData
from hub.model.base import shaped
from hub.model.command import Command
from hub.model.event import Event
from hub.model.event_view import AlertView
from hub.model.journal import HUB_STREAM
from hub.model.kinds import ALONE
from store.collections.alerts import Alerts
from store.journal.journal import Journal

log = structlog.get_logger(__name__)

OVER_AFTER = timedelta(hours=12)
"""Time for which an event is monitored after its end, or its last showing's: doors go on, and people leave."""


class AlertMonitor:
    """Alert monitor. Several processes may check at once: the journal takes each alert once."""

    def __init__(self, alerts: Alerts, journal: Journal, clock: Clock, marks: Marks) -> None:
        self._alerts = alerts
        self._journal = journal
        self._clock = clock
        self._marks = marks

    async def check(self) -> None:
        """Raise the alerts that are due, and end those that are over or whose subject is gone."""
        # In this order: what another process raises in between is not ours to end.
        raised = {alert.id: alert for alert in await self._alerts.all()}
        findings = {finding.alert.id: finding for finding in await self._findings()}
        for name, finding in findings.items():
            if finding.is_due is True and name not in raised:
                await self._append(finding.alert, RaiseAlert(finding.alert))
            elif finding.is_due is False and name in raised:
                await self._append(raised[name], EndAlert(name, finding.alert.data))
        for name in raised.keys() - findings.keys():
            if raised[name].kind == ALONE:
                continue  # a relay's hub raises and ends that (`hub/relay/role.py`)
            await self._append(raised[name], EndAlert(name, AlertData(reason="gone").stored))

    async def _findings(self) -> list[Finding]:
        now = self._clock.now()
        events = await self._alerts.events(now - OVER_AFTER)
        ids = [event.id for event in events]
        findings = [
            finding for device in await self._alerts.devices(ids) for finding in of_device(device, now, self._marks)
        ]
        streams = await self._alerts.streams(ids)
        scanning = [each.id for each in events if each.doors and each.id in streams and streams[each.id].doors]
        scans = await self._alerts.scans(scanning, now - IN_USE_WITHIN, now - self._marks.stalled_after)
        for event in events:
            if event.id in streams:
                findings += of_limits(event, streams[event.id], now, self._marks)
            if event.id in scanning:
                findings += of_doors(event, scans.get(event.id, {}), now, self._marks)
        return findings

    async def _append(self, alert: Alert, command: Command[None]) -> None:
        try:
            await self._journal.append(alert.event or HUB_STREAM, command)
        except NotFound:
            log.info("an alert of an event that is gone", event_id=alert.event)


def describe_alert(alert: Alert, devices: Sequence[Device], event: Event | None) -> AlertView:
    """Return an alert with the names of its device and door."""
    names = {device.id: device.name for device in devices}
    doors = {door.id: door.name for door in event.doors} if event else {}
    return AlertView(
        alert=alert.id,
        kind=alert.kind,
        at=alert.at,
        device=alert.device,
        device_name=names.get(alert.device or ""),
        door=alert.door,
        door_name=doors.get(alert.door or ""),
        data=shaped(AlertData, alert.data),
    )
