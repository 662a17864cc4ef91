"""Manifest of a scanner, whole and by its changes (scan-api.md, offline)."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from pymongo import MongoClient
from tornado.httpclient import AsyncHTTPClient

from hub.app import Hub
from hub.door.codes import load_public, parse, verify
from hub.door.manifest import Manifests, Since
from hub.door.manifest_cache import unpack
from hub.door.manifest_tickets import TicketEncoder, contact_hash
from hub.model.ticket import Ticket
from tests.api import Api
from tests.handlers.importing import a_file, import_file

Database = MongoClient[dict[str, Any]]


async def manifest(gate: Api, have: Any = None) -> Any:
    """Return the manifest, whole or since the one that the phone has."""
    query = "" if have is None else f"?epoch={have['epoch']}&since={have['seq']}"
    answer = await gate.get(f"/scan/manifest/{query}")
    assert answer.status == 200, answer.raw
    assert answer.headers["Content-Type"] == "application/json"
    return answer.body


def ids(tickets: list[Any]) -> set[str]:
    return {ticket.get("id") or ticket["uuid"] for ticket in tickets}


@pytest.mark.gen_test
async def test_a_manifest_holds_the_house_the_policy_the_keys_and_every_ticket_without_names(api: Api) -> None:
    event = await api.make_event(
        zones=[{"name": "Hall", "max_inside": 50}],
        doors=[{"name": "North door", "into": "Hall", "products": ["VIP"]}],
        products=[{"name": "Standard", "notice": "Hand out a band"}, {"name": "VIP", "reentry": "multi:3"}],
        reentry="reentry",
        offline="refuse",
    )
    gate = await api.make_device(event)
    tickets = await api.book(event, 3)
    got = await manifest(gate)
    assert got["event"] == {
        "uuid": event["uuid"],
        "name": "Winter concert",
        "timezone": "Europe/Paris",
        "starts_at": "2026-12-24T19:30:00Z",
        "ends_at": "2026-12-25T01:00:00Z",
        "language": None,
    }
    assert got["zones"] == [{"id": "z1", "name": "Hall", "max_inside": 50}]
    assert [(door["id"], door["into"], door["products"]) for door in got["doors"]] == [("d1", "z1", ["VIP"])]
    assert (got["policy"]["offline"], got["policy"]["reentry"]) == ("refuse", "reentry")
    assert [product["reentry"] for product in got["policy"]["products"]] == [None, "multi:3"]
    assert (got["success"], got["is_full"], got["gone"]) == (True, True, [])
    assert ids(got["tickets"]) == ids(tickets)
    assert got["tickets"][0]["status"] == "valid"
    assert (got["tickets"][0]["issue"], got["tickets"][0]["where"], got["tickets"][0]["entries"]) == (1, [], 0)
    [key] = got["keys"]
    code = parse(tickets[0]["code"])
    assert code.kid == key["kid"]
    assert verify(code, load_public(key["pem"]))
    assert "Lovelace" not in str(got)
    assert "23 45 67" not in str(got)


@pytest.mark.gen_test
async def test_names_are_for_devices_that_may_see_them(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["names"])
    await api.book(event)
    [ticket] = (await manifest(gate))["tickets"]
    assert (ticket["first_name"], ticket["last_name"]) == ("Ada", "Lovelace")


@pytest.mark.gen_test
async def test_the_language_of_guests_is_there_for_every_device_where_it_is_known(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await api.book(event, language="fr")
    await api.book(event)
    tickets = (await manifest(gate))["tickets"]
    assert sorted(ticket.get("language", "") for ticket in tickets) == ["", "fr"]
    assert not any("first_name" in ticket for ticket in tickets)


@pytest.mark.gen_test
async def test_imported_barcodes_are_there_as_salted_hashes_only(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Another")
    for each in (event, other):
        await api.book(each, tickets=[{"first_name": "Ada", "barcode": "4006381333931"}])
    here, there = [await manifest(await api.make_device(each)) for each in (event, other)]
    [ticket] = here["tickets"]
    assert ticket["barcode"] == hashlib.sha256(bytes.fromhex(here["salt"]) + b"4006381333931").hexdigest()
    assert there["tickets"][0]["barcode"] != ticket["barcode"]
    assert "4006381333931" not in str(here)


@pytest.mark.gen_test
async def test_with_a_position_only_what_changed_since_is_told(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second, third = await api.book(event, 3)
    whole = await manifest(gate)
    nothing = await manifest(gate, whole)
    assert (nothing["is_full"], nothing["tickets"], nothing["gone"]) == (False, [], [])
    assert nothing["seq"] == whole["seq"]

    await gate.scan(first["code"])
    await gate.scan(first["code"])
    await gate.scan("no code at all")
    [late] = await api.book(event)
    changed = await manifest(gate, whole)
    assert changed["is_full"] is False
    assert ids(changed["tickets"]) == {first["id"], late["id"]}
    [scanned] = [ticket for ticket in changed["tickets"] if ticket["uuid"] == first["id"]]
    assert (scanned["where"], scanned["entries"]) == ([None], 1)
    assert changed["seq"] > whole["seq"]
    assert (await manifest(gate, changed))["tickets"] == []

    gone = await api.admin.request("DELETE", f"/api/tickets/{third['id']}")
    assert gone.status == 204
    after = await manifest(gate, changed)
    assert (after["tickets"], after["gone"]) == ([], [third["id"]])
    assert second["id"] not in str(after)


@pytest.mark.gen_test
async def test_a_position_that_is_not_held_gets_the_whole(api: Api, _mongo: Database, database_name: str) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await api.book(event, 3)
    whole = await manifest(gate)
    for have in ({"epoch": "another", "seq": 1}, {"epoch": whole["epoch"], "seq": whole["seq"] + 1}):
        got = await manifest(gate, have)
        assert (got["is_full"], len(got["tickets"])) == (True, 3)
    _mongo[database_name].streams.update_one({"_id": event["uuid"]}, {"$set": {"first": 3}})
    assert (await manifest(gate, {"epoch": whole["epoch"], "seq": 1}))["is_full"] is True
    assert (await manifest(gate, {"epoch": whole["epoch"], "seq": 2}))["is_full"] is False


@pytest.mark.gen_test
async def test_what_is_no_position_is_refused_and_who_has_no_event_too(api: Api) -> None:
    event = await api.make_event()
    gate, everywhere = await api.make_device(event), await api.make_device(event, None, event=None)
    for query in ("?epoch=k3", "?since=1", "?epoch=k3&since=-1", "?epoch=k3&since=one", f"?epoch=k&since={10**30}"):
        answer = await gate.get(f"/scan/manifest/{query}")
        assert (answer.status, answer.body["code"]) == (400, "bad_request"), query
    assert "since" in (await gate.get("/scan/manifest?epoch=k3&since=-1")).body["message"]
    for stranger in (everywhere, api.admin):
        refused = await stranger.get("/scan/manifest/")
        assert (refused.status, refused.body["code"]) == (403, "not_allowed")
    assert (await api.get("/scan/manifest/")).body["code"] == "bad_key"
    assert (await gate.post("/scan/manifest/", {})).status == 405


@pytest.mark.gen_test
async def test_a_manifest_and_what_follows_it_agree_while_doors_scan(api: Api) -> None:
    """A manifest with the changes applied to it equals a fresh one."""
    event = await api.make_event()
    gate, phone = await api.make_device(event), await api.make_device(event)
    tickets = await api.book(event, 60)
    scanning = asyncio.gather(*[gate.scan(ticket["code"]) for ticket in tickets])
    have = await manifest(phone)
    known = {ticket["uuid"]: ticket for ticket in have["tickets"]}
    while not scanning.done():
        assert sum(ticket["entries"] for ticket in known.values()) == have["seq"] - 60
        have = await manifest(phone, have)
        known |= {ticket["uuid"]: ticket for ticket in have["tickets"]}
    await scanning
    last = await manifest(phone, have)
    known |= {ticket["uuid"]: ticket for ticket in last["tickets"]}
    fresh = await manifest(phone)
    assert known == {ticket["uuid"]: ticket for ticket in fresh["tickets"]}
    assert (last["seq"], sum(ticket["entries"] for ticket in known.values())) == (120, 60)


@pytest.mark.gen_test
async def test_a_manifest_of_5000_tickets_holds_up_nobody(
    api: Api, hub: Hub, _mongo: Database, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is encoded some tickets at a time, and scans have a turn of the loop between."""
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    tickets = _mongo[database_name].tickets
    pattern = tickets.find_one({"_id": ticket["id"]}) or {}
    tickets.insert_many([pattern | {"_id": f"{n:08}-0000-4000-8000-000000000000"} for n in range(4999)])
    turns = 0
    encoded_in: list[int] = []
    view = TicketEncoder.view

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def note(encoder: TicketEncoder, one: Ticket) -> Any:
        encoded_in.append(turns)
        return view(encoder, one)

    monkeypatch.setattr(TicketEncoder, "view", note)
    counting = asyncio.create_task(count_turns())
    got = await manifest(gate)
    counting.cancel()
    assert len(got["tickets"]) == len(encoded_in) == 5000
    assert max(Counter(encoded_in).values()) <= 500, "in one turn of the loop"


