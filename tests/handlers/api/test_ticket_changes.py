"""Changes of tickets: moved, corrected, cancelled, blocked, reissued, paid, deleted (booking-api.md)."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.jobs.second_hub import another_hub

BOOKING = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-25", "time": "20:30"}
TWO_TIMES = [{"date": "2026-12-24", "time": time, "capacity": 2} for time in ("20:30", "22:30")]


async def showing_left(api: Api, event: str) -> dict[str, int]:
    return {row["time"]: row["left"] for row in (await api.admin.get(f"/api/showings?event={event}")).body}


async def booked_of(api: Api, event: str) -> int:
    counts = (await api.admin.get(f"/api/events/{event}/occupancy")).body
    booked: int = counts["booked"]
    return booked


async def kinds_of(hub: Hub, event: str) -> list[str]:
    return [entry.kind for entry in await hub.store.journal.read(event, 0)]


@pytest.mark.gen_test
async def test_a_ticket_moves_to_another_time_with_its_seat(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    (ticket,) = await api.book(event)
    path = f"/api/tickets/{ticket['id']}"
    moved = await api.admin.request("PUT", path + "/", {"time": "22:30", "expired": True})
    assert (moved.status, moved.body["time"], moved.body["expired"]) == (200, "22:30", False)
    assert (await api.admin.get(path)).body["time"] == "22:30"
    assert await showing_left(api, event["uuid"]) == {"20:30": 2, "22:30": 1}
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert (entries[-1].kind, entries[-1].effect) == ("ticket.moved", {})
    again = await api.admin.request("PATCH", path, {"time": "22:30"})
    assert again.status == 200
    assert (await kinds_of(hub, event["uuid"])).count("ticket.moved") == 1


@pytest.mark.gen_test
async def test_a_ticket_that_cannot_move_keeps_its_old_seat(api: Api) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    (ticket,) = await api.book(event)
    await api.book(event, 2, time="22:30")
    path = f"/api/tickets/{ticket['id']}"
    full = await api.admin.request("PUT", path, {"time": "22:30"})
    assert (full.status, full.body["code"]) == (409, "sold_out")
    nowhere = await api.admin.request("PUT", path, {"time": "23:30"})
    assert (nowhere.status, nowhere.body["code"]) == (422, "no_showing")
    other = await api.make_event(name="Another")
    elsewhere = await api.admin.request("PUT", path, {"event": other["uuid"]})
    assert (elsewhere.status, list(elsewhere.body["errors"])) == (422, ["event"])
    assert (await api.admin.get(path)).body["time"] == "20:30"
    assert await showing_left(api, event["uuid"]) == {"20:30": 1, "22:30": 0}


@pytest.mark.gen_test
async def test_a_scanned_an_expired_and_a_cancelled_ticket_cannot_move(api: Api, clock: SettableClock) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    gate = await api.make_device(event)
    scanned, _ = await api.book(event, 2)
    assert (await gate.scan(scanned["code"])).body["code"] == "admitted"
    refused = await api.admin.request("PATCH", f"/api/tickets/{scanned['id']}", {"time": "22:30"})
    assert (refused.status, refused.body["code"]) == (409, "ticket_scanned")
    (canceled,) = await api.book(event, time="22:30")
    await api.admin.post(f"/api/tickets/{canceled['id']}/cancel")
    refused = await api.admin.request("PATCH", f"/api/tickets/{canceled['id']}", {"time": "20:30"})
    assert (refused.status, refused.body["code"]) == (409, "ticket_canceled")
    (late,) = await api.book(event, time="22:30")
    clock.advance(timedelta(hours=13))
    refused = await api.admin.request("PATCH", f"/api/tickets/{late['id']}", {"time": "20:30"})
    assert (refused.status, refused.body["code"]) == (409, "ticket_expired")


@pytest.mark.gen_test
async def test_name_and_phone_number_are_corrected_everywhere(api: Api, hub: Hub) -> None:
    booked = (await api.post("/api/tickets", BOOKING)).body
    path = f"/api/tickets/{booked['id']}"
    told = {"name": "  Grace Brewster Hopper ", "phone_number": "+1 555 0100"}
    changed = await api.admin.request("PATCH", path, told)
    assert (changed.status, changed.body["name"]) == (200, "Grace Brewster Hopper")
    ticket = await hub.booking.ticket(booked["id"])
    assert (ticket.first_name, ticket.last_name) == ("Grace Brewster", "Hopper")
    assert ticket.words == ["grace", "brewster", "hopper"]
    reservation = (await api.admin.get(f"/api/reservations/{booked['reservation']}")).body
    assert (reservation["name"], reservation["phone_number"]) == ("Grace Brewster Hopper", "+1 555 0100")
    found = await api.admin.get("/api/tickets?search=hopp")
    assert [each["id"] for each in found.body] == [booked["id"]]
    assert (await api.admin.get("/api/tickets?search=lovelace")).body == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"phone_number": "x"}, "phone_number"),
        ({"date": "2026-02-30"}, "date"),
        ({"time": "25:00"}, "time"),
        ({"name": 5}, "name"),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_change_names_its_field_and_changes_nothing(api: Api, change: Any, field: str) -> None:
    ticket = (await api.post("/api/tickets", BOOKING)).body
    path = f"/api/tickets/{ticket['id']}"
    before = (await api.admin.get(path)).body
    refused = await api.admin.request("PUT", path, {"name": "Somebody Else"} | change)
    assert refused.status == 422
    assert field in refused.body["errors"]
    assert (await api.admin.get(path)).body == before


@pytest.mark.gen_test
async def test_only_a_key_that_may_write_changes_tickets(api: Api) -> None:
    ticket = (await api.post("/api/tickets", BOOKING)).body
    made = await api.admin.post("/api/keys", {"name": "reader", "scopes": ["tickets:read"]})
    reader = api.with_key(made.body["key"])
    calls = [("PUT", ""), ("PATCH", ""), ("DELETE", ""), *(("POST", f"/{a}") for a in ("cancel", "block", "reissue"))]
    for method, action in calls:
        path = f"/api/tickets/{ticket['id']}{action}"
        body = {"name": "Mallory"} if method in ("PUT", "PATCH") else None
        assert (await api.request(method, f"{path}?token={ticket['access_token']}", body)).status == 401
        assert (await reader.request(method, path, body)).status == 403
        assert (await api.admin.request(method, f"/api/tickets/unknown{action}", body)).status == 404
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == "valid"


@pytest.mark.gen_test
async def test_a_deleted_ticket_is_gone_and_its_seat_free(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    first, second = await api.book(event, 2)
    path = f"/api/tickets/{first['id']}"
    assert (await api.admin.request("DELETE", path)).status == 204
    assert (await api.admin.request("DELETE", path)).status == 404
    assert (await api.admin.get(path)).status == 404
    assert (await showing_left(api, event["uuid"]))["20:30"] == 1
    assert await booked_of(api, event["uuid"]) == 1
    reservation = f"/api/reservations/{second['reservation']}"
    assert (await api.admin.get(reservation)).body["tickets_count"] == 1
    await api.admin.request("DELETE", f"/api/tickets/{second['id']}")
    assert (await api.admin.get(reservation)).status == 404


@pytest.mark.gen_test
async def test_who_is_deleted_while_inside_leaves_first(api: Api, hub: Hub) -> None:
    event = await api.make_event(
        zones=[{"name": "Hall"}], doors=[{"name": "Hall door", "into": "Hall"}], products=[{"name": "Standard"}]
    )
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")
    assert (await kinds_of(hub, event["uuid"]))[-2:] == ["ticket.exited", "ticket.deleted"]
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (counts["inside"], counts["admitted"], counts["booked"], counts["zones"][0]["inside"]) == (0, 1, 0, 0)
    assert (await gate.scan(ticket["code"])).body["code"] == "unknown_ticket"


@pytest.mark.gen_test
async def test_twenty_cancellations_at_once_leave_one_entry_and_free_one_seat(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    ticket, _ = await api.book(event, 2)
    path = f"/api/tickets/{ticket['id']}/cancel"
    answers = await asyncio.gather(*[api.admin.post(path) for _ in range(20)])
    assert {(answer.status, answer.body["status"]) for answer in answers} == {(200, "canceled")}
    assert (await kinds_of(hub, event["uuid"])).count("ticket.canceled") == 1
    assert (await showing_left(api, event["uuid"]))["20:30"] == 1
    assert await booked_of(api, event["uuid"]) == 1


@pytest.mark.gen_test
async def test_a_scanned_ticket_that_is_cancelled_stays_inside_until_it_leaves(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    assert (await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")).status == 200
    occupancy = f"/api/events/{event['uuid']}/occupancy"
    assert (await api.admin.get(occupancy)).body["inside"] == 1
    assert (await gate.scan(ticket["code"])).body["code"] == "canceled"
    assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"
    assert (await api.admin.get(occupancy)).body["inside"] == 0


@pytest.mark.gen_test
async def test_a_block_is_put_on_and_taken_off_once(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event, paid=False)
    path = f"/api/tickets/{ticket['id']}"
    for action, status in [("block", "blocked"), ("block", "blocked"), ("unblock", "unpaid"), ("unblock", "unpaid")]:
        done = await api.admin.post(f"{path}/{action}/")
        assert (done.status, done.body["status"]) == (200, status)
    await api.admin.post(f"{path}/block")
    assert (await gate.scan(ticket["code"])).body["code"] == "blocked"
    await api.admin.post(f"/api/reservations/{ticket['reservation']}/pay")
    assert (await api.admin.get(path)).body["status"] == "blocked"
    assert (await api.admin.post(f"{path}/unblock")).body["status"] == "valid"
    kinds = await kinds_of(hub, event["uuid"])
    assert (kinds.count("ticket.blocked"), kinds.count("ticket.unblocked")) == (2, 2)
    await api.admin.post(f"{path}/cancel")
    refused = await api.admin.post(f"{path}/unblock")
    assert (refused.status, refused.body["code"]) == (409, "ticket_canceled")


@pytest.mark.gen_test
async def test_a_reissued_ticket_has_a_new_code_and_token_and_the_old_are_good_no_more(api: Api) -> None:
    event = await api.make_event(booking="open")
    gate = await api.make_device(event)
    (old,) = await api.book(event)
    path = f"/api/tickets/{old['id']}"
    new = (await api.admin.post(f"{path}/reissue")).body
    assert new["code"] != old["code"]
    assert (await api.get(f"{path}?token={old['access_token']}")).status == 401
    assert (await api.get(f"{path}?token={new['access_token']}")).status == 200
    assert (await gate.scan(old["code"])).body["code"] == "replaced"
    assert (await gate.scan(new["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_a_reservation_is_paid_resent_and_cancelled_whole(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    tickets = await api.book(event, 3, paid=False)
    path = f"/api/reservations/{tickets[0]['reservation']}"
    for _ in range(2):
        paid = await api.admin.post(f"{path}/pay")
        assert (paid.status, paid.body["paid"]) == (200, True)
        assert {each["status"] for each in paid.body["tickets"]} == {"valid"}
    resent = (await api.admin.post(f"{path}/resend")).body
    assert len(resent["links"]) == 3
    assert all(f"/t/{each['id']}?token=" in link for each, link in zip(resent["tickets"], resent["links"], strict=True))
    for _ in range(2):
        canceled = await api.admin.post(f"{path}/cancel")
        assert {each["status"] for each in canceled.body["tickets"]} == {"canceled"}
    kinds = await kinds_of(hub, event["uuid"])
    assert (kinds.count("ticket.paid"), kinds.count("ticket.canceled")) == (3, 3)
    assert await booked_of(api, event["uuid"]) == 0
    assert (await api.admin.post(f"{path}/pay")).body["code"] == "ticket_canceled"
    assert (await api.get(path)).status == 401
    assert (await api.admin.get("/api/reservations/unknown")).status == 404
    assert (await api.admin.post("/api/reservations/unknown/cancel")).status == 404


@pytest.mark.gen_test
async def test_tickets_are_listed_by_status_and_found_by_name_or_phone_number(api: Api) -> None:
    event = await api.make_event()
    first, second = await api.book(event, 2)
    await api.admin.post(f"/api/tickets/{first['id']}/cancel")
    await api.book(event, phone_number="+44 20 7946", tickets=[{"first_name": "Alan", "last_name": "Turing"}])
    query = f"/api/tickets?event={event['uuid']}"
    assert [each["id"] for each in (await api.admin.get(f"{query}&status=canceled")).body] == [first["id"]]
    assert len((await api.admin.get(f"{query}&status=valid")).body) == 2
    assert (await api.admin.get(f"{query}&status=gone")).status == 422
    by_name = (await api.admin.get("/api/tickets?search=tur%20al")).body
    by_phone = (await api.admin.get("/api/tickets?search=%2B44%2020%207946")).body
    assert [each["name"] for each in by_name] == [each["name"] for each in by_phone] == ["Alan Turing"]
    assert (await api.admin.get("/api/tickets?search=.*")).body == []
    page = await api.admin.get(f"{query}&search=love&limit=1")
    following = page.headers["Link"].split(">")[0].lstrip("<")
    rest = (await api.admin.get(following)).body
    assert {each["id"] for each in (*page.body, *rest)} == {first["id"], second["id"]}


@pytest.mark.gen_test
async def test_a_phone_number_holds_so_many_tickets_of_one_time_and_no_more(api: Api, hub: Hub) -> None:
    spelled = [BOOKING | {"phone_number": number} for number in ("+33 1 23 45 67", "+33(1)234567", "+33-1-23-45-67")]
    answers = await asyncio.gather(*[api.post("/api/tickets", spelled[n % 3]) for n in range(15)])
    assert sorted(answer.status for answer in answers) == [201] * 6 + [409] * 9
    assert {answer.body["code"] for answer in answers if answer.status == 409} == {"phone_limit"}
    assert (await api.post("/api/tickets", BOOKING | {"time": "22:30"})).status == 201
    assert (await api.post("/api/tickets", BOOKING | {"phone_number": "99999"})).status == 201
    assert (await api.admin.post("/api/tickets", BOOKING)).status == 201, "a key has no limit"
    held = [answer.body["id"] for answer in answers if answer.status == 201]
    assert (await api.post("/api/tickets", BOOKING)).status == 409
    await api.admin.post(f"/api/tickets/{held[0]}/cancel")
    await api.admin.request("DELETE", f"/api/tickets/{held[1]}")
    assert (await api.post("/api/tickets", BOOKING)).status == 201
    assert (await api.post("/api/tickets", BOOKING)).status == 409
    await api.admin.request("PATCH", f"/api/tickets/{held[2]}", {"time": "21:30"})
    assert (await api.post("/api/tickets", BOOKING)).status == 201
    await api.admin.request("PATCH", f"/api/tickets/{held[3]}", {"phone_number": "12345"})
    assert (await api.post("/api/tickets", BOOKING)).status == 201
    assert (await api.post("/api/tickets", BOOKING)).status == 409


@pytest.mark.gen_test
async def test_seats_are_never_oversold_while_another_process_moves_and_cancels(api: Api, hub: Hub) -> None:
    chance = random.Random(60)
    times = ["20:30", "22:30"]
    most: list[int] = []

    async def client(number: int, other: Hub) -> None:
        order = BOOKING | {"phone_number": f"+33 {number:05}", "time": chance.choice(times)}
        booked = await api.post("/api/tickets", order)
        assert booked.status in (201, 409)
        if booked.status == 409:
            return
        path = f"/api/tickets/{booked.body['id']}"
        match chance.randrange(4):
            case 0:
                wanted = times[1 - times.index(order["time"])]
                assert (await api.admin.request("PUT", path, {"time": wanted})).status in (200, 409)
            case 1:
                assert (await api.admin.request("DELETE", path)).status == 204
            case 2:
                await other.tickets.change(booked.body["id"], other.tickets.changes.cancel)
        tickets = (await api.admin.get(f"/api/tickets?date={BOOKING['date']}&limit=1000")).body
        most.extend(sum(t["time"] == time and t["status"] != "canceled" for t in tickets) for time in times)

    async with another_hub(hub) as other:
        await asyncio.gather(*[client(number, other) for number in range(60)])
    tickets = (await api.admin.get(f"/api/tickets?date={BOOKING['date']}&limit=1000")).body
    held = {time: sum(t["time"] == time and t["status"] != "canceled" for t in tickets) for time in times}
    assert max(held.values()) <= 20
    assert max(most) <= 20
    event = tickets[0]["event"]
    assert await showing_left(api, event) == {time: 20 - held[time] for time in times}
    assert await booked_of(api, event) == sum(held.values())


@pytest.mark.gen_test
async def test_two_corrections_at_once_both_hold(api: Api) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    (ticket,) = await api.book(event)
    path = f"/api/tickets/{ticket['id']}"
    told = [{"name": "Grace Hopper"}, {"phone_number": "+1 555 0100"}, {"time": "22:30"}]
    answers = await asyncio.gather(*[api.admin.request("PATCH", path, each) for each in told])
    assert {answer.status for answer in answers} == {200}
    after = (await api.admin.get(path)).body
    assert (after["name"], after["phone_number"], after["time"]) == ("Grace Hopper", "+1 555 0100", "22:30")
    assert await showing_left(api, event["uuid"]) == {"20:30": 2, "22:30": 1}


@pytest.mark.gen_test
async def test_guest_whose_ticket_is_reissued_while_inside_leaves_by_the_old_code_and_the_new_one_comes_in(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event(reentry="reentry")
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    old = ticket["code"]
    assert (await gate.scan(old)).body["code"] == "admitted"
    clock.advance(timedelta(seconds=1))
    new = (await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")).body["code"]
    assert (await gate.scan(old)).body["code"] == "replaced"
    looked = await gate.post("/scan/check_ticket/", {"qrcode_data": old, "direction": "out"})
    assert looked.body["would"]["code"] == "exited"
    assert (await gate.scan(old, direction="out")).body["code"] == "exited"
    assert (await gate.scan(old, direction="out")).body["code"] == "replaced"
    clock.advance(timedelta(seconds=1))
    assert (await gate.scan(new)).body["code"] == "admitted"
    assert (await gate.scan(old, direction="out")).body["code"] == "replaced", "it sends nobody else out"
    inside = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["inside"]
    assert inside == 1
