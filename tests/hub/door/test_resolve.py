"""Reading what doors send: signed codes of ours and of others, practice codes, barcodes, and tickets chosen by hand."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.app import Hub
from hub.clock import SettableClock
from hub.door.codes import Signer, make_key
from tests.api import Api
from tests.jobs.second_hub import another_hub
from tests.rsa_key import RSA_KEY

RSA_PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def rsa_code(ticket: str) -> str:
    """A ticket's code as a TiBillet server signs it: no key id, padded base64, RSASSA-PSS."""
    data = base64.urlsafe_b64encode(json.dumps({"uuid": ticket}).encode())
    pss = padding.PSS(padding.MGF1(SHA256()), padding.PSS.MAX_LENGTH)
    return f"{data.decode()}:{base64.urlsafe_b64encode(RSA_KEY.sign(data, pss, SHA256())).decode()}"


def plain_code(ticket: str, signer: Signer) -> str:
    """A ticket's code signed with Ed25519 that does not name its key."""
    data = base64.urlsafe_b64encode(json.dumps({"uuid": ticket}).encode()).rstrip(b"=")
    return f"{data.decode()}:{base64.urlsafe_b64encode(signer.private_key.sign(data)).decode()}"


async def signer_of(hub: Hub, event: Any) -> Signer:
    stored = await hub.events.get(event["uuid"])
    return Signer.load(stored.key.kid, hub.vault.open(stored.key.sealed))


def guest(**more: Any) -> dict[str, Any]:
    return {"first_name": "Ada", "last_name": "Lovelace", **more}


async def counts(api: Api, event: Any) -> tuple[int, int, int]:
    """Return what the event counts: admitted, inside, denied."""
    body = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    return body["admitted"], body["inside"], body["denied"]


# --- codes of other servers, and codes without a key id ----------------------------------------------------------


@pytest.mark.gen_test
async def test_a_ticket_that_another_server_signed_is_admitted_once(api: Api) -> None:
    event = await api.make_event(publicKeyPem=RSA_PEM)
    gate, everywhere = await api.make_device(event), await api.make_device(event, None, event=None)
    first, second = str(uuid4()), str(uuid4())
    await api.book(event, tickets=[guest(uuid=first.upper()), guest(uuid=second)])
    assert (await gate.scan(rsa_code(first))).body["ticket"]["uuid"] == first
    assert (await gate.scan(rsa_code(first))).body["code"] == "already_scanned"
    assert (await everywhere.scan(rsa_code(second))).body["code"] == "admitted"
    assert await counts(api, event) == (2, 2, 1)


