"""Booking over REST (booking-api.md)."""

import asyncio
import hashlib
import hmac
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api

BOOKING = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-25", "time": "20:30"}


@pytest.mark.gen_test
async def test_anybody_books_a_ticket_at_the_box_office_and_reads_it_with_its_token(api: Api) -> None:
    booked = await api.post("/api/tickets", BOOKING)
    assert booked.status == 201
    ticket = booked.body
    assert {key: ticket[key] for key in BOOKING} == BOOKING
    assert ticket["expired"] is False
    assert ticket["status"] == "valid"
    path = f"/api/tickets/{ticket['id']}"
    assert (await api.get(f"{path}?token={ticket['access_token']}")).body["code"] == ticket["code"]
    assert (await api.get(path, Authorization=f"Bearer {ticket['access_token']}")).status == 200
    assert (await api.admin.get(path + "/")).body["name"] == "Ada Lovelace"


@pytest.mark.gen_test
async def test_without_a_credential_a_ticket_that_exists_looks_like_one_that_does_not(api: Api) -> None:
    ticket = (await api.post("/api/tickets", BOOKING)).body
    other = (await api.post("/api/tickets", BOOKING)).body
    api.headers["X_Request_ID"] = "the-same"
    there = await api.get(f"/api/tickets/{ticket['id']}")
    absent = await api.get("/api/tickets/00000000-0000-4000-8000-000000000000")
    assert there.status == absent.status == 401
    assert there.body == absent.body
    foreign = await api.get(f"/api/tickets/{ticket['id']}?token={other['access_token']}")
    nothing = await api.get(f"/api/tickets/00000000-0000-4000-8000-000000000000?token={other['access_token']}")
    assert foreign.status == nothing.status == 401
    assert foreign.body == nothing.body
    assert (await api.get("/api/tickets")).status == 401
    assert (await api.admin.get("/api/tickets/not-a-uuid")).status == 404


@pytest.mark.gen_test
async def test_exactly_twenty_tickets_are_sold_for_a_time_however_many_ask_at_once(api: Api) -> None:
    orders = [BOOKING | {"phone_number": f"+33 1 {n:04}"} for n in range(60)]
    answers = await asyncio.gather(*[api.post_until_decided("/api/tickets", order) for order in orders])
    statuses = sorted(answer.status for answer in answers)
    assert statuses == [201] * 20 + [409] * 40
    assert {answer.body["code"] for answer in answers if answer.status == 409} == {"sold_out"}
    other_time = await api.post("/api/tickets", BOOKING | {"time": "22:30"})
    assert other_time.status == 201


@pytest.mark.gen_test
async def test_everything_that_is_wrong_is_named_at_once(api: Api) -> None:
    answer = await api.post("/api/tickets", {"name": " ", "phone_number": "abc", "date": "2026-13-01", "time": "25:00"})
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["code"] == "invalid"
    assert {"name", "phone_number"} <= answer.body["errors"].keys()
    assert answer.body["errors"].keys() & {"date", "time"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "24.12.2026"}, "date"),
        ({"time": "8pm"}, "time"),
        ({"date": "2026-02-30"}, "date"),
        ({"name": "x" * 101}, "name"),
        ({"name": 5}, "name"),
        ({"phone_number": "12"}, "phone_number"),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_field_is_named(api: Api, change: dict[str, Any], field: str) -> None:
    answer = await api.post("/api/tickets", BOOKING | change)
    assert answer.status == 422
    assert field in answer.body["errors"]


@pytest.mark.gen_test
async def test_bodies_that_are_no_json_are_400_and_missing_fields_422(api: Api) -> None:
    assert (await api.post("/api/tickets", b"{")).status == 400
    assert (await api.post("/api/tickets", b"\xff")).status == 400
    assert (await api.post("/api/tickets", [1])).status == 400
    missing = await api.post("/api/tickets", {})
    assert missing.status == 422
    assert missing.body["errors"].keys() == {"name", "phone_number", "date", "time"}


@pytest.mark.gen_test
async def test_a_time_that_summer_time_skips_is_refused(api: Api) -> None:
    event = await api.make_event(
        ends_at="2027-05-01T00:00:00+02:00",
        showings=[{"date": "2027-03-28", "time": "03:30", "capacity": 2}],
    )
    skipped = await api.admin.post(
        "/api/tickets", BOOKING | {"event": event["uuid"], "date": "2027-03-28", "time": "02:30"}
    )
    assert skipped.status == 422
    assert "time" in skipped.body["errors"]


