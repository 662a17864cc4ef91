"""Staff of single events: how they are made and changed, and what they get over sockets (booking-api.md)."""

import asyncio
import json
import time
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hub.live.protocol import CloseCode
from hub.model.journal import HUB_STREAM
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.handlers.api.test_users import as_user, make
from tests.handlers.credentials import PASSWORD

NOWHERE = "00000000-0000-4000-8000-000000000000"


def role(event: Any, name: str) -> dict[str, str]:
    return {"event": event["uuid"], "role": name}


async def open_socket(user: Api) -> WebSocketClientConnection:
    headers = {"Cookie": user.headers["Cookie"], "Origin": user.url}
    socket = await websocket_connect(HTTPRequest(user.url.replace("http", "ws", 1) + "/live", headers=headers))
    await hear(socket, "welcome")
    return socket


async def hear(socket: WebSocketClientConnection, *kinds: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while (text := await socket.read_message()) is not None:
            frame: dict[str, Any] = json.loads(text)
            if frame["type"] in kinds:
                return frame
    return {}


async def ask(socket: WebSocketClientConnection, kind: str, **fields: Any) -> dict[str, Any]:
    await socket.write_message(json.dumps({"type": kind, "id": 7, **fields}))
    return await hear(socket, "subscribed", "result", "error")


@pytest.mark.gen_test
async def test_staff_is_made_with_roles_and_changed_by_replacing_them(api: Api) -> None:
    one, other = await api.make_event(), await api.make_event()
    made = await make(api, "sam", "staff", events=[role(one, "box_office"), role(other, "viewer")])
    assert made["events"] == [role(one, "box_office"), role(other, "viewer")]
    path = f"/api/users/{made['id']}"
    assert (await api.admin.request("PATCH", path, {"events": [role(other, "door_lead")]})).body["events"] == [
        role(other, "door_lead")
    ]
    assert (await api.admin.request("PATCH", path, {"disabled": True})).body["events"] == [role(other, "door_lead")]
    promoted = (await api.admin.request("PATCH", path, {"role": "viewer"})).body
    assert (promoted["role"], promoted["events"]) == ("viewer", [])


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"role": "staff"}, "events"),
        ({"role": "staff", "events": []}, "events"),
        ({"role": "viewer", "events": [{"event": "{e}", "role": "viewer"}]}, "events"),
        ({"role": "staff", "events": [{"event": NOWHERE, "role": "viewer"}]}, "events[0].event"),
        ({"role": "staff", "events": [{"event": HUB_STREAM, "role": "viewer"}]}, "events[0].event"),
        ({"role": "staff", "events": [{"event": "{e}", "role": "owner"}]}, "events[0].role"),
        ({"role": "staff", "events": [{"event": "{e}", "role": "viewer"}] * 2}, "events[1].event"),
        ({"role": "staff", "events": [{"event": "{e}", "role": "viewer"}] * 201}, "events"),
        ({"role": "staff", "events": [None]}, "events[0]"),
    ],
)
async def test_form_names_what_is_wrong_with_roles_for_events_and_makes_nobody(api: Api, form: Any, field: str) -> None:
    event = (await api.make_event())["uuid"]
    body = json.loads(json.dumps({"username": "sam", "password": PASSWORD, **form}).replace("{e}", event))
    answer = await api.admin.post("/api/users", body)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])
    assert len((await api.admin.get("/api/users")).body) == 1


