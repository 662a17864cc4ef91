"""Every question about tickets, scans and times is answered from an index, however many there are."""

from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.clock import SettableClock
from hub.hub import Hub
from tests.api import Api
from tests.jobs.house import Worker

LARGE = [
    "tickets",
    "journal",
    "showings",
    "reservations",
    "nonces",
    "phones",
    "letters",
    "lanes",
    "feedback",
    "wallet_registrations",
]
"""Collections that grow with every guest."""


@pytest.mark.gen_test(timeout=60)
async def test_nothing_that_grows_is_read_from_end_to_end(
    api: Api, hub: Hub, clock: SettableClock, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event(hold_minutes=5, exit_all_at="05:00")
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    database = _mongo[hub.settings.database]
    database.command("profile", 2)
    try:
        await ask_everything(api, event["uuid"], ticket["id"])
        await ask_for_passes(api, hub, ticket)
        worker = Worker(hub)
        clock.advance(timedelta(hours=12))
        for job in ("expire", "free_unpaid", "exit_all", "delete"):
            await worker.run(job)
    finally:
        database.command("profile", 0)
    plans = database["system.profile"].find({"planSummary": {"$exists": True}})
    asked = {f"{each['ns']} {each.get('command', {}).get('filter')} {each['planSummary']}" for each in plans}
    assert any("IXSCAN" in each for each in asked), "the database told nothing"
    scanned = [each for each in asked if "COLLSCAN" in each and each.split()[0].split(".")[1] in LARGE]
    assert scanned == []


async def ask_everything(api: Api, event: str, ticket: str) -> None:
    filters = ("", "date=2026-12-24", "time=20:30", "status=valid", "status=canceled", "search=lovelace", "search=123")
    for query in filters:
        assert (await api.admin.get(f"/api/tickets?{query}")).status == 200
        assert (await api.admin.get(f"/api/tickets?{query}&event={event}&cursor=0")).status == 200
    for query in ("", f"event={event}", f"ticket={ticket}", "device=x", f"event={event}&door=d1", "code=admitted"):
        for more in ("", "&since=2026-12-24T00:00:00Z", "&after_seq=1"):
            assert (await api.admin.get(f"/api/scans?{query}{more}")).status == 200
    assert (await api.admin.get(f"/api/showings?event={event}&from=2026-12-24")).status == 200
    assert (await api.admin.get("/api/showings")).status == 200
    assert (await api.admin.get(f"/api/events/{event}/feedback")).status == 200


async def ask_for_passes(api: Api, hub: Hub, ticket: Any) -> None:
    assert (await api.admin.get(f"/tickets/{ticket['id']}/pkpass")).status == 200
    passes = hub.store.passes
    await passes.of_device("a phone")
    await passes.of_tickets([ticket["id"]])
    await passes.of_event(ticket["event"], after="", limit=10)
    await passes.changed_since(ticket["event"], [ticket["id"]], 0)
    await passes.forget_phone(b"a hash")
    await passes.forget_tickets([ticket["id"]])
