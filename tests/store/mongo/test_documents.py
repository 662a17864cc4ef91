"""Documents of the database become plain data, and one record that cannot be read stops nothing. On a real database."""

import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo import MongoClient

from hub.errors import BadInput, Unreadable
from hub.model.access import Device, QuarantinedBatch
from hub.model.alert import Alert
from hub.model.scan_query import ScanQuery
from store.collections.access import KeyReader
from store.collections.alerts import Alerts
from store.collections.devices import DeviceReader, DeviceSightings, QuarantinedBatches
from store.collections.exports import Exports
from store.collections.guest_list import GuestList, GuestQuery
from store.collections.snapshot import snapshot
from store.collections.tickets import TicketReader
from store.journal.journal import Journal
from store.mongo.connection import Database
from store.mongo.documents import CODEC, from_bson, log_unreadable, to_bson
from store.reports.report import ReportReader
from store.reports.scans import Scans
from store.reports.ticket_history import TicketHistory
from tests.builders import EVENT, a_device, a_ticket
from tests.commands import NOON, Say

pytestmark = pytest.mark.gen_test

FAR_AHEAD_MS = 2**40
"""A phone's clock 35 years ahead: the driver has a type of its own for such numbers."""


@pytest.fixture(scope="module")
def pymongo(mongod_uri: str) -> Iterator[MongoClient[Any]]:
    client: MongoClient[Any] = MongoClient(mongod_uri)
    yield client
    client.close()


def entry(seq: int, **fields: Any) -> dict[str, Any]:
    return {"event": EVENT, "seq": seq, "kind": "ticket.scanned", "at": NOON, "batch": "b", "ticket": "t1"} | fields


async def test_a_large_number_in_an_entrys_data_comes_back_as_a_plain_one(journal: Journal, database: Database) -> None:
    await database.journal.insert_one(entry(1, data={"ahead": FAR_AHEAD_MS, "list": [{"deep": -FAR_AHEAD_MS}]}))
    (found,) = await journal.read(EVENT, 0)
    assert found.data == {"ahead": FAR_AHEAD_MS, "list": [{"deep": -FAR_AHEAD_MS}]}
    assert type(found.data["ahead"]) is type(found.data["list"][0]["deep"]) is int
    assert msgspec.json.decode(msgspec.json.encode(found))["data"]["ahead"] == FAR_AHEAD_MS


async def test_a_large_number_that_a_device_reports_comes_back_as_a_plain_one(database: Database) -> None:
    await database.devices.insert_one(to_bson(a_device()))
    reported = {"info": {"queue": FAR_AHEAD_MS}, "clock_ahead_ms": FAR_AHEAD_MS}
    await DeviceSightings(database).record("v1", NOON, reported)
    device = await DeviceReader(database).find("v1")
    assert device is not None
    assert type(device.info["queue"]) is type(device.clock_ahead_ms) is int
    assert b"1099511627776" in msgspec.json.encode(device)


async def test_what_looks_like_a_reference_comes_back_as_it_was_sent(database: Database) -> None:
    scan = {"qrcode_data": {"$ref": "tickets", "$id": 1, "$db": "admin", "more": [2]}}
    quarantine = QuarantinedBatches(database)
    await quarantine.add(QuarantinedBatch(id="b1", device="v1", event=EVENT, scans=[scan], received_at=NOON))
    (batch,) = await quarantine.of_device("v1")
    assert batch.scans == [scan]
    assert msgspec.json.decode(msgspec.json.encode(batch))["scans"] == [scan]


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, {"a\0b": 1}, "\ud800", [{"deep": {"\0": None}}]])
async def test_what_the_database_cannot_hold_is_refused_in_our_own_words(
    journal: Journal, database: Database, value: object
) -> None:
    with pytest.raises(BadInput, match="cannot be stored"):
        await QuarantinedBatches(database).add(
            QuarantinedBatch(id="b1", device="v1", event=EVENT, scans=[{"x": value}], received_at=NOON)
        )
    device = msgspec.structs.replace(a_device(), info={"x": value})
    with pytest.raises(BadInput, match="cannot be stored"):
        await journal.append(EVENT, Say(put=[device], wants=[(Device, "v1")]))
    assert await database.held.count_documents({}) == await database.journal.count_documents({}) == 0


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$ref", "$id", "$db", "a", "", "$oid", "$date", "$numberLong", "a.b"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(info=st.dictionaries(st.sampled_from(["a", "info", "$ref", "$id"]), PLAIN, max_size=3))
def test_json_that_a_client_sent_survives_the_database(pymongo: MongoClient[Any], info: dict[str, Any]) -> None:
    kept = pymongo.get_database("test_documents", codec_options=CODEC)["devices"]
    kept.replace_one({"_id": "v1"}, to_bson(a_device()) | {"info": info}, upsert=True)
    found = kept.find_one({"_id": "v1"})
    assert found is not None
    device = from_bson(found, Device)
    assert device.info == without_null_db(info)
    assert msgspec.json.decode(msgspec.json.encode(device.info)) == device.info