@pytest.mark.gen_test
async def test_roles_for_events_of_a_user_who_has_one_for_all_are_refused_at_a_change_too(api: Api) -> None:
    event = await api.make_event()
    vera = await make(api, "vera", "viewer")
    path = f"/api/users/{vera['id']}"
    answer = await api.admin.request("PATCH", path, {"events": [role(event, "organiser")]})
    assert (answer.status, list(answer.body["errors"])) == (422, ["events"])
    assert (await api.admin.request("PATCH", path, {"role": "staff"})).status == 422
    (first,) = [user for user in (await api.admin.get("/api/users")).body if user["role"] == "owner"]
    staff = {"role": "staff", "events": [role(event, "organiser")]}
    assert (await api.admin.request("PATCH", f"/api/users/{first['id']}", staff)).body["code"] == "last_owner"


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("name", "sees_names"), [("organiser", True), ("box_office", True), ("viewer", False), ("door_lead", False)]
)
async def test_socket_follows_ones_own_event_alone_with_names_as_the_role_says(
    api: Api, name: str, sees_names: bool
) -> None:
    one, other = await api.make_event(), await api.make_event()
    (ticket,) = await api.book(one)
    gate = await api.make_device(one)
    assert (await gate.scan(ticket["code"])).body["success"]
    await make(api, "sam", "staff", events=[role(one, name)])
    socket = await open_socket(await as_user(api, "sam"))
    for event in (other["uuid"], HUB_STREAM, NOWHERE):
        refused = await ask(socket, "subscribe", event=event)
        assert (refused["type"], refused["code"]) == ("error", "not_allowed")
    assert (await ask(socket, "subscribe", event=one["uuid"]))["type"] == "subscribed"
    assert ("Lovelace" in json.dumps(await hear(socket, "snapshot"))) == sees_names
    for call in ("scan", "check", "undo"):
        body = {"qrcode_data": ticket["code"], "nonce": "x" * 22, "ticket_uuid": ticket["id"], "seq": 1}
        assert (await ask(socket, call, **body))["code"] == "not_allowed"
    socket.close()


@pytest.mark.gen_test
async def test_viewer_of_all_events_scans_nothing_over_a_socket(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    await make(api, "vera", "viewer")
    socket = await open_socket(await as_user(api, "vera"))
    assert (await ask(socket, "scan", qrcode_data=ticket["code"], nonce="x" * 22))["code"] == "not_allowed"
    socket.close()
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (counts["admitted"], counts["denied"]) == (0, 0)


@pytest.mark.gen_test
async def test_role_that_is_taken_ends_login_and_socket_within_a_second(api: Api) -> None:
    one, other = await api.make_event(), await api.make_event()
    made = await make(api, "sam", "staff", events=[role(one, "organiser"), role(other, "viewer")])
    sam = await as_user(api, "sam")
    socket = await open_socket(sam)
    assert (await ask(socket, "subscribe", event=one["uuid"]))["type"] == "subscribed"
    taken = {"events": [role(other, "viewer")]}
    assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", taken)).status == 200
    begun = time.monotonic()
    await hear(socket, "nothing")
    took = time.monotonic() - begun
    assert (socket.close_code, took < 1) == (CloseCode.NO_LONGER_ALLOWED, True)
    socket.close()
    assert (await sam.get("/api/me")).status == 401
    again = await as_user(api, "sam")
    assert (await again.get(f"/api/events/{one['uuid']}/occupancy")).status == 404
    assert (await again.get(f"/api/events/{other['uuid']}/occupancy")).status == 200


@pytest.mark.gen_test
async def test_box_office_books_in_its_event_and_nowhere_else_however_it_is_asked(api: Api) -> None:
    one, other = await api.make_event(), await api.make_event(booking="open")
    await make(api, "tilda", "staff", events=[role(one, "box_office")])
    till = await as_user(api, "tilda")
    order = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-24", "time": "20:30"}
    booked = await till.post("/api/tickets", {**order, "event": one["uuid"]})
    assert booked.status == 201
    moved = await till.request("PATCH", f"/api/tickets/{booked.body['id']}", {"event": other["uuid"]})
    assert moved.status == 422
    bodies: list[Any] = [
        {**order, "event": other["uuid"]},
        {**order, "event": [one["uuid"]]},
        {**order, "event": f" {other['uuid']} "},
        f'{{"event": "{one["uuid"]}", "event": "{other["uuid"]}"}}'.encode(),
    ]
    assert [(await till.post("/api/tickets", body)).status for body in bodies] == [404] * 4
    assert (await till.post("/api/tickets", order)).body["errors"] == {
        "event": "is needed: your role is for single events"
    }
    assert (await till.post("/api/tickets", b"no JSON")).status == 400
    assert (await api.admin.get(f"/api/events/{other['uuid']}/occupancy")).body["booked"] == 0


@pytest.mark.gen_test
@pytest.mark.parametrize(("name", "is_shown"), [("viewer", True), ("door_lead", False)])
async def test_door_lead_hears_of_no_money(api: Api, name: str, is_shown: bool) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event, paid=False)
    await make(api, "dora", "staff", events=[role(event, name)])
    socket = await open_socket(await as_user(api, "dora"))
    await ask(socket, "subscribe", event=event["uuid"])
    await hear(socket, "snapshot")
    payment = {"method": "cash", "amount": "12.50", "currency": "EUR"}
    paid = await api.admin.post(f"/api/reservations/{ticket['reservation']}/pay", payment)
    assert paid.status == 200, paid.raw
    kinds: list[str] = []
    while "ticket.paid" not in kinds or len(kinds) < 2:
        kinds += [str(item.get("kind")) for item in (await hear(socket, "updates"))["items"]]
    assert ("payment.taken" in kinds) == is_shown
    socket.close()


