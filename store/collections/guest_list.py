"""Guest list: the guests of an event, or of all, as doors and desks list and search them, page by page, on indexes."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from pymongo import ASCENDING, DESCENDING
from pymongo.collation import Collation

from hub.model.ticket import Ticket
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.reading import MOST_COUNTED, read_all, read_documents

NAMES = Collation(locale="en", strength=1)
"""Names are ordered as people expect: without regard to case and accents."""

ORDERS: Mapping[str, Sequence[str]] = {
    "booked": ("created_at",),
    "date": ("date", "time"),
    "first_name": ("first_name", "last_name"),
    "last_name": ("last_name", "first_name"),
    "product": ("product",),
    "reservation": ("reservation",),
    "status": ("status",),
    "uuid": (),
}
"""Orders of a list, with the fields of a ticket that this goes by; equals are ordered by id.

Each has its index (`store/schema.py`).
"""

UUID_BEGINS = re.compile(r"[0-9a-fA-F-]{3,36}")
MOST_BUYERS = 500
MOST_AROUND = 2
"""Parts of a seat's name beside the seat: block and row."""

BY_NAME = frozenset({"first_name", "last_name"})
SHORTEST_PART = 3
"""Characters of a text that is looked for within products, prices and addresses."""


class GuestQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Query of a guest list: an event, filters by equality (`date`, `time`, `status`, `product`), and a search.

    Without an event it is for the tickets of all; they are not found by product, price, address, seat and answers.

    A ticket matches a search whose holder's name has words that begin with all `words`, whose product, price or buyer's
    address contains `text`, or whose id or reservation's id begins with it, without regard to case; whose barcode it
    is, whose seat it names (`12 7`: row or block, then seat), or whose `phone` number it is, in digits.
    """

    event: str | None
    filters: Mapping[str, str] = {}
    text: str = ""
    words: Sequence[str] = ()
    phone: str | None = None
    in_answers: bool = False
    """Whether a ticket also matches whose answers, given at booking, have such words."""


class _Slice(NamedTuple):
    """Part of an ordered list: `limit` tickets after the first `skip`."""

    order: str
    direction: int
    skip: int
    limit: int


class GuestList:
    """Reader of pages of an event's tickets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visibility = ImportVisibility(database)

    async def find(
        self, query: GuestQuery, order: str, *, is_descending: bool, skip: int, limit: int
    ) -> tuple[list[Ticket], int]:
        """Return `limit` tickets after the first `skip` that match, ordered by `order`, and how many match in all.

        Few, as a search finds them, are put in order as their names are written. Of all events' tickets `MOST_COUNTED`
        are counted, or one more than this page ends with.
        """
        page = _Slice(order, DESCENDING if is_descending else ASCENDING, skip, limit)
        return await self._find(query, await self._wanted(query), page)

    async def find_at_time(
        self, query: GuestQuery, order: str, *, is_descending: bool, skip: int, limit: int
    ) -> tuple[list[Ticket], int, int]:
        """Return what `find` does, and how many match at other times, whose filters are left out."""
        own, ways = await self._matching(query.event), await self._ways(query)
        page = _Slice(order, DESCENDING if is_descending else ASCENDING, skip, limit)
        tickets, count = await self._find(query, _any_of(own | _filters(query.filters), ways), page)
        return tickets, count, max(0, await self._count(_any_of(own, ways)) - count)

    async def _find(self, query: GuestQuery, wanted: Mapping[str, Any], page: _Slice) -> tuple[list[Ticket], int]:
        most = None if query.event is not None else max(MOST_COUNTED, page.skip + page.limit) + 1
        count = await self._count(wanted, most)
        cursor = self._database.tickets.find(wanted).sort(_sort(page.order, page.direction))
        if page.order in BY_NAME and not _finds_few(query, count):
            cursor = cursor.collation(NAMES)
        return await self._read(cursor.skip(page.skip).limit(page.limit)), count

    async def after(self, query: GuestQuery, last: str | None, until: datetime, limit: int) -> list[Ticket]:
        """Return `limit` tickets after the id `last` that match, by id, of those that were booked until a moment."""
        place = {"created_at": {"$lte": until}} | ({} if last is None else {"_id": {"$gt": last}})
        own = await self._matching(query.event) | _filters(query.filters) | place
        wanted = _any_of(own, await self._ways(query))
        return await self._read(self._database.tickets.find(wanted).sort("_id", ASCENDING).limit(limit))

    async def count(self, query: GuestQuery) -> int:
        """Number of tickets that match."""
        return await self._count(await self._wanted(query))

    async def _wanted(self, query: GuestQuery) -> dict[str, Any]:
        return _any_of(await self._matching(query.event) | _filters(query.filters), await self._ways(query))

    async def _ways(self, query: GuestQuery) -> list[dict[str, Any]]:
        """Return the ways in which a ticket may match a query's search; none where it searches for nothing."""
        text = query.text
        if not text:
            return []
        ways = [*by_words("words", query.words), *by_id(text)]
        ways += [{"phones": query.phone}] if query.phone is not None else []
        if query.event is None:
            return [*ways, await barcode_anywhere(self._database, text)]
        ways += [{"barcode": text}, *_by_seat(text)]
        ways += by_words("answer_words", query.words) if query.in_answers else []
        if len(text) < SHORTEST_PART:
            return ways
        ways += await self._by_kind(query.event, text)
        return ways + await self._by_address(query.event, text)

    async def _count(self, wanted: Mapping[str, Any], most: int | None = None) -> int:
        """Return how many tickets match, `most` at most. What has no filter goes by the ids."""
        bounds: dict[str, Any] = {} if most is None else {"limit": most}
        if wanted.keys() == {"import_id"}:
            bounds["hint"] = [("_id", ASCENDING)]
        with driver_errors():
            counted: int = await self._database.tickets.count_documents(wanted, **bounds)
        return counted

    async def _matching(self, event_id: str | None) -> dict[str, Any]:
        own = {} if event_id is None else {"event": event_id}
        return own | await self._visibility.query(event_id)

    async def _by_kind(self, event_id: str, text: str) -> list[dict[str, Any]]:
        """Return the conditions for products and prices with `text` in their names, of which an event has few."""
        ways = []
        for field in ("product", "price"):
            with driver_errors():
                names = await self._database.tickets.distinct(field, {"event": event_id})
            if found := [name for name in names if name is not None and text.casefold() in name.casefold()]:
                ways.append({field: {"$in": found}})
        return ways

    async def _by_address(self, event_id: str, text: str) -> list[dict[str, Any]]:
        """Return the condition for the tickets of buyers with `text` in their address; of the first 500 of them."""
        contains = {"$exists": True, "$regex": re.escape(text), "$options": "i"}
        query = {"event": event_id, "email": contains}
        found = await read_documents(self._database.reservations.find(query, {"_id": 1}).limit(MOST_BUYERS))
        return [{"reservation": {"$in": [each["_id"] for each in found]}}] if found else []

    async def _read(self, cursor: Any) -> list[Ticket]:
        return await read_all(cursor, Ticket)


