"""Webhooks service: create, change, pause, test, and the delivery log."""

import secrets
from uuid import uuid4

import msgspec

from hub.clock import Clock
from hub.errors import Conflict, NotFound
from hub.loading import load
from hub.model.journal import HUB_STREAM
from hub.model.outbox import Message, MessagePage, MessageState
from hub.model.webhook import Webhook, WebhookSecret
from hub.outbox.consumer import DeliveryFailed
from hub.outbox.worker import Outbox
from hub.settings import Settings
from hub.vault import Vault
from hub.webhooks.addresses import is_a_host, is_public
from hub.webhooks.commands import ChangeWebhook, DeleteWebhook, MakeWebhook
from hub.webhooks.consumer import NAME, WebhookConsumer
from hub.webhooks.form import read_webhook
from hub.webhooks.kinds import PING
from hub.webhooks.payload import PingPayload
from hub.webhooks.post import Post
from hub.webhooks.signature import new_secret
from hub.webhooks.views import PingResult
from store.store import Store

MOST = 100


class Webhooks:
    """Webhooks service of a process; `close` ends its connections."""

    def __init__(self, store: Store, outbox: Outbox, vault: Vault, clock: Clock, *, post: Post) -> None:
        self._stored = store.webhooks
        self._messages = store.messages
        self._journal = store.journal
        self._outbox = outbox
        self._vault = vault
        self._clock = clock
        self._post = post

    async def close(self) -> None:
        """Close all connections."""
        await self._post.close()

    async def create(self, raw: object) -> tuple[Webhook, str]:
        """Create a webhook; return it with its secret, generated where none is given.

        Raises `BadInput`, or `Conflict` where there are 100.
        """
        await load("httpx")
        form = read_webhook(raw, self._post.may_reach, is_new=True)
        if len(await self._stored.all()) >= MOST:
            raise Conflict("too_many", f"There are {MOST} webhooks already")
        secret = form.secret or new_secret(secrets.token_bytes(32))
        webhook = Webhook(
            id=str(uuid4()),
            url=form.url or "",
            kinds=form.kinds or [],
            secrets=[WebhookSecret(sealed=self._vault.seal(secret.encode()))],
            paused=form.paused or False,
            created_at=self._clock.now(),
        )
        await self._journal.append(HUB_STREAM, MakeWebhook(webhook))
        return webhook, secret

    async def all(self) -> list[Webhook]:
        """Return all webhooks, the oldest first."""
        return await self._stored.all()

    async def find(self, webhook_id: str) -> Webhook:
        """Return a webhook. Raises `NotFound`."""
        webhook = await self._stored.find(webhook_id)
        if webhook is None:
            raise NotFound("Webhook not found")
        return webhook

    async def change(self, webhook_id: str, raw: object) -> Webhook:
        """Change a webhook; messages that wait for a resumed one are sent at once. Raises `NotFound`, `BadInput`."""
        await self.find(webhook_id)
        await load("httpx")
        form = read_webhook(raw, self._post.may_reach, is_new=False)
        sealed = None if form.secret is None else self._vault.seal(form.secret.encode())
        command = ChangeWebhook(webhook_id, url=form.url, kinds=form.kinds, paused=form.paused, sealed=sealed)
        changed = await self._journal.append(HUB_STREAM, command)
        if not changed.paused and (form.paused is False or form.url is not None):
            await self._messages.expedite(NAME, webhook_id, self._clock.now())
            self._outbox.wake()
        return changed

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook with its waiting messages and its delivery log. Raises `NotFound`."""
        await self._journal.append(HUB_STREAM, DeleteWebhook(webhook_id))
        await self._messages.delete_target(NAME, webhook_id)

    async def ping(self, webhook_id: str) -> PingResult:
        """Post a test delivery now, past the outbox, and return its result. Raises `NotFound`."""
        webhook = await self.find(webhook_id)
        at = msgspec.to_builtins(self._clock.now())
        payload = PingPayload(id=str(uuid4()), kind=PING, webhook=webhook.id, at=at)
        try:
            status = await self._post.send(webhook, payload)
        except DeliveryFailed as failure:
            return PingResult(delivered=False, status=failure.status, reason=failure.reason)
        return PingResult(delivered=True, status=status, reason=None)

    async def deliveries(self, webhook_id: str, page: MessagePage) -> list[Message]:
        """Return a webhook's deliveries, newest first. Raises `NotFound`."""
        await self.find(webhook_id)
        return await self._messages.of(NAME, webhook_id, page)

    async def count(self, webhook_id: str, state: MessageState | None) -> int | None:
        """Return how many deliveries a webhook has, of one state or of all; None where they are too many to count."""
        return await self._messages.count_of(NAME, webhook_id, state)

    async def send_again(self, webhook_id: str, delivery: str) -> Message:
        """Send a delivery again, now, in a partition of its own. Raises `NotFound`, or `Conflict` while it waits."""
        await self.find(webhook_id)
        message = await self._messages.find(delivery)
        if message is None or (message.consumer, message.target) != (NAME, webhook_id):
            raise NotFound("Delivery not found")
        return await self._outbox.send_again(message)


def make_webhooks(store: Store, outbox: Outbox, vault: Vault, clock: Clock, settings: Settings) -> Webhooks:
    """Return the webhooks service of a process, its consumer added to the outbox."""
    may_reach = is_a_host if settings.webhooks_to_private else is_public
    post = Post(vault, clock, may_reach=may_reach)
    outbox.add(WebhookConsumer(store, post, per_s=settings.webhooks_per_s))
    return Webhooks(store, outbox, vault, clock, post=post)