@pytest.mark.gen_test
@pytest.mark.parametrize("right", ["sell", "names", "search"])
@pytest.mark.parametrize(("name", "may_grant"), [("organiser", True), ("door_lead", False)])
async def test_door_lead_lets_no_device_sell_or_see_names_nor_pairs_one_that_does(
    api: Api, name: str, may_grant: bool, right: str
) -> None:
    event = await api.make_event()
    await make(api, "dora", "staff", events=[role(event, name)])
    dora = await as_user(api, "dora")
    form = {"name": "Till", "event": event["uuid"], "may": ["undo", right]}
    assert (await dora.post("/api/devices", form)).status == (201 if may_grant else 403)
    plain = f"/api/devices/{(await dora.post('/api/devices', form | {'may': ['undo']})).body['uuid']}"
    assert (await dora.request("PATCH", plain, {"may": [right]})).status == (200 if may_grant else 403)
    strong = f"/api/devices/{(await api.admin.post('/api/devices', form)).body['uuid']}"
    paired = await dora.post(f"{strong}/pairing")
    assert (paired.status, b"token" in paired.raw) == ((200, True) if may_grant else (403, False))
    assert (await dora.request("PATCH", strong, {"name": "Desk", "may": ["undo", right]})).status == 200
    assert (await dora.post(f"{plain}/pairing")).status == 200


@pytest.mark.gen_test
async def test_preset_of_an_app_that_searches_is_granted_by_no_door_lead(api: Api) -> None:
    event = await api.make_event()
    await make(api, "dora", "staff", events=[role(event, "door_lead")])
    dora = await as_user(api, "dora")
    form = {"name": "Old phone", "event": event["uuid"], "app": "tibillet"}
    refused = await dora.post("/api/devices", form)
    assert (refused.status, refused.body["detail"]) == (403, "Your role may not let a device show guests' names")
    assert (await dora.post("/api/devices", form | {"may": []})).status == 201
    assert len((await api.admin.get(f"/api/devices?event={event['uuid']}")).body) == 1


@pytest.mark.gen_test
@pytest.mark.parametrize(("right", "scope"), [("sell", "tickets:write"), ("names", "tickets:read")])
async def test_key_lets_no_device_do_what_it_may_not_itself(api: Api, right: str, scope: str) -> None:
    event = await api.make_event()
    form = {"name": "Till", "event": event["uuid"], "may": [right]}
    strong = f"/api/devices/{(await api.admin.post('/api/devices', form)).body['uuid']}/pairing"
    for scopes, (made, paired) in ((["devices:write"], (403, 403)), (["devices:write", scope], (201, 200))):
        body = (await api.admin.post("/api/keys", {"name": "Script", "scopes": scopes})).body
        key = api.with_key(body["key"])
        assert ((await key.post("/api/devices", form)).status, (await key.post(strong)).status) == (made, paired)


@pytest.mark.gen_test
@pytest.mark.parametrize(("name", "sees_names"), [("organiser", True), ("door_lead", False)])
async def test_scan_that_a_door_lead_takes_back_names_no_guest(api: Api, name: str, sees_names: bool) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    seq = (await (await api.make_device(event)).scan(ticket["code"])).body["seq"]
    await make(api, "dora", "staff", events=[role(event, name)])
    dora = await as_user(api, "dora")
    undo = {"ticket_uuid": ticket["id"], "seq": seq, "nonce": "once"}
    for _ in range(2):
        undone = await dora.post("/scan/undo/", undo)
        assert (undone.status, b"Lovelace" in undone.raw) == (200, sees_names)
