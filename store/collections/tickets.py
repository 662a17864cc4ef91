"""Reader of tickets and their reservations. Writes go through the journal (`hub/tickets/`)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING

from hub.model.base import TicketStatus
from hub.model.ticket import Reservation, Ticket
from store.collections.guest_list import barcode_anywhere, by_id
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database
from store.mongo.documents import readable
from store.mongo.reading import Sort, count_some, read_documents, read_many, read_one

BY_ID = [("_id", ASCENDING)]


class TicketReader:
    """Reader of tickets, majority-committed, without those that an unfinished import staged.

    Decisions go by the journal: what is returned may change at any moment.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visibility = ImportVisibility(database)

    async def find(self, ticket_id: str) -> Ticket | None:
        """Return a ticket, or None. Raises `Unreadable` for one that cannot be read: it is not taken for missing."""
        return await self._visible_one({"_id": ticket_id})

    async def by_ids(self, ids: Sequence[str]) -> list[Ticket]:
        """Return those of `ids` that exist."""
        return await self._visible({"_id": {"$in": list(ids)}})

    async def by_barcode(self, event_id: str, barcode: str) -> Ticket | None:
        """Return the event's ticket that was imported with this barcode, or None. Raises `Unreadable`, as `find`."""
        return await self._visible_one({"event": event_id, "barcode": barcode})

    async def taken_barcodes(self, event_id: str, barcodes: Sequence[str]) -> list[str]:
        """Return those of `barcodes` that tickets of the event have, those of an unfinished import included."""
        query = {"event": event_id, "barcode": {"$in": list(barcodes)}}
        taken = await read_many(self._database, Ticket, query)
        return sorted(ticket.barcode for ticket in taken if ticket.barcode is not None)

    async def party(self, ticket_id: str) -> list[str]:
        """Return the ids of the tickets booked together with this one, its own included; empty without the ticket."""
        ticket = await self.find(ticket_id)
        return [each.id for each in await self.of_reservation(ticket.reservation)] if ticket is not None else []

    async def of_reservation(self, reservation_id: str) -> list[Ticket]:
        """Return the tickets of a reservation, by id."""
        return await self._visible({"reservation": reservation_id}, sort=BY_ID)

    async def first_of(self, reservation_id: str, status: TicketStatus) -> str | None:
        """Return the id of a reservation's first ticket with this status, or None."""
        kept = None if status == "valid" else status  # a field that holds its default is not stored
        query = {"reservation": reservation_id, "status": kept}
        found = await read_documents(self._database.tickets.find(query, {"_id": 1}).sort(BY_ID).limit(1))
        return next((each["_id"] for each in found), None)

    async def search(
        self,
        wanted: Mapping[str, str],
        *,
        words: Sequence[str] = (),
        phone: str | None = None,
        after: str | None,
        limit: int,
    ) -> list[Ticket]:
        """Return `limit` tickets at most that match, ordered by id, after the id `after`.

        Wanted may be `date`, `time`, `event`, `status`, `product` with an event, and `search`: a phone number as it was
        written or, in digits, `phone`; a barcode; what the id of a ticket or a reservation begins with; or else `words`
        that words of the holder's name begin with.
        """
        return await self._page(await self._searched(wanted, words, phone), after, limit)

    async def count(
        self, wanted: Mapping[str, str], *, words: Sequence[str] = (), phone: str | None = None
    ) -> int | None:
        """Return how many tickets `search` finds in all, None where they are too many to count."""
        query = await self._searched(wanted, words, phone)
        return await count_some(self._database.tickets, query, hint=None if wanted else BY_ID)

    async def _searched(self, wanted: Mapping[str, str], words: Sequence[str], phone: str | None) -> dict[str, Any]:
        query = await self._visibility.query(wanted.get("event"))
        query |= {name: value for name, value in wanted.items() if name != "search"}
        if wanted.get("status") == "valid":
            query["status"] = None  # a field that holds its default is not stored
        if "search" in wanted:
            named = [{"words": {"$regex": f"^{re.escape(word)}"}} for word in words]
            dialled = [{"phones": phone}] if phone is not None else []
            text = wanted["search"]
            sold = {"barcode": text} if "event" in wanted else await barcode_anywhere(self._database, text)
            coded = [sold, *by_id(text)]
            query["$or"] = [{"phone_number": wanted["search"]}, *dialled, *coded, *([{"$and": named}] if named else [])]
        return query

    async def _page(self, query: dict[str, Any], after: str | None, limit: int) -> list[Ticket]:
        """Return a full page where there is one: pages end with the first that is not, broken tickets or none."""
        page: list[Ticket] = []
        while (wanted := limit - len(page)) > 0:
            if after is not None:
                query["_id"] = {"$gt": after}
            found = await read_documents(self._database.tickets.find(query).sort(BY_ID).limit(wanted))
            page += readable(found, Ticket)
            if len(found) < wanted:
                break
            after = found[-1]["_id"]
        return page

    async def reservation(self, reservation_id: str) -> Reservation | None:
        """Return a reservation, or None."""
        return await read_one(self._database, Reservation, {"_id": reservation_id})

    async def _visible_one(self, query: Mapping[str, Any]) -> Ticket | None:
        found = await read_one(self._database, Ticket, query)
        return next(iter(await self._visibility.visible([] if found is None else [found])), None)

    async def _visible(self, query: Mapping[str, Any], *, sort: Sort = ()) -> list[Ticket]:
        return await self._visibility.visible(await read_many(self._database, Ticket, query, sort=sort))
