"""Which tickets are there: those of an import that is not through are in the collection, and not there.

An import stages its tickets unseen and is made true by its event naming it (`hub/importing/`). Whoever reads tickets
asks here, so that nobody sees half an import: `filter` for queries, `only` for what was read by a key.
"""

from collections.abc import Iterable
from typing import Any

from hub.model.ticket import Ticket
from store.mongo.connection import Database
from store.mongo.reading import read_documents


class ImportVisibility:
    """Tells tickets that are there from staged ones. What is through once is so for ever, and remembered."""

    def __init__(self, database: Database) -> None:
        self._events = database.events
        self._through: set[str] = set()

    async def query(self, event_id: str | None = None) -> dict[str, Any]:
        """Return what a query for tickets needs beside its own conditions; for one event's, name it.

        It names what was through before the query: so it may miss an import that gets through meanwhile, as if asked
        a moment earlier, and never shows a part of one.
        """
        wanted: dict[str, Any] = {"imports": {"$exists": True}} if event_id is None else {"_id": event_id}
        return {"import_id": {"$in": [None, *await self._imports(wanted)]}}

    async def visible(self, tickets: Iterable[Ticket]) -> list[Ticket]:
        """Return those of `tickets` that are there."""
        read = list(tickets)
        unknown = {ticket.import_id for ticket in read} - {None} - self._through
        if unknown:
            self._through.update(await self._imports({"imports": {"$in": sorted(map(str, unknown))}}))
        return [ticket for ticket in read if ticket.import_id is None or ticket.import_id in self._through]

    async def _imports(self, wanted: dict[str, Any]) -> list[str]:
        found = await read_documents(self._events.find(wanted, {"imports": 1}))
        return [each for event in found for each in event.get("imports", ())]
