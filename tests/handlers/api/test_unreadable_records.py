"""Stored records that cannot be read: an answer in words, nothing decided, and the others go on."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient
from tornado.websocket import websocket_connect

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.jobs.second_hub import Worker, entries

WORDS = "The record of this ticket cannot be read: ask the organiser"
SPOILT: dict[str, Any] = {"status": 7, "scans": "none", "starts_at": "yesterday", "issue": {"n": 1}}
"""Fields as a broken tool might leave them."""


@contextmanager
def database_of(hub: Hub) -> Iterator[Any]:
    with MongoClient[dict[str, Any]](str(hub.settings.mongodb_uri)) as client:
        yield client[hub.settings.database]


def spoil(hub: Hub, collection: str, ids: list[str], change: dict[str, Any]) -> Callable[[], None]:
    """Change documents behind the hub's back; return what mends them."""
    with database_of(hub) as database:
        before = list(database[collection].find({"_id": {"$in": ids}}))
        wanted = {"_id": {"$in": ids}}
        database[collection].update_many(wanted, {"$set": change}, bypass_document_validation=True)

    def mend() -> None:
        with database_of(hub) as database:
            for each in before:
                database[collection].replace_one({"_id": each["_id"]}, each)

    return mend


@pytest.mark.parametrize(("name", "value"), SPOILT.items(), ids=SPOILT)
@pytest.mark.gen_test
async def test_a_scan_of_such_a_ticket_is_to_be_tried_again_and_admits_once_it_is_mended(
    api: Api, hub: Hub, name: str, value: Any
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    broken, good = await api.book(event, 2)
    mend = spoil(hub, "tickets", [broken["id"]], {name: value})
    for _ in range(2):
        refused = await gate.scan(broken["code"], nonce="n1")
        assert (refused.status, refused.body["code"], refused.body["message"]) == (503, "unavailable", WORDS)
        assert int(refused.headers["Retry-After"]) > 1
    checked = await gate.post("/scan/check_ticket/", {"qrcode_data": broken["code"]})
    assert (checked.status, checked.body["message"]) == (503, WORDS)
    assert (await gate.scan(good["code"])).body["code"] == "admitted"
    mend()
    assert (await gate.scan(broken["code"], nonce="n1")).body["code"] == "admitted"
    scanned = await entries(hub, event["uuid"], "ticket.scanned")
    assert [entry.ticket for entry in scanned] == [good["id"], broken["id"]]


@pytest.mark.gen_test
async def test_scans_that_come_together_with_one_of_it_are_decided(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 5)
    mend = spoil(hub, "tickets", [tickets[2]["id"]], {"status": 7})
    scans = [
        {"qrcode_data": each["code"], "nonce": f"n{n}", "verdict": "admitted", "scanned_at": "2026-12-24T18:30:00Z"}
        for n, each in enumerate(tickets)
    ]
    results = (await gate.post("/scan/batch/", {"scans": scans})).body["results"]
    assert [result["status"] for result in results] == [200, 200, 503, 200, 200]
    assert (results[2]["code"], results[2]["message"]) == ("unavailable", WORDS)
    mend()
    results = (await gate.post("/scan/batch/", {"scans": scans})).body["results"]
    assert [result["code"] for result in results] == ["admitted"] * 5


@pytest.mark.gen_test
async def test_a_barcode_of_such_a_ticket_is_no_unknown_one(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    guests = [{"first_name": "Ada", "barcode": code} for code in ("4006381333931", "4006381333948")]
    broken, _ = await api.book(event, tickets=guests)
    spoil(hub, "tickets", [broken["id"]], {"status": 7})
    refused = await gate.scan("4006381333931")
    assert (refused.status, refused.body["message"]) == (503, WORDS)
    scans = [
        {"qrcode_data": code, "nonce": code, "verdict": "admitted", "scanned_at": "2026-12-24T18:30:00Z"}
        for code in ("4006381333931", "4006381333948")
    ]
    results = (await gate.post("/scan/batch/", {"scans": scans})).body["results"]
    assert [(result["status"], result["code"]) for result in results] == [(503, "unavailable"), (200, "admitted")]


@pytest.mark.gen_test
async def test_the_socket_replies_in_the_same_words(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (broken,) = await api.book(event)
    spoil(hub, "tickets", [broken["id"]], {"status": 7})
    socket = await websocket_connect(api.url.replace("http", "ws", 1) + "/live")
    await socket.write_message(json.dumps({"type": "hello", "id": 1, "api_key": gate.key}))
    await socket.write_message(json.dumps({"type": "scan", "id": 2, "qrcode_data": broken["code"], "nonce": "n"}))
    replies = {}
    while 2 not in replies:
        frame = json.loads(str(await socket.read_message()))
        replies[frame.get("id")] = frame
    socket.close()
    assert (replies[2]["type"], replies[2]["code"], replies[2]["message"]) == ("error", "unavailable", WORDS)
    assert replies[2]["retry"] is True


@pytest.mark.gen_test
async def test_no_request_about_it_fails_without_words(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "undo"])
    broken, good = await api.book(event, 2)
    token = broken["links"]["page"].rpartition("token=")[2]
    spoil(hub, "tickets", [broken["id"]], {"status": 7})
    ticket, reservation = f"/api/tickets/{broken['id']}", f"/api/reservations/{broken['reservation']}"
    for method, path, body, status in (
        ("GET", ticket, None, 503),
        ("PATCH", ticket, {"name": "Eve"}, 503),
        ("DELETE", ticket, None, 404),
        *[("POST", f"{ticket}/{verb}", None, 404) for verb in ("cancel", "restore", "block", "unblock", "reissue")],
        ("GET", f"{ticket}/history", None, 503),
        ("GET", f"/t/{broken['id']}?token={token}", None, 503),
        ("GET", reservation, None, 200),
        ("POST", f"{reservation}/cancel", None, 200),
        ("POST", f"{reservation}/pay", None, 409),
        ("POST", f"{reservation}/resend", None, 200),
        ("GET", "/api/tickets?search=Ada", None, 200),
        ("GET", f"/api/events/{event['uuid']}/report", None, 200),
        ("GET", f"/api/events/{event['uuid']}/tickets.csv", None, 200),
        ("GET", f"/events/{event['uuid']}/report", None, 200),
    ):
        answer = await api.admin.request(method, path, body)
        assert answer.status == status, (path, answer.raw)
        assert status != 503 or b"cannot be read" in answer.raw, path
        assert b"Expected `" not in answer.raw  # as msgspec begins what it says
    assert (await gate.post("/scan/search_ticket/", {"search": "Ada"})).status == 200
    assert (await gate.get("/scan/manifest/")).status == 200
    assert (await gate.scan(good["code"])).status == 200


@pytest.mark.gen_test
async def test_due_tickets_that_cannot_be_read_hold_no_other_back(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 3)
    event = await api.make_event(hold_minutes=30)
    tickets = await api.book(event, 9)
    await api.book(event, 5, paid=False)
    spoil(hub, "tickets", [each["id"] for each in tickets[:7]], {"scans": "none"})
    clock.advance(timedelta(minutes=31))
    worker = Worker(hub)
    assert await worker.run("free_unpaid") == 5
    clock.advance(timedelta(days=2))
    assert await worker.run("expire") == 7
    assert await worker.run("delete") == 7
    assert {entry.ticket for entry in await entries(hub, event["uuid"], "ticket.expired")} >= {
        each["id"] for each in tickets[7:]
    }


@pytest.mark.parametrize(("collection", "change"), [("events", {"zones": 7}), ("streams", {"seq": "many"})])
@pytest.mark.gen_test
async def test_an_event_that_cannot_be_read_holds_no_other_back(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, collection: str, change: dict[str, Any]
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 3)
    early = {"starts_at": "2026-12-24T18:30:00+01:00", "showings": [{"date": "2026-12-24", "time": "18:30"}]}
    early["showings"][0]["capacity"] = 9  # type: ignore[index]
    broken, good = await api.make_event(**early), await api.make_event()
    await api.book(broken, 7, time="18:30")
    await api.book(good, 2)
    spoil(hub, collection, [broken["uuid"]], change)
    with database_of(hub) as database:
        wanted = {"_id": broken["uuid"]}
        database.streams.update_one(wanted, {"$inc": {"revision": 1}}, bypass_document_validation=True)
    clock.advance(timedelta(days=2))
    worker = Worker(hub)
    assert [await worker.run(job) for job in ("retime", "free_unpaid", "expire", "delete")] == [0, 0, 2, 2]