def _finds_few(query: GuestQuery, count: int) -> bool:
    """Whether a query's matches are sorted after they are found, since an index of names would be walked for them.

    An order without regard to case leaves the server only the indexes of that order: those of all events' tickets that
    a filter finds among a million would be looked for one by one.
    """
    return bool(query.text or (query.event is None and query.filters and count <= MOST_COUNTED))


def _any_of(own: Mapping[str, Any], ways: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the condition for the tickets of `own` that match in any of `ways`, where there are some.

    `own` stands in each way: the server plans an `$or` at the root way by way, each on its index, and within another
    condition as a whole, which walks all tickets of the event.
    """
    return {"$or": [{"$and": [own, way]} for way in ways]} if ways else {**own}


def _filters(wanted: Mapping[str, str]) -> dict[str, Any]:
    """Return the conditions of filters; a pattern, since names are ordered without regard to case, not found so."""
    query: dict[str, Any] = dict(wanted)
    if wanted.get("status") == "valid":
        query["status"] = None  # a field that holds its default is not stored
    if "product" in wanted:
        query["product"] = {"$regex": f"^{re.escape(wanted['product'])}\\Z"}
    return query


def _sort(order: str, direction: int) -> list[tuple[str, int]]:
    return [(field, direction) for field in (*ORDERS[order], "_id")]


async def barcode_anywhere(database: Database, text: str) -> dict[str, Any]:
    """Return the condition for the tickets of any event with this barcode, which is found by its event.

    They are looked up here, with the index named: within an `$or` the server may walk all events' tickets for them.
    """
    with driver_errors():
        events: list[str] = await database.events.distinct("_id")
    query = {"event": {"$in": events}, "barcode": text}
    index = [("event", ASCENDING), ("barcode", ASCENDING)]
    found = await read_documents(database.tickets.find(query, {"_id": True}).hint(index))
    return {"_id": {"$in": [each["_id"] for each in found]}}


def by_words(field: str, words: Sequence[str]) -> list[dict[str, Any]]:
    """Return the condition that words of `field` begin with all `words`, letters and digits; the longest leads."""
    prefixes = [{field: {"$exists": True, "$regex": f"^{word}"}} for word in sorted(words, key=len, reverse=True)]
    return [{"$and": prefixes}] if prefixes else []


def by_id(text: str) -> list[dict[str, Any]]:
    """Return the conditions for ids of tickets and reservations that begin with `text`, if it could begin one."""
    if not UUID_BEGINS.fullmatch(text):
        return []
    begins = {"$regex": f"^{text.lower()}"}
    return [{"_id": begins}, {"reservation": begins}]


def _by_seat(text: str) -> list[dict[str, Any]]:
    """Return the condition for a seat named by its parts, block and row in any order, the seat last."""
    *around, seat = re.split(r"[\s,/;-]+", text.strip())
    if len(around) > MOST_AROUND:
        return []
    places = [{"$or": [{f"seat.{part}": {"$in": _cased(each)}} for part in ("block", "row")]} for each in around]
    return [{"seat.seat": {"$in": _cased(seat)}, **({"$and": places} if places else {})}]


def _cased(text: str) -> list[str]:
    return [*dict.fromkeys((text, text.upper(), text.lower()))]