@pytest.mark.gen_test
async def test_a_time_without_a_showing_or_already_over_cannot_be_booked(api: Api, clock: SettableClock) -> None:
    event = await api.make_event(ends_at="2026-12-26T02:00:00+01:00")
    absent = await api.admin.post("/api/tickets", BOOKING | {"event": event["uuid"], "time": "21:00"})
    assert (absent.status, absent.body["code"]) == (422, "no_showing")
    clock.advance(timedelta(days=3))
    over = await api.post("/api/tickets", BOOKING)
    assert (over.status, over.body["code"]) == (422, "time_over")


@pytest.mark.gen_test
async def test_the_same_idempotency_key_books_one_ticket(api: Api) -> None:
    key = "0123456789abcdef0123456789abcdef"
    answers = await asyncio.gather(*[api.post("/api/tickets", BOOKING, Idempotency_Key=key) for _ in range(10)])
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    other = await api.post("/api/tickets", BOOKING | {"name": "Another"}, Idempotency_Key=key)
    assert (other.status, other.body["code"]) == (422, "idempotency_mismatch")
    empty = await api.admin.post("/api/tickets", BOOKING, Idempotency_Key="")
    assert (empty.status, empty.body["errors"]) == (422, {"Idempotency-Key": "must not be empty"})
    guessable = await api.post("/api/tickets", BOOKING, Idempotency_Key="1")
    assert guessable.status == 422


@pytest.mark.gen_test
async def test_name_in_a_remembered_booking_can_be_guessed_by_nobody_without_the_hubs_secret(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]]
) -> None:
    key = "0123456789abcdef0123456789abcdef"
    booked = (await api.post("/api/tickets", BOOKING, Idempotency_Key=key)).body
    kept = raw_database.nonces.find_one({"_id": {"$regex": key}})
    guest = {
        "first_name": "Ada",
        "last_name": "Lovelace",
        "product": None,
        "price": None,
        "uuid": None,
        "barcode": None,
    }
    whole = {"event": booked["event"], **{name: BOOKING[name] for name in ("date", "time", "name", "phone_number")}}
    guessed = msgspec.json.encode({**whole, "email": None, "paid": True, "guests": [guest]})
    proof = hmac.digest(hub.vault.derive("idempotency record"), guessed, "sha256").hex()
    assert kept is not None and kept["hash"] == proof[:32]
    assert hashlib.sha256(guessed).hexdigest()[:32] not in str(kept) and "Lovelace" not in str(kept)


@pytest.mark.gen_test
async def test_a_reservation_is_booked_whole_or_not_at_all(api: Api) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 5}])
    assert len(await api.book(event, 3)) == 3
    refused = await api.admin.post(
        "/api/reservations",
        {
            "event": event["uuid"],
            "date": "2026-12-24",
            "time": "20:30",
            "name": "Ada",
            "phone_number": "12345",
            "tickets": [{"first_name": "A", "last_name": "B"}] * 3,
        },
    )
    assert (refused.status, refused.body["code"]) == (409, "sold_out")
    assert len((await api.admin.get(f"/api/tickets?event={event['uuid']}")).body) == 3
    assert len(await api.book(event, 2)) == 2


@pytest.mark.gen_test
async def test_lists_are_filtered_and_come_in_pages(api: Api) -> None:
    for time in ("20:30", "22:30"):
        for _ in range(3):
            await api.post("/api/tickets", BOOKING | {"time": time})
    assert len((await api.admin.get("/api/tickets?date=2026-12-25&time=20:30")).body) == 3
    assert (await api.admin.get("/api/tickets?date=2026-12-31")).body == []
    first = await api.admin.get("/api/tickets?date=2026-12-25&limit=4")
    assert len(first.body) == 4
    following = first.headers["Link"].partition("<")[2].partition(">")[0]
    rest = await api.admin.get(following)
    assert len(rest.body) == 2
    assert "Link" not in rest.headers
    assert len({ticket["id"] for ticket in first.body + rest.body}) == 6
    assert (await api.admin.get("/api/tickets?limit=0")).status == 422


@pytest.mark.gen_test
async def test_the_qr_is_a_picture_for_its_holder_and_nobody_else(api: Api) -> None:
    ticket = (await api.post("/api/tickets", BOOKING)).body
    picture = await api.get(ticket["links"]["qr"])
    assert picture.status == 200
    assert picture.headers["Content-Type"] == "image/png"
    again = await api.get(ticket["links"]["qr"], If_None_Match=picture.headers["ETag"])
    assert (again.status, again.raw) == (304, b"")
    svg = await api.get(ticket["links"]["qr"], Accept="image/svg+xml")
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert (await api.get(f"/tickets/{ticket['id']}/qr")).status == 401
    assert (await api.admin.get("/tickets/not-a-uuid/qr")).status == 400
    assert (await api.admin.get("/tickets/00000000-0000-4000-8000-000000000000/qr")).status == 404


