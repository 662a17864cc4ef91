"""A search looks at the tickets that it finds, however many its event has."""

from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from tests.api import Api
from tests.store.many_tickets import every, multiply, text, uuid
from tests.store.test_query_plans import profile_everything

TICKETS = 3000
FOUND = 10
LOOKED_AT_MOST = 20 * FOUND


@pytest.mark.long
@pytest.mark.gen_test(timeout=300)
async def test_a_search_in_a_large_event_looks_at_few_of_its_tickets(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "names"])
    await api.book(event)
    database = _mongo[hub.settings.database]
    ticket = database.tickets.find_one({}) or {}
    names = {"last_name": text("Hopper", every(TICKETS // FOUND)), "words": ["grace", text("hopper", every(300))]}
    multiply(database, "tickets", TICKETS, ticket, names | {"_id": uuid(2), "reservation": uuid(3)})
    profile_everything(database)
    try:
        listed = await gate.post("/scan/search_ticket/", {"search": "hopper123"})
        path = f"/api/tickets?event={event['uuid']}&search=hopper123&sort=last_name"
        answers = [await api.admin.get(f"{path}{more}") for more in ("", "&date=2026-12-24")]
    finally:
        database.command("profile", 0)
    assert listed.body["count"] == FOUND and [len(each.body) for each in answers] == [FOUND] * 2
    asked = list(database["system.profile"].find({"ns": f"{database.name}.tickets", "docsExamined": {"$exists": True}}))
    database.drop_collection("system.profile")
    looked_at = [max(each["docsExamined"], each["keysExamined"]) for each in asked if "$or" in str(each["command"])]
    assert len(looked_at) >= 5 and max(looked_at) <= LOOKED_AT_MOST, looked_at
