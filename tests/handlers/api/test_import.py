"""Importing tickets over REST (booking-api.md, import): success, each refusal, who may not, and nothing by halves."""

import asyncio
import hashlib
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from hub.app import Hub
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.importing import a_file, before_completion, end, import_file, many, send
from tests.jobs.second_hub import entries


async def occupancy(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body


async def tickets_of(api: Api, event: Any) -> list[Any]:
    found: list[Any] = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    return found


def stored(_mongo: MongoClient[dict[str, Any]], hub: Hub, event: Any) -> int:
    return _mongo[hub.settings.database].tickets.count_documents({"event": event["uuid"]})


@pytest.mark.gen_test
async def test_imported_tickets_are_admitted_once_and_stand_in_lists_counts_search_and_manifest(
    api: Api, hub: Hub
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "names"])
    file = a_file("4006381333931,Ada,Lovelace", "second,Grace,Hopper")
    ended = await import_file(api.admin, event, file)
    assert (ended["state"], ended["rows"], ended["staged"], ended["error"]) == ("completed", 2, 2, None)
    assert (await gate.scan("4006381333931")).body["code"] == "admitted"
    assert (await gate.scan("4006381333931")).body["code"] == "already_scanned"
    assert [ticket["name"] for ticket in sorted(await tickets_of(api, event), key=lambda each: each["name"])] == [
        "Ada Lovelace",
        "Grace Hopper",
    ]
    assert (await occupancy(api, event))["booked"] == 2
    [showing] = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert showing["left"] == 98
    found = (await gate.post("/scan/search_ticket/", {"search": "hopp"})).body
    assert (found["total"], found["results"][0]["first_name"]) == (1, "Grace")
    assert len((await gate.get("/scan/manifest/")).body["tickets"]) == 2
    [entry] = await entries(hub, event["uuid"], "import.completed")
    showing_id = f"{event['uuid']}/2026-12-24T20:30"
    assert entry.effect == {"booked": 2}
    assert entry.data == {
        "id": ended["id"],
        "rows": 2,
        "products": [{"name": None, "showing": showing_id, "booked": 2}],
    }


