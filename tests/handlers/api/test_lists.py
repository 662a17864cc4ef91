"""Lists of the API: each goes on by `Link` until its end, and shows each item once while others are added."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from pymongo.database import Database

from handlers.openapi.responses import is_list
from handlers.openapi.route import Described, described
from handlers.routes.table import ROUTES
from hub.app import Hub
from hub.clock import SettableClock
from hub.model.alert import Alert
from hub.model.imports import Import
from hub.model.outbox import Message
from store.mongo.documents import to_bson
from tests.api import Api
from tests.handlers.api.test_sales import PRODUCTS, sell
from tests.handlers.api.test_waiting import full, wait

FIXED: Mapping[str, str] = {
    "list_jobs": "the hub's jobs",
    "list_practice_codes": "one code for each verdict",
    "get_ticket_history": "the 1000 newest entries of one ticket",
}
"""Lists whose length is given, by what they hold."""


class Started(msgspec.Struct):
    """List to read: its path, and what adds another item to it."""

    path: str
    add: Callable[[], Awaitable[object]]


async def _events(api: Api, _: Any) -> Started:
    return Started("/api/events", api.make_event)


async def _devices(api: Api, _: Any) -> Started:
    return Started("/api/devices", lambda: api.admin.post("/api/devices", {"name": "Gate"}))


async def _held(api: Api, _: Any) -> Started:
    gate = await api.make_device(await api.make_event())
    device = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    await api.admin.post(f"/api/devices/{device}/archive")

    async def send() -> None:
        scan = {
            "qrcode_data": "code",
            "nonce": uuid4().hex,
            "verdict": "admitted",
            "scanned_at": "2026-12-24T18:00:00Z",
        }
        assert (await gate.post("/scan/batch/", {"scans": [scan]})).body["held"]

    return Started(f"/api/devices/{device}/held", send)


async def _keys(api: Api, _: Any) -> Started:
    return Started("/api/keys", lambda: api.admin.post("/api/keys", {"name": "Till", "scopes": ["tickets:read"]}))


async def _users(api: Api, _: Any) -> Started:
    form = {"role": "organiser"}
    return Started("/api/users", lambda: api.admin.post("/api/users", {"username": f"u{uuid4().hex[:12]}", **form}))


async def _webhooks(api: Api, _: Any) -> Started:
    form = {"url": "https://example.org/hook", "kinds": ["job.ran"]}
    return Started("/api/webhooks", lambda: api.admin.post("/api/webhooks", form))


async def _tickets(api: Api, _: Any) -> Started:
    event = await api.make_event()
    return Started(f"/api/tickets?event={event['uuid']}", lambda: api.book(event))


async def _showings(api: Api, _: Any) -> Started:
    event = await api.make_event()
    dates = iter(range(1, 30))

    async def add() -> None:
        form = {"date": f"2027-01-{next(dates):02}", "time": "20:30", "capacity": 10}
        assert (await api.admin.post(f"/api/events/{event['uuid']}/showings", form)).status == 201

    return Started(f"/api/showings?event={event['uuid']}", add)


async def _scans(api: Api, _: Any) -> Started:
    event = await api.make_event()
    gate = await api.make_device(event)

    async def add() -> None:
        (ticket,) = await api.book(event)
        assert (await gate.scan(ticket["code"])).status == 200

    return Started("/api/scans", add)


async def _waiting(api: Api, around: Any) -> Started:
    event, _ = await full(api)

    async def add() -> None:
        assert (await wait(api, event, f"g{uuid4().hex[:8]}", phone_number=f"0{uuid4().int % 10**9:09}")).status == 201

    return Started(f"/api/waiting?event={event['uuid']}", add)


async def _closings(api: Api, _: Any) -> Started:
    event = await api.make_event(products=PRODUCTS)
    path = f"/api/events/{event['uuid']}"

    async def add() -> None:
        await sell(api, event)
        till = (await api.admin.get(f"{path}/tills")).body["tills"][0]
        closed = {"number": till["number"], "counted": {"EUR": till["expected"][0]["amount"]}}
        assert (await api.admin.post(f"{path}/tills/{till['holder']['id']}/close", closed)).status == 200

    return Started(f"{path}/closings", add)


# Those that come of themselves, or from elsewhere, are put into the database.


async def _imports(api: Api, around: "Around") -> Started:
    event = await api.make_event()
    now = around.hub.clock.now()

    async def add() -> None:
        made = Import(id=str(uuid4()), event=event["uuid"], state="failed", rows=1, alive_until=now, created_at=now)
        around.database.imports.insert_one(to_bson(made))

    return Started(f"/api/events/{event['uuid']}/imports", add)


async def _alerts(api: Api, around: "Around") -> Started:
    event = await api.make_event()

    async def add() -> None:
        alert = Alert(id=f"{uuid4()}/x", kind="limit.near", event=event["uuid"], at=around.hub.clock.now())
        around.database.alerts.insert_one(to_bson(alert))

    return Started(f"/api/events/{event['uuid']}/alerts", add)


def _message(around: "Around", consumer: str, target: str) -> None:
    message = Message(
        id=str(uuid4()),
        consumer=consumer,
        target=target,
        partition=f"{consumer}/{target}",
        stream="hub",
        seq=1,
        kind="job.ran",
        state="set_aside",
        version=1,
        written_at=around.hub.clock.now(),
    )
    around.database.letters.insert_one(to_bson(message))


async def _deliveries(api: Api, around: "Around") -> Started:
    form = {"url": "https://example.org/hook", "kinds": ["job.ran"]}
    webhook = (await api.admin.post("/api/webhooks", form)).body["id"]

    async def add() -> None:
        _message(around, "webhooks", webhook)

    return Started(f"/api/webhooks/{webhook}/deliveries", add)


async def _messages(api: Api, around: "Around") -> Started:
    async def add() -> None:
        _message(around, "mail", "somewhere")

    return Started("/api/outbox", add)


class Around(msgspec.Struct):
    """Hub of a list, and its database past the hub."""

    hub: Hub
    database: Database[dict[str, Any]]


LISTS: Mapping[str, Callable[[Api, Any], Awaitable[Started]]] = {
    "list_events": _events,
    "list_devices": _devices,
    "list_held_scans": _held,
    "list_keys": _keys,
    "list_users": _users,
    "list_webhooks": _webhooks,
    "list_tickets": _tickets,
    "list_showings": _showings,
    "list_scans": _scans,
    "list_waiting": _waiting,
    "list_closings": _closings,
    "list_imports": _imports,
    "list_alerts": _alerts,
    "list_deliveries": _deliveries,
    "list_messages": _messages,
}
WHOLE = ("list_events", "list_devices", "list_held_scans", "list_keys", "list_users", "list_webhooks", "list_alerts")
STORED = {
    "list_waiting": ("waiting", "tickets"),
    "list_imports": ("imports", "rows"),
    "list_deliveries": ("letters", "attempts"),
    "list_messages": ("letters", "attempts"),
    "list_showings": ("showings", "capacity"),
    "list_tickets": ("tickets", "issue"),
}
"""Collections of lists that are read page by page, each with a field without which its documents cannot be read."""


def answers_a_list(each: Described) -> bool:
    """Whether an operation's answer is a list."""
    answer = each.operation.answer
    kinds: tuple[Any, ...] = answer if isinstance(answer, tuple) else (answer,)
    return each.method == "get" and any(getattr(kind, "__origin__", None) is list for kind in kinds)


