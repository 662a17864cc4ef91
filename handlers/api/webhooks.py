"""Webhooks over REST: made, changed, tested, and their deliveries (docs/webhooks.md)."""

from handlers.api.outbox import MessagesHandler
from handlers.http.base import BaseHandler
from hub.outbox.views import delivery_view
from hub.webhooks.views import new_webhook_view, webhook_view


class WebhooksHandler(BaseHandler):
    """`/api/webhooks`."""

    async def get(self) -> None:
        """List the webhooks, oldest first."""
        self.answer([webhook_view(webhook) for webhook in await self.hub.webhooks.all()])

    async def post(self) -> None:
        """Make a webhook: 201, with its secret this once."""
        webhook, secret = await self.hub.webhooks.create(self.json_body())
        self.set_header("Cache-Control", "no-store")
        self.set_header("Location", f"/api/webhooks/{webhook.id}")
        self.answer(new_webhook_view(webhook, secret), 201)


class WebhookHandler(BaseHandler):
    """`/api/webhooks/{id}`."""

    async def get(self, webhook_id: str) -> None:
        """Return a webhook."""
        self.answer(webhook_view(await self.hub.webhooks.find(webhook_id)))

    async def patch(self, webhook_id: str) -> None:
        """Change the given fields: `url`, `kinds`, `secret`, `paused`."""
        self.answer(webhook_view(await self.hub.webhooks.change(webhook_id, self.json_body())))

    put = patch

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook with its waiting messages and its delivery log: 204."""
        await self.hub.webhooks.delete(webhook_id)
        self.set_status(204)


class PingHandler(BaseHandler):
    """`/api/webhooks/{id}/ping`."""

    async def post(self, webhook_id: str) -> None:
        """Post a test delivery now, and return its result."""
        self.answer(await self.hub.webhooks.ping(webhook_id))


class DeliveriesHandler(MessagesHandler):
    """`/api/webhooks/{id}/deliveries`."""

    async def get(self, webhook_id: str) -> None:
        """List a webhook's deliveries, newest first."""
        page = self.page()
        messages = await self.hub.webhooks.deliveries(webhook_id, page)
        self.answer([delivery_view(message) for message in self.cut(messages, page)])


class SendAgainHandler(BaseHandler):
    """`/api/webhooks/{id}/deliveries/{id}/send`."""

    async def post(self, webhook_id: str, delivery: str) -> None:
        """Send a delivery again: 202."""
        self.answer(delivery_view(await self.hub.webhooks.send_again(webhook_id, delivery)), 202)