@pytest.mark.gen_test
async def test_a_device_that_may_search_finds_by_phone_and_address_offline_and_holds_neither(api: Api) -> None:
    event = await api.make_event()
    reached = {"phone_number": "+33 6 12 34 56 78", "email": "Ada@Example.org"}
    await api.book(event, 2, **reached)
    searching, plain = await api.make_device(event, may=["search"]), await api.make_device(event, may=["names"])
    got = await manifest(searching)
    salt = bytes.fromhex(got["salt"])
    wanted = [contact_hash(salt, each) for each in ("33612345678", "0612345678", "ada@example.org")]
    for ticket in got["tickets"]:
        assert (sorted(ticket["contacts"]), ticket["phone_end"]) == (sorted(wanted), "678")
    answer = await searching.get("/scan/manifest/")
    assert b"12345678" not in answer.raw
    assert b"xample" not in answer.raw
    assert all("contacts" not in ticket and "phone_end" not in ticket for ticket in (await manifest(plain))["tickets"])


@pytest.mark.gen_test
async def test_a_manifest_is_marked_with_the_fields_that_its_tickets_have(api: Api) -> None:
    """Its shape stays from scan to scan, and differs by rights and by what the event shows: see scan-api.md."""
    event = await api.make_event()
    [ticket] = await api.book(event)
    gates = [await api.make_device(event, may=may) for may in ([], ["names"], ["search"], ["names", "search"])]
    before = [await manifest(gate) for gate in gates]
    assert len({each["shape"] for each in before}) == 4
    like_the_first = await api.make_device(event, may=["force", "undo"])
    assert (await manifest(like_the_first))["shape"] == before[0]["shape"]
    await gates[0].scan(ticket["code"])
    after = await manifest(gates[0], before[0])
    assert (after["is_full"], after["shape"]) == (False, before[0]["shape"])
    changed = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"door_shows": ["seat"]})
    assert changed.status == 200, changed.raw
    assert (await manifest(gates[0]))["shape"] != after["shape"]


