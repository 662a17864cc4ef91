"""Webhooks over REST: made, changed, tested, and their deliveries (docs/webhooks.md)."""

import msgspec

from handlers.api.outbox import MessagesHandler, MessagesQuery
from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import WholeQuery, count_first, cut_whole, read_page, read_place
from hub.language.problems import reason_text
from hub.outbox.views import DeliveryView, delivery_view
from hub.webhooks.form import NewWebhook, WebhookPatch
from hub.webhooks.views import NewWebhookView, PingResult, WebhookView, new_webhook_view, webhook_view


class WebhooksHandler(BaseHandler):
    """`/api/webhooks`."""

    @operation("list_webhooks", query=WholeQuery, answer=list[WebhookView])
    async def get(self) -> None:
        """List the webhooks, oldest first."""
        query, after = read_page(self, WholeQuery, read_place)
        webhooks = cut_whole(self, query, after, await self.hub.webhooks.all(), lambda each: (each.created_at, each.id))
        self.answer([webhook_view(webhook, self.problem_language) for webhook in webhooks])

    @operation("create_webhook", body=NewWebhook, answer=NewWebhookView, status=201, refuses=("too_many",))
    async def post(self) -> None:
        """Make a webhook: 201, with its secret this once."""
        webhook, secret = await self.hub.webhooks.create(self.json_body())
        self.set_header("Cache-Control", "no-store")
        self.set_header("Location", f"/api/webhooks/{webhook.id}")
        self.answer(new_webhook_view(webhook, secret, self.problem_language), 201)


class WebhookHandler(BaseHandler):
    """`/api/webhooks/{id}`."""

    @operation("get_webhook", answer=WebhookView)
    async def get(self, webhook_id: str) -> None:
        """Return a webhook."""
        self.answer(webhook_view(await self.hub.webhooks.find(webhook_id), self.problem_language))

    @operation("change_webhook", body=WebhookPatch, answer=WebhookView)
    async def patch(self, webhook_id: str) -> None:
        """Change the given fields: `url`, `kinds`, `secret`, `paused`."""
        changed = await self.hub.webhooks.change(webhook_id, self.json_body())
        self.answer(webhook_view(changed, self.problem_language))

    put = patch

    @operation("delete_webhook", status=204)
    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook with its waiting messages and its delivery log: 204."""
        await self.hub.webhooks.delete(webhook_id)
        self.set_status(204)


class PingHandler(BaseHandler):
    """`/api/webhooks/{id}/ping`."""

    @operation("ping_webhook", answer=PingResult)
    async def post(self, webhook_id: str) -> None:
        """Post a test delivery now, and return its result."""
        result = await self.hub.webhooks.ping(webhook_id)
        reason = reason_text(result.reason, self.problem_language)
        self.answer(msgspec.structs.replace(result, reason=reason))


class DeliveriesHandler(MessagesHandler):
    """`/api/webhooks/{id}/deliveries`."""

    @operation("list_deliveries", query=MessagesQuery, answer=list[DeliveryView])
    async def get(self, webhook_id: str) -> None:
        """List a webhook's deliveries, newest first."""
        query, page = self.read()
        messages = await self.hub.webhooks.deliveries(webhook_id, page)
        await count_first(self, query, messages, lambda: self.hub.webhooks.count(webhook_id, query.state))
        self.answer([delivery_view(message, self.problem_language) for message in self.cut(messages, query)])


class SendAgainHandler(BaseHandler):
    """`/api/webhooks/{id}/deliveries/{id}/send`."""

    @operation("send_delivery_again", answer=DeliveryView, status=202, refuses=("waiting",))
    async def post(self, webhook_id: str, delivery: str) -> None:
        """Send a delivery again: 202."""
        message = await self.hub.webhooks.send_again(webhook_id, delivery)
        self.answer(delivery_view(message, self.problem_language), 202)
