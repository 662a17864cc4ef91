"""Webhooks over REST: made, changed, tested, and their deliveries (docs/webhooks.md)."""

import msgspec

from handlers.api.outbox import MessagesHandler
from handlers.http.base import BaseHandler
from hub.language.problems import reason_text
from hub.outbox.views import delivery_view
from hub.webhooks.views import new_webhook_view, webhook_view


class WebhooksHandler(BaseHandler):
    """`/api/webhooks`."""

    async def get(self) -> None:
        """List the webhooks, oldest first."""
        self.answer([webhook_view(webhook, self.problem_language) for webhook in await self.hub.webhooks.all()])

    async def post(self) -> None:
        """Make a webhook: 201, with its secret this once."""
        webhook, secret = await self.hub.webhooks.create(self.json_body())
        self.set_header("Cache-Control", "no-store")
        self.set_header("Location", f"/api/webhooks/{webhook.id}")
        self.answer(new_webhook_view(webhook, secret, self.problem_language), 201)


class WebhookHandler(BaseHandler):
    """`/api/webhooks/{id}`."""

    async def get(self, webhook_id: str) -> None:
        """Return a webhook."""
        self.answer(webhook_view(await self.hub.webhooks.find(webhook_id), self.problem_language))

    async def patch(self, webhook_id: str) -> None:
        """Change the given fields: `url`, `kinds`, `secret`, `paused`."""
        changed = await self.hub.webhooks.change(webhook_id, self.json_body())
        self.answer(webhook_view(changed, self.problem_language))

    put = patch

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook with its waiting messages and its delivery log: 204."""
        await self.hub.webhooks.delete(webhook_id)
        self.set_status(204)


class PingHandler(BaseHandler):
    """`/api/webhooks/{id}/ping`."""

    async def post(self, webhook_id: str) -> None:
        """Post a test delivery now, and return its result."""
        result = await self.hub.webhooks.ping(webhook_id)
        reason = reason_text(result.reason, self.problem_language)
        self.answer(msgspec.structs.replace(result, reason=reason))


class DeliveriesHandler(MessagesHandler):
    """`/api/webhooks/{id}/deliveries`."""

    async def get(self, webhook_id: str) -> None:
        """List a webhook's deliveries, newest first."""
        page = self.page()
        messages = await self.hub.webhooks.deliveries(webhook_id, page)
        self.answer([delivery_view(message, self.problem_language) for message in self.cut(messages, page)])


class SendAgainHandler(BaseHandler):
    """`/api/webhooks/{id}/deliveries/{id}/send`."""

    async def post(self, webhook_id: str, delivery: str) -> None:
        """Send a delivery again: 202."""
        message = await self.hub.webhooks.send_again(webhook_id, delivery)
        self.answer(delivery_view(message, self.problem_language), 202)
