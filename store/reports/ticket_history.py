"""Ticket history: the journal's entries of one ticket."""

from pymongo import ASCENDING, DESCENDING

from hub.model.journal import Entry
from hub.model.ticket import Ticket
from store.mongo.connection import Database
from store.mongo.reading import read_all

LONGEST = 1000
"""Entries of one ticket that are read at most, the newest: a ticket that is scanned so often has a story of its own."""


class TicketHistory:
    """Reader of the journal ticket by ticket."""

    def __init__(self, database: Database) -> None:
        self._journal = database.journal

    async def of_ticket(self, ticket: Ticket) -> list[Entry]:
        """Return the ticket's entries, the oldest first, with those of the imports that brought and corrected it."""
        cursor = self._journal.find({"ticket": ticket.id}).sort("seq", DESCENDING).limit(LONGEST)
        own = await read_all(cursor, Entry)
        return sorted([*await self._imports_of(ticket), *own], key=lambda entry: entry.seq)

    async def _imports_of(self, ticket: Ticket) -> list[Entry]:
        imports = {ticket.import_id, ticket.sold.by if ticket.sold else None} - {None}
        if not imports:
            return []
        wanted = {
            "event": ticket.event,
            "kind": {"$in": ["import.completed", "import.failed"]},
            "data.id": {"$in": sorted(map(str, imports))},
        }
        cursor = self._journal.find(wanted).sort("seq", ASCENDING).limit(2)
        return await read_all(cursor, Entry)
