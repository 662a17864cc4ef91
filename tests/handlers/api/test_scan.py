"""The door over REST, word for word (scan-api.md)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Answer, Api
from tests.eventually import eventually

ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00"


@pytest.mark.gen_test
async def test_pairing_gives_a_key_once_and_the_same_refusal_for_every_wrong_token(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Entrance Scanner", "event": event["uuid"]})
    pairing = created.body["pairing"]
    assert pairing["url"].endswith(f"/scan/{pairing['token']}/pair")

    paired = await api.get(f"/scan/{pairing['token']}/pair")
    assert paired.status == 200
    assert paired.body == {
        "success": True,
        "message": "Device successfully paired",
        "api_key": paired.body["api_key"],
        "device_uuid": created.body["uuid"],
        "device_name": "Entrance Scanner",
        "tenant_name": "Example Organization",
    }
    assert paired.headers["Cache-Control"] == "no-store"

    spent = await api.get(f"/scan/{pairing['token']}/pair/")
    unknown = await api.get("/scan/nothing-like-it/pair")
    assert spent.status == unknown.status == 400
    assert spent.body["code"] == unknown.body["code"] == "pairing_failed"
    assert spent.body["message"] == "This pairing code is used up, it is for one phone: ask the organiser for a new one"
    assert unknown.body["message"] == "This pairing code is not valid: ask the organiser for a new one"
    assert spent.body["success"] is False
    assert spent.body["error"] == spent.body["message"]


@pytest.mark.gen_test
async def test_of_phones_that_pair_at_once_exactly_one_gets_the_key(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})
    path = f"/scan/{created.body['pairing']['token']}/pair"
    answers = await asyncio.gather(*[api.get(path) for _ in range(8)])
    assert sorted(answer.status for answer in answers) == [200] + [400] * 7


@pytest.mark.gen_test
async def test_looking_at_a_pairing_address_spends_nothing(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})
    path = f"/scan/{created.body['pairing']['token']}/pair"
    assert (await api.request("HEAD", path)).status == 200
    assert (await api.request("OPTIONS", path)).status == 204
    page = await api.get(path, Accept="text/html,application/xhtml+xml")
    assert page.status == 302 and page.headers["Location"].startswith("/scanner#")
    assert (await api.get(path)).status == 200


@pytest.mark.gen_test
async def test_a_pairing_code_ends_after_15_minutes(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})
    clock.advance(timedelta(minutes=15))
    assert (await api.get(f"/scan/{created.body['pairing']['token']}/pair")).status == 400


@pytest.mark.gen_test
async def test_a_code_for_several_phones_makes_each_a_device_of_its_own(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "North", "event": event["uuid"], "uses": 3})
    path = f"/scan/{created.body['pairing']['token']}/pair"
    answers = await asyncio.gather(*[api.get(path) for _ in range(5)])
    joined = sorted(answer.body["device_name"] for answer in answers if answer.status == 200)
    assert joined == ["North 1", "North 2", "North 3"]
    assert len({answer.body["api_key"] for answer in answers if answer.status == 200}) == 3


@pytest.mark.gen_test
async def test_a_new_pairing_ends_the_old_key(api: Api) -> None:
    event = await api.make_event()
    created = await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})
    first = await api.get(f"/scan/{created.body['pairing']['token']}/pair")
    again = await api.admin.post(f"/api/devices/{created.body['uuid']}/pairing")
    assert (await api.with_key(first.body["api_key"]).get("/scan/test_api/")).status == 200
    second = await api.get(f"/scan/{again.body['pairing']['token']}/pair")
    assert (await api.with_key(second.body["api_key"]).get("/scan/test_api/")).status == 200
    await _until_refused(api.with_key(first.body["api_key"]), "bad_key")


@pytest.mark.gen_test
async def test_device_tells_until_when_its_code_works_and_null_once_it_is_spent(api: Api) -> None:
    made = (await api.admin.post("/api/devices", {"name": "Gate"})).body
    assert made["pairing_until"] == made["pairing"]["expires_at"]
    assert (await api.get(f"/scan/{made['pairing']['token']}/pair")).status == 200
    path = f"/api/devices/{made['uuid']}"
    assert (await api.admin.get(path)).body["pairing_until"] is None
    again = (await api.admin.post(f"{path}/pairing")).body
    assert (await api.admin.get(path)).body["pairing_until"] == again["pairing"]["expires_at"]
    await api.admin.post(f"{path}/archive")
    assert (await api.admin.get(path)).body["pairing_until"] is None


async def _until_refused(gate: Api, code: str) -> None:
    """Wait until the change has come round by the tail."""

    async def refusal() -> Answer | None:
        answer = await gate.get("/scan/test_api")
        return answer if answer.status == 403 else None

    assert (await eventually(refusal)).body["code"] == code


@pytest.mark.gen_test
async def test_test_api_tells_whose_key_it_is(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, name="Entrance Scanner")
    for path in ("/scan/test_api", "/scan/test_api/"):
        answer = await gate.get(path)
        assert answer.status == 200
        body = answer.body
        assert body["success"] is True
        assert body["message"] == "API key is valid"
        assert body["device_info"].keys() == {"uuid", "name", "claimed", "archived", "event", "door", "may"}
        assert body["device_info"]["name"] == "Entrance Scanner"
        assert body["server_info"] == {
            "tenant": "Example Organization",
            "domain": api.url.removeprefix("http://"),
            "timestamp": "2026-12-24T18:30:00.000000+00:00",
        }
    assert (await gate.get("/scan/check_api_scan/")).body == {"scan_app": "Entrance Scanner"}


@pytest.mark.gen_test
async def test_a_scan_admits_once_and_then_tells_who_and_when(api: Api, clock: SettableClock) -> None:
    event = await api.make_event(products=[{"name": "Standard", "notice": "Hand out a blue wristband"}])
    north, south = await api.make_device(event, 0), await api.make_device(event, 1, name="Gate 2")
    [ticket] = await api.book(event, tickets=[{"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}])

    admitted = await north.scan(ticket["code"])
    assert admitted.status == 200
    assert admitted.body == {
        "success": True,
        "message": "Ticket successfully scanned",
        "code": "admitted",
        "ticket": {
            "uuid": ticket["id"],
            "status": "Valid and scanned",
            "is_scanned": True,
            "event": "Winter concert",
            "date": "2026-12-24",
            "time": "20:30",
            "first_name": "Ada",
            "last_name": "Lovelace",
            "price": None,
            "product": "Standard",
            "custom_form": None,
            "scanned_by": (await north.get("/scan/test_api")).body["device_info"]["uuid"],
            "scanned_at": "2026-12-24T18:30:00+00:00",
        },
        "reservation": {"uuid": ticket["reservation"], "tickets_count": 1},
        "notice": "Hand out a blue wristband",
        "seq": 2,
    }
    clock.advance(timedelta(seconds=84))
    again = (await south.scan(ticket["code"])).body
    assert again["success"] is False
    assert again["message"] == again["error"] == "Ticket already scanned"
    assert again["code"] == "already_scanned"
    assert again["ticket"] == admitted.body["ticket"]
    assert (again["reason_detail"], again["seconds_ago"], again["same_device"]) == ("inside", 84, False)
    assert (again["scanned_by_name"], again["scanned_at_door"]) == ("Gate 1", "North door")
    assert again["seq"] == 3


@pytest.mark.gen_test
async def test_looking_changes_nothing_and_tells_what_a_scan_would_do(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    for _ in range(2):
        looked = await gate.post("/scan/check_ticket/", {"qrcode_data": ticket["code"]})
        assert looked.status == 200
        assert looked.body["success"] is True
        assert looked.body["message"] == "Ticket information retrieved"
        assert looked.body["ticket"]["status"] == "Valid and not scanned"
        assert looked.body["would"] == {"admit": True, "code": "admitted"}
    await gate.scan(ticket["code"])
    looked = await gate.post("/scan/check_ticket/", {"qrcode_data": ticket["code"]})
    assert looked.body["success"] is True
    assert looked.body["would"] == {"admit": False, "code": "already_scanned"}


@pytest.mark.gen_test
async def test_one_ticket_at_many_doors_at_once_is_admitted_once(api: Api) -> None:
    event = await api.make_event()
    gates = [await api.make_device(event, n % 2, name=f"Gate {n}") for n in range(6)]
    for ticket in await api.book(event, 10):
        answers = await asyncio.gather(*[gate.scan(ticket["code"]) for gate in gates])
        codes = sorted(answer.body["code"] for answer in answers)
        assert codes == ["admitted"] + ["already_scanned"] * 5
        assert len({answer.body["seq"] for answer in answers}) == 6


@pytest.mark.gen_test
async def test_the_same_nonce_twenty_times_at_once_is_one_entry_with_one_answer(api: Api) -> None:
    event = await api.make_event(reentry="reentry")
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    expected = {"in": "admitted", "out": "exited"}
    for direction, code in expected.items():
        answers = await asyncio.gather(
            *[gate.scan(ticket["code"], nonce=f"n-{direction}", direction=direction) for _ in range(20)]
        )
        assert {answer.body["code"] for answer in answers} == {code}
        assert len({answer.body["seq"] for answer in answers}) == 1
        assert sum("replayed" not in answer.body for answer in answers) == 1
        firsts = [{k: v for k, v in answer.body.items() if k != "replayed"} for answer in answers]
        assert all(first == firsts[0] for first in firsts)
    refused = await asyncio.gather(*[gate.scan("a:b", nonce="bad") for _ in range(20)])
    assert {(answer.status, answer.body["code"]) for answer in refused} == {(400, "invalid_code")}
    assert len({answer.body["seq"] for answer in refused}) == 1
    after = await gate.scan("a:b")
    assert after.body["seq"] == refused[0].body["seq"] + 1


@pytest.mark.gen_test
async def test_a_nonce_used_for_another_ticket_admits_nobody(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    await gate.scan(first["code"], nonce="1")
    reused = await gate.scan(second["code"], nonce="1")
    assert (reused.status, reused.body["code"]) == (422, "nonce_reused")
    assert (await gate.scan(second["code"], nonce="2")).body["code"] == "admitted"
    header = await gate.post("/scan/ticket", {"qrcode_data": second["code"]}, Idempotency_Key="2")
    assert header.body["replayed"] is True


@pytest.mark.gen_test
async def test_a_ticket_of_another_event_is_refused_with_406_event_error(api: Api) -> None:
    tonight, tomorrow = await api.make_event(), await api.make_event(name="Another")
    gate, everywhere = await api.make_device(tonight), await api.make_device(tonight, None, event=None)
    [ticket] = await api.book(tomorrow)
    wrong = await gate.scan(ticket["code"])
    assert (wrong.status, wrong.body["code"]) == (406, "wrong_event")
    assert wrong.body["message"] == wrong.body["error"] == "Event error"
    assert wrong.body["ticket"]["event"] == "Another"
    asked = await everywhere.scan(ticket["code"], event_uuid=tonight["uuid"])
    assert asked.status == 406
    assert (await everywhere.scan(ticket["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_forged_and_foreign_codes_are_refused_each_with_its_reason(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    data, signature = ticket["code"].split(":")
    forged = data + ":" + ("A" if signature[0] != "A" else "B") + signature[1:]
    refused: list[tuple[Any, int, str]] = [
        (forged, 400, "bad_signature"),
        ("hello", 400, "invalid_code"),
        (f"{data}:{signature}:{signature}", 400, "invalid_code"),
        ("", 400, "bad_request"),
        (5, 400, "bad_request"),
    ]
    for code, status, name in refused:
        answer = await gate.scan(code)
        assert (answer.status, answer.body["code"]) == (status, name)
        assert answer.body["success"] is False
        assert answer.body["message"] == answer.body["error"]
    assert (await gate.post("/scan/ticket/", b"{")).body["code"] == "bad_request"
    assert (await gate.post("/scan/ticket/", [1])).body["code"] == "bad_request"
    assert (await gate.scan("")).body["message"] == "QR code data is required"


@pytest.mark.gen_test
async def test_who_shows_no_key_or_a_wrong_one_gets_403(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    for stranger in (api, api.with_key("no.such-key-in-this-hub-0123456789abcd"), api.with_key("nonsense")):
        for path in ("/scan/ticket/", "/scan/check_ticket", "/scan/ticket"):
            answer = await stranger.post(path, {"qrcode_data": ticket["code"]})
            assert answer.status == 403
            assert answer.body == {
                "success": False,
                "code": "bad_key",
                "message": "Invalid or missing API key",
                "error": "Invalid or missing API key",
            }


@pytest.mark.gen_test
async def test_an_archived_device_is_refused_at_its_very_next_scan(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    uuid = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    assert (await api.admin.post(f"/api/devices/{uuid}/archive")).body["archived"] is True
    answer = await gate.scan(ticket["code"])
    assert (answer.status, answer.body["code"]) == (403, "device_archived")
    assert answer.body["message"] == "App is archived."


@pytest.mark.gen_test
async def test_wrong_methods_and_large_bodies_are_named(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    wrong = await gate.get("/scan/ticket/")
    assert (wrong.status, wrong.body["code"]) == (405, "bad_method")
    assert wrong.headers["Allow"] == "POST, OPTIONS"
    large = await gate.post("/scan/ticket/", {"qrcode_data": "x" * 70_000})
    assert (large.status, large.body["code"]) == (413, "too_large")


@pytest.mark.gen_test
async def test_the_phones_web_view_may_ask_across_origins(api: Api) -> None:
    preflight = await api.request(
        "OPTIONS",
        "/scan/ticket/",
        Origin="http://localhost",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization, content-type",
    )
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "http://localhost"
    assert "authorization, content-type" in preflight.headers["Access-Control-Allow-Headers"]
    error = await api.post("/scan/ticket/", {}, Origin="http://localhost")
    assert error.status == 403
    assert error.headers["Access-Control-Allow-Origin"] == "http://localhost"
    foreign = await api.post("/scan/ticket/", {}, Origin="http://evil.example")
    assert "Access-Control-Allow-Origin" not in foreign.headers


@pytest.mark.gen_test
async def test_force_needs_the_right_and_a_reason(api: Api) -> None:
    event = await api.make_event()
    plain, strong = await api.make_device(event), await api.make_device(event, may=["force"])
    [ticket] = await api.book(event, paid=False)
    assert (await strong.scan(ticket["code"])).body["code"] == "unpaid"
    refused = await plain.scan(ticket["code"], force=True, reason="paid in cash")
    assert (refused.status, refused.body["code"]) == (403, "not_allowed")
    assert (await strong.scan(ticket["code"], force=True)).body["code"] == "bad_request"
    assert (await strong.scan(ticket["code"], force=True, reason="paid in cash")).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_a_devices_key_ends_twelve_hours_after_its_event(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(ends_at="2026-12-25T02:00:00+01:00")
    gate, everywhere = await api.make_device(event), await api.make_device(event, None, event=None)
    for hour, status in ((12, 200), (13, 403)):
        clock.set(datetime(2026, 12, 25, hour, 59, 59, tzinfo=UTC))
        hub.authenticator.forget()
        assert (await gate.get("/scan/test_api")).status == status
    assert (await everywhere.get("/scan/test_api")).status == 200


@pytest.mark.gen_test
async def test_many_bad_keys_slow_their_sender_down_and_no_phone_of_the_same_address(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    for _ in range(120):
        hub.limits.bad_keys.count("127.0.0.1")
    refused = await api.with_key("no.such-key-in-this-hub-0123456789abcd").get("/scan/test_api")
    assert (refused.status, refused.body["code"]) == (429, "slow_down")
    assert int(refused.headers["Retry-After"]) >= 1
    assert (await gate.get("/scan/test_api")).status == 200


@pytest.mark.gen_test
async def test_the_first_answer_comes_again_whatever_has_changed_since(api: Api) -> None:
    event = await api.make_event(reentry="reentry")
    gate = await api.make_device(event)
    [ticket], [unpaid] = await api.book(event), await api.book(event, paid=False)
    admitted = (await gate.scan(ticket["code"], nonce="in")).body
    left = (await gate.scan(ticket["code"], nonce="out", direction="out")).body
    refused = (await gate.scan(unpaid["code"], nonce="no")).body
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    await api.admin.post(f"/api/reservations/{unpaid['reservation']}/pay")
    changed = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"reentry": "single", "max_inside": 1})
    assert changed.status == 200, changed.raw
    for code, nonce, first in ((ticket, "in", admitted), (ticket, "out", left), (unpaid, "no", refused)):
        fields = {"direction": "out"} if nonce == "out" else {}
        again = (await gate.scan(code["code"], nonce=nonce, **fields)).body
        assert again == first | {"replayed": True}


@pytest.mark.gen_test
async def test_all_that_is_wrong_with_a_scan_is_named_in_one_message(api: Api) -> None:
    gate = await api.make_device(await api.make_event())
    refused = await gate.scan("code", count=0, direction="up", force="yes", nonce="n" * 101)
    assert (refused.status, refused.body["code"]) == (400, "bad_request")
    assert refused.body["message"] == (
        "direction: must be one of: in, out; force: must be true or false; count: must be 1 to 100; "
        "nonce: must be 1 to 100 characters"
    )
