"""Running an event: changed, closed, with showings, devices and keys of its own (booking-api.md)."""

import asyncio
from typing import Any

import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api

BOOKING = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-24", "time": "20:30"}
ZONED: dict[str, Any] = {
    "zones": [{"name": "Hall", "max_inside": 10}, {"name": "Bar"}],
    "doors": [{"name": "North door", "into": "Hall"}, {"name": "South door"}],
}


async def change(api: Api, event: Any, told: Any) -> Any:
    answer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", told)
    assert answer.status == 200, answer.raw
    return answer.body


@pytest.mark.gen_test
async def test_an_event_changes_what_is_told_and_keeps_the_rest(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    told = {"name": "Summer concert", "venue": None, "max_inside": 5, "exit_all_at": "05:00", "phone_limit": 2}
    changed = await change(api, event, told)
    assert {name: changed.get(name) for name in told} == told
    assert (changed["doors"], changed["products"]) == (event["doors"], event["products"])
    assert (await api.admin.get(f"/api/events/{event['uuid']}")).body["name"] == "Summer concert"
    before = await hub.store.journal.stream(event["uuid"])
    await change(api, event, told)
    after = await hub.store.journal.stream(event["uuid"])
    assert before is not None and after is not None
    assert (after.seq, after.revision) == (before.seq, before.revision), "nothing changed the second time"
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert [entry.kind for entry in entries] == ["event.changed"]
    assert before.revision == 1


@pytest.mark.gen_test
async def test_an_event_sent_back_as_it_was_read_is_unchanged(api: Api) -> None:
    event = await api.make_event(**ZONED, exit_all_at="05:00", admit_before_min=30)
    read = (await api.admin.get(f"/api/events/{event['uuid']}")).body
    assert await change(api, event, read) == event


@pytest.mark.gen_test
async def test_doors_and_zones_keep_their_ids_so_that_counters_stay_true(api: Api) -> None:
    event = await api.make_event(**ZONED)
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    north, south = (door["id"] for door in event["doors"])
    hall = event["zones"][0]["id"]
    doors = [{"name": "East door"}, {"name": "South door"}, {"id": north, "name": "Main door", "into": "Big hall"}]
    changed = await change(api, event, {"zones": [{"id": hall, "name": "Big hall"}], "doors": doors})
    ids = {door["name"]: door["id"] for door in changed["doors"]}
    assert (ids["Main door"], ids["South door"]) == (north, south)
    assert ids["East door"] not in (north, south)
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert {door["name"]: door["admitted"] for door in counts["doors"]} == {
        "East door": 0,
        "South door": 0,
        "Main door": 1,
    }
    assert counts["zones"] == [{"id": hall, "name": "Big hall", "inside": 1, "limit": None}]


@pytest.mark.gen_test
async def test_a_door_that_a_device_stands_at_and_a_zone_with_people_stay(api: Api) -> None:
    event = await api.make_event(**ZONED)
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    path = f"/api/events/{event['uuid']}"
    doors = await api.admin.request("PATCH", path, {"doors": [{"name": "South door"}]})
    assert (doors.status, doors.body["code"]) == (409, "door_in_use")
    doorless = [{"name": "North door"}, {"name": "South door"}]
    zones = await api.admin.request("PATCH", path, {"doors": doorless, "zones": [{"name": "Bar"}]})
    assert (zones.status, zones.body["code"]) == (409, "zone_in_use")
    assert (await api.admin.get(path)).body["doors"] == event["doors"]
    device = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body[0]
    await api.admin.request("PATCH", f"/api/devices/{device['uuid']}", {"door": event["doors"][1]["id"]})
    assert len((await change(api, event, {"doors": [{"name": "South door"}]}))["doors"]) == 1


@pytest.mark.gen_test
async def test_a_changed_rule_holds_for_the_next_scan(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    assert (await gate.scan(first["code"])).body["code"] == "admitted"
    await change(api, event, {"max_inside": 1})
    assert (await gate.scan(second["code"])).body["code"] == "full"
    await change(api, event, {"max_inside": None})
    assert (await gate.scan(second["code"])).body["code"] == "admitted"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_at": "2026-12-01T00:00:00Z"}, "ends_at"),
        ({"starts_at": None}, "starts_at"),
        ({"timezone": "Europe/Berlin"}, "timezone"),
        ({"exit_all_at": "25:00"}, "exit_all_at"),
        ({"exit_all_at": "5am"}, "exit_all_at"),
        ({"doors": [{"name": "x", "into": "nowhere"}]}, "doors[0].into"),
        ({"doors": [{"name": "x", "id": "d99"}]}, "doors[0].id"),
        ({"doors": [{"name": "x", "id": "d1"}, {"name": "y", "id": "d1"}]}, "doors"),
        ({"reentry": "often"}, "reentry"),
        ({"showings": []}, "showings"),
        ({"hold_minutes": 0}, "hold_minutes"),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_change_of_an_event_is_named_and_changes_nothing(api: Api, told: Any, field: str) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}"
    refused = await api.admin.request("PATCH", path, {"venue": "Elsewhere"} | told)
    assert refused.status == 422
    assert field in refused.body["errors"]
    assert (await api.admin.get(path)).body["venue"] == event["venue"]


@pytest.mark.gen_test
async def test_a_change_needs_a_key_an_event_and_an_object(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    path = f"/api/events/{event['uuid']}"
    assert (await api.request("PATCH", path, {"name": "x"})).status == 401
    assert (await gate.request("PATCH", path, {"name": "x"})).status == 403
    assert (await api.admin.request("PATCH", path, [1])).status == 400
    for unknown in ("unknown", "hub"):
        assert (await api.admin.request("PATCH", f"/api/events/{unknown}", {"name": "x"})).status == 404
        assert (await api.admin.post(f"/api/events/{unknown}/close")).status == 404


@pytest.mark.gen_test
async def test_a_closed_event_takes_no_bookings_and_its_doors_go_on(api: Api) -> None:
    event = await api.make_event(booking="open")
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for _ in range(2):
        closed = await api.admin.post(f"/api/events/{event['uuid']}/close/")
        assert (closed.status, closed.body["closed"]) == (200, True)
    assert (await api.admin.post("/api/tickets", BOOKING | {"event": event["uuid"]})).status == 404
    assert event["uuid"] not in [each["uuid"] for each in (await api.get("/api/events")).body]
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    await change(api, event, {"closed": False})
    assert (await api.admin.post("/api/tickets", BOOKING | {"event": event["uuid"]})).status == 201


@pytest.mark.gen_test
async def test_organisers_see_all_events_and_others_the_open_ones(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    everything = {each["uuid"]: each for each in (await api.admin.get("/api/events")).body}
    assert everything[event["uuid"]]["closed"] is True
    assert everything[event["uuid"]]["doors"] == event["doors"]
    public = (await api.get("/api/events")).body
    assert [each["name"] for each in public] == ["Box office"]
    assert public[0].keys() == {"uuid", "name", "startDate", "publicKeyPem", "description", "url"}


@pytest.mark.gen_test
async def test_showings_are_added_and_get_other_seats(api: Api) -> None:
    event = await api.make_event(booking="open", showings=[])
    path = f"/api/events/{event['uuid']}/showings"
    added = await api.admin.post(path, {"date": "2026-12-24", "time": "20:30", "capacity": 1})
    assert added.status == 201
    assert added.body[0]["starts_at"] == "2026-12-24T19:30:00Z"
    again = await api.admin.post(path, [{"date": "2026-12-24", "time": "20:30", "capacity": 1}])
    assert (again.status, again.body["code"]) == (409, "showing_exists")
    order = BOOKING | {"event": event["uuid"]}
    assert [(await api.post("/api/tickets", order)).status for _ in range(2)] == [201, 409]
    more = [{"date": "2026-12-24", "time": "20:30", "capacity": 2}]
    assert (await api.admin.request("PATCH", path, more)).status == 200
    assert [(await api.post("/api/tickets", order)).status for _ in range(2)] == [201, 409]
    fewer = await api.admin.request("PATCH", path, [more[0] | {"capacity": 1}])
    assert (fewer.status, fewer.body["code"]) == (409, "seats_booked")
    absent = await api.admin.request("PATCH", path, [more[0] | {"time": "23:00"}])
    assert (absent.status, absent.body["code"]) == (422, "no_showing")
    wrong = await api.admin.post(path, [{"date": "2026-13-24", "time": "20:30", "capacity": 1}])
    assert "showings[0].date" in wrong.body["errors"]
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (counts["capacity"], counts["booked"]) == (2, 2)


@pytest.mark.gen_test
async def test_times_are_public_where_booking_is_open(api: Api, clock: SettableClock) -> None:
    showings = [{"date": f"2026-12-{day}", "time": "20:30", "capacity": 3} for day in (24, 25, 26)]
    public = await api.make_event(booking="open", ends_at="2026-12-31T00:00:00Z", showings=showings)
    secret = await api.make_event(name="Secret")
    await api.book(public, 3)
    rows = (await api.get(f"/api/showings?event={public['uuid']}&from=2026-12-24&to=2026-12-25")).body
    assert rows == [
        {
            "event": public["uuid"],
            "date": f"2026-12-{day}",
            "time": "20:30",
            "starts_at": f"2026-12-{day}T19:30:00Z",
            "ends_at": None,
            "timezone": "Europe/Paris",
            "capacity": 3,
            "left": left,
            "bookable": left > 0,
            "products": {},
        }
        for day, left in ((24, 0), (25, 3))
    ]
    assert {row["event"] for row in (await api.get("/api/showings")).body} == {public["uuid"]}
    api.headers["X_Request_ID"] = "the-same"
    hidden = await api.get(f"/api/showings?event={secret['uuid']}")
    unknown = await api.get("/api/showings?event=unknown")
    assert (hidden.status, hidden.body) == (unknown.status, unknown.body) == (401, hidden.body)
    assert len((await api.admin.get(f"/api/showings?event={secret['uuid']}")).body) == 1
    assert (await api.admin.get("/api/showings?event=unknown")).body == []
    assert (await api.get("/api/showings?from=tomorrow")).status == 422


@pytest.mark.gen_test
async def test_a_device_is_read_renamed_and_moved(api: Api) -> None:
    event = await api.make_event(doors=[{"name": "VIP door", "products": ["VIP"]}, {"name": "South door"}])
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    path = f"/api/devices/{(await api.admin.get('/api/devices')).body[0]['uuid']}"
    assert (await gate.scan(ticket["code"])).body["code"] == "wrong_door"
    told = {"name": "Gate 7", "door": event["doors"][1]["id"], "may": ["undo"]}
    changed = await api.admin.request("PATCH", path, told)
    assert (changed.status, {name: changed.body[name] for name in told}) == (200, told)
    assert (await api.admin.get(path + "/")).body == changed.body | {"last_seen_at": changed.body["last_seen_at"]}
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    for wrong in ({"door": "d99"}, {"name": ""}, {"may": ["fly"]}, {"name": None}):
        assert (await api.admin.request("PATCH", path, wrong)).status == 422
    assert (await api.admin.get("/api/devices/unknown")).status == 404
    assert (await api.admin.request("PATCH", "/api/devices/unknown", told)).status == 404
    assert (await api.get(path)).status == 401


@pytest.mark.gen_test
async def test_no_device_comes_to_stand_at_a_door_that_goes(api: Api) -> None:
    event = await api.make_event()
    doors = [{"name": "South door"}]

    async def place() -> int:
        form = {"name": "Gate", "event": event["uuid"], "door": event["doors"][0]["id"]}
        return (await api.admin.post("/api/devices", form)).status

    async def remove() -> int:
        return (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"doors": doors})).status

    placed, removed = await asyncio.gather(place(), remove())
    assert (placed, removed) in [(201, 409), (422, 200)]


@pytest.mark.gen_test
async def test_a_key_is_shown_once_does_what_its_scopes_allow_and_ends_when_revoked(api: Api, hub: Hub) -> None:
    made = await api.admin.post("/api/keys", {"name": "website", "scopes": ["tickets:write", "tickets:read"]})
    assert made.status == 201
    website = api.with_key(made.body["key"])
    assert (await website.get("/api/tickets")).status == 200
    assert (await website.post("/api/events", {})).status == 403
    assert (await website.get("/api/keys")).status == 403
    listed = (await api.admin.get("/api/keys/")).body
    assert made.body["key"] not in str(listed)
    path = f"/api/keys/{made.body['id']}/revoke"
    for _ in range(2):
        revoked = await api.admin.post(path)
        assert (revoked.status, revoked.body["revoked"]) == (200, True)
    refused = await website.get("/api/tickets")
    assert (refused.status, refused.body["code"]) == (403, "bad_key")
    entries = [entry for entry in await hub.store.journal.read("hub", 0) if entry.kind == "key.revoked"]
    assert [entry.data["id"] for entry in entries] == [made.body["id"]]
    assert (await api.admin.post("/api/keys/unknown/revoke")).status == 404
    for wrong in ({"name": "x", "scopes": []}, {"name": "x", "scopes": ["all"]}, {"scopes": ["scan"]}):
        assert (await api.admin.post("/api/keys", wrong)).status == 422
    assert (await api.admin.post("/api/keys", 5)).status == 400
    assert (await api.post("/api/keys", {"name": "x", "scopes": ["scan"]})).status == 401


@pytest.mark.gen_test
async def test_all_that_is_wrong_with_an_organisers_form_is_named_at_once(api: Api) -> None:
    event = {
        "timezone": "Mars/Olympus",
        "starts_at": "2026-12-24T20:30:00",
        "ends_at": 5,
        "booking": "maybe",
        "max_inside": 0,
        "exit_all_at": "25:00",
        "zones": [{"name": "Balcony"}, {"name": "Balcony"}, {}],
        "doors": [{"name": "North", "into": "Cellar"}, 7],
        "products": [{"name": "", "reentry": "always"}],
        "showings": [{"date": "2026-13-01", "time": "99", "capacity": 0}],
    }
    refused = await api.admin.post("/api/events", event)
    assert refused.status == 422
    assert refused.body["errors"] == {
        "name": "is missing",
        "ends_at": "must be a time with a UTC offset, like 2026-12-24T20:30:00+01:00",
        "booking": "must be one of: keys, open",
        "max_inside": "must be 1 to 1000000",
        "zones[2].name": "is missing",
        "doors[1]": "must be an object",
        "products[0].name": "must be 1 to 200 characters",
        "showings[0].capacity": "must be 1 to 1000000",
        "starts_at": "needs a UTC offset, like 2026-12-24T20:30:00+01:00",
        "products[0].reentry": "must be single, reentry, multi:N or daily",
        "timezone": "an IANA name like Europe/Paris",
        "showings[0].date": "is not in the calendar",
        "showings[0].time": "must be HH:MM",
        "exit_all_at": "must be HH:MM",
    }
    device = await api.admin.post("/api/devices", {"event": 5, "may": ["fly", "undo", 3], "uses": 501})
    assert device.body["errors"].keys() == {"name", "event", "may[0]", "may[2]", "uses"}
    key = await api.admin.post("/api/keys", {"name": "", "scopes": []})
    assert key.body["errors"] == {"name": "must be 1 to 200 characters", "scopes": "must not be empty"}
    user = await api.admin.post("/api/users", {"username": "a b", "password": "short"})
    assert user.body["errors"] == {
        "username": "must be 1 to 64 letters, digits or . @ + - _",
        "password": "must be 10 to 1000 characters",
        "role": "is missing",
    }


@pytest.mark.gen_test
async def test_rules_of_a_door_are_told_beside_a_zones_of_the_wrong_type(api: Api) -> None:
    doors = [{"name": "North", "into": "Cellar", "opens_at": "2026-12-24T20:00:00"}]
    event = {"name": "Concert", "timezone": "Europe/Paris", "starts_at": None, "ends_at": None}
    refused = await api.admin.post("/api/events", event | {"zones": 5, "doors": doors})
    assert refused.body["errors"].keys() == {"zones", "starts_at", "ends_at", "doors[0].opens_at"}


OLD_NAMES = {
    "name": "Old\u0007 concert",
    "venue": "\u200b",
    "confirm": "ID\u0007?",
    "zones": [{"id": "z1", "name": "Hall\u0001"}],
    "doors": [{"id": "d1", "name": "North\u2028", "into": "z1"}, {"id": "d2", "name": "South"}],
    "products": [
        {"name": "VIP\u0002", "notice": "A\u0007", "prices": [{"name": "P\u0007", "amount": "5.00", "currency": "EUR"}]}
    ],
}
"""Of an event of a version that took any text."""


@pytest.mark.gen_test
async def test_event_of_an_older_version_keeps_names_that_are_no_longer_taken_and_can_be_changed(
    api: Api, raw_database: Database[dict[str, Any]]
) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}"
    raw_database.events.update_one({"_id": event["uuid"]}, {"$set": OLD_NAMES})
    changed = await api.admin.request("PATCH", path, {"max_inside": 50})
    assert changed.status == 200, changed.raw
    assert (changed.body["name"], changed.body["venue"]) == (OLD_NAMES["name"], OLD_NAMES["venue"])
    assert [door["into"] for door in changed.body["doors"]] == ["Hall\u0001", None]
    assert changed.body["products"][0]["notice"] == "A\u0007"
    north, south = changed.body["doors"]
    again = await api.admin.request("PATCH", path, {"doors": [south, north], "products": changed.body["products"]})
    assert (again.status, [door["name"] for door in again.body["doors"]]) == (200, ["South", "North\u2028"])
    mended = await api.admin.request("PATCH", path, {"zones": [{"id": "z1", "name": "Hall"}], "doors": [south]})
    assert (mended.status, mended.body["zones"][0]["name"]) == (200, "Hall")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"name": "New\u0007 concert"}, "name"),
        ({"name": "VIP\u0002"}, "name"),
        ({"doors": [{"id": "d1", "name": "Hall\u0001"}]}, "doors[0].name"),
        ({"products": [{"name": "VIP\u0002"}, {"name": "VIP\u0003"}]}, "products[1].name"),
        ({"doors": [{"id": "d1", "name": "North\u2028", "into": "Lobby\u0001"}]}, "doors[0].into"),
        ({"products": [{"name": "A", "prices": [{"name": "\u0007", "amount": "5.00"}]}]}, "products[0].prices[0].name"),
    ],
)
@pytest.mark.gen_test
async def test_name_that_an_older_version_kept_is_taken_in_no_other_place(
    api: Api, raw_database: Database[dict[str, Any]], sent: Any, wrong: str
) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}"
    raw_database.events.update_one({"_id": event["uuid"]}, {"$set": OLD_NAMES})
    refused = await api.admin.request("PATCH", path, sent)
    assert (refused.status, list(refused.body["errors"])) == (422, [wrong])
