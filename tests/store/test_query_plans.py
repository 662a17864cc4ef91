"""With many tickets in the database no question reads more of them than it has to."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from store.schema import shapes
from tests.api import Api
from tests.handlers.importing import a_file, import_file
from tests.jobs.second_hub import Worker
from tests.store.many_tickets import TICKETS_OF_EVENT, Mongo, event_id, fill

ROOT = Path(__file__).parents[2]
FEW = {
    "alerts": "the open ones",
    "cursors": "one of each consumer and stream",
    "devices": "a phone at a door",
    "events": "",
    "figures": "one of each event",
    "import_choices": "one of each event",
    "jobs": "",
    "keys": "",
    "presence": "one of each device",
    "streams": "one of each event",
    "users": "",
    "wallet_waves": "a few of each event",
    "waiting_queues": "one of each showing",
    "webhooks": "",
}
"""Collections that do not grow with every guest: any other is large."""
LARGE = shapes().keys() - FEW.keys()
READ_AT_MOST = 2 * TICKETS_OF_EVENT
"""Documents or index keys that one question may look at: two events' worth, however many events there are."""


@pytest.mark.long
@pytest.mark.gen_test(timeout=600)
async def test_among_many_tickets_every_question_goes_by_an_index(
    api: Api, hub: Hub, clock: SettableClock, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event(hold_minutes=5, exit_all_at="05:00", retention_days=0, products=PRODUCTS)
    gate = await api.make_device(event, may=["search", "names"])
    ticket, other = await api.book(event, 2, email="ada@example.org")
    full = await wait_and_pay(api, event)
    assert (await import_file(api.admin, event, a_file("x,Ada,Lovelace")))["state"] == "completed"
    await gate.scan(ticket["code"])
    database = _mongo[hub.settings.database]
    fill(database)
    profile_everything(database)
    try:
        await ask_everything(api, event["uuid"], ticket["id"])
        await ask_for_passes(api, hub, ticket)
        await ask_at_the_door(gate, other["code"])
        await ask_about_money_and_waiting(api, hub, event["uuid"], full)
        worker = Worker(hub)
        clock.advance(timedelta(hours=12))
        for job in ("imports", "expire", "free_unpaid", "settle_offers", "exit_all", "delete"):
            await worker.run(job)
        assert {record.runs[-1].result for record in await hub.job_log.all()} == {"done"}
    finally:
        database.command("profile", 0)
    asked = list(questions(database))
    assert len(asked) > 100, "the database told nothing"
    assert [each for each in asked if "COLLSCAN" in each["planSummary"]] == []
    looked_at = {describe(each): max(each.get("docsExamined", 0), each.get("keysExamined", 0)) for each in asked}
    assert {question: count for question, count in looked_at.items() if count > READ_AT_MOST} == {}


PRODUCTS = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}, {"name": "VIP"}]
WHEN = {"date": "2026-12-24", "time": "20:30"}


