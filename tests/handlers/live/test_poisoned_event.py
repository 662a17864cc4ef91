"""Events whose stored journal holds what cannot be read or encoded, on the real database: they live, and come back."""

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bson import Decimal128, Int64, MinKey, ObjectId, Regex
from bson.datetime_ms import DatetimeMS
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient

from hub.app import Hub
from hub.client.client import LiveClient
from hub.client.replica import Snapshot, Update
from hub.settings import Settings
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.handlers.live.sse_client import watching

AT = datetime(2026, 12, 24, 19, tzinfo=UTC)
NOT_UTF8 = RawBSONDocument(b"\x13\x00\x00\x00\x02reason\x00\x02\x00\x00\x00\xff\x00\x00")

POISON: dict[str, dict[str, Any]] = {
    "a number of 64 bits": {"data": {"clock_ahead_s": Int64(69 * 365 * 86400)}},
    "numbers of 64 bits everywhere": {"effect": {"denied": Int64(1)}, "data": {"deep": [{"n": Int64(2**62)}]}},
    "a decimal": {"data": {"clock_ahead_s": Decimal128("1e6000")}},
    "an object id": {"data": {"id": ObjectId()}},
    "no number": {"data": {"clock_ahead_s": float("nan"), "least": MinKey(), "like": Regex("x")}},
    "text that is not UTF-8": {"data": NOT_UTF8},
    "data that is text": {"data": "nothing"},
    "the year 1": {"at": datetime(1, 1, 1, tzinfo=UTC), "data": {"scanned_at": datetime(1, 1, 1, tzinfo=UTC)}},
    "the year 9999": {"at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)},
    "a year without a calendar": {"at": DatetimeMS(2**62), "data": {"at": DatetimeMS(-(2**62))}},
    "no time": {"at": "yesterday", "received_at": False},
    "no direction": {"direction": "sideways", "by": 7, "ticket": ["t1"]},
    "an effect of halves": {"effect": {"denied": 0.5}},
    "a kind of a newer version": {"kind": "ticket.teleported"},
    "no kind": {"kind": 5},
}

Write = Callable[[str, dict[str, Any]], None]


@pytest.fixture
def write(settings: Settings) -> Iterator[Write]:
    """Write an entry into the database behind the hub's back, as an older version or a broken tool did."""
    with MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        database = client[settings.database]

        def append(event: str, poison: dict[str, Any]) -> None:
            stream: dict[str, Any] = (
                database.streams.find_one_and_update({"_id": event}, {"$inc": {"seq": 1}}, return_document=True) or {}
            )
            good = {"event": event, "seq": stream["seq"], "kind": "ticket.denied", "at": AT, "batch": "b", "data": {}}
            database.get_collection("journal").insert_one(good | poison, bypass_document_validation=True)

        yield append


def client(api: Api, event: str) -> LiveClient:
    url = api.url.replace("http:", "ws:") + "/live"
    return LiveClient(url, api_key=api.key or "", event=event, back_off_s=0.05, chance=random.Random(1))


async def news(reader: Any) -> Update | Snapshot:
    async with asyncio.timeout(PATIENCE_S):
        found: Update | Snapshot = await anext(reader)
        return found


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
@pytest.mark.gen_test
async def test_a_poisoned_event_is_followed_resumed_and_scanned_at(
    api: Api, hub: Hub, write: Write, poison: dict[str, Any]
) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    codes = [ticket["code"] for ticket in await api.book(event, 2)]
    async with client(device, event["uuid"]) as door, client(api.admin, event["uuid"]) as desk:
        readers = [door.updates(), desk.updates()]
        before = [await news(reader) for reader in readers]
        write(event["uuid"], poison)
        assert (await door.scan(codes[0]))["code"] == "admitted"
        for reader, snapshot in zip(readers, before, strict=True):
            assert [(await news(reader)).seq - snapshot.seq for _ in range(2)] == [1, 2]
    async with client(device, event["uuid"]) as newcomer:
        snapshot = await news(newcomer.updates())
        assert isinstance(snapshot, Snapshot)
        assert newcomer.state["occupancy"]["admitted"] == 1
        assert (await newcomer.scan(codes[1]))["code"] == "admitted"
    async with watching(api.admin, event["uuid"], Last_Event_ID=f"{snapshot.epoch}:0") as watcher:
        assert (await watcher.hear("subscribed")).data["recovered"] is True
        items = (await watcher.hear("updates")).data["items"]
        assert len(items) >= snapshot.seq
        assert hub.live.sockets == 1


@pytest.mark.gen_test
async def test_what_can_be_read_of_a_poisoned_entry_is_shown(api: Api, write: Write) -> None:
    event = await api.make_event()
    async with client(api.admin, event["uuid"]) as desk:
        reader = desk.updates()
        await news(reader)
        for name in ("a number of 64 bits", "a decimal", "no direction"):
            write(event["uuid"], POISON[name])
        whole, decimal, sideways = [await news(reader) for _ in range(3)]
        assert isinstance(whole, Update) and isinstance(decimal, Update) and isinstance(sideways, Update)
        assert whole.data == {"clock_ahead_s": 69 * 365 * 86400}
        for placeholder in (decimal, sideways):
            assert (placeholder.kind, placeholder.data) == ("ticket.denied", {"unreadable": True})


@pytest.mark.parametrize("collection", ["alerts", "devices"])
@pytest.mark.gen_test
async def test_a_broken_record_beside_the_journal_leaves_snapshot_and_flow(
    api: Api, settings: Settings, write: Write, collection: str
) -> None:
    event = await api.make_event()
    with MongoClient[dict[str, Any]](settings.mongodb_uri) as mongo:
        broken = {"_id": "broken", "event": event["uuid"], "kind": 7, "name": 7, "at": AT}
        mongo[settings.database][collection].insert_one(broken, bypass_document_validation=True)
        async with client(api.admin, event["uuid"]) as desk:
            reader = desk.updates()
            assert isinstance(await news(reader), Snapshot)
            expected = [("unknown", {"unreadable": True})] if collection == "alerts" else []
            assert [(alert["kind"], alert["data"]) for alert in desk.state["alerts"]] == expected
            write(event["uuid"], {"kind": "recount"})
            update = await news(reader)
            assert isinstance(update, Update) and update.kind == "recount"


@pytest.mark.parametrize(("zone", "year"), [("America/New_York", 1), ("Asia/Tokyo", 9999)])
@pytest.mark.gen_test
async def test_the_report_page_shows_times_at_the_calendars_edges(api: Api, write: Write, zone: str, year: int) -> None:
    event = await api.make_event(timezone=zone)
    edge = datetime(year, *((1, 1, 0) if year == 1 else (12, 31, 23)), tzinfo=UTC)
    write(event["uuid"], {"kind": "ticket.scanned", "by": "force", "at": edge, "received_at": edge})
    page = await api.admin.get(f"/events/{event['uuid']}/report")
    assert page.status == 200, page.raw
    assert "Forced" in page.raw.decode()


@pytest.mark.gen_test
async def test_a_broken_device_may_do_nothing_and_the_others_of_its_event_all(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    good, broken = [await api.make_device(event, may=["search"]) for _ in range(2)]
    ids = [(await device.get("/api/me")).body["id"] for device in (good, broken)]
    first, second = await api.book(event, 2)
    with MongoClient[dict[str, Any]](str(hub.settings.mongodb_uri)) as mongo:
        database = mongo[hub.settings.database]
        database.devices.update_one({"_id": ids[1]}, {"$set": {"may": 7}}, bypass_document_validation=True)
        database.streams.update_one({"_id": event["uuid"]}, {"$inc": {"revision": 1}})
        hub.authenticator.forget()
        assert (await good.scan(first["code"])).body["code"] == "admitted"
        refused = await broken.scan(second["code"])
        assert (refused.status, refused.body["code"]) == (403, "bad_key")
        listed = (await api.admin.get("/api/devices")).body
        assert [device["uuid"] for device in listed if device["uuid"] in ids] == ids[:1]