@pytest.mark.gen_test
async def test_a_changed_event_and_its_imported_key_are_seen_at_once_by_another_process(hub: Hub, api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    assert gate.key is not None
    [ticket] = await api.book(event, tickets=[guest(uuid=str(uuid4()))])
    code, path = {"qrcode_data": rsa_code(ticket["id"])}, f"/api/events/{event['uuid']}"
    async with another_hub(hub) as other:
        phone = await other.authenticator.by_key(gate.key)
        seen = []
        for told in ({}, {"publicKeyPem": RSA_PEM}, {"publicKeyPem": None}):
            assert (await api.admin.request("PATCH", path, told)).status == 200
            _, answer = await other.scanning.check(phone, code, hub.clock.now())
            seen.append(answer.code)
            assert msgspec.to_builtins(answer) == (await gate.post("/scan/check_ticket/", code)).body
    assert seen == ["bad_signature", msgspec.UNSET, "bad_signature"]


@pytest.mark.gen_test
async def test_an_imported_key_may_be_ed25519(api: Api) -> None:
    signer = make_key("who")
    event = await api.make_event(publicKeyPem=signer.public_pem)
    gate = await api.make_device(event)
    [ticket] = await api.book(event, tickets=[guest(uuid=str(uuid4()))])
    assert (await gate.scan(plain_code(ticket["id"], make_key("who")))).body["code"] == "bad_signature"
    assert (await gate.scan(plain_code(ticket["id"], signer))).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_an_imported_key_vouches_for_tickets_of_the_events_that_trust_it_only(api: Api) -> None:
    trusting, other = await api.make_event(publicKeyPem=RSA_PEM), await api.make_event(name="Another")
    [ticket] = await api.book(other)
    for gate in (await api.make_device(other), await api.make_device(other, None, event=None)):
        answer = await gate.scan(rsa_code(ticket["id"]))
        assert (answer.status, answer.body["code"]) == (404, "unknown_ticket")
    gate = await api.make_device(trusting)
    assert (await gate.scan(rsa_code(str(uuid4())))).body["code"] == "unknown_ticket"


@pytest.mark.gen_test
async def test_of_events_that_import_the_same_key_the_tickets_own_counts_it(api: Api) -> None:
    first, second = [await api.make_event(name=name, publicKeyPem=RSA_PEM) for name in ("First", "Second")]
    everywhere, gate = await api.make_device(first, None, event=None), await api.make_device(first)
    [ticket] = await api.book(second, tickets=[guest(uuid=str(uuid4()))])
    assert (await gate.scan(rsa_code(ticket["id"]))).status == 406
    assert (await everywhere.scan(rsa_code(ticket["id"]))).body["code"] == "admitted"
    assert (await counts(api, first))[:2] == (0, 0)
    assert (await counts(api, second))[:2] == (1, 1)


@pytest.mark.gen_test
async def test_a_code_without_key_id_is_held_against_the_named_event_then_the_devices_then_all_open(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    home, named, open_one = [await api.make_event(name=name) for name in ("Home", "Named", "Open")]
    gate, everywhere = await api.make_device(home), await api.make_device(home, None, event=None)
    codes = {}
    for event in (home, named, open_one):
        codes[event["uuid"]] = plain_code((await api.book(event))[0]["id"], await signer_of(hub, event))
    assert (await gate.scan(codes[home["uuid"]])).body["code"] == "admitted"
    assert (await gate.scan(codes[named["uuid"]], event_uuid=named["uuid"])).body["code"] == "wrong_event"
    assert (await everywhere.scan(codes[named["uuid"]], event_uuid=named["uuid"])).body["code"] == "admitted"
    assert (await everywhere.scan(codes[open_one["uuid"]])).body["code"] == "admitted"
    clock.advance(timedelta(hours=10))
    assert (await everywhere.scan(codes[open_one["uuid"]])).body["code"] == "bad_signature"
    assert (await gate.scan(codes[home["uuid"]])).body["code"] == "expired"


@pytest.mark.gen_test
async def test_a_public_key_that_cannot_be_used_is_named(api: Api) -> None:
    event = {"name": "x", "timezone": "Europe/Paris", "starts_at": "2026-12-24T20:30:00+01:00"}
    event["ends_at"] = "2026-12-25T02:00:00+01:00"
    for pem in ("no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"):
        answer = await api.admin.post("/api/events", event | {"publicKeyPem": pem})
        assert (answer.status, [*answer.body["errors"]]) == (422, ["publicKeyPem"])


# --- practice ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_practice_codes_show_their_verdict_and_never_count(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    path = f"/api/events/{event['uuid']}/practice"
    assert ((await api.get(path)).status, (await gate.get(path)).status) == (401, 403)
    listed = (await api.admin.get(path)).body
    assert {"admitted", "already_scanned", "canceled", "full", "wrong_event"} <= {each["shows"] for each in listed}
    before = await counts(api, event)
    for practice in listed:
        for direction in ("in", "out"):
            answer = await gate.scan(practice["code"], direction=direction)
            assert answer.status == 200
            assert (answer.body["success"], answer.body["code"]) == (False, "practice")
            assert answer.body["shows"] == practice["shows"]
            assert answer.body["seq"] > 0
    assert await counts(api, event) == before == (0, 0, 0)
    assert (await gate.post("/scan/check_ticket", {"qrcode_data": listed[0]["code"]})).body["code"] == "practice"


@pytest.mark.gen_test
async def test_a_practice_code_is_of_its_own_event_only(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    [first, *_] = (await api.admin.get(f"/api/events/{event['uuid']}/practice")).body
    [of_other, *_] = (await api.admin.get(f"/api/events/{other['uuid']}/practice")).body
    assert first["code"] != of_other["code"]
    mixed = of_other["code"].split(":")[0] + ":" + first["code"].split(":")[1]
    assert (await (await api.make_device(event)).scan(mixed)).body["code"] == "bad_signature"


# --- barcodes ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_a_barcode_is_looked_up_in_the_devices_event_and_only_there(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    gate, elsewhere = await api.make_device(event), await api.make_device(other)
    everywhere = await api.make_device(event, None, event=None)
    await api.book(event, tickets=[guest(barcode="4006381333931"), guest(barcode="a:b")])
    assert (await elsewhere.scan("4006381333931")).body["code"] == "invalid_code"
    assert (await elsewhere.scan("4006381333931", event_uuid=event["uuid"])).body["code"] == "invalid_code"
    assert (await everywhere.scan("4006381333931")).body["code"] == "invalid_code"
    assert (await gate.scan("4006381333931")).body["code"] == "admitted"
    assert (await gate.scan("4006381333931")).body["code"] == "already_scanned"
    assert (await everywhere.scan("a:b", event_uuid=event["uuid"])).body["code"] == "admitted"
    assert (await gate.scan("x" * 101)).body["code"] == "invalid_code"


@pytest.mark.gen_test
async def test_upc_is_found_by_12_and_by_13_digits_and_the_spelling_that_was_read_comes_first(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    barcodes = ["036000291452", "0012345678905", "042100005264", "0042100005264", "12345", "123456789012"]
    tickets = await api.book(event, tickets=[guest(barcode=barcode) for barcode in barcodes])
    found = {}
    for read in ("0036000291452", "]E0012345678905", "042100005264", "0042100005264", "012345", "1123456789012"):
        found[read] = (await gate.scan(read)).body.get("ticket", {}).get("uuid")
    ids = [ticket["id"] for ticket in tickets]
    assert list(found.values()) == [*ids[:4], None, None]


@pytest.mark.gen_test
async def test_a_device_that_tries_many_barcodes_is_slowed_down(api: Api) -> None:
    event = await api.make_event()
    gate, other = await api.make_device(event), await api.make_device(event)
    [ticket] = await api.book(event, tickets=[guest(barcode="right")])
    answers = await asyncio.gather(*[gate.scan(f"guess {n}") for n in range(90)])
    refused = [answer for answer in answers if answer.status == 429]
    assert 20 <= len(refused) <= 30
    assert (refused[0].body["code"], refused[0].headers["Retry-After"]) == ("slow_down", "1")
    assert (await gate.scan("right")).status == 429
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    assert (await other.scan("right")).body["code"] == "already_scanned"


def made_offline(verdict: str = "admitted", **fields: Any) -> dict[str, Any]:
    return {"nonce": str(uuid4()), "scanned_at": "2026-12-24T18:29:00Z", "verdict": verdict, **fields}


@pytest.mark.gen_test
async def test_each_scan_of_a_batch_fails_alone(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, tickets=[guest(barcode="right"), guest()])
    [practice, *_] = (await api.admin.get(f"/api/events/{event['uuid']}/practice")).body
    scans = [made_offline(qrcode_data="guess"), made_offline(qrcode_data="right")]
    scans += [made_offline(ticket_uuid=tickets[1]["id"]), made_offline("practice", qrcode_data=practice["code"])]
    answer = await gate.post("/scan/batch/", {"scans": scans})
    codes = [result["code"] for result in answer.body["results"]]
    assert codes == ["invalid_code", "admitted", "not_allowed", "practice"]
    assert await counts(api, event) == (1, 1, 1)


WAYS: list[tuple[str, str]] = [("/scan/ticket/", "scan"), ("/scan/check_ticket/", "check"), ("/scan/batch/", "batch")]


async def tried(gate: Api, way: str, bodies: list[dict[str, Any]]) -> list[int]:
    """Try bodies by one way in, many at once, and return their statuses."""
    if way == "/scan/batch/":
        answer = await gate.post(way, {"scans": [made_offline(**body) for body in bodies]})
        assert answer.status == 200, answer.raw
        return [result["status"] for result in answer.body["results"]]
    return [answer.status for answer in await asyncio.gather(*[gate.post(way, body) for body in bodies])]


@pytest.mark.gen_test
@pytest.mark.parametrize("way", [path for path, _ in WAYS], ids=[name for _, name in WAYS])
async def test_the_limit_on_unknown_barcodes_holds_on_every_way_in_and_for_all_of_them_together(
    api: Api, way: str
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event, tickets=[guest(barcode="right")])
    statuses = await tried(gate, way, [{"qrcode_data": f"guess {n}"} for n in range(100)])
    assert 100 - statuses.count(429) <= 70
    for other, _ in WAYS:
        assert await tried(gate, other, [{"qrcode_data": "right"}]) == [429]
    assert await tried(gate, "/scan/batch/", [{"qrcode_data": ticket["code"]}]) == [200]


@pytest.mark.gen_test
@pytest.mark.parametrize("way", [path for path, _ in WAYS], ids=[name for _, name in WAYS])
async def test_the_limit_on_check_ins_by_hand_holds_on_every_way_in(api: Api, way: str) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    tickets = await api.book(event, 3)
    [listed, *_] = (await gate.post("/scan/list_tickets/", {})).body["results"]
    bodies = [{"ticket_uuid": tickets[n % 3]["id"]} for n in range(30)] + [{"qrcode_data": listed["qrcode_data"]}] * 20
    statuses = await tried(gate, way, bodies)
    assert 30 <= len(statuses) - statuses.count(429) <= 35
    for other, _ in WAYS:
        assert await tried(gate, other, [{"ticket_uuid": tickets[0]["id"]}]) == [429]


@pytest.mark.gen_test
async def test_what_readers_add_to_a_code_is_taken_off_on_every_way_in(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    signed, _ = await api.book(event, tickets=[guest(), guest(barcode="4006381333931")])
    added = ["{}\r\n", "]Q1{}", " \t{} ", "]C1 {}\n"]
    bodies = [{"qrcode_data": text.format(code)} for text in added for code in (signed["code"], "4006381333931")]
    assert await tried(gate, "/scan/check_ticket/", bodies) == [200] * 8
    answers = [await gate.post("/scan/ticket/", body) for body in bodies]
    assert [answer.body["code"] for answer in answers] == ["admitted"] * 2 + ["already_scanned"] * 6
    assert await tried(gate, "/scan/batch/", bodies) == [200] * 8
    for blank in ("", " ", "\r\n", "]Q1", "]Q1\r"):
        refused = await gate.scan(blank)
        assert (refused.status, refused.body["message"]) == (400, "QR code data is required")
    again = {"qrcode_data": f"{signed['code']}\r", "nonce": "1"}
    first, second = [(await gate.post("/scan/ticket/", again)).body for _ in range(2)]
    assert (second["replayed"], second["seq"]) == (True, first["seq"])


@pytest.mark.gen_test
async def test_barcodes_that_are_there_use_up_nothing(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await api.book(event, tickets=[guest(barcode="right")])
    assert await tried(gate, "/scan/check_ticket/", [{"qrcode_data": "right"}] * 50) == [200] * 50
    assert await tried(gate, "/scan/batch/", [{"qrcode_data": "right"}] * 150) == [200] * 150


@pytest.mark.gen_test
async def test_a_genuine_code_of_another_event_gives_nobodys_name(api: Api) -> None:
    concert, fair = await api.make_event(products=[{"name": "Standard", "notice": "Wristband"}]), await api.make_event()
    [ticket] = await api.book(concert)
    gate, anywhere = await api.make_device(fair, may=["names", "search"]), await api.make_device(concert)
    scan = {"qrcode_data": ticket["code"], "nonce": "1"}
    answers = [await gate.post("/scan/ticket/", scan), await gate.post("/scan/ticket/", scan)]
    answers += [await gate.post("/scan/check_ticket/", scan)]
    batch = [made_offline(verdict, qrcode_data=ticket["code"]) for verdict in ("admitted", "wrong_event", "expired")]
    answers += [await gate.post("/scan/batch/", {"scans": batch})]
    for answer in answers:
        assert not any(text in answer.raw for text in (b"Ada", b"Lovelace", b"Wristband")), answer.raw
    assert [answer.body["code"] for answer in answers[:2]] == ["wrong_event"] * 2
    assert answers[0].body["ticket"]["uuid"] == ticket["id"]
    assert b"Lovelace" in (await anywhere.post("/scan/check_ticket/", scan)).raw


@pytest.mark.gen_test
async def test_a_barcode_or_id_that_is_taken_is_named_and_nothing_is_booked(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    taken = str(uuid4())
    await api.book(event, tickets=[guest(barcode="one", uuid=taken)])
    await api.book(other, tickets=[guest(barcode="one")])
    before = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"]
    for tickets, name in (
        ([guest(barcode="two"), guest(barcode="one")], "one"),
        ([guest(barcode="two"), guest(barcode="two")], "two"),
        ([guest(), guest(uuid=taken)], taken),
        ([guest(uuid=(twice := str(uuid4()))), guest(uuid=twice)], twice),
    ):
        answer = await api.admin.post("/api/reservations", reservation(event, tickets))
        assert (answer.status, answer.body["code"]) == (409, "duplicate")
        assert name in answer.body["detail"]
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"] == before


@pytest.mark.gen_test
async def test_the_same_barcode_booked_at_once_is_booked_once(api: Api) -> None:
    event = await api.make_event()
    body = reservation(event, [guest(barcode="one"), guest()])
    answers = await asyncio.gather(*[api.admin.post("/api/reservations", body) for _ in range(8)])
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert all("one" in answer.body["detail"] for answer in answers if answer.status == 409)
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"] == 2


@pytest.mark.gen_test
async def test_a_booking_sent_again_under_its_idempotency_key_is_no_duplicate(api: Api) -> None:
    event = await api.make_event()
    body = reservation(event, [guest(barcode="one", uuid=str(uuid4()))])
    first, again = [await api.admin.post("/api/reservations", body, Idempotency_Key="k") for _ in range(2)]
    assert (first.status, again.status) == (201, 201)
    assert first.body["tickets"][0]["id"] == again.body["tickets"][0]["id"]


@pytest.mark.gen_test
async def test_ids_and_barcodes_need_a_key_and_the_right_form(api: Api) -> None:
    event = await api.make_event(booking="open")
    for wrong in ({"uuid": "not-a-uuid"}, {"uuid": "1" * 32}, {"barcode": ""}, {"barcode": "x" * 101}, {"barcode": 5}):
        answer = await api.admin.post("/api/reservations", reservation(event, [guest(**wrong)]))
        assert answer.status == 422
        assert next(iter(wrong)) in next(iter(answer.body["errors"]))
    stranger = await api.post("/api/reservations", reservation(event, [guest(barcode="one")]))
    assert (stranger.status, stranger.body["code"]) == (401, "unauthorized")


def reservation(event: Any, tickets: list[dict[str, Any]]) -> dict[str, Any]:
    buyer = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
    return {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", **buyer, "tickets": tickets}


# --- by hand -----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_a_ticket_chosen_by_hand_needs_the_right_and_is_on_record_as_such(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    plain, gate = await api.make_device(event), await api.make_device(event, may=["search"])
    [ticket] = await api.book(event)
    refused = await plain.post("/scan/ticket/", {"ticket_uuid": ticket["id"]})
    assert (refused.status, refused.body["code"]) == (403, "not_allowed")
    admitted = await gate.post("/scan/ticket/", {"ticket_uuid": ticket["id"].upper()})
    assert admitted.body["code"] == "admitted"
    [entry] = await hub.store.journal.read(event["uuid"], admitted.body["seq"] - 1, 1)
    assert (entry.kind, entry.by, entry.ticket) == ("ticket.scanned", "manual", ticket["id"])
    unknown = await gate.post("/scan/ticket/", {"ticket_uuid": str(uuid4())})
    assert (unknown.status, unknown.body["code"]) == (404, "unknown_ticket")


@pytest.mark.gen_test
async def test_what_names_a_ticket_is_checked(api: Api) -> None:
    gate = await api.make_device(await api.make_event(), may=["search"])
    for body in ({}, {"ticket_uuid": "x"}, {"ticket_uuid": 5}, {"ticket_uuid": str(uuid4()), "qrcode_data": "a:b"}):
        answer = await gate.post("/scan/ticket/", body)
        assert (answer.status, answer.body["code"]) == (400, "bad_request")


@pytest.mark.gen_test
async def test_check_ins_by_hand_are_thirty_a_minute(api: Api) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 100}])
    gate = await api.make_device(event, may=["search"])
    tickets = await api.book(event, 35)
    answers = [await gate.post("/scan/ticket/", {"ticket_uuid": ticket["id"]}) for ticket in tickets]
    slowed = [answer for answer in answers if answer.status == 429]
    assert 1 <= len(slowed) <= 5
    assert slowed[-1].body["code"] == "slow_down"
    assert int(slowed[-1].headers["Retry-After"]) >= 1
    assert (await gate.scan(tickets[-1]["code"])).body["code"] == "admitted"
