"""Webhooks as organisers run them: made, changed, paused, tried, and what became of each delivery."""

import secrets
from typing import Any
from uuid import uuid4

import msgspec

from hub.clock import Clock
from hub.errors import Conflict, NotFound
from hub.model.journal import HUB_STREAM
from hub.model.outbox import Message, MessagePage
from hub.model.webhook import Webhook, WebhookSecret
from hub.outbox.consumer import NotDelivered
from hub.outbox.worker import Outbox
from hub.secrets import Vault
from hub.settings import Settings
from hub.webhooks.addresses import is_a_host, is_public
from hub.webhooks.commands import ChangeWebhook, DeleteWebhook, MakeWebhook
from hub.webhooks.consumer import NAME, WebhookConsumer
from hub.webhooks.form import read_form
from hub.webhooks.kinds import PING
from hub.webhooks.post import Post
from hub.webhooks.wire import Wire
from store.store import Store

MOST = 100


class Webhooks:
    """The webhooks of the hub."""

    def __init__(self, store: Store, outgoing: Outbox, vault: Vault, clock: Clock, *, post: Post) -> None:
        self._stored = store.webhooks
        self._letters = store.letters
        self._journal = store.journal
        self._outgoing = outgoing
        self._vault = vault
        self._clock = clock
        self._post = post

    async def close(self) -> None:
        """Close the connections that are still open."""
        await self._post.close()

    async def create(self, raw: object) -> tuple[Webhook, str]:
        """Make a webhook; return it with its secret, made here where none was told, which is not shown again."""
        form = read_form(raw, self._post.may_reach, is_new=True)
        if len(await self._stored.all()) >= MOST:
            raise Conflict("too_many", f"There are {MOST} webhooks already")
        secret = form.secret or secrets.token_urlsafe(32)
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
        """Change a webhook; what waits for one that is resumed goes at once. Raises `NotFound`, `BadInput`."""
        await self.find(webhook_id)
        form = read_form(raw, self._post.may_reach, is_new=False)
        sealed = None if form.secret is None else self._vault.seal(form.secret.encode())
        command = ChangeWebhook(webhook_id, url=form.url, kinds=form.kinds, paused=form.paused, sealed=sealed)
        changed: Webhook = await self._journal.append(HUB_STREAM, command)
        if not changed.paused and (form.paused is False or form.url is not None):
            await self._letters.hurry(NAME, webhook_id, self._clock.now())
            self._outgoing.wake()
        return changed

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook with what waits for it, and its log. Raises `NotFound`."""
        await self._journal.append(HUB_STREAM, DeleteWebhook(webhook_id))
        await self._letters.forget(NAME, webhook_id)

    async def ping(self, webhook_id: str) -> dict[str, Any]:
        """Post a test delivery now, past the outbox, and return what came of it. Raises `NotFound`."""
        webhook = await self.find(webhook_id)
        content = {"kind": PING, "webhook": webhook.id, "at": msgspec.to_builtins(self._clock.now())}
        try:
            status = await self._post.send(webhook, str(uuid4()), PING, content)
        except NotDelivered as failure:
            return {"delivered": False, "status": failure.status, "reason": failure.reason}
        return {"delivered": True, "status": status, "reason": None}

    async def deliveries(self, webhook_id: str, page: MessagePage) -> list[Message]:
        """Return a webhook's deliveries, newest first. Raises `NotFound`."""
        await self.find(webhook_id)
        return await self._letters.of(NAME, webhook_id, page)

    async def send_again(self, webhook_id: str, delivery: str) -> Message:
        """Send a delivery again, now, and beside those that wait. Raises `NotFound`, or `Conflict` while it waits."""
        await self.find(webhook_id)
        letter = await self._letters.find(delivery)
        if letter is None or (letter.consumer, letter.target) != (NAME, webhook_id):
            raise NotFound("Delivery not found")
        return await self._outgoing.send_again(letter)


def make_webhooks(store: Store, outgoing: Outbox, vault: Vault, clock: Clock, settings: Settings) -> Webhooks:
    """Return a process's webhooks, with their consumer at its desk."""
    may_reach = is_a_host if settings.webhooks_to_private else is_public
    post = Post(Wire(clock, may_reach=may_reach), vault, clock, may_reach=may_reach)
    outgoing.add(WebhookConsumer(store, post, per_s=settings.webhooks_per_s))
    return Webhooks(store, outgoing, vault, clock, post=post)


def describe_webhook(webhook: Webhook) -> dict[str, Any]:
    """Return a webhook as organisers see it: never its secrets."""
    old = [secret.until for secret in webhook.secrets if secret.until is not None]
    return {
        "id": webhook.id,
        "url": webhook.url,
        "kinds": webhook.kinds,
        "paused": webhook.paused,
        "paused_because": webhook.paused_because,
        "old_secret_until": old[0] if old else None,
        "created_at": webhook.created_at,
    }


def describe_delivery(letter: Message) -> dict[str, Any]:
    """Return one delivery; `status` is HTTP's number as it came back, never the body."""
    return {
        "id": letter.id,
        "kind": letter.kind,
        "event": None if letter.stream == HUB_STREAM else letter.stream,
        "seq": letter.seq,
        "state": letter.state,
        "attempts": letter.attempts,
        "status": letter.status,
        "reason": letter.reason,
        "queued_at": letter.written_at,
        "tried_at": letter.tried_at,
    }
