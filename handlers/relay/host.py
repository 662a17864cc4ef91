"""Calls of the hub for a relay (`/api/relay`), and an event's relay as organisers see it (docs/relay.md)."""

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.model.relay.documents import RelayRole
from hub.relay.answers import EventRelayAnswer, RelayAnswer, describe_relay
from hub.relay.wire import (
    AfterQuery,
    FactsAnswer,
    FactsForm,
    ForwardAnswer,
    ForwardForm,
    JoinAnswer,
    JournalPage,
    Page,
    PullForm,
    RelayForm,
    SpanQuery,
    TicketsPage,
)
from hub.validation import query_values, read_message


class JoinHandler(BaseHandler):
    """`POST /api/relay/join`."""

    @operation("join_relay", body=RelayForm, answer=JoinAnswer, refuses=("relay_taken", "relay_lost"))
    async def post(self) -> None:
        """Take the role of the event's relay, and get what its copy begins with."""
        self.answer(await self.hub.relays.join(self.known, self.json_body()))


class TicketsHandler(BaseHandler):
    """`GET /api/relay/tickets`."""

    @operation("copy_tickets", query=AfterQuery, answer=TicketsPage)
    async def get(self) -> None:
        """Return a page of the event's tickets."""
        query = read_message(query_values(self.query_texts, AfterQuery), AfterQuery)
        self.answer(await self.hub.relays.tickets(self.known, query))


class JournalHandler(BaseHandler):
    """`GET /api/relay/journal`."""

    @operation("copy_journal", query=SpanQuery, answer=JournalPage)
    async def get(self) -> None:
        """Return a page of the event's journal."""
        query = read_message(query_values(self.query_texts, SpanQuery), SpanQuery)
        self.answer(await self.hub.relays.entries(self.known, query))


class PullHandler(BaseHandler):
    """`POST /api/relay/pull`."""

    @operation("pull_changes", body=PullForm, answer=Page, refuses=("relay_taken", "relay_lost"))
    async def post(self) -> None:
        """Return what is new after a position; wait for it for some seconds."""
        self.answer(await self.hub.relays.pull(self.known, self.json_body()))


class ForwardHandler(BaseHandler):
    """`POST /api/relay/scan`."""

    @operation(
        "forward_scan",
        body=ForwardForm,
        answer=ForwardAnswer,
        refuses=("relay_taken", "relay_lost", "nonce_reused", "device_archived"),
    )
    async def post(self) -> None:
        """Decide a scan of a relay's door."""
        self.answer(await self.hub.relays.scan(self.known, self.json_body()))


class FactsHandler(BaseHandler):
    """`POST /api/relay/facts`."""

    @operation("record_facts", body=FactsForm, answer=FactsAnswer)
    async def post(self) -> None:
        """Record what a relay's doors did while it was on its own."""
        self.answer(await self.hub.relays.record(self.known, self.json_body()))


class EventRelayHandler(BaseHandler):
    """Base of calls about an event's relay."""

    def described(self, role: RelayRole) -> RelayAnswer:
        """Return the answer on a role as it is now."""
        return describe_relay(role, self.hub.clock.now(), self.hub.settings.scanner_origins)


class RelayHandler(EventRelayHandler):
    """`GET /api/events/{id}/relay`."""

    @operation("get_relay", answer=EventRelayAnswer)
    async def get(self, event_id: str) -> None:
        """Return the event's relay, and since when it is on its own."""
        role = await self.hub.relays.role(event_id)
        self.answer(EventRelayAnswer(relay=None if role is None else self.described(role)))


class RelayLostHandler(EventRelayHandler):
    """`POST /api/events/{id}/relay/lost`."""

    @operation("declare_relay_lost", answer=RelayAnswer, refuses=("no_relay",))
    async def post(self, event_id: str) -> None:
        """Declare the event's relay lost for good: its role ends, and its key."""
        role = await self.hub.relays.declare_lost(event_id, self.known)
        await self.hub.keys.revoke(role.key, self.known)
        self.answer(self.described(role))