@pytest.mark.gen_test
async def test_occupancy_counts_what_was_booked_and_scanned(api: Api) -> None:
    event = await api.make_event(max_inside=50, zones=[{"name": "Hall", "max_inside": 10}])
    gate = await api.make_device(event)
    first, _ = await api.book(event, 2)
    await gate.scan(first["code"])
    await gate.scan(first["code"])
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert {key: counts[key] for key in ("booked", "capacity", "admitted", "inside", "denied", "limit", "free")} == {
        "booked": 2,
        "capacity": 100,
        "admitted": 1,
        "inside": 1,
        "denied": 1,
        "limit": 50,
        "free": 49,
    }
    assert counts["doors"][0] == {
        "id": event["doors"][0]["id"],
        "name": "North door",
        "admitted": 1,
        "exited": 0,
        "denied": 1,
    }
    assert (await api.get(f"/api/events/{event['uuid']}/occupancy")).status == 401


@pytest.mark.gen_test
async def test_organisers_forms_are_refused_with_every_wrong_field_named(api: Api) -> None:
    good: dict[str, Any] = {
        "name": "x",
        "timezone": "Europe/Paris",
        "starts_at": "2026-12-24T20:30:00Z",
        "ends_at": "2026-12-25T20:30:00Z",
    }
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"ends_at": "2026-12-23T20:30:00Z"}, "ends_at"),
        ({"reentry": "often"}, "reentry"),
        ({"doors": [{"name": "a", "into": "nowhere"}]}, "doors[0].into"),
        ({"showings": [{"date": "x", "time": "20:30", "capacity": 5}]}, "showings[0].date"),
        ({"max_inside": 0}, "max_inside"),
    ]
    for change, field in wrong:
        answer = await api.admin.post("/api/events", good | change)
        assert answer.status == 422, change
        assert field in answer.body["errors"], answer.body
    assert (await api.post("/api/events", good)).status == 401
    event = await api.make_event()
    gate = await api.make_device(event)
    assert (await gate.post("/api/events", good)).status == 403
    listed = (await api.get("/api/events?only_futur=true")).body
    assert {"Box office", "Winter concert"} == {each["name"] for each in listed}
    assert listed[0].keys() == {"uuid", "name", "startDate", "publicKeyPem", "description", "url"}


@pytest.mark.gen_test
async def test_all_that_is_wrong_with_a_booking_is_named_at_once(api: Api) -> None:
    answer = await api.admin.post("/api/tickets", {"name": 5, "date": "2020-13-01", "time": "99"})
    assert answer.status == 422
    assert answer.body["errors"] == {
        "name": "must be text",
        "phone_number": "is missing",
        "date": "is not in the calendar",
        "time": "must be HH:MM",
    }
    event = await api.make_event()
    guests = [{"first_name": "Ada", "product": "Box"}, {"last_name": 7}, "x"]
    raw = {"event": event["uuid"], "name": " ", "phone_number": [], "email": "ada", "time": "24:00", "tickets": guests}
    answer = await api.admin.post("/api/reservations", raw)
    assert answer.body["errors"] == {
        "phone_number": "must be text",
        "date": "is missing",
        "tickets[1].first_name": "is missing",
        "tickets[1].last_name": "must be text",
        "tickets[2]": "must be an object",
        "name": "1 to 100 characters",
        "time": "must be 00:00 to 23:59",
        "email": "must be a mail address, like ada@example.org",
        "tickets[0].product": "is not sold here",
    }
    unknown = await api.admin.post("/api/tickets", {"event": "none", "name": "Ada", "date": "2026-12-24", "price": 5})
    assert unknown.body["errors"].keys() == {"phone_number", "time", "price"}


@pytest.mark.gen_test
async def test_a_phone_number_may_be_sent_as_a_number(api: Api) -> None:
    order = {"name": "Ada", "date": "2026-12-24", "time": "20:30"}
    booked = await api.admin.post("/api/tickets", {**order, "phone_number": 33123456})
    assert (booked.status, booked.body["phone_number"]) == (201, "33123456")
    for wrong in (-5, 1.5, True, 10**20, 10**30, 12):
        refused = await api.admin.post("/api/tickets", {**order, "phone_number": wrong})
        assert (refused.status, list(refused.body["errors"])) == (422, ["phone_number"])
