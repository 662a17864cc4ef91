"""Online devices of all processes, and alerts for those that fall silent (live-protocol.md).

Each process writes its own, all in one write every few seconds, each with an instant of expiry: a process that is
killed renews nothing, and its devices are offline soon. Nothing is written for a pong.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

import structlog

from hub.alerts.commands import EndAlert, RaiseAlert
from hub.clock import Clock
from hub.errors import HubError, NotFound, guard
from hub.model.access import Attendance
from hub.model.alert import Alert, AlertData
from hub.model.command import Command
from hub.model.journal import HUB_STREAM
from hub.model.kinds import SILENT
from hub.tasks import Periodic
from store.collections.alerts import Alerts
from store.collections.devices import Attendances
from store.journal.journal import Journal

log = structlog.get_logger(__name__)

TICK_S = 1.0
"""Seconds between two looks at this process's sockets: a device that comes or goes is written within it."""
EVERY_TICKS = 3
"""Ticks between two rounds, which read the other processes' devices and renew ours."""
LASTS = timedelta(seconds=12)
"""Time for which a device counts as online after its process last wrote it."""

Here = Callable[[], Mapping[str, str | None]]
Changed = Callable[[Collection[str | None]], None]


class OnlineDevices:
    """Registry of online devices. `here` returns the devices on this process's sockets, with their events.

    `changed` is called with the events of devices that came or went, on any process; None: a device that serves all.
    """

    def __init__(
        self,
        attendances: Attendances,
        alerts: Alerts,
        journal: Journal,
        clock: Clock,
        *,
        process: str,
        here: Here,
        changed: Changed,
        silent_after_s: float,
    ) -> None:
        self._attendances = attendances
        self._alerts = alerts
        self._journal = journal
        self._clock = clock
        self._process = process
        self._here = here
        self._changed = changed
        self._silent_after = timedelta(seconds=silent_after_s)
        self.looked_at = clock.now()
        """Instant of the last round."""
        self._judges_from = clock.now() + self._silent_after
        self._ours: dict[str, Attendance] = {}
        self._known: dict[str, Attendance] = {}
        self._tick = 0
        self._rounds = Periodic(self._keep, TICK_S)

    def start(self) -> None:
        """Begin the rounds."""
        self._rounds.start()

    async def stop(self) -> None:
        """Write that all have left, and end."""
        if self._rounds.is_started:
            await self._rounds.stop()
            await self._guarded(self._write({}, self._clock.now()))

    async def devices(self) -> dict[str, Attendance]:
        """Return the devices that are online now, on any process, each since it came first."""
        return _first_of_each(await self._attendances.online(self._clock.now()))

    # --- the rounds ----------------------------------------------------------------------------------------------

    async def _keep(self) -> None:
        here = dict(self._here())
        if self._tick % EVERY_TICKS == 0 or here.keys() != self._ours.keys():
            await self._guarded(self._round(here))
        self._tick += 1

    async def _round(self, here: Mapping[str, str | None]) -> None:
        now = self._clock.now()
        await self._write(here, now)
        await self._look()
        await self._welcome_back()
        if now - self.looked_at > LASTS:
            # A start, or a long time without a database: whom others serve may still have to be written down.
            self._judges_from = now + self._silent_after
        self.looked_at = now
        if now >= self._judges_from:
            await self._judge(now - self._silent_after)

    async def _write(self, here: Mapping[str, str | None], now: datetime) -> None:
        ours = {device: self._attendance(device, event, now) for device, event in here.items()}
        gone = [one for device, one in self._ours.items() if device not in ours]
        for one in gone:
            one.until = now
        await self._attendances.write([*ours.values(), *gone])
        self._ours = ours

    def _attendance(self, device: str, event: str | None, now: datetime) -> Attendance:
        before = self._ours.get(device)
        since = before.since if before is not None else now
        return Attendance(id=f"{self._process}/{device}", device=device, event=event, since=since, until=now + LASTS)

    async def _look(self) -> None:
        before, self._known = self._known, await self.devices()
        moved = before.keys() ^ self._known.keys()
        if moved:
            self._changed({(before | self._known)[device].event for device in moved})

    # --- who has fallen silent -----------------------------------------------------------------------------------

    async def _judge(self, before: datetime) -> None:
        """Raise the alert of each device that was on a socket and has not been since `before`."""
        lapsed = await self._attendances.lapsed(before)
        last = {one.device: one for one in sorted(lapsed, key=lambda one: one.until)}
        for device, one in last.items():
            if device not in self._known:
                await self._append(one.event, RaiseAlert(_silent(one)))
        await self._attendances.forget(lapsed, before)

    async def _welcome_back(self) -> None:
        for alert in await self._alerts.of_devices(SILENT, self._known):
            await self._append(alert.event, EndAlert(alert.id))

    async def _append(self, event: str | None, command: Command[None]) -> None:
        try:
            await self._journal.append(event or HUB_STREAM, command)
        except NotFound:
            log.info("an alert of an event that is gone", event_id=event)

    # --- when the database is away -------------------------------------------------------------------------------

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Error boundary of a round: waits for `work`; a failure is logged, the next round tries again."""
        try:
            await guard(work)
        except HubError as wrong:
            log.warning("online devices were not written", reason=wrong.message)


def _silent(one: Attendance) -> Alert:
    name, since = Alert.name(one.device, SILENT), one.until
    data = AlertData(since=since.isoformat()).stored
    return Alert(id=name, kind=SILENT, event=one.event, device=one.device, at=since, data=data)


def _first_of_each(attendances: Iterable[Attendance]) -> dict[str, Attendance]:
    """Return for each device the attendance that began first."""
    newest_first = sorted(attendances, key=lambda one: one.since, reverse=True)
    return {one.device: one for one in newest_first}