@pytest.mark.gen_test
async def test_only_so_many_files_are_taken_at_once(api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.importing.importer.MOST_UPLOADS", 1)
    event = await api.make_event()
    other = hub.importer.receive(10)
    refused = await send(api.admin, event, a_file("1,Ada,Lovelace"))
    assert (refused.status, refused.body["code"], refused.headers["Retry-After"]) == (429, "slow_down", "60")
    other.close()
    assert (await import_file(api.admin, event, a_file("1,Ada,Lovelace")))["state"] == "completed"
    assert (await import_file(api.admin, event, a_file("2,Ada,Lovelace")))["state"] == "completed"


@pytest.mark.gen_test
async def test_all_columns_arrive_at_the_tickets(api: Api) -> None:
    event = await api.make_event()
    head = "Barcode;First Name;LAST_NAME;Phone number;Product;Price;Date;Time;Paid;Order code;Shoe size"
    file = a_file(
        "x1;Ada;Lovelace;+33 1 23 45 67;VIP;Full price;2026-12-24;20:30;no;ORDER1;F",
        'x2;"Grace\nBrewster";Hopper;;Standard;;24/12/2026;20h30;oui;ORDER1;F',
        head=head,
    )
    begun = await send(api.admin, event, file)
    assert [(each["row"], each["column"]) for each in begun.body["warnings"]] == [(3, "first_name")]
    assert begun.body["ignored"] == ["Shoe size"]
    assert (await end(api.admin, begun))["state"] == "completed"
    by_name = {ticket["name"]: ticket for ticket in await tickets_of(api, event)}
    ada, grace = by_name["Ada Lovelace"], by_name["Grace Brewster Hopper"]
    assert (ada["phone_number"], ada["product"], ada["price"], ada["status"]) == (
        "+33 1 23 45 67",
        "VIP",
        "Full price",
        "unpaid",
    )
    assert (grace["phone_number"], grace["product"], grace["price"], grace["status"]) == ("", "Standard", None, "valid")
    assert ada["reservation"] == grace["reservation"]
    reservation = (await api.admin.get(f"/api/reservations/{ada['reservation']}")).body
    assert (reservation["tickets_count"], len(reservation["tickets"])) == (2, 2)
    assert (await api.admin.post(f"/api/reservations/{ada['reservation']}/pay")).status == 200
    products = (await api.admin.get(f"/api/events/{event['uuid']}/stats")).body["products"]
    assert {(each["name"], each["booked"]) for each in products} == {("VIP", 1), ("Standard", 1)}


@pytest.mark.gen_test
async def test_a_dry_run_tells_what_the_file_holds_and_changes_nothing(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    before = (await hub.store.journal.stream(event["uuid"])), stored(_mongo, hub, event)
    answer = await send(
        api.admin, event, "barcode;Vorname;Was\n".encode("cp1252") + b"b1;J\xfcrgen;\n" * 1, "?dry_run=true"
    )
    assert answer.status == 200
    assert answer.body["dry_run"] is True
    assert (answer.body["encoding"], answer.body["separator"]) == ("Windows-1252", "semicolon")
    assert answer.body["ignored"] == ["Was"]
    assert answer.body["rows"] == 1
    assert answer.body["showings"] == [{"date": "2026-12-24", "time": "20:30", "tickets": 1, "left": 99}]
    assert [(row["row"], row["first_name"]) for row in answer.body["sample"]] == [(2, "Jürgen")]
    many_rows = await send(api.admin, event, many(30), "?dry_run=1")
    assert (many_rows.body["rows"], len(many_rows.body["sample"])) == (30, 10)
    assert ((await hub.store.journal.stream(event["uuid"])), stored(_mongo, hub, event)) == before


REFUSED = {
    "no barcode column": (b"first_name,last_name\nAda,Lovelace\n", 422, "invalid"),
    "an empty file": (b"\xef\xbb\xbf", 422, "invalid"),
    "a head alone": (b"barcode\n", 422, "invalid"),
    "a quote not closed": (b'barcode\n"x\n', 422, "invalid"),
    "a barcode twice": (a_file("x,,", "y,,", "x,,"), 409, "duplicate"),
    "a barcode too long": (a_file(f"{'x' * 101},,"), 422, "invalid"),
    "no barcode in a row": (a_file(",Ada,"), 422, "invalid"),
    "a wrong uuid": (a_file("x,y", head="barcode,uuid"), 422, "invalid"),
    "a wrong paid": (a_file("x,perhaps", head="barcode,paid"), 422, "invalid"),
    "a wrong date": (a_file("x,tomorrow", head="barcode,date"), 422, "invalid"),
    "a time that is not there": (a_file("x,2026-12-25,20:30", head="barcode,date,time"), 422, "no_showing"),
    "more than there are seats": (many(101), 409, "sold_out"),
}


@pytest.mark.gen_test
async def test_what_is_wrong_is_refused_and_nothing_is_imported(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    for what, (file, status, code) in REFUSED.items():
        for query in ("", "?dry_run=true"):
            answer = await send(api.admin, event, file, query)
            assert (answer.status, answer.body["code"]) == (status, code), what
            assert answer.headers["Content-Type"] == "application/problem+json", what
    assert stored(_mongo, hub, event) == 0
    assert await entries(hub, event["uuid"], "import.started") == []


@pytest.mark.gen_test
async def test_wrong_rows_are_named_by_number_the_first_hundred_of_them(api: Api) -> None:
    event = await api.make_event()
    wrong = await send(api.admin, event, a_file("a,1,2,3", "", "b,,,", "a,,,x", head="barcode,uuid,paid,date"))
    named = {(each["row"], each["column"]) for each in wrong.body["rows"]}
    assert named == {(2, "uuid"), (2, "paid"), (2, "date"), (5, "date")}
    assert wrong.body["rows_count"] == len(wrong.body["rows"]) == 4
    lots = await send(api.admin, event, a_file(*(f"{number},?" for number in range(150)), head="barcode,uuid"))
    assert (len(lots.body["rows"]), lots.body["rows_count"]) == (100, 150)
    sold_out = await send(api.admin, event, many(101))
    [row] = sold_out.body["rows"]
    assert row["message"] == "only 100 left for 2026-12-24 20:30 (rows 2 to 102): the file has 101"


@pytest.mark.gen_test
async def test_the_same_file_elsewhere_and_orders_without_codes_are_known_again(api: Api) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, many(3))
    again = await send(api.admin, event, many(2, first=2))
    assert (again.status, again.body["added"], again.body["unchanged"]) == (202, 1, 1)
    await end(api.admin, again)
    other = await api.make_event()
    assert (await import_file(api.admin, other, many(3)))["state"] == "completed"
    orders = a_file("R1,Ada", "R1,Grace", head="reservation_uuid,first_name")
    assert (await import_file(api.admin, event, orders))["state"] == "completed"
    again = await send(api.admin, event, orders)
    assert (again.body["added"], again.body["unchanged"], again.body["state"]) == (0, 2, "completed")


@pytest.mark.gen_test
async def test_the_same_key_gets_the_first_import_again_and_another_file_is_refused(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]]
) -> None:
    event = await api.make_event()
    begun = await send(api.admin, event, many(3), Idempotency_Key="tonight")
    await end(api.admin, begun)
    again = await send(api.admin, event, many(3), Idempotency_Key="tonight")
    assert (again.status, again.body["id"], again.body["state"]) == (202, begun.body["id"], "completed")
    kept = raw_database.nonces.find_one({"_id": {"$regex": "/tonight$"}})
    assert kept is not None and kept["hash"] != hashlib.sha256(many(3)).hexdigest()  # a short one could be guessed
    other = await send(api.admin, event, many(4), Idempotency_Key="tonight")
    assert (other.status, other.body["code"]) == (422, "idempotency_mismatch")
    assert len(await entries(hub, event["uuid"], "import.completed")) == 1


