"""The feed: one event in one process. Takes entries from the tail, keeps the last ones, and hands them to followers.

What goes out is encoded once for each view, not for each client. Followers without names are served at once; those with
names by a pump of their own, which joins the names first, so that a lookup never delays a door.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import structlog
from msgspec import Raw

from hub.clock import Clock
from hub.errors import NotFound, error_boundary, guard
from hub.live import frames
from hub.live.conflate import Conflator
from hub.live.encode import EncodedEntry
from hub.live.ports import Ports, Subscriber, TicketSubscriber
from hub.live.protocol import LiveLimits, Since
from hub.live.recent import RecentEntries
from hub.live.snapshots import Snapshot, Snapshots
from hub.live.visibility import VIEWS, View
from hub.model.journal import HUB_STREAM, Entry, Stream
from hub.model.kinds import ALERT_KINDS
from hub.tasks import Tasks

log = structlog.get_logger(__name__)

PLAIN_VIEWS = tuple(view for view in VIEWS if not view.names)
NAMED_VIEWS = tuple(view for view in VIEWS if view.names)


class Channel:
    """The live flow of one event. Opens itself when it is first asked for; `close` ends it."""

    def __init__(self, event: str, ports: Ports, limits: LiveLimits, clock: Clock) -> None:
        self.event = event
        self.ring: RecentEntries | None = None
        self.users = 0
        self.last_used = 0.0
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._opening = asyncio.Lock()
        self._moved = asyncio.Event()
        self._tasks = Tasks()
        self._subscribers: dict[View, dict[Subscriber, None]] = {view: {} for view in VIEWS}
        self._pages: dict[str, set[TicketSubscriber]] = {}
        self._snapshots = Snapshots(event, ports, limits, clock)
        self._counts_teller = Conflator("occupancy", self._occupancy, self._tasks, limits.occupancy_per_s)
        self._devices_teller = Conflator("devices", self._devices, self._tasks, limits.occupancy_per_s)
        self._named_seq = 0
        self._pump: asyncio.Task[None] | None = None

    # --- opening and ending --------------------------------------------------------------------------------------

    def retain(self) -> None:
        """Somebody is about to use it, until `release`."""
        self.users += 1

    def release(self, now: float) -> None:
        """Somebody uses it no more."""
        self.users -= 1
        self.last_used = now

    async def ready(self) -> RecentEntries:
        """Return the ring, opened if need be; raises `NotFound` where there is no such event."""
        async with self._opening:
            if self.ring is None:
                with error_boundary("opening a channel"):
                    self.ring = await self._open()
                self._ports.tail.follow(self.event, self.ring.epoch, self.ring.seq)
            return self.ring

    async def _open(self) -> RecentEntries:
        stream = await guard(self._ports.journal.stream(self.event))
        if stream is None and self.event == HUB_STREAM:
            stream = Stream(id=HUB_STREAM, epoch="")
        if stream is None:
            raise NotFound("no such event", code="unknown_event")
        window = self._limits.resume_window
        oldest = max(stream.first - 1, stream.seq - window)
        latest = await guard(self._ports.journal.read(self.event, oldest, window))
        self._snapshots = Snapshots(self.event, self._ports, self._limits, self._clock)
        self._named_seq = stream.seq
        return RecentEntries(stream, latest, window)

    def reset(self) -> None:
        """Forget all: the stream began anew. Followers begin again from a snapshot, the first opens it again."""
        log.warning("feed reset", event_id=self.event)
        self._ports.tail.unfollow(self.event)
        self.ring = None
        for subscription in self._all_followers():
            subscription.fall_behind("epoch")

    async def close(self) -> None:
        """End it."""
        self._ports.tail.unfollow(self.event)
        self.ring = None
        self._counts_teller.stop()
        self._devices_teller.stop()
        await self._tasks.stop()

    # --- who listens ---------------------------------------------------------------------------------------------

    def join(self, subscription: Subscriber, *, is_stale: bool) -> None:
        """Let `follower` take part from its `seq`, which is the ring's; `is_stale`: it has not seen the states."""
        self._subscribers[subscription.view][subscription] = None
        if is_stale:
            self._counts_teller.tell([subscription])
            self._tell_devices([subscription])

    def leave(self, subscription: Subscriber) -> None:
        """Let `follower` go."""
        self._subscribers[subscription.view].pop(subscription, None)
        self._counts_teller.forget(subscription)
        self._devices_teller.forget(subscription)

    def join_page(self, page: TicketSubscriber) -> None:
        """Tell `page` whenever its ticket changes."""
        self._pages.setdefault(page.ticket, set()).add(page)

    def leave_page(self, page: TicketSubscriber) -> None:
        """Tell `page` no more."""
        pages = self._pages.get(page.ticket, set())
        pages.discard(page)
        if not pages:
            self._pages.pop(page.ticket, None)

    def _all_followers(self) -> list[Subscriber]:
        return [subscription for subscribers in self._subscribers.values() for subscription in subscribers]

    # --- the flow ------------------------------------------------------------------------------------------------

    def deliver(self, epoch: str, entries: Sequence[Entry]) -> None:
        """Take what the tail read: the entries that follow, or none and a new epoch."""
        try:
            self._deliver(epoch, entries)
        except Exception:
            log.exception("entries could not be delivered", event_id=self.event)
            self.reset()

    def _deliver(self, epoch: str, entries: Sequence[Entry]) -> None:
        if self.ring is None:
            return
        if epoch != self.ring.epoch or (entries and entries[0].seq != self.ring.seq + 1):
            self.reset()
            return
        kept = self.ring.append(entries)
        self._snapshots.forget_names(entries)
        self._moved.set()
        self._moved = asyncio.Event()
        for view in PLAIN_VIEWS:
            self._publish(self.ring, view, kept, {})
        if self._pump is None or self._pump.done():
            self._pump = self._tasks.spawn(self._pump_names())
        self._notice(entries)
        self._counts_teller.tell(self._all_followers())

    def _publish(self, ring: RecentEntries, view: View, kept: Sequence[EncodedEntry], names: Mapping[str, str]) -> None:
        """Send `kept` to the followers of `view`, to each from where it stands; most stand at the same place."""
        subscribers = tuple(self._subscribers[view])
        if not subscribers or not kept:
            return
        first, last = kept[0].entry.seq, kept[-1].entry.seq
        items = [one.item(view, names) for one in kept]
        by_start: dict[int, bytes] = {}
        for subscription in subscribers:
            start = subscription.seq + 1
            if start < first:
                subscription.fall_behind("behind")
            elif start <= last:
                if start not in by_start:
                    by_start[start] = frames.updates(self.event, ring.epoch, start, items[start - first :])
                subscription.push(by_start[start], last)

    async def _pump_names(self) -> None:
        """Bring the followers with names up to date, in order, one batch after another."""
        try:
            await self._push_named()
        except Exception:
            log.exception("entries could not be delivered with names", event_id=self.event)
            self.reset()

    async def _push_named(self) -> None:
        ring = self.ring
        while ring is not None and self._named_seq < ring.seq:
            kept = ring.after(max(self._named_seq, ring.first - 1))
            is_wanted = any(self._subscribers[view] for view in NAMED_VIEWS)
            names = await self._snapshots.names(kept) if is_wanted else {}
            if self.ring is not ring:
                return
            for view in NAMED_VIEWS:
                self._publish(ring, view, kept, names)
            self._named_seq = kept[-1].entry.seq

    def _notice(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind == "event.changed" or entry.kind in ALERT_KINDS:
                self.describe_anew()
            for page in tuple(self._pages.get(entry.ticket or "", ())):
                page.changed()

    async def _occupancy(self) -> bytes:
        return await self._snapshots.occupancy(await self.ready())

    async def _devices(self) -> bytes:
        return await self._snapshots.devices()

    # --- catching up ---------------------------------------------------------------------------------------------

    async def reach(self, since: Since | None) -> RecentEntries:
        """Return the ring; where the client is ahead of us (it came from another process), wait for the tail first."""
        ring = await self.ready()
        if since is None or since.epoch != ring.epoch or since.seq <= ring.seq:
            return ring
        stream = await guard(self._ports.journal.stream(self.event))
        if stream is not None and stream.epoch == ring.epoch and since.seq <= stream.seq:
            await self._wait_for(ring, since.seq)
        return await self.ready()

    async def _wait_for(self, ring: RecentEntries, seq: int) -> None:
        try:
            async with asyncio.timeout(self._limits.lag_s):
                while self.ring is ring and ring.seq < seq:
                    await self._moved.wait()
        except TimeoutError:
            log.warning("tail lags", event_id=self.event, wanted=seq, have=ring.seq)

    async def items(self, kept: Sequence[EncodedEntry], view: View) -> Sequence[Raw]:
        """Return the items of `kept` as `view` sees them."""
        names = await self._snapshots.names(kept) if view.names else {}
        return [one.item(view, names) for one in kept]

    async def snapshot(self, view: View) -> Snapshot:
        """Return the whole state as `view` sees it."""
        return await self._snapshots.snapshot(await self.ready(), view)

    def describe_anew(self) -> None:
        """Read the event's doors, zones and devices again before they are shown next."""
        self._snapshots.describe_anew()

    def devices_changed(self) -> None:
        """Devices joined, left, came online or went: show them to whoever sees devices."""
        self.describe_anew()
        self._tell_devices(self._all_followers())

    def _tell_devices(self, subscribers: Iterable[Subscriber]) -> None:
        self._devices_teller.tell([subscription for subscription in subscribers if subscription.view.all_kinds])
