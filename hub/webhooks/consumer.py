"""Webhook consumer of the outbox: routes journal entries to webhooks and posts them."""

from collections.abc import Collection
from datetime import timedelta

from typing_extensions import override

from hub.model.journal import HUB_STREAM, Entry
from hub.model.outbox import Message
from hub.model.webhook import Webhook
from hub.outbox.consumer import Consumer, DeliveryFailed, OutgoingMessage, Page, RetryLater
from hub.webhooks.commands import PauseWebhook
from hub.webhooks.kinds import matching
from hub.webhooks.payload import content_of, payload_of
from hub.webhooks.post import Post
from store.store import Store

NAME = "webhooks"
RETRY_PAUSED_AFTER = timedelta(minutes=1)
"""How soon messages of a paused webhook are tried again."""
GONE = 410


class WebhookConsumer(Consumer):
    """Consumer that posts entries to the webhooks subscribed to their kind; a partition per webhook and event."""

    name = NAME
    keeps_delivered = True

    def __init__(self, store: Store, post: Post, *, per_s: float) -> None:
        self.per_s = per_s
        self._stored = store.webhooks
        self._journal = store.journal
        self._post = post
        self._webhooks: list[tuple[Webhook, set[str]]] = []

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return the kinds that any webhook subscribes to; loads the webhooks for `route`."""
        self._webhooks = [(webhook, matching(webhook.kinds)) for webhook in await self._stored.all()]
        return set().union(*(kinds for _, kinds in self._webhooks))

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return a message for each webhook that subscribes to the kind and is older than the entry."""
        written_at = entry.received_at or entry.at
        return Page(
            [
                OutgoingMessage(target=webhook.id, partition=f"{webhook.id}/{entry.event}", content=content_of(entry))
                for webhook, kinds in self._webhooks
                if entry.kind in kinds and webhook.created_at <= written_at
            ]
        )

    @override
    async def send(self, message: Message) -> int:
        """Post a message to its webhook as that is now. Status 410 (gone) pauses the webhook."""
        webhook = await self._stored.find(message.target)
        if webhook is None:
            raise DeliveryFailed("the webhook was deleted", permanent=True)
        if webhook.paused:
            raise RetryLater(RETRY_PAUSED_AFTER)
        try:
            return await self._post.send(webhook, payload_of(message))
        except DeliveryFailed as failure:
            if failure.status == GONE:
                await self._journal.append(HUB_STREAM, PauseWebhook(webhook.id, "gone"))
            raise
