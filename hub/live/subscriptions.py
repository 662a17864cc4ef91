"""Subscriptions of one client, by event, or the subscription of a ticket's page to its ticket."""

from collections.abc import Awaitable, Callable

import msgspec

from hub.errors import HubError
from hub.live import frames
from hub.live.actions import Follow
from hub.live.channels import Channels
from hub.live.protocol import RequestId
from hub.live.send_queue import SendQueue
from hub.live.subscription import Subscription, TicketSubscription
from hub.live.visibility import View
from hub.live_limits import LiveLimits
from hub.tasks import now

Lost = Callable[[str, RequestId | None, HubError], None]


class Subscriptions:
    """All subscriptions of one client. `lost` is called for one that cannot begin or go on."""

    def __init__(self, channels: Channels, queue: SendQueue, limits: LiveLimits, *, lost: Lost) -> None:
        self._channels = channels
        self._queue = queue
        self._limits = limits
        self._lost = lost
        self._subscribers: dict[str, Subscription] = {}
        self._page: TicketSubscription | None = None

    def follow(self, action: Follow, view: View) -> None:
        """Subscribe, in place of a subscription to this event that there may be."""
        self.unfollow(action.event)
        channel = self._channels.take(action.event)
        subscription = Subscription(
            channel, self._queue, self._limits, view=view, mode=action.mode, lost=self._subscription_lost
        )
        self._subscribers[action.event] = subscription
        subscription.start(action.id, action.since)

    def unfollow(self, event: str) -> None:
        """End a subscription and drop its queued frames; its request, if not answered yet, is answered now."""
        subscription = self._subscribers.pop(event, None)
        if subscription is None:
            return
        subscription.stop(now())
        self._queue.drop(event)
        if subscription.unanswered is not None:
            self._queue.put(frames.error(subscription.unanswered, "bad_request", "another request took its place"))

    def follow_ticket(
        self,
        ticket: str,
        event: str,
        read: Callable[[], Awaitable[msgspec.Struct | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        """Send the state of `ticket` now and after each change."""
        self._page = TicketSubscription(ticket, self._channels.take(event), self._queue, read, lost=lost)
        self._page.start()

    def drop_states(self) -> list[str]:
        """Have the subscriptions of mode "state" resynchronise from a snapshot; return their events."""
        states = [subscription for subscription in self._subscribers.values() if subscription.mode == "state"]
        return [subscription.event for subscription in states if subscription.fall_behind("behind")]

    def stop(self) -> None:
        """End all subscriptions."""
        for event in tuple(self._subscribers):
            self.unfollow(event)
        if self._page is not None:
            self._page.stop(now())
            self._page = None

    def _subscription_lost(self, subscription: Subscription, request_id: RequestId | None, wrong: HubError) -> None:
        self.unfollow(subscription.event)
        self._lost(subscription.event, request_id, wrong)
