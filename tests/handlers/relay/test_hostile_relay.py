"""A hostile relay: what its key and a device's key reach, and that nothing it sends spoils what the hub keeps."""

import json
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from tests.api import Answer
from tests.handlers.relay.conftest import Venue

INSTANCE = "hostile-instance"
AT = "2026-12-24T20:00:00Z"
CALLS = [
    ("POST", "/api/relay/join", {"instance": INSTANCE, "name": "Hall"}),
    ("GET", "/api/relay/tickets", None),
    ("GET", "/api/relay/journal?after=0&until=100", None),
    ("POST", "/api/relay/pull", {"instance": INSTANCE, "epoch": "k1", "since": 0, "revision": 0, "wait_s": 0}),
    ("POST", "/api/relay/scan", {"instance": INSTANCE, "device": "x", "scan": {}}),
    ("POST", "/api/relay/facts", {"instance": INSTANCE, "facts": []}),
]


async def device_of(venue: Venue, event: str) -> str:
    """Return the id of an event's device."""
    devices = await venue.hub.store.devices.of_event(event)
    return str(devices[0].id)


class Hostile:
    """Client with a relay's key, which has joined, a device and a ticket of its event."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue
        self.event: str = venue.event["uuid"]
        self.api = venue.api.with_key(venue.key)
        self.device = self.ticket = ""

    async def join(self) -> None:
        """Join, after a device and a ticket were made."""
        await self.venue.api.make_device(self.venue.event)
        self.device = await device_of(self.venue, self.event)
        [ticket] = await self.venue.api.book(self.venue.event)
        self.ticket = ticket["id"]
        joined = await self.api.post("/api/relay/join", {"instance": INSTANCE, "name": "Hall"})
        assert joined.status == 200, joined.raw

    def fact(self, **fields: Any) -> dict[str, Any]:
        """Return a fact that the hub would record, but for `fields`."""
        fact = {
            "_id": uuid4().hex,
            "event": self.event,
            "seq": 1,
            "device": self.device,
            "nonce": uuid4().hex,
            "ticket": self.ticket,
            "code": "admitted",
            "at": AT,
        }
        return fact | fields

    async def send(self, *facts: Any, **fields: Any) -> Answer:
        """Send facts up."""
        return await self.api.post("/api/relay/facts", {"instance": INSTANCE, "facts": facts} | fields)

    async def all_is_well(self) -> None:
        """See that all that shows the event can still be read, by organisers, doors, and an honest relay."""
        admin, event = self.venue.api.admin, self.event
        for path in (
            f"/api/tickets/{self.ticket}/history",
            f"/api/tickets/{self.ticket}",
            f"/api/scans?event={event}",
            f"/api/events/{event}/report",
            f"/api/events/{event}/stats",
            f"/api/events/{event}/occupancy",
            f"/api/events/{event}/relay",
            f"/api/events/{event}/scans.csv",
            f"/events/{event}/report",
        ):
            answer = await admin.get(path)
            assert answer.status == 200, (path, answer.status, answer.raw[:500])
        door = await self.venue.api.make_device(self.venue.event)
        assert (await door.get("/scan/manifest")).status == 200
        for method, path, body in CALLS[1:4]:
            answer = await self.api.request(method, path, body)
            assert answer.status == 200, (path, answer.raw[:500])
        entries = await self.venue.hub.store.journal.read(event, 0, 1000)
        msgspec.json.encode(entries)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


@pytest.mark.gen_test
async def test_only_a_relays_key_of_one_event_may_call(venue: Venue) -> None:
    door = await venue.api.make_device(venue.event)
    made = await venue.api.admin.post("/api/keys", {"name": "script", "scopes": ["tickets:read", "tickets:write"]})
    for key in (None, door.key, made.body["key"], venue.api.admin.key):
        for method, path, body in CALLS:
            answer = await venue.api.with_key(key).request(method, path, body)
            assert answer.status in (400, 401, 403), (path, answer.status)


@pytest.mark.gen_test
async def test_relays_key_reaches_no_other_path_and_no_other_event(venue: Venue) -> None:
    other = await venue.api.make_event(name="Another night")
    [ticket] = await venue.api.book(other)
    device = await venue.api.make_device(other)
    uuid = await device_of(venue, other["uuid"])
    hostile = Hostile(venue)
    await hostile.join()
    for path in (f"/api/tickets/{ticket['id']}", "/api/devices", f"/api/scans?event={other['uuid']}"):
        assert (await hostile.api.get(path)).status == 403
    copied = [await hostile.api.request(*call) for call in CALLS[1:4]]
    assert all(answer.status == 200 for answer in copied)
    assert not any(each.encode() in answer.raw for answer in copied for each in (other["uuid"], ticket["id"], uuid))
    forwarded = {"instance": INSTANCE, "device": uuid, "scan": {"qrcode_data": ticket["code"], "nonce": "n1"}}
    assert (await hostile.api.post("/api/relay/scan", forwarded)).status == 403
    sent = await hostile.send(hostile.fact(event=other["uuid"], device=uuid, ticket=ticket["id"]))
    assert sent.body["results"][0]["refused"]
    await hostile.send(hostile.fact(ticket=ticket["id"]))
    occupancy = await venue.api.admin.get(f"/api/events/{other['uuid']}/occupancy")
    assert (occupancy.body["admitted"], occupancy.body["inside"]) == (0, 0)
    assert (await device.scan(ticket["code"])).body["code"] == "admitted"
    await hostile.all_is_well()


@pytest.mark.gen_test
async def test_facts_of_a_device_that_there_is_not_are_refused(venue: Venue) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    for named in ("", "x", "\u0000", "d" * 40_000, str(uuid4())):
        sent = await hostile.send(hostile.fact(device=named))
        assert sent.status == 400 or sent.body["results"][0]["refused"], named


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "fields", [{"reason": "x" * 501}, {"reason": "a\u001bb"}, {"code": "x" * 41}, {"code": "<b>"}], ids=repr
)
async def test_fact_that_no_door_could_have_sent_is_refused(venue: Venue, fields: dict[str, Any]) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    [refused, kept] = (await hostile.send(hostile.fact(by="force", **fields), hostile.fact())).body["results"]
    assert refused["refused"] == "invalid" and kept["seq"]


STRANGE: dict[str, dict[str, Any]] = {
    "number beyond JSON's": {"seq": 2**53 + 1},
    "number beyond the database's": {"seq": 2**63},
    "number of 64 bits": {"seq": 2**63 - 1},
    "number of 33 bits": {"seq": 2**33},
    "huge number": {"seq": 10**300},
    "below zero": {"seq": -1},
    "no number": {"seq": "1"},
    "no verdict": {"code": ""},
    "unknown verdict": {"code": "no_such_verdict"},
    "verdict of markup": {"code": "<script>alert(1)</script>"},
    "verdict that is long": {"code": "x" * 40_000},
    "verdict with NUL": {"code": "adm\u0000itted"},
    "verdict as a path": {"code": "a.$b"},
    "reason that is long": {"by": "force", "reason": "x" * 40_000},
    "reason with NUL": {"by": "force", "reason": "a\u0000b"},
    "reason with controls": {"by": "force", "reason": "a\u001b[2Jb\u2028c"},
    "reason of half a character": {"by": "force", "reason": "\\ud800"},
    "forced without a reason": {"by": "force"},
    "by nobody": {"by": "nobody"},
    "nonce with NUL": {"nonce": "\u0000"},
    "no nonce": {"nonce": ""},
    "long nonce": {"nonce": "n" * 50_000},
    "nonce as a path": {"nonce": "a/b/../$c"},
    "year 1": {"at": "0001-01-01T00:00:00Z"},
    "year 9999": {"at": "9999-12-31T23:59:59Z"},
    "year 1, east": {"at": "0001-01-01T00:00:00+14:00"},
    "year 9999, west": {"at": "9999-12-31T23:59:59-14:00"},
    "69 years ahead": {"at": "2095-12-24T20:00:00Z"},
    "no offset": {"at": "2026-12-24T20:00:00"},
    "no time": {"at": 0},
    "no such door": {"door": "nowhere"},
    "door with NUL": {"door": "\u0000"},
    "door as a path": {"door": "a.$b"},
    "long door": {"door": "d" * 40_000},
    "no such ticket": {"ticket": str(uuid4())},
    "ticket with NUL": {"ticket": "\u0000"},
    "long ticket": {"ticket": "t" * 40_000},
    "no ticket": {"ticket": None, "code": "bad_signature"},
    "no ticket, let in": {"ticket": None},
    "long id": {"_id": "i" * 40_000},
    "effect of its own": {"effect": {"inside": -(10**6), "capacity": 10**6, "a.$b": 1}},
    "effect beyond the database's": {"effect": {"inside": 2**70}},
    "scan of its own": {"scan": {"at": AT, "seq": 7, "direction": "in", "device": "x", "nonce": "x"}},
    "out": {"direction": "out", "code": "exited"},
    "in, and exited": {"direction": "in", "code": "exited"},
    "as many heads as the database counts": {"kind": "headcount", "heads": {"delta": 2**63 - 1, "kind": "crew"}},
    "more heads than the database counts": {"kind": "headcount", "heads": {"delta": 2**70, "kind": "crew"}},
    "heads of any kind": {"kind": "headcount", "heads": {"delta": 1, "kind": "x" * 40_000}},
    "no heads": {"kind": "headcount", "heads": {"delta": 0, "kind": "crew"}},
    "more leave than are there": {"kind": "headcount", "heads": {"delta": -1000, "kind": "crew"}},
    "heads that are not named": {"kind": "headcount"},
    "undo of nothing": {"kind": "undo"},
    "undo of no such scan": {"kind": "undo", "undoes": {"device": "d" * 10_000, "nonce": "\u0000", "direction": "in"}},
    "party without end": {"is_of_party": True, "nonce": "n" * 100},
    "kind of its own": {"kind": "event.deleted"},
    "nowhere": {"direction": "sideways"},
    "echoed already": {"is_echoed": True, "is_waiting": False, "upstream_seq": 10**15, "refused": "x" * 1000},
}


@pytest.mark.gen_test
@pytest.mark.parametrize("fields", STRANGE.values(), ids=STRANGE.keys())
async def test_strange_fact_is_refused_or_kept_within_bounds_and_spoils_nothing(
    venue: Venue, fields: dict[str, Any]
) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    body = json.dumps({"instance": INSTANCE, "facts": [hostile.fact(**fields), hostile.fact()]})
    sent = await hostile.api.post("/api/relay/facts", body.replace("\\\\ud800", "\\ud800").encode())
    assert sent.status in (200, 400, 422), (sent.status, sent.raw[:500])
    if sent.status == 200:
        assert sent.body["results"][1]["seq"], "one wrong fact fails no other"
    for entry in await venue.hub.store.journal.read(hostile.event, 0, 1000):
        assert len(msgspec.json.encode(entry)) < 4000, entry
    await hostile.all_is_well()


@pytest.mark.gen_test
@pytest.mark.parametrize("ahead_ms", [2**53, -(2**53), 69 * 365 * 86_400_000, 3_600_000])
async def test_clock_of_any_kind_spoils_nothing(venue: Venue, ahead_ms: int) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    for at in (AT, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        sent = await hostile.send(hostile.fact(at=at), ahead_ms=ahead_ms, waiting=2**53)
        assert sent.status == 200 and sent.body["results"][0]["seq"], sent.raw
    await hostile.all_is_well()


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "fields",
    [
        {"ahead_ms": 2**64},
        {"ahead_ms": 1e300},
        {"waiting": 2**64},
        {"waiting": -1},
        {"instance": ""},
        {"instance": "i" * 1000},
        {"instance": "\u0000"},
        {"facts": {}},
        {"facts": [None]},
        {"facts": [[]]},
    ],
    ids=repr,
)
async def test_report_that_cannot_be_is_refused(venue: Venue, fields: dict[str, Any]) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    sent = await hostile.send(**{"facts": [hostile.fact()]} | fields)
    assert sent.status in (400, 403, 422), (sent.status, sent.raw)
    await hostile.all_is_well()


@pytest.mark.gen_test
async def test_batch_is_bounded(venue: Venue) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    assert (await hostile.send(*[{}] * 101)).status == 400
    assert (await hostile.send(*[hostile.fact() for _ in range(101)])).status == 400
    assert (await hostile.send(hostile.fact(reason="x" * 70_000))).status == 413


@pytest.mark.gen_test
async def test_fact_is_recorded_once_whatever_numbers_and_ids_it_is_replayed_with(venue: Venue) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    fact = hostile.fact()
    first = (await hostile.send(fact, fact, fact | {"seq": 2})).body["results"]
    again = (await hostile.send(fact | {"seq": 99, "_id": "another"}, instance="another-instance")).body["results"]
    assert {each["seq"] for each in first + again} == {first[0]["seq"]}
    entries = await venue.hub.store.journal.read(hostile.event, 0, 1000, ["ticket.scanned", "ticket.conflict"])
    assert [entry.kind for entry in entries] == ["ticket.scanned"]


@pytest.mark.gen_test
async def test_one_number_for_many_facts_and_any_order_count_each_once(venue: Venue) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    tickets = await venue.api.book(venue.event, 3)
    facts = [hostile.fact(ticket=ticket["id"], seq=7) for ticket in tickets]
    results = (await hostile.send(*reversed(facts), *facts)).body["results"]
    assert len({each["seq"] for each in results}) == 3
    occupancy = await venue.api.admin.get(f"/api/events/{hostile.event}/occupancy")
    assert (occupancy.body["admitted"], occupancy.body["inside"]) == (3, 3)
    await hostile.all_is_well()


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "url",
    ["https://evil.example", "javascript:alert(1)", "http://127.0.0.1:1", "https://hub.example@evil.example", "//evil"],
)
async def test_phones_are_led_to_no_address_that_the_operator_does_not_allow(venue: Venue, url: str) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    door = await venue.api.make_device(venue.event)
    joined = await hostile.api.post("/api/relay/join", {"instance": INSTANCE, "name": "Hall", "url": url})
    assert joined.status in (200, 422)
    asked = await door.get("/scan/test_api")
    assert asked.status == 200 and "addresses" not in asked.body["server_info"]


@pytest.mark.gen_test
async def test_revoked_key_reaches_nothing_at_once(venue: Venue) -> None:
    hostile = Hostile(venue)
    await hostile.join()
    keys = (await venue.api.admin.get("/api/keys")).body
    rows = (
        keys["keys"]
        if isinstance(keys, dict) and "keys" in keys
        else keys.get("items", keys)
        if isinstance(keys, dict)
        else keys
    )
    [own] = [key for key in rows if key["name"] == "Hall"]
    assert (await venue.api.admin.post(f"/api/keys/{own['id']}/revoke")).status == 200
    for method, path, body in CALLS:
        assert (await hostile.api.request(method, path, body)).status == 403
