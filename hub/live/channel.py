"""Channel: fan-out of one event's journal entries to its subscribers, within one process.

Entries are encoded once for each view, not for each client. Subscribers without names are served at once; those with
names by a task of their own, which joins the names first, so that a lookup never delays a door.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import structlog
from msgspec import Raw

from hub.clock import Clock
from hub.errors import NotFound, error_boundary, guard
from hub.live import frames
from hub.live.conflate import Conflator, Pace
from hub.live.encode import EncodedEntry
from hub.live.ports import Ports, Subscriber, TicketSubscriber
from hub.live.protocol import Since
from hub.live.recent import RecentEntries
from hub.live.snapshots import Snapshot, Snapshots
from hub.live.visibility import VIEWS, View
from hub.live_limits import LiveLimits
from hub.model.journal import HUB_STREAM, Entry, Stream
from hub.model.kinds import ALERT_KINDS
from hub.tasks import Tasks

log = structlog.get_logger(__name__)

PLAIN_VIEWS = tuple(view for view in VIEWS if not view.names)
NAMED_VIEWS = tuple(view for view in VIEWS if view.names)


class Channel:
    """Fan-out of one event: its resume window, its subscribers by view, its snapshots. Opened by the first `ready`."""

    def __init__(self, event: str, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self.event = event
        self.window: RecentEntries | None = None
        self.users = 0
        self.last_used = 0.0
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._opening = asyncio.Lock()
        self._moved = asyncio.Event()
        self._tasks = Tasks()
        self._subscribers: dict[View, dict[Subscriber, None]] = {view: {} for view in VIEWS}
        self._ticket_subscribers: dict[str, set[TicketSubscriber]] = {}
        self._snapshots = Snapshots(event, ports, limits, clock)
        self._occupancy_conflator = Conflator("occupancy", self._occupancy, self._tasks, limits.occupancy_per_s)
        self._devices_conflator = Conflator("devices", self._devices, self._tasks, limits.occupancy_per_s)
        self._published_seq = self._named_seq = 0
        self._pace = Pace()
        self._pump: asyncio.Task[None] | None = None

    # --- opening and ending --------------------------------------------------------------------------------------

    def retain(self) -> None:
        """Count one more user of the channel, until `release`."""
        self.users += 1

    def release(self, now: float) -> None:
        """Count one user less; `now` is in seconds of the loop."""
        self.users -= 1
        self.last_used = now

    async def ready(self) -> RecentEntries:
        """Return the resume window, read first where need be. Raises `NotFound` for no such event, else `HubError`."""
        async with self._opening:
            if self.window is None:
                with error_boundary("opening a channel"):
                    self.window = await self._open()
                self._ports.tail.follow(self.event, self.window.epoch, self.window.seq)
            return self.window

    async def _open(self) -> RecentEntries:
        stream = await guard(self._ports.journal.stream(self.event))
        if stream is None and self.event == HUB_STREAM:
            stream = Stream(id=HUB_STREAM, epoch="")
        if stream is None:
            raise NotFound("no such event", code="unknown_event")
        size = self._limits.resume_window
        oldest = max(stream.first - 1, stream.seq - size)
        latest = await guard(self._ports.journal.read(self.event, oldest, size))
        self._snapshots = Snapshots(self.event, self._ports, self._limits, self._clock)
        self._published_seq = self._named_seq = stream.seq
        return RecentEntries(stream, latest, size)

    def reset(self) -> None:
        """Drop the resume window, since the stream began anew: subscribers resynchronise from a snapshot."""
        log.warning("channel reset", event_id=self.event)
        self._ports.tail.unfollow(self.event)
        self.window = None
        for subscription in self._all_subscribers():
            subscription.fall_behind("epoch")

    async def close(self) -> None:
        """Unfollow the event and stop all tasks."""
        self._ports.tail.unfollow(self.event)
        self.window = None
        self._occupancy_conflator.stop()
        self._devices_conflator.stop()
        self._pace.stop()
        await self._tasks.stop()

    # --- who listens ---------------------------------------------------------------------------------------------

    def join(self, subscription: Subscriber, *, is_stale: bool) -> None:
        """Add a subscriber whose `seq` is the window's; `is_stale`: counts and devices are to be sent to it."""
        self._subscribers[subscription.view][subscription] = None
        if is_stale:
            self._occupancy_conflator.push([subscription])
            self._push_devices([subscription])

    def leave(self, subscription: Subscriber) -> None:
        """Remove a subscriber."""
        self._subscribers[subscription.view].pop(subscription, None)
        self._occupancy_conflator.forget(subscription)
        self._devices_conflator.forget(subscription)

    def join_ticket(self, page: TicketSubscriber) -> None:
        """Add a subscriber that is notified whenever its ticket changes."""
        self._ticket_subscribers.setdefault(page.ticket, set()).add(page)

    def leave_ticket(self, page: TicketSubscriber) -> None:
        """Remove a ticket's subscriber."""
        pages = self._ticket_subscribers.get(page.ticket, set())
        pages.discard(page)
        if not pages:
            self._ticket_subscribers.pop(page.ticket, None)

    def _all_subscribers(self) -> list[Subscriber]:
        return [subscription for subscribers in self._subscribers.values() for subscription in subscribers]

    # --- the flow ------------------------------------------------------------------------------------------------

    def deliver(self, epoch: str, entries: Sequence[Entry]) -> None:
        """Fan out the tail's entries: those that follow, or none and a new epoch. An error resets the channel."""
        try:
            self._deliver(epoch, entries)
        except Exception:
            log.exception("entries could not be delivered", event_id=self.event)
            self.reset()

    def _deliver(self, epoch: str, entries: Sequence[Entry]) -> None:
        if self.window is None:
            return
        if epoch != self.window.epoch or (entries and entries[0].seq != self.window.seq + 1):
            self.reset()
            return
        self.window.append(entries)
        self._snapshots.forget_names(entries)
        self._moved.set()
        self._moved = asyncio.Event()
        self._pace.run(self._publish_new, sum(map(len, self._subscribers.values())))
        self._notify(entries)

    def _publish_new(self) -> None:
        """Fan out the entries since the last time: at once where it is quiet, else all of a moment as one frame."""
        try:
            self._publish_plain()
        except Exception:
            log.exception("entries could not be delivered", event_id=self.event)
            self.reset()

    def _publish_plain(self) -> None:
        window = self.window
        if window is None:
            return
        encoded = window.after(max(self._published_seq, window.first - 1))
        self._published_seq = window.seq
        for view in PLAIN_VIEWS:
            self._publish(window, view, encoded, {})
        self._push_occupancy(PLAIN_VIEWS)
        self._measure_delay(PLAIN_VIEWS, encoded)
        if self._pump is None or self._pump.done():
            self._pump = self._tasks.spawn(self._pump_names())

    def _publish(
        self, window: RecentEntries, view: View, encoded: Sequence[EncodedEntry], names: Mapping[str, str]
    ) -> None:
        """Queue `encoded` for the subscribers of `view`, each from its own position; most share one frame."""
        subscribers = tuple(self._subscribers[view])
        if not subscribers or not encoded:
            return
        first, last = encoded[0].entry.seq, encoded[-1].entry.seq
        items = [one.item(view, names) for one in encoded]
        by_start: dict[int, bytes] = {}
        for subscription in subscribers:
            start = subscription.seq + 1
            if start < first:
                subscription.fall_behind("behind")
            elif start <= last:
                if start not in by_start:
                    by_start[start] = frames.updates(self.event, window.epoch, start, items[start - first :])
                subscription.push(by_start[start], last)

    async def _pump_names(self) -> None:
        """Fan out to the views with names, in order, one batch after another."""
        try:
            await self._push_named()
        except Exception:
            log.exception("entries could not be delivered with names", event_id=self.event)
            self.reset()

    async def _push_named(self) -> None:
        window = self.window
        while window is not None and self._named_seq < self._published_seq:
            after = max(self._named_seq, window.first - 1)
            encoded = window.after(after, max(1, self._published_seq - after))
            is_wanted = any(self._subscribers[view] for view in NAMED_VIEWS)
            names = await self._snapshots.names(encoded) if is_wanted else {}
            if self.window is not window:
                return
            for view in NAMED_VIEWS:
                self._publish(window, view, encoded, names)
            self._push_occupancy(NAMED_VIEWS)
            self._measure_delay(NAMED_VIEWS, encoded)
            self._named_seq = encoded[-1].entry.seq

    def _measure_delay(self, views: Iterable[View], encoded: Sequence[EncodedEntry]) -> None:
        """Measure how long the oldest of the entries that subscribers of `views` were sent had waited."""
        if encoded and any(self._subscribers[view] for view in views):
            oldest = encoded[0].entry
            if "unreadable" in oldest.data:
                return  # its time may be no time
            waited = self._clock.now() - (oldest.received_at or oldest.at)
            self._ports.delayed(max(0.0, waited.total_seconds()))

    def _notify(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind == "event.changed" or entry.kind in ALERT_KINDS:
                self.invalidate()
            for page in tuple(self._ticket_subscribers.get(entry.ticket or "", ())):
                page.changed()

    def _push_occupancy(self, views: Iterable[View]) -> None:
        """Have the counts sent to the subscribers of `views`, with the entries that changed them where they can."""
        self._occupancy_conflator.push(each for view in views for each in self._subscribers[view])

    async def _occupancy(self) -> bytes:
        return await self._snapshots.occupancy(await self.ready())

    async def _devices(self) -> bytes:
        return await self._snapshots.devices()

    # --- catching up ---------------------------------------------------------------------------------------------

    async def reach(self, since: Since | None) -> RecentEntries:
        """Return the resume window; a client ahead of this process waits for the tail first, `lag_s` at most."""
        window = await self.ready()
        if since is None or since.epoch != window.epoch or since.seq <= window.seq:
            return window
        stream = await guard(self._ports.journal.stream(self.event))
        if stream is not None and stream.epoch == window.epoch and since.seq <= stream.seq:
            await self._wait_for(window, since.seq)
        return await self.ready()

    async def _wait_for(self, window: RecentEntries, seq: int) -> None:
        try:
            async with asyncio.timeout(self._limits.lag_s):
                while self.window is window and window.seq < seq:
                    await self._moved.wait()
        except TimeoutError:
            log.warning("tail lags", event_id=self.event, wanted=seq, have=window.seq)

    async def items(self, encoded: Sequence[EncodedEntry], view: View) -> Sequence[Raw]:
        """Return the items of `encoded` as `view` sees them."""
        names = await self._snapshots.names(encoded) if view.names else {}
        return [one.item(view, names) for one in encoded]

    async def snapshot(self, view: View) -> Snapshot:
        """Return the whole state as `view` sees it."""
        return await self._snapshots.snapshot(await self.ready(), view)

    def invalidate(self) -> None:
        """Have doors, zones, devices and alerts read again before they are shown next."""
        self._snapshots.invalidate()

    def devices_changed(self) -> None:
        """Send the devices anew to the subscribers that see devices."""
        self.invalidate()
        self._push_devices(self._all_subscribers())

    def _push_devices(self, subscribers: Iterable[Subscriber]) -> None:
        self._devices_conflator.push([subscription for subscription in subscribers if subscription.view.all_kinds])
