"""Database with many tickets, multiplied inside the server from one that was really booked and scanned."""

import os
from collections.abc import Mapping
from typing import Any

from pymongo.database import Database

from store.schema import INDEXES

TICKETS_OF_EVENT = 10_000
TICKETS = int(os.environ.get("HUB_TEST_TICKETS", "100_000"))
"""Five times what any question may look at; `make test-million` asks the same of the million that is promised."""
ENTRIES = TICKETS // 4
"""Of the journal: enough that no plan takes it for small."""
EVENTS = TICKETS // TICKETS_OF_EVENT
"""So many other events share the tickets: an event of the test's own keeps its few."""
RANGES = 100

Mongo = Database[dict[str, Any]]


def multiply(
    database: Mongo, collection: str, count: int, template: Mapping[str, Any], varied: Mapping[str, Any]
) -> None:
    """Insert `count` copies of `template`, each with its number `$i` worked into the `varied` fields.

    Indexes are made anew afterwards: a tenth of the time it takes to keep them up to date.
    """
    database[collection].drop_indexes()
    size = count // RANGES
    numbers: list[dict[str, Any]] = [
        {"$documents": [{"from": first} for first in range(0, count, size)]},
        {"$set": {"i": {"$range": ["$from", {"$add": ["$from", size]}]}}},
        {"$unwind": "$i"},
        {"$replaceWith": {"$mergeObjects": [{"$literal": template}, varied]}},
        {"$merge": {"into": collection, "whenMatched": "fail", "whenNotMatched": "insert"}},
    ]
    database.command("aggregate", 1, pipeline=numbers, cursor={})
    database[collection].create_indexes(INDEXES[collection])


def text(prefix: str, number: Any = "$i") -> dict[str, Any]:
    """Return an expression: `prefix` followed by a number."""
    return {"$concat": [prefix, {"$toString": number}]}


def uuid(kind: int, number: Any = "$i") -> dict[str, Any]:
    """Return an expression: an id of one `kind` of thing, by its number."""
    return {"$concat": [f"0000000{kind}-0000-4000-8000-", {"$toString": {"$toLong": {"$add": [10**11, number]}}}]}


def event_id(number: int) -> str:
    """Return what `uuid` makes of an event's number."""
    return f"00000001-0000-4000-8000-{10**11 + number}"


def every(count: int) -> dict[str, Any]:
    """Return an expression: a number below `count` that comes round."""
    return {"$mod": ["$i", count]}


def later(instant: Any, minutes: Any) -> dict[str, Any]:
    """Return an expression: `instant` moved by `minutes`."""
    return {"$dateAdd": {"startDate": {"$literal": instant}, "unit": "minute", "amount": minutes}}


def fill(database: Mongo) -> None:
    """Make all those tickets, and many journal entries and parties that wait, like the first that there are."""
    ticket = database.tickets.find_one({"scans.0": {"$exists": True}})
    entry = database.journal.find_one({"kind": "ticket.scanned"})
    assert ticket is not None and entry is not None
    for kind in ("events", "showings"):
        document = database[kind].find_one({("_id" if kind == "events" else "event"): ticket["event"]})
        assert document is not None
        document.pop("exit_all_at", None)
        own = "_id" if kind == "events" else "event"
        names = [event_id(number) if kind == "events" else f"showing-{number}" for number in range(EVENTS)]
        database[kind].insert_many([document | {"_id": name, own: event_id(n)} for n, name in enumerate(names)])
    day = {
        "$dateToString": {"date": later(ticket["starts_at"], {"$multiply": [1440, every(365)]}), "format": "%Y-%m-%d"}
    }
    multiply(
        database,
        "tickets",
        TICKETS,
        ticket,
        {
            "_id": uuid(2),
            "event": uuid(1, every(EVENTS)),
            "showing": text("showing-", every(EVENTS)),
            "reservation": uuid(3, {"$floor": {"$divide": ["$i", 4]}}),
            "phone_number": text("+33"),
            "words": ["grace", text("hopper", every(5000))],
            "first_name": "Grace",
            "last_name": text("Hopper", every(5000)),
            "date": day,
            "time": text("1", every(10)),
            "created_at": later(ticket["created_at"], every(100_000)),
            "expires_at": later(ticket["expires_at"], {"$multiply": [1440, {"$add": [30, every(365)]}]}),
        },
    )
    multiply(
        database,
        "journal",
        ENTRIES,
        {name: value for name, value in entry.items() if name != "_id"},
        {
            "event": uuid(1, every(EVENTS)),
            "seq": {"$toLong": {"$add": [1, {"$floor": {"$divide": ["$i", EVENTS]}}]}},
            "ticket": uuid(2),
            "device": text("device-", every(500)),
            "at": later(entry["at"], {"$multiply": [-1, every(100_000)]}),
        },
    )
    _fill_waiting(database)


def _fill_waiting(database: Mongo) -> None:
    """Make many parties that wait, nine in ten of which have ended, and payments in the journal, where there is one."""
    party = database.waiting.find_one({})
    payment = database.journal.find_one({"kind": "payment.taken"})
    if party is None or payment is None:
        return
    multiply(
        database,
        "waiting",
        ENTRIES,
        party,
        {
            "_id": uuid(4),
            "event": uuid(1, every(EVENTS)),
            "showing": text("showing-", every(EVENTS)),
            "joined_at": later(party["joined_at"], {"$multiply": [-1, every(100_000)]}),
            "ended": {"$cond": [{"$eq": [every(1000), 0]}, "$$REMOVE", "lapsed"]},
        },
    )
    multiply(
        database,
        "journal",
        ENTRIES,
        {name: value for name, value in payment.items() if name != "_id"},
        {
            "event": uuid(1, every(EVENTS)),
            "seq": {"$toLong": {"$add": [1_000_000, {"$floor": {"$divide": ["$i", EVENTS]}}]}},
            "ticket": uuid(2),
            "at": later(payment["at"], {"$multiply": [-1, every(100_000)]}),
        },
    )
