"""What one client follows: its subscriptions by event, or its ticket's page."""

from collections.abc import Awaitable, Callable
from typing import Any

from hub.errors import HubError
from hub.live import frames
from hub.live.actions import Follow
from hub.live.channels import Channels
from hub.live.protocol import LiveLimits, RequestId
from hub.live.send_queue import SendQueue
from hub.live.subscription import Subscription
from hub.live.ticket_subscription import TicketPage
from hub.live.visibility import View
from hub.tasks import now

Lost = Callable[[str, RequestId | None, HubError], None]


class Subscriptions:
    """The subscriptions of one client. `lost` is told of one that cannot begin or go on."""

    def __init__(self, channels: Channels, outbox: SendQueue, limits: LiveLimits, *, lost: Lost) -> None:
        self._channels = channels
        self._queue = outbox
        self._limits = limits
        self._lost = lost
        self._subscribers: dict[str, Subscription] = {}
        self._page: TicketPage | None = None

    def follow(self, step: Follow, view: View) -> None:
        """Subscribe, in place of a subscription that there may be."""
        self.unfollow(step.event)
        channel = self._channels.take(step.event)
        subscription = Subscription(
            channel, self._queue, self._limits, view=view, mode=step.mode, lost=self._follower_lost
        )
        self._subscribers[step.event] = subscription
        subscription.start(step.id, step.since)

    def unfollow(self, event: str) -> None:
        """End a subscription and drop what waits of it; a request that it never answered is answered now."""
        subscription = self._subscribers.pop(event, None)
        if subscription is None:
            return
        subscription.stop(now())
        self._queue.drop(event)
        if subscription.unanswered is not None:
            self._queue.put(frames.error(subscription.unanswered, "bad_request", "another request took its place"))

    def open_page(
        self,
        ticket: str,
        event: str,
        read: Callable[[], Awaitable[dict[str, Any] | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        """Send how `ticket` stands, and whenever that changes."""
        self._page = TicketPage(ticket, self._channels.take(event), self._queue, read, lost=lost)
        self._page.start()

    def drop_states(self) -> list[str]:
        """Have the subscriptions in mode "state" begin again from a snapshot; returns their events."""
        states = [subscription for subscription in self._subscribers.values() if subscription.mode == "state"]
        return [subscription.event for subscription in states if subscription.fall_behind("behind")]

    def stop(self) -> None:
        """End all."""
        for event in tuple(self._subscribers):
            self.unfollow(event)
        if self._page is not None:
            self._page.stop(now())
            self._page = None

    def _follower_lost(self, subscription: Subscription, request_id: RequestId | None, wrong: HubError) -> None:
        self.unfollow(subscription.event)
        self._lost(subscription.event, request_id, wrong)
