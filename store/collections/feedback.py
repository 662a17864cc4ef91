"""Feedback reader: one ticket's, and all of an event as the organiser sees it."""

from pymongo import DESCENDING

from hub.model.ticket import Feedback
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all


class Feedbacks:
    """Reader of feedback. Writes go through the journal (`hub/tickets/changes.py`)."""

    def __init__(self, database: Database) -> None:
        self._feedback = database.feedback

    async def of_ticket(self, ticket_id: str) -> Feedback | None:
        """Return the answers of a ticket's holder, or None."""
        with driver_errors():
            found = await self._feedback.find_one({"_id": ticket_id})
        return None if found is None else from_bson(found, Feedback)

    async def count(self, event: str, *, worked: bool) -> int:
        """Number of an event's guests whose ticket worked, or did not."""
        with driver_errors():
            return await self._feedback.count_documents({"event": event, "worked": worked})

    async def latest_texts(self, event: str, limit: int) -> list[Feedback]:
        """Return the newest answers of an event that say more than yes or no, `limit` at most."""
        cursor = self._feedback.find({"event": event, "text": {"$exists": True}})
        found = cursor.sort([("answered_at", DESCENDING), ("_id", DESCENDING)]).limit(limit)
        return await read_all(found, Feedback)
