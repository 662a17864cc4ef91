"""What the outbox does for webhooks: which entries go to whom, in which words, and by which post."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import msgspec

from hub.model.journal import HUB_STREAM, Entry
from hub.model.kinds import WEBHOOK_DATA_KINDS
from hub.model.outbox import Message
from hub.model.webhook import Webhook
from hub.outbox.consumer import Consumer, DeliveryFailed, OutgoingMessage, Page, RetryLater
from hub.webhooks.commands import PauseWebhook
from hub.webhooks.kinds import matching
from hub.webhooks.post import Post
from store.store import Store

NAME = "webhooks"
LOOK_AGAIN_AFTER = timedelta(minutes=1)
"""How soon a paused webhook is looked at again."""
GONE = 410


class WebhookConsumer(Consumer):
    """Tells each webhook of the entries that it asked for: in a lane for each of its events, one after another."""

    name = NAME
    keeps_delivered = True

    def __init__(self, store: Store, post: Post, *, per_s: float) -> None:
        self.per_s = per_s
        self._stored = store.webhooks
        self._journal = store.journal
        self._post = post
        self._webhooks: list[tuple[Webhook, set[str]]] = []

    async def subscribed_kinds(self) -> Collection[str]:
        """Return all that any webhook asks for, and remember who asks for what."""
        self._webhooks = [(webhook, matching(webhook.kinds)) for webhook in await self._stored.all()]
        return set().union(*(kinds for _, kinds in self._webhooks))

    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return an envelope for each webhook that asks for this kind and was there when it happened."""
        written_at = entry.received_at or entry.at
        return Page(
            [
                OutgoingMessage(target=webhook.id, partition=f"{webhook.id}/{entry.event}", content=to_content(entry))
                for webhook, kinds in self._webhooks
                if entry.kind in kinds and webhook.created_at <= written_at
            ]
        )

    async def send(self, message: Message) -> int:
        """Post a letter to its webhook, as that is now. A receiver that is gone (410) pauses its webhook."""
        webhook = await self._stored.find(message.target)
        if webhook is None:
            raise DeliveryFailed("the webhook was deleted", permanent=True)
        if webhook.paused:
            raise RetryLater(LOOK_AGAIN_AFTER)
        try:
            return await self._post.send(webhook, message.id, message.kind, message.content)
        except DeliveryFailed as failure:
            if failure.status == GONE:
                await self._journal.append(HUB_STREAM, PauseWebhook(webhook.id, "gone"))
            raise


def to_content(entry: Entry) -> dict[str, Any]:
    """Return what a webhook is told of an entry: ids and verdicts, never a ticket's code, a name or a phone number."""
    told: dict[str, Any] = {
        "kind": entry.kind,
        "event": None if entry.event == HUB_STREAM else entry.event,
        "seq": entry.seq,
        "at": msgspec.to_builtins(entry.at),
        "received_at": msgspec.to_builtins(entry.received_at or entry.at),
        "ticket": entry.ticket,
        "direction": entry.direction,
        "door": entry.door,
        "device": entry.device,
        "by": entry.by,
        "verdict": entry.code,
    }
    return {**told, "data": entry.data} if entry.kind in WEBHOOK_DATA_KINDS else told