@pytest.mark.gen_test
async def test_who_may_not_import_is_refused_before_the_file_is_read(api: Api) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}/import"
    assert (await api.with_key(None).post(path, many(1))).status == 401
    reader = await api.admin.post("/api/keys", {"name": "Reader", "scopes": ["tickets:read"]})
    assert (await api.with_key(reader.body["key"]).post(path, many(1))).status == 403
    begun = await send(api.admin, event, many(1))
    assert (await api.with_key(None).get(begun.headers["Location"])).status == 401
    assert (await api.with_key(reader.body["key"]).get(begun.headers["Location"])).status == 403
    assert (await api.admin.get(f"/api/imports/{uuid4()}")).status == 404
    assert (await api.admin.get("/api/imports/x")).status == 404
    assert (await api.admin.post(f"/api/events/{uuid4()}/import", many(1))).status == 404
    assert (await end(api.admin, begun))["state"] == "completed"
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    assert (await send(api.admin, event, many(1, first=9))).status == 404


@pytest.mark.gen_test
async def test_a_file_beyond_the_limit_or_in_another_form_is_refused(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    large = await send(api.admin, event, b"x" * (hub.settings.import_limit_bytes + 1))
    assert (large.status, large.body["code"]) == (413, "too_large")
    form = await send(api.admin, event, many(1), Content_Type="multipart/form-data; boundary=x")
    assert (form.status, form.body["code"]) == (415, "unsupported_media")


@pytest.mark.gen_test
async def test_while_it_is_staged_nobody_sees_anything_of_an_import(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "names"])
    uuid = str(uuid4())
    file = a_file(*(f"B{n},{uuid if n == 0 else ''},Ada {n}" for n in range(5)), head="barcode,uuid,first_name")
    go = asyncio.Event()
    before_completion(monkeypatch, hub.store.journal, go.wait)
    begun = await send(api.admin, event, file)
    await eventually(lambda: stored(_mongo, hub, event) == 5)
    assert (await gate.scan("B0")).body["code"] == "invalid_code"
    assert (await api.admin.get(f"/api/tickets/{uuid}")).status == 404
    assert (await api.admin.request("DELETE", f"/api/tickets/{uuid}")).status == 404
    assert (await gate.post("/scan/ticket/", {"ticket_uuid": uuid})).body["code"] == "unknown_ticket"
    assert await tickets_of(api, event) == []
    assert (await api.admin.get("/api/tickets?search=ada")).body == []
    assert (await gate.post("/scan/search_ticket/", {"search": "ada"})).body["total"] == 0
    assert (await gate.post("/scan/list_tickets/", {})).body["total"] == 0
    assert (await gate.get("/scan/manifest/")).body["tickets"] == []
    assert (await occupancy(api, event))["booked"] == 0
    exported = await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")
    assert len(exported.raw.splitlines()) == 1
    running = await send(api.admin, event, many(1))
    assert (running.status, running.body["code"]) == (409, "import_running")
    taken = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "A", "phone_number": "123"}
    for guest in ({"first_name": "A", "barcode": "B0"}, {"first_name": "A", "uuid": uuid}):
        assert (await api.admin.post("/api/reservations", taken | {"tickets": [guest]})).status == 409
    go.set()
    assert (await end(api.admin, begun))["state"] == "completed"
    assert (await gate.scan("B0")).body["code"] == "admitted"
    assert len(await tickets_of(api, event)) == 5


@pytest.mark.gen_test
async def test_an_import_and_bookings_at_once_never_exceed_the_seats(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 60}])
    begun = await send(api.admin, event, many(50))
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "A", "phone_number": "123"}
    booked = await asyncio.gather(*(api.admin.post("/api/tickets", order) for _ in range(40)))
    ended = await end(api.admin, begun)
    count = sum(answer.status == 201 for answer in booked)
    assert {answer.status for answer in booked} <= {201, 409}
    if ended["state"] == "completed":
        assert count == 10
        return
    assert count == 40
    assert ended["error"]["code"] == "sold_out"
    assert "left for 2026-12-24 20:30 (rows 2 to 51): the file has 50" in ended["error"]["rows_refused"][0]["message"]
    assert (await occupancy(api, event))["booked"] == 40
    assert len(await tickets_of(api, event)) == 40


