"""Webhooks over REST (booking-api.md, webhooks)."""

from handlers.api.outbox import MessagesHandler
from handlers.http.base import BaseHandler
from hub.webhooks.webhooks import describe_delivery, describe_webhook


class WebhooksHandler(BaseHandler):
    """`/api/webhooks`."""

    async def get(self) -> None:
        """List the webhooks."""
        self.answer([describe_webhook(webhook) for webhook in await self.hub.webhooks.all()])

    async def post(self) -> None:
        """Make a webhook; its secret is shown this once."""
        webhook, secret = await self.hub.webhooks.create(self.json_body())
        self.set_header("Cache-Control", "no-store")
        self.set_header("Location", f"/api/webhooks/{webhook.id}")
        self.answer({**describe_webhook(webhook), "secret": secret}, 201)


class WebhookHandler(BaseHandler):
    """`/api/webhooks/{id}`."""

    async def get(self, webhook_id: str) -> None:
        """Return one."""
        self.answer(describe_webhook(await self.hub.webhooks.find(webhook_id)))

    async def patch(self, webhook_id: str) -> None:
        """Change what is told of it: address, kinds, secret, whether it is paused."""
        self.answer(describe_webhook(await self.hub.webhooks.change(webhook_id, self.json_body())))

    put = patch

    async def delete(self, webhook_id: str) -> None:
        """Delete it, with what waits for it."""
        await self.hub.webhooks.delete(webhook_id)
        self.set_status(204)


class PingHandler(BaseHandler):
    """`/api/webhooks/{id}/ping`."""

    async def post(self, webhook_id: str) -> None:
        """Post a test delivery, and tell what came of it."""
        self.answer(await self.hub.webhooks.ping(webhook_id))


class DeliveriesHandler(MessagesHandler):
    """`/api/webhooks/{id}/deliveries`."""

    async def get(self, webhook_id: str) -> None:
        """List what was and is to be delivered, newest first."""
        page = self.page()
        letters = await self.hub.webhooks.deliveries(webhook_id, page)
        self.answer([describe_delivery(letter) for letter in self.cut(letters, page)])


class SendAgainHandler(BaseHandler):
    """`/api/webhooks/{id}/deliveries/{id}/send`."""

    async def post(self, webhook_id: str, delivery: str) -> None:
        """Send a delivery again."""
        self.answer(describe_delivery(await self.hub.webhooks.send_again(webhook_id, delivery)), 202)