def test_every_list_goes_on_by_links_or_has_a_given_length() -> None:
    lists = {each.operation_id: each for each in described(ROUTES) if answers_a_list(each)}
    assert {name for name, each in lists.items() if is_list(each.operation)} == LISTS.keys()
    assert lists.keys() - LISTS.keys() == FIXED.keys()


async def pages(api: Api, path: str) -> AsyncIterator[Any]:
    """Yield the answers of a list, two items at a time, until the last."""
    link = f"{path}{'&' if '?' in path else '?'}limit=2"
    while link:
        page = await api.admin.get(link)
        assert page.status == 200, page.raw
        assert len(page.body) <= 2
        yield page
        link = next(iter(re.findall('<(.*)>; rel="next"', page.headers.get("Link", ""))), "")


def name_of(item: Any) -> str:
    """Return what tells an item from the others of its list."""
    for name in ("uuid", "id", "alert", "seq", "number"):
        if name in item:
            return str(item[name])
    return str(item["scans"][0]["nonce"] if "scans" in item else f"{item['event']}/{item['date']}T{item['time']}")


@pytest.fixture
def around(hub: Hub, _mongo: Any) -> Around:
    """Hub with its database."""
    return Around(hub, _mongo[hub.settings.database])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.gen_test
async def test_each_item_of_a_list_is_shown_once_while_others_are_added(
    name: str, api: Api, around: Around, clock: SettableClock
) -> None:
    started = await LISTS[name](api, around)
    for number in range(5):
        await started.add()
        clock.advance(timedelta(milliseconds=number % 2))  # some share their instant
    before = [name_of(item) async for page in pages(api, started.path) for item in page.body]
    shown: list[str] = []
    async for page in pages(api, started.path):
        shown += [name_of(item) for item in page.body]
        if len(shown) < 7:
            clock.advance(timedelta(milliseconds=1))
            await started.add()
    assert len(before) >= 5 and len(set(before)) == len(before)
    assert len(set(shown)) == len(shown), "none twice"
    assert set(before) <= set(shown), "none skipped"


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.gen_test
async def test_a_short_list_comes_whole_with_its_number_unless_pages_are_asked_for(
    name: str, api: Api, around: Around
) -> None:
    started = await LISTS[name](api, around)
    for _ in range(3):
        await started.add()
    whole = await api.admin.get(started.path)
    assert len(whole.body) >= 3 and "Link" not in whole.headers
    read = [page async for page in pages(api, started.path)]
    assert [item for page in read for item in page.body] == whole.body
    assert {page.headers["X-Total-Count"] for page in [*read, whole]} == {str(len(whole.body))}
    wrong = await api.admin.get(f"{started.path}?limit=0&cursor=x")
    assert (wrong.status, set(wrong.body["errors"])) == (422, {"limit", "cursor"})


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.gen_test
async def test_the_first_page_of_every_list_says_how_many_items_it_has_unless_they_are_too_many_to_count(
    name: str, api: Api, around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = await LISTS[name](api, around)
    for _ in range(4):
        await started.add()
    if name == "list_scans":
        (event,) = [each["uuid"] for each in (await api.admin.get("/api/events")).body if each["name"] != "Box office"]
        started.path = f"/api/scans?event={event}"
    read = [page async for page in pages(api, started.path)]
    length = sum(len(page.body) for page in read)
    assert length >= 4
    assert read[0].headers["X-Total-Count"] == str(length)
    assert (await api.admin.get(started.path)).headers["X-Total-Count"] == str(length), (
        "of one page that holds all, too"
    )
    monkeypatch.setattr("store.mongo.reading.MOST_COUNTED", length - 1)
    many = await anext(pages(api, started.path))
    assert ("X-Total-Count" in many.headers) == (name in {*WHOLE, "list_closings"}), "and never a wrong number"


@pytest.mark.parametrize("name", STORED)
@pytest.mark.gen_test
async def test_a_record_that_cannot_be_read_does_not_end_a_list(name: str, api: Api, around: Around) -> None:
    started = await LISTS[name](api, around)
    for _ in range(6):
        await started.add()
    collection, field = STORED[name]
    ids = [name_of(item) async for page in pages(api, started.path) for item in page.body]
    spoilt = {"$set": {field: {"n": 1}}}
    around.database[collection].update_one({"_id": ids[1]}, spoilt, bypass_document_validation=True)
    shown = [name_of(item) async for page in pages(api, started.path) for item in page.body]
    assert shown == [each for each in ids if each != ids[1]]


@pytest.mark.gen_test
async def test_the_tills_lead_to_the_closings_before_their_newest_hundred(
    api: Api, around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.api.takings.USUAL_PAGE", 2)
    started = await _closings(api, around)
    for _ in range(3):
        await started.add()
    tills = await api.admin.get(started.path.replace("closings", "tills"))
    (link,) = re.findall('<(.*)>; rel="next"', tills.headers["Link"])
    earlier = (await api.admin.get(link)).body
    every = (await api.admin.get(started.path)).body
    assert len(tills.body["closings"]) == 2
    assert tills.body["closings"] + earlier == every
