"""Visibility of imported tickets: those of an unfinished import are stored, and no reader returns them.

An import stages its tickets, and its event names the import once it is completed (`hub/importing/`). Every reader of
tickets filters here, so that no half of an import is shown: `query` for queries, `visible` for tickets read by a key.
"""

from collections.abc import Iterable
from typing import Any

from hub.model.ticket import Ticket
from store.mongo.connection import Database
from store.mongo.reading import read_documents


class ImportVisibility:
    """Filter that leaves out staged tickets. An import that is completed stays so, and is cached."""

    def __init__(self, database: Database) -> None:
        self._events = database.events
        self._completed: set[str] = set()

    async def query(self, event_id: str | None = None) -> dict[str, Any]:
        """Return the condition to add to a query for tickets; for one event's, name it.

        It names what was through before the query: so it may miss an import that gets through meanwhile, as if asked
        a moment earlier, and never shows a part of one.
        """
        wanted: dict[str, Any] = {"imports": {"$exists": True}} if event_id is None else {"_id": event_id}
        return {"import_id": {"$in": [None, *await self._imports(wanted)]}}

    async def visible(self, tickets: Iterable[Ticket]) -> list[Ticket]:
        """Return those of `tickets` that are not staged."""
        read = list(tickets)
        unknown = {ticket.import_id for ticket in read} - {None} - self._completed
        if unknown:
            self._completed.update(await self._imports({"imports": {"$in": sorted(map(str, unknown))}}))
        return [ticket for ticket in read if ticket.import_id is None or ticket.import_id in self._completed]

    async def _imports(self, wanted: dict[str, Any]) -> list[str]:
        found = await read_documents(self._events.find(wanted, {"imports": 1}))
        return [each for event in found for each in event.get("imports", ())]
