"""Reader of webhooks. Writes go through the journal (`hub/webhooks/commands.py`)."""

from pymongo import ASCENDING

from hub.model.webhook import Webhook
from store.mongo.connection import Database
from store.mongo.reading import read_many, read_one


class WebhookReader:
    """Reader of webhooks, which are few."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Webhook]:
        """Return all webhooks, the oldest first."""
        return await read_many(self._database, Webhook, {}, sort=[("created_at", ASCENDING)])

    async def find(self, webhook_id: str) -> Webhook | None:
        """Return a webhook, or None."""
        return await read_one(self._database, Webhook, {"_id": webhook_id})