@pytest.mark.gen_test
async def test_seats_that_go_while_it_is_staged_fail_the_import_whole(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 10}])
    before_completion(monkeypatch, hub.store.journal, lambda: api.book(event, 3))
    ended = await import_file(api.admin, event, many(8))
    assert (ended["state"], ended["error"]["code"]) == ("failed", "sold_out")
    [row] = ended["error"]["rows_refused"]
    assert row["message"] == "only 7 left for 2026-12-24 20:30 (rows 2 to 9): the file has 8"
    await eventually(lambda: stored(_mongo, hub, event) == 3)
    assert (await occupancy(api, event))["booked"] == 3
    monkeypatch.undo()
    assert (await import_file(api.admin, event, many(7)))["state"] == "completed"


@pytest.mark.gen_test
async def test_imported_tickets_live_on_like_others(api: Api) -> None:
    event = await api.make_event(
        booking="open",
        showings=[{"date": "2026-12-24", "time": time, "capacity": 10} for time in ("20:30", "22:30")],
        phone_limit=1,
    )
    head = "barcode,first_name,phone,date,time"
    await import_file(api.admin, event, a_file("x,Ada,0123456,2026-12-24,20:30", head=head))
    [ticket] = await tickets_of(api, event)
    path = f"/api/tickets/{ticket['id']}"
    assert (await api.admin.request("PATCH", path, {"time": "22:30"})).body["time"] == "22:30"
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "22:30", "name": "A", "phone_number": "0123456"}
    assert (await api.post("/api/tickets", order)).status == 201
    assert (await api.admin.request("PATCH", path, {"name": "Ada King", "phone_number": "99 99"})).status == 200
    assert (await api.admin.post(f"{path}/cancel")).body["status"] == "canceled"
    assert (await api.post("/api/tickets", order)).body["code"] == "phone_limit"
    assert (await api.admin.request("DELETE", path)).status == 204
    assert (await occupancy(api, event))["booked"] == 1


@pytest.mark.gen_test
async def test_the_box_offices_times_come_into_being_with_an_import(api: Api) -> None:
    office = (await api.admin.get("/api/events")).body
    [event] = [each for each in office if each["name"] == "Box office"]
    file = a_file("x,2026-12-30,18:00", "y,2026-12-30,18:00", head="barcode,date,time")
    assert (await import_file(api.admin, event, file))["state"] == "completed"
    counts = await occupancy(api, event)
    assert (counts["booked"], counts["capacity"]) == (2, 20)
    lots = a_file(*(f"{n},2026-12-31,18:00" for n in range(21)), head="barcode,date,time")
    assert (await send(api.admin, event, lots)).body["code"] == "sold_out"


@pytest.mark.gen_test
@pytest.mark.parametrize("status", ["refunded", "Annulé", "storniert"])
async def test_a_first_list_of_cancelled_tickets_alone_adds_none_and_says_how_many_there_are(
    api: Api, hub: Hub, status: str
) -> None:
    event = await api.make_event()
    file = a_file(f"B1,Ada,{status}", f"B2,Bob,{status}", head="barcode,first_name,status")
    for query, expected in (("?dry_run=1", 200), ("", 202)):
        answer = await send(api.admin, event, file, query)
        assert answer.status == expected, answer.raw
        assert (answer.body["rows"], answer.body["added"], answer.body["left_out"]) == (0, 0, 2)
    assert (answer.body["state"], await tickets_of(api, event)) == ("completed", [])
    assert await entries(hub, event["uuid"], "import.started") == []
    sold_again = a_file("B1,Ada,paid", f"B2,Bob,{status}", head="barcode,first_name,status")
    assert (await import_file(api.admin, event, sold_again))["added"] == 1
    empty = await send(api.admin, event, a_file(head="barcode,first_name,status"))
    assert (empty.status, empty.body["title"]) == (422, "There is no ticket in the file")


@pytest.mark.gen_test
async def test_tickets_that_are_cancelled_at_their_sellers_are_left_out(api: Api) -> None:
    event = await api.make_event()
    file = a_file("x,paid", "y,canceled", "z,Storniert", "w,pending", head="Secret,Status")
    begun = await send(api.admin, event, file)
    assert (begun.body["rows"], begun.body["left_out"], begun.body["unpaid"]) == (2, 2, 1)
    await end(api.admin, begun)
    assert {ticket["status"] for ticket in await tickets_of(api, event)} == {"valid", "unpaid"}
