"""What one client follows: its subscriptions by event, or its ticket's page."""

from collections.abc import Awaitable, Callable
from typing import Any

from hub.errors import HubError
from hub.live import frames
from hub.live.actions import Follow
from hub.live.channels import Feeds
from hub.live.protocol import LiveLimits, RequestId
from hub.live.send_queue import Outbox
from hub.live.subscription import Follower
from hub.live.ticket_subscription import TicketPage
from hub.live.visibility import View
from hub.tasks import now

Lost = Callable[[str, RequestId | None, HubError], None]


class Following:
    """The subscriptions of one client. `lost` is told of one that cannot begin or go on."""

    def __init__(self, feeds: Feeds, outbox: Outbox, limits: LiveLimits, *, lost: Lost) -> None:
        self._feeds = feeds
        self._outbox = outbox
        self._limits = limits
        self._lost = lost
        self._followers: dict[str, Follower] = {}
        self._page: TicketPage | None = None

    def follow(self, step: Follow, view: View) -> None:
        """Subscribe, in place of a subscription that there may be."""
        self.unfollow(step.event)
        feed = self._feeds.take(step.event)
        follower = Follower(feed, self._outbox, self._limits, view=view, mode=step.mode, lost=self._follower_lost)
        self._followers[step.event] = follower
        follower.start(step.id, step.since)

    def unfollow(self, event: str) -> None:
        """End a subscription and drop what waits of it; a request that it never answered is answered now."""
        follower = self._followers.pop(event, None)
        if follower is None:
            return
        follower.stop(now())
        self._outbox.drop(event)
        if follower.unanswered is not None:
            self._outbox.put(frames.error(follower.unanswered, "bad_request", "another request took its place"))

    def open_page(
        self,
        ticket: str,
        event: str,
        read: Callable[[], Awaitable[dict[str, Any] | None]],
        *,
        lost: Callable[[HubError | None], None],
    ) -> None:
        """Send how `ticket` stands, and whenever that changes."""
        self._page = TicketPage(ticket, self._feeds.take(event), self._outbox, read, lost=lost)
        self._page.start()

    def drop_states(self) -> list[str]:
        """Have the subscriptions in mode "state" begin again from a snapshot; returns their events."""
        states = [follower for follower in self._followers.values() if follower.mode == "state"]
        return [follower.event for follower in states if follower.fall_behind("behind")]

    def stop(self) -> None:
        """End all."""
        for event in tuple(self._followers):
            self.unfollow(event)
        if self._page is not None:
            self._page.stop(now())
            self._page = None

    def _follower_lost(self, follower: Follower, request_id: RequestId | None, wrong: HubError) -> None:
        self.unfollow(follower.event)
        self._lost(follower.event, request_id, wrong)
