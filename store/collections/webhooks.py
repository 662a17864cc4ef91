"""Webhooks as they are kept."""

from pymongo import ASCENDING

from hub.model.webhook import Webhook
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.errors import answered


class StoredWebhooks:
    """Reads webhooks; they are few, and changed by the journal's commands only."""

    def __init__(self, database: Database) -> None:
        self._webhooks = database.webhooks

    async def all(self) -> list[Webhook]:
        """Return all, the oldest first."""
        cursor = self._webhooks.find().sort("created_at", ASCENDING)
        return [from_bson(found, Webhook) for found in await answered(cursor.to_list(None))]

    async def find(self, webhook_id: str) -> Webhook | None:
        """Return one, or None where there is none."""
        found = await answered(self._webhooks.find_one({"_id": webhook_id}))
        return None if found is None else from_bson(found, Webhook)