async def fresh_manifest(hub: Hub, gate: Api) -> Any:
    """Return the whole manifest as a process makes it that has kept none."""
    assert gate.key is not None
    principal = await hub.authenticator.by_key(gate.key)
    made = await Manifests(hub.store.snapshot, hub.vault).make(principal, Since())
    return msgspec.json.decode(unpack(made))


def sorted_tickets(got: Any) -> Any:
    return got | {"tickets": sorted(got["tickets"], key=lambda ticket: ticket["uuid"])}


@pytest.mark.gen_test
async def test_the_whole_that_is_kept_equals_one_made_anew_after_every_kind_of_change(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gates = [await api.make_device(event, may=may) for may in ([], ["names", "search"])]
    tickets = await api.book(event, 8, email="ada@example.org")
    path = f"/api/events/{event['uuid']}"

    async def act(number: int, action: str) -> None:
        changed = await api.admin.post(f"/api/tickets/{tickets[number]['id']}/{action}")
        assert changed.status == 200, changed.raw

    async def patch(where: str, **fields: Any) -> None:
        changed = await api.admin.request("PATCH", where, fields)
        assert changed.status == 200, changed.raw

    steps: list[Callable[[], Awaitable[Any]]] = [
        lambda: gates[0].scan(tickets[0]["code"]),
        lambda: gates[0].scan("no code at all"),
        lambda: api.book(event, 2),
        lambda: act(1, "cancel"),
        lambda: act(1, "restore"),
        lambda: act(2, "block"),
        lambda: act(3, "reissue"),
        lambda: patch(f"/api/tickets/{tickets[4]['id']}", name="Grace Hopper"),
        lambda: patch(path, door_shows=["seat"]),
        lambda: patch(path, reentry="reentry"),
        lambda: import_file(api.admin, event, a_file("4006381333931,Ada,Lovelace")),
        lambda: api.admin.request("DELETE", f"/api/tickets/{tickets[5]['id']}"),
        lambda: gates[0].scan(tickets[6]["code"]),
    ]
    for number, step in enumerate(steps):
        await step()
        for gate in gates:
            got, fresh = await manifest(gate), await fresh_manifest(hub, gate)
            assert sorted_tickets(got) == sorted_tickets(fresh), number
            assert (await manifest(gate))["tickets"] == got["tickets"], "asked again without a change"


@pytest.mark.gen_test
async def test_phones_that_ask_at_once_share_one_reading_of_the_guest_list(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gates = [await api.make_device(event) for _ in range(12)]
    [first, *_] = await api.book(event, 20)
    encoded: list[str] = []
    view = TicketEncoder.view

    def note(encoder: TicketEncoder, ticket: Ticket) -> Any:
        encoded.append(ticket.id)
        return view(encoder, ticket)

    monkeypatch.setattr(TicketEncoder, "view", note)
    got = await asyncio.gather(*map(manifest, gates))
    assert [len(each["tickets"]) for each in got] == [20] * 12
    assert len(encoded) == 20
    await gates[0].scan(first["code"])
    await asyncio.gather(*map(manifest, gates))
    assert encoded[20:] == [first["id"]], "what changed, and no more"


@pytest.mark.gen_test
async def test_the_manifest_is_compressed_for_whom_takes_it_and_the_same_for_who_does_not(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await api.book(event, 50)
    packed = await gate.get("/scan/manifest/")  # this client takes gzip, and unpacks it
    key = {"Authorization": f"Api-Key {gate.key}"}
    plain = await AsyncHTTPClient().fetch(f"{api.url}/scan/manifest/", headers=key, decompress_response=False)
    assert packed.headers["X-Consumed-Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(plain.headers["Content-Length"]) == len(plain.body)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.body == msgspec.json.decode(plain.body)