def without_null_db(value: Any) -> Any:
    """Return what the driver makes of JSON: of what looks like a reference it leaves out a `$db` that is null."""
    if isinstance(value, list):
        return [without_null_db(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_reference = isinstance(value.get("$ref"), str) and "$id" in value
    return {
        key: without_null_db(inner)
        for key, inner in value.items()
        if not (is_reference and key == "$db" and inner is None)
    }


BROKEN: dict[str, dict[str, Any]] = {
    "data that is no mapping": {"data": 5},
    "a door that is a number": {"door": 7},
    "a direction that is none": {"direction": "up", "effect": {"admitted": 1, "inside": "x"}},
    "an effect that is a list": {"effect": [1]},
}


@pytest.mark.parametrize("wrong", BROKEN.values(), ids=BROKEN)
async def test_an_entry_that_cannot_be_read_is_shown_as_such_and_stops_no_reader(
    journal: Journal, database: Database, wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    log_unreadable.cache_clear()
    entries = [entry(1), entry(2, by="force", **wrong), entry(3)]
    await database.journal.insert_many(entries, bypass_document_validation=True)
    with caplog.at_level(logging.ERROR):
        pages = [
            await journal.read(EVENT, 0),
            (await Scans(database).page(ScanQuery(event=EVENT))).entries[::-1],
            [each async for page in Exports(database).scans(EVENT) for each in page],
            await TicketHistory(database).of_ticket(a_ticket(issued_at=NOON)),
        ]
        async with snapshot(database) as one_instant:
            pages.append(await one_instant.entries(EVENT, 0, 10))
        marks = await ReportReader(database).marks(EVENT, 3)
    for page in pages:
        assert [(each.seq, each.kind) for each in page] == [(n, "ticket.scanned") for n in (1, 2, 3)]
        assert [each.data for each in page] == [{}, {"unreadable": True}, {}]
        assert msgspec.json.encode(page)
    assert [each.seq for each in marks] == [2]
    if isinstance(wrong.get("effect"), dict):
        assert pages[0][1].effect == {"admitted": 1}, "the counts are the sum of all effects"
    assert sum("cannot be read" in record.getMessage() for record in caplog.records) == 1


async def test_a_ticket_that_cannot_be_read_is_left_out_of_every_list_and_logged_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    log_unreadable.cache_clear()
    tickets = [to_bson(a_ticket(f"t{n}")) for n in range(1, 6)]
    for broken in (tickets[1], tickets[2]):
        broken |= {"starts_at": "tomorrow", "words": ["ada"]}
    await database.tickets.insert_many(tickets, bypass_document_validation=True)
    reader, read = TicketReader(database), ["t1", "t4", "t5"]
    with caplog.at_level(logging.ERROR):
        lists = [
            await reader.by_ids([f"t{n}" for n in range(1, 6)]),
            await reader.of_reservation("r1"),
            (
                await GuestList(database).find(
                    GuestQuery(event=EVENT), "last_name", is_descending=False, skip=0, limit=10
                )
            )[0],
            [each async for page in Exports(database).tickets(EVENT) for each in page],
        ]
        async with snapshot(database) as one_instant:
            lists.append([each async for page in one_instant.tickets(EVENT) for each in page])
        with pytest.raises(Unreadable):
            await reader.find("t2")
    assert [sorted(ticket.id for ticket in found) for found in lists] == [read] * len(lists)
    assert sum("cannot be read" in record.getMessage() for record in caplog.records) == 2


@pytest.mark.parametrize("limit", range(1, 7))
async def test_pages_of_tickets_end_with_the_last_one_whatever_cannot_be_read(database: Database, limit: int) -> None:
    tickets = [to_bson(a_ticket(f"t{n}")) for n in range(1, 7)]
    for broken in (tickets[0], tickets[2], tickets[3]):
        broken["scans"] = "many"
    await database.tickets.insert_many(tickets, bypass_document_validation=True)
    found: list[str] = []
    while page := await TicketReader(database).search({}, after=found[-1] if found else None, limit=limit):
        found += [ticket.id for ticket in page]
        if len(page) < limit:
            break
    assert found == ["t2", "t5", "t6"]


async def test_a_device_that_cannot_be_read_is_none_and_hides_no_other(database: Database) -> None:
    broken = to_bson(a_device("broken")) | {"name": 7, "key_prefix": "k"}
    await database.devices.insert_many([broken, to_bson(a_device("good"))], bypass_document_validation=True)
    reader = DeviceReader(database)
    assert [device.id for device in await reader.of_event(EVENT)] == ["good"]
    assert [device.id for device in await reader.all()] == ["good"]
    assert (await reader.find("broken"), await reader.by_key("k")) == (None, None)


async def test_alerts_that_cannot_be_read_are_shown_as_such_beside_the_others(database: Database) -> None:
    good = to_bson(Alert(id="a/queue", kind="alert.queue", event=EVENT, at=NOON))
    await database.alerts.insert_many([good | {"_id": "b", "kind": 7}, good], bypass_document_validation=True)
    shown = await Alerts(database).of_event(EVENT)
    assert [(alert.kind, alert.data, alert.at) for alert in shown] == [
        ("alert.queue", {}, NOON),
        ("unknown", {"unreadable": True}, NOON),
    ]


async def test_a_key_that_cannot_be_read_is_not_taken_for_missing(database: Database) -> None:
    await database["keys"].insert_one({"_id": "broken", "prefix": 5}, bypass_document_validation=True)
    with pytest.raises(Unreadable):
        await KeyReader(database).are_any()
