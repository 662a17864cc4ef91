"""Subscriptions: to one event, from snapshot or resume to the live flow and back; or to one ticket, for its page.

The first catches up at the client's own pace (each frame waits until the send queue has drained) and joins the live
flow in the same step in which nothing is left to catch up with, so that there is neither gap nor repeat.
"""

from collections.abc import Awaitable, Callable
from functools import partial

import msgspec

from hub.errors import HubError, error_boundary
from hub.live import frames
from hub.live.channel import Channel
from hub.live.protocol import Mode, RequestId, Since
from hub.live.recent import RecentEntries
from hub.live.send_queue import SendQueue
from hub.live.visibility import View
from hub.live_limits import LiveLimits
from hub.tasks import Tasks


class Subscription:
    """One client's subscription. `lost` is called where it cannot begin (with the id to be answered) or go on."""

    def __init__(
        self,
        channel: Channel,
        queue: SendQueue,
        limits: LiveLimits,
        *,
        view: View,
        mode: Mode,
        lost: Callable[["Subscription", RequestId | None, HubError], None],
    ) -> None:
        self.view = view
        self.mode = mode
        self.seq = 0
        self._channel = channel
        self._queue = queue
        self._limits = limits
        self._lost = lost
        self.unanswered: RequestId | None = None
        self._is_live = False
        self._tasks = Tasks()

    @property
    def event(self) -> str:
        """The event's id."""
        return self._channel.event

    def start(self, request_id: RequestId, since: Since | None) -> None:
        """Reply to the request and begin, from `since` where that can be recovered."""
        self.unanswered = request_id
        self._spawn(partial(self._begin, since))

    def stop(self, now: float) -> None:
        """Leave the channel and stop; `now` is in seconds of the loop."""
        self._leave()
        self._channel.release(now)
        self._tasks.cancel()

    # --- the live flow -------------------------------------------------------------------------------------------

    def push(self, frame: bytes, last: int) -> None:
        """Queue a frame of updates up to number `last`."""
        self.seq = last
        self._queue.put(frame, self.event)

    def push_state(self, frame: bytes, what: str) -> None:
        """Queue a state, in place of an older one of `what` that is still queued."""
        self._queue.put(frame, self.event, state=what)

    def fall_behind(self, reason: str) -> bool:
        """Leave the live flow, drop the queued frames, and resynchronise once the socket has drained."""
        if not self._is_live:
            return False
        self._leave()
        self._queue.drop(self.event)
        self._spawn(partial(self._begin_again, reason))
        return True

    def _leave(self) -> None:
        self._is_live = False
        self._channel.leave(self)

    # --- catching up ---------------------------------------------------------------------------------------------

    async def _begin(self, since: Since | None) -> None:
        window = await self._channel.reach(since)
        position = (
            since.seq if since is not None and since.epoch == window.epoch and window.reaches(since.seq) else None
        )
        request_id, self.unanswered = self.unanswered, None
        assert request_id is not None
        recovered = position is not None
        # An answer belongs to no subscription: it must not be dropped with one.
        self._queue.put(frames.subscribed(request_id, self.event, window.epoch, window.seq, recovered=recovered))
        if position is None:
            window, position = await self._send_snapshot()
        await self._run(window, position, is_stale=recovered)

    async def _begin_again(self, reason: str) -> None:
        await self._queue.drained()
        self._put(frames.resync(self.event, reason))
        window, position = await self._send_snapshot()
        await self._run(window, position, is_stale=False)

    async def _run(self, window: RecentEntries, position: int, *, is_stale: bool) -> None:
        while not await self._catch_up(window, position, is_stale=is_stale):
            self._put(frames.resync(self.event, "behind" if self._channel.window is window else "epoch"))
            window, position = await self._send_snapshot()
            is_stale = False

    async def _catch_up(self, window: RecentEntries, position: int, *, is_stale: bool) -> bool:
        """Send entries after `position` and join the live flow; False where the window does not reach back so far."""
        while self._channel.window is window and window.reaches(position):
            if position == window.seq:
                self.seq, self._is_live = position, True
                self._channel.join(self, is_stale=is_stale)
                return True
            encoded = window.after(position, self._limits.resume_frame_items)
            items = await self._channel.items(encoded, self.view)
            await self._queue.drained()
            self._put(frames.updates(self.event, window.epoch, position + 1, items))
            position = encoded[-1].entry.seq
        return False

    async def _send_snapshot(self) -> tuple[RecentEntries, int]:
        await self._queue.drained()
        snapshot = await self._channel.snapshot(self.view)
        self._put(snapshot.frame)
        return snapshot.window, snapshot.seq

    def _put(self, frame: bytes) -> None:
        self._queue.put(frame, self.event)

    def _spawn(self, work: Callable[[], Awaitable[None]]) -> None:
        self._tasks.spawn(self._guard(work))

    async def _guard(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            with error_boundary("a subscription"):
                await work()
        except HubError as wrong:
            request_id, self.unanswered = self.unanswered, None
            self._lost(self, request_id, wrong)


class TicketSubscription:
    """Conflating subscription to one ticket: its state, as `read` returns it, at first and after each change.

    `lost` is called with None where there is no such ticket any more, else with what went wrong.
    """

    def __init__(
        self,
        ticket: str,
        channel: Channel,
        queue: SendQueue,
        read: Callable[[], Awaitable[msgspec.Struct | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        self.ticket = ticket
        self._channel = channel
        self._queue = queue
        self._read = read
        self._lost = lost
        self._is_dirty = False
        self._is_sending = False
        self._tasks = Tasks()

    def start(self) -> None:
        """Join the channel and send the first state."""
        self._channel.join_ticket(self)
        self.changed()

    def stop(self, now: float) -> None:
        """Leave the channel and stop; `now` is in seconds of the loop."""
        self._channel.leave_ticket(self)
        self._channel.release(now)
        self._tasks.cancel()

    def changed(self) -> None:
        """Send the ticket's state; changes while it is read are covered by one more."""
        self._is_dirty = True
        if not self._is_sending:
            self._is_sending = True
            self._tasks.spawn(self._push())

    async def _push(self) -> None:
        try:
            with error_boundary("a ticket's page"):
                await self._send()
        except HubError as wrong:
            self._lost(wrong)
        finally:
            self._is_sending = False

    async def _send(self) -> None:
        await self._channel.ready()
        while self._is_dirty:
            self._is_dirty = False
            state = await self._read()
            if state is None:
                self._lost(None)
                return
            self._queue.put(frames.ticket(self.ticket, state), self.ticket, state="ticket")