async def wait_and_pay(api: Api, event: Any) -> str:
    """Pay for an unpaid ticket of an event, have a party wait for one that is sold out, and return the latter's id."""
    guest = {"first_name": "Eve", "product": "Standard", "price": "Full"}
    (unpaid,) = await api.book(event, paid=False, tickets=[guest])
    paid = await api.admin.post(f"/api/reservations/{unpaid['reservation']}/pay", {"method": "cash"})
    assert paid.status == 200, paid.raw
    full = await api.make_event(waiting=True, products=[], showings=[{**WHEN, "capacity": 1}])
    await api.book(full, tickets=[{"first_name": "Ada"}])
    party = {"event": full["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org"}
    assert (await api.admin.post("/api/waiting", party)).status == 201
    return str(full["uuid"])


async def ask_about_money_and_waiting(api: Api, hub: Hub, event: str, full: str) -> None:
    for path in (
        f"/api/events/{event}/takings",
        f"/api/events/{event}/takings.csv",
        f"/api/events/{event}/tills",
        f"/api/events/{event}/closings?limit=10",
        f"/api/events/{event}/closings?limit=10&sort=at&cursor=3",
        f"/api/events/{event}/sales",
        f"/api/events/{event}/report",
        f"/api/events/{event}/stats",
        f"/api/events/{event_id(7)}/takings",
        f"/api/tickets?event={event}&product=Standard",
        f"/api/tickets?event={event_id(7)}&product=Standard&status=valid&limit=10",
        f"/api/tickets?event={event_id(7)}&sort=-booked&limit=10",
        "/api/waiting?limit=10",
        "/api/waiting?limit=10&cursor=2026-12-24T00:00:00Z~x",
        f"/api/waiting?event={full}&limit=10",
        f"/api/waiting?event={event_id(7)}&limit=10",
        f"/api/waiting?event={event_id(7)}&limit=10&cursor=2026-12-24T00:00:00Z~x",
    ):
        answer = await api.admin.get(path)
        assert answer.status == 200, (path, answer.raw)
    (waiting,) = (await api.admin.get(f"/api/waiting?event={full}")).body
    assert (await api.get(waiting["links"]["page"])).status == 200
    now = hub.clock.now()
    assert await hub.store.waiting.due(now) == [] == await hub.store.waiting.with_free_seats(now)
    await hub.store.waiting.of_showings(event_id(7), ["showing-7"], 10)


async def ask_everything(api: Api, event: str, ticket: str) -> None:
    filters = (
        "",
        "date=2026-12-24",
        "time=15",
        "status=valid",
        "status=canceled",
        "search=hopper421",
        "search=+331234",
    )
    for query in filters:
        assert (await api.admin.get(f"/api/tickets?{query}")).status == 200
        assert (await api.admin.get(f"/api/tickets?{query}&event={event}&cursor=0")).status == 200
        for sort in ("booked", "-booked", "-date", "last_name", "status"):
            assert (await api.admin.get(f"/api/tickets?{query}&sort={sort}")).status == 200
    for query in ("", f"event={event}", f"ticket={ticket}", "device=x", f"event={event}&door=d1", "code=admitted"):
        for more in ("", "&since=2026-12-24T00:00:00Z", "&after_seq=1"):
            assert (await api.admin.get(f"/api/scans?{query}{more}")).status == 200
    for path in (
        f"/api/showings?event={event}&from=2026-12-24",
        "/api/showings",
        f"/api/events/{event}/imports",
        f"/api/events/{event}/imports?limit=1&cursor=2090-12-01T00:00:00Z~x",
        f"/api/showings?event={event}&limit=1&cursor=2026-12-01T00:00:00Z~x",
        "/api/showings?limit=1&from=2026-12-24&to=2026-12-24&cursor=2026-12-01T00:00:00Z~x",
        f"/api/tickets/{ticket}",
        f"/api/events/{event}",
        f"/api/events/{event}/occupancy",
        f"/tickets/{ticket}/qr",
        f"/api/events/{event}/feedback",
        f"/api/events/{event}/tickets.csv",
        f"/api/events/{event}/scans.csv",
    ):
        assert (await api.admin.get(path)).status == 200, path


async def ask_for_passes(api: Api, hub: Hub, ticket: Any) -> None:
    assert (await api.admin.get(f"/tickets/{ticket['id']}/pkpass")).status == 200
    passes = hub.store.passes
    await passes.of_device("a phone")
    await passes.of_ticket(ticket["id"])
    await passes.registered([ticket["id"]])
    await passes.of_event(ticket["event"], after="", limit=10)
    await passes.changed_since(ticket["event"], [ticket["id"]], 0)
    await passes.forget_phone(b"a hash")
    await passes.forget_tickets([ticket["id"]])
    await hub.store.google_objects.of_ticket(ticket["id"])
    await hub.store.google_objects.offered([ticket["id"]])
    await api.with_key(None).get(f"/tickets/{ticket['id']}/pkpass?token={ticket['access_token']}")
    await hub.store.pass_uses.add(ticket["event"], ticket["id"], hub.clock.now())
    assert (await api.admin.get(f"/api/events/{ticket['event']}/wallet")).body["funnel"]["added"] == 1
    await hub.store.rollout.with_address(ticket["event"], after="", limit=10)
    await hub.store.rollout.invited_of([ticket["reservation"]])
    await hub.store.wave_letters.begun(["a letter"])
    await hub.store.messages.unsent()


async def ask_at_the_door(gate: Api, code: str) -> None:
    assert (await gate.post("/scan/check_ticket/", {"qrcode_data": code})).status == 200
    assert (await gate.scan(code)).status == 200
    assert (await gate.scan("a barcode that nobody knows")).status == 400
    for text in ("lovelace", "Standard", "full", "ada@example.org", "+33 1 23", "12 7", code[:8], "0000abcd", "x"):
        await gate.post("/scan/search_ticket/", {"search": text})
    assert (await gate.get("/scan/manifest")).status == 200
    for order in ("last_name", "first_name", "date", "product", "status", "uuid", "reservation__datetime"):
        assert (await gate.post("/scan/list_tickets/", {"order_by": order})).status == 200


def profile_everything(database: Mongo) -> None:
    """Have the profiler note every question; the collection that it makes by itself keeps the last megabyte alone."""
    database.command("profile", 0)
    database.drop_collection("system.profile")
    database.create_collection("system.profile", capped=True, size=512 * 1024 * 1024)
    database.command("profile", 2)


def questions(database: Mongo) -> Iterator[dict[str, Any]]:
    """Yield what the database's profiler noted of reads and writes on the collections that grow."""
    for each in database["system.profile"].find({"planSummary": {"$exists": True}}):
        if each["ns"].split(".", 1)[1] in LARGE:
            yield each


def describe(question: dict[str, Any]) -> str:
    """Return what was asked, of which collection, and how it was answered."""
    command = question.get("command", {})
    asked = command.get("filter") or command.get("query") or command.get("q") or command.get("pipeline")
    return f"{question['ns'].split('.', 1)[1]} {asked} {command.get('sort', '')} by {question['planSummary']}"


READS_TICKETS = re.compile(
    r"(?:\.|_)tickets\.(?:find|aggregate|count|distinct|estimated)|COLLECTIONS\[Ticket\]|read_\w+\([^)]*\bTicket\b"
)
HEEDS_IMPORTS = ("ImportVisibility(", "event.imports", "class Imports", '"import_id": {"$in"')


@pytest.mark.parametrize(
    "text",
    [
        "self._database.tickets.find({})",
        "database[COLLECTIONS[Ticket]].find({})",
        "await read_many(self._database, Ticket, {})",
        "await read_all(cursor, Ticket)",
    ],
)
def test_a_read_of_tickets_is_seen_however_it_is_written(text: str) -> None:
    assert READS_TICKETS.search(text)


def test_every_reader_of_tickets_leaves_out_unfinished_imports() -> None:
    texts = {file.name: file.read_text() for file in sorted((ROOT / "store").rglob("*.py"))}
    readers = {name for name, text in texts.items() if READS_TICKETS.search(text)}
    assert len(readers) > 3
    careless = {name for name in readers if not any(word in texts[name] for word in HEEDS_IMPORTS)}
    assert not careless, "store/collections/import_filter.py"
