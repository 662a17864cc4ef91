"""Details for the door: notice, seat, answers, and a question to be confirmed (booking-api.md, scan-api.md)."""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.ticket import Details
from tests.api import Api
from tests.jobs.second_hub import Worker, entries, everything_kept, inside
from tests.web.node import asking, needs_node

SEAT = {"block": "B", "row": "12", "seat": "7a"}
ONE = {
    "name": "Ada Lovelace",
    "phone_number": "+33 1 23 45 67",
    "date": "2026-12-24",
    "time": "20:30",
    "notice": "Hand out a blue wristband",
    "seat": SEAT,
    "fields": {"Diet": "Végétarien 🥕", "T-shirt": "M"},
}
SEVERAL = {
    "name": "Ada Lovelace",
    "phone_number": "+33 1 23 45 67",
    "date": "2026-12-24",
    "time": "20:30",
    "notice": "Group of the mayor",
    "fields": {"Company": "Analytical", "Diet": "none"},
    "tickets": [
        {"first_name": "Ada", "seat": {"seat": "1"}, "fields": {"Diet": "vegan"}},
        {"first_name": "Grace", "notice": "Wheelchair"},
    ],
}


async def book(api: Api, event: Any, order: Any = ONE, **fields: Any) -> Any:
    answer = await api.admin.post("/api/tickets", {"event": event["uuid"], **order, **fields})
    assert answer.status == 201, answer.raw
    return answer.body


@pytest.mark.gen_test
async def test_a_ticket_is_booked_with_notice_seat_and_answers_and_read_with_them(api: Api) -> None:
    event = await api.make_event()
    ticket = await book(api, event)
    read = (await api.admin.get(f"/api/tickets/{ticket['id']}")).body
    for each in (ticket, read, (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body[0]):
        assert (each["notice"], each["seat"], each["fields"]) == (ONE["notice"], SEAT, ONE["fields"])
    plain = await book(api, event, notice=None, seat=None, fields={})
    assert (plain["notice"], plain["seat"], plain["fields"]) == (None, None, {})


@pytest.mark.gen_test
async def test_what_is_said_of_a_reservation_holds_for_its_tickets_unless_they_say_otherwise(api: Api) -> None:
    event = await api.make_event()
    made = (await api.admin.post("/api/reservations", {"event": event["uuid"], **SEVERAL})).body
    ada, grace = made["tickets"]
    assert (ada["notice"], ada["seat"]) == ("Group of the mayor", {"seat": "1"})
    assert ada["fields"] == {"Company": "Analytical", "Diet": "vegan"}
    assert (grace["notice"], grace["seat"]) == ("Wheelchair", None)
    assert grace["fields"] == {"Company": "Analytical", "Diet": "none"}
    read = (await api.admin.get(f"/api/reservations/{made['uuid']}")).body
    assert (read["notice"], read["fields"]) == ("Group of the mayor", SEVERAL["fields"])


@pytest.mark.gen_test
async def test_a_holder_does_not_read_what_the_door_is_told(api: Api) -> None:
    ticket = await book(api, await api.make_event())
    own = (await api.get(f"/api/tickets/{ticket['id']}?token={ticket['access_token']}")).body
    assert "notice" not in own
    assert (own["seat"], own["fields"]) == (SEAT, ONE["fields"])


@pytest.mark.gen_test
async def test_a_stranger_tells_the_door_nothing(api: Api) -> None:
    event = await api.make_event(booking="open")
    plain = {name: ONE[name] for name in ("name", "phone_number", "date", "time")} | {"event": event["uuid"]}
    for told in ({"notice": "VIP"}, {"seat": {"seat": "1"}}, {"fields": {"Role": "Artist"}}):
        assert (await api.post("/api/tickets", plain | told)).status == 401
        guest = {"first_name": "Ada", **told}
        assert (await api.post("/api/reservations", plain | {"tickets": [guest]})).status == 401
    assert (
        await api.post("/api/reservations", plain | {"tickets": [{"first_name": "A"}], "notice": "VIP"})
    ).status == 401
    assert (await api.post("/api/tickets", plain)).status == 201


@pytest.mark.gen_test
async def test_door_sees_the_language_that_a_guest_booked_in_where_it_is_known(api: Api) -> None:
    event = await api.make_event(booking="open", products=[], transfers=1)
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    gate = await api.make_device(event, may=("names", "search"))
    nameless = await api.make_device(event, may=())
    other = await api.make_device(await api.make_event())
    known: list[object] = []
    for tag in ("fr-CA", "nl", None):
        asker, headers = (api.with_key(None), {"Accept_Language": tag}) if tag else (api.admin, {})
        made = await asker.post("/api/tickets", order, **headers)
        assert made.status == 201, made.raw
        scanned = (await gate.post("/scan/ticket/", {"qrcode_data": made.body["code"]})).body
        assert scanned["success"]
        known.append(scanned["ticket"].get("language"))
        assert "language" not in (await other.post("/scan/ticket/", {"qrcode_data": made.body["code"]})).body["ticket"]
    assert known == ["fr", None, None]
    offline = (await gate.get("/scan/manifest/")).body["tickets"]
    assert sorted(each.get("language", "") for each in offline) == ["", "", "fr"]
    to_show = (await nameless.get("/scan/manifest/")).body["tickets"]
    assert sorted(each.get("language", "") for each in to_show) == ["", "", "fr"], "for the sentence shown to the guest"


@pytest.mark.gen_test
async def test_details_are_corrected_and_taken_away_with_the_changed_fields_journaled(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    ticket = await book(api, event)
    path = f"/api/tickets/{ticket['id']}"
    changed = (await api.admin.request("PATCH", path, {"seat": {"row": "3"}, "notice": None})).body
    assert (changed["seat"], changed["notice"], changed["fields"]) == ({"row": "3"}, None, ONE["fields"])
    emptied = (await api.admin.request("PATCH", path, {"seat": {}, "fields": {}})).body
    assert (emptied["seat"], emptied["fields"]) == (None, {})
    again = await api.admin.request("PATCH", path, {"seat": None, "fields": {}})
    assert again.status == 200
    told = [entry.data["fields"] for entry in await entries(hub, event["uuid"], "ticket.changed")]
    assert told == [["notice", "seat"], ["seat", "fields"]]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"notice": ""}, "notice"),
        ({"notice": "x" * 501}, "notice"),
        ({"notice": "bell\a"}, "notice"),
        ({"notice": 5}, "notice"),
        ({"seat": "12"}, "seat"),
        ({"seat": {"row": ""}}, "seat.row"),
        ({"seat": {"row": "\x1b[2J"}}, "seat.row"),
        ({"seat": {"chair": "1"}}, "seat.chair"),
        ({"fields": ["Diet"]}, "fields"),
        ({"fields": {"Diet": 5}}, "fields.Diet"),
        ({"fields": {"Diet": "x" * 501}}, "fields.Diet"),
        ({"fields": {"Diet": "a\x00b"}}, "fields.Diet"),
        ({"fields": {"": "x"}}, "fields"),
        ({"fields": {"q" * 101: "x"}}, "fields"),
        ({"fields": {"q\x07": "x"}}, "fields"),
        ({"fields": {str(n): "x" for n in range(21)}}, "fields"),
    ],
)
@pytest.mark.gen_test
async def test_details_that_cannot_be_are_named_and_change_nothing(api: Api, wrong: Any, field: str) -> None:
    event = await api.make_event()
    refused = await api.admin.post("/api/tickets", {"event": event["uuid"], **ONE, **wrong})
    assert (refused.status, list(refused.body["errors"])) == (422, [field])
    ticket = await book(api, event)
    path = f"/api/tickets/{ticket['id']}"
    before = (await api.admin.get(path)).body
    refused = await api.admin.request("PATCH", path, {"name": "Somebody Else", **wrong})
    assert (refused.status, list(refused.body["errors"])) == (422, [field])
    assert (await api.admin.get(path)).body == before


@pytest.mark.gen_test
async def test_questions_named_as_the_database_names_things_come_back_as_they_were(api: Api) -> None:
    fields = {"$ref": "x", "a.b": "y", "_id": "z", "$id": "w"}
    event = await api.make_event()
    gate = await api.make_device(event)
    ticket = await book(api, event, fields=fields)
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["fields"] == fields
    assert (await gate.scan(ticket["code"])).body["ticket"]["fields"] == fields


@pytest.mark.gen_test
async def test_the_door_is_shown_them_at_check_scan_and_the_first_answer_again(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    ticket = await book(api, event)
    check = (await gate.post("/scan/check_ticket/", {"qrcode_data": ticket["code"]})).body
    first = (await gate.scan(ticket["code"], nonce="n1")).body
    again = (await gate.scan(ticket["code"], nonce="n1")).body
    for answer in (check, first, again):
        assert answer["notice"] == ONE["notice"]
        assert (answer["ticket"]["seat"], answer["ticket"]["fields"]) == (SEAT, ONE["fields"])
        assert answer["ticket"]["custom_form"] == ONE["fields"]
    refused = (await gate.scan(ticket["code"], nonce="n2")).body
    assert (refused["code"], refused["ticket"]["seat"], refused.get("notice")) == ("already_scanned", SEAT, None)


def every_detail(text: str) -> dict[str, Any]:
    """Return a ticket's details for the door, all that there are."""
    known = {"seat": {"block": f"{text} block", "row": f"{text} row", "seat": f"{text} seat"}, "fields": {"Diet": text}}
    return {name: known.get(name, f"{text} {name}") for name in Details.__struct_fields__}


def details_in(*answers: dict[str, Any]) -> dict[str, Any]:
    return {name: next((each[name] for each in answers if name in each), None) for name in Details.__struct_fields__}


def texts_of(value: Any) -> list[str]:
    return [text for each in value.values() for text in texts_of(each)] if isinstance(value, dict) else [value]


@needs_node
@pytest.mark.gen_test
async def test_every_detail_is_booked_and_changed_and_reaches_the_doors_with_and_without_a_network(api: Api) -> None:
    """Of whatever `Details` has: a field of a ticket for the door that is left out on its way fails here."""
    event = await api.make_event()
    assert event["door_shows"] == [*Details.__struct_fields__]
    gate = await api.make_device(event, 0, may=["names"])
    booked, changed = every_detail("first"), every_detail("second")
    ticket = await book(api, event, **booked)
    assert details_in(ticket) == booked
    ticket = (await api.admin.request("PATCH", f"/api/tickets/{ticket['id']}", changed)).body
    assert details_in(ticket) == changed
    manifest = (await gate.get("/scan/manifest/")).body
    assert details_in(manifest["tickets"][0]) == changed
    with asking("offline_answer.mjs") as ask:
        offline = json.loads(ask({"ticket": manifest["tickets"][0], "rules": manifest}))
    online = (await gate.scan(ticket["code"])).body
    for answer in (online, offline["body"]):
        assert answer["code"] == "admitted"
        assert details_in(answer, answer["ticket"]) == changed
    screen = json.dumps(offline["shown"])
    assert [text for text in texts_of(changed) if text not in screen] == []


@pytest.mark.gen_test
async def test_every_detail_is_hidden_from_doors_by_an_event_that_shows_none(api: Api) -> None:
    event = await api.make_event(door_shows=[])
    gate = await api.make_device(event, 0, may=["names", "search"])
    ticket = await book(api, event, **every_detail("secret"))
    seen = [
        await gate.get("/scan/manifest/"),
        await gate.post("/scan/list_tickets", {}),
        await gate.scan(ticket["code"]),
    ]
    assert [answer.status for answer in seen] == [200] * 3
    assert not any(b"secret" in answer.raw for answer in seen)


def test_every_detail_has_a_tick_in_the_form_of_an_event() -> None:
    form = (Path(__file__).parents[3] / "web/templates/admin/event/form.html").read_text()
    assert re.findall(r'name="door_shows" value="(\w+)"', form) == [*Details.__struct_fields__]


def test_the_history_of_a_ticket_names_every_detail_that_was_corrected() -> None:
    words = (Path(__file__).parents[3] / "web/locales/en/admin-history.ftl").read_text()
    said = set(re.findall(r"^history-field-(\w+) =", words, re.MULTILINE))
    assert {"name", "phone_number", "expires_at", *Details.__struct_fields__} == said


@pytest.mark.gen_test
async def test_a_search_at_the_door_shows_seat_and_notice_as_the_event_chooses(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search"])
    await book(api, event)
    plain = await api.make_event(door_shows=[])
    other = await api.make_device(plain, may=["search"])
    await book(api, plain)
    for path, body in (("/scan/list_tickets", {}), ("/scan/search_ticket", {"search": "love"})):
        (guest,) = (await gate.post(path, body)).body["results"]
        assert (guest["seat"], guest["notice"]) == (SEAT, ONE["notice"])
        (hidden,) = (await other.post(path, body)).body["results"]
        assert not {"seat", "notice"} & hidden.keys()


@pytest.mark.gen_test
async def test_a_products_notice_that_the_event_hides_is_not_in_the_manifest(api: Api) -> None:
    products = [{"name": "Standard", "notice": "Hand out a band"}]
    for shows, notice in ((["notice"], "Hand out a band"), ([], None)):
        event = await api.make_event(door_shows=shows, products=products)
        gate = await api.make_device(event)
        assert (await gate.get("/scan/manifest/")).body["policy"]["products"][0]["notice"] == notice


@pytest.mark.gen_test
async def test_an_event_chooses_what_its_doors_are_shown(api: Api) -> None:
    event = await api.make_event(door_shows=["seat"])
    assert event["door_shows"] == ["seat"]
    gate = await api.make_device(event, 0, may=["names"])
    ticket = await book(api, event)
    answer = (await gate.scan(ticket["code"])).body
    assert answer["ticket"]["seat"] == SEAT
    assert ("fields" in answer["ticket"], answer["ticket"]["custom_form"], "notice" in answer) == (False, None, False)
    (listed,) = (await gate.get("/scan/manifest/")).body["tickets"]
    assert (listed["seat"], "fields" in listed, "notice" in listed) == (SEAT, False, False)


@pytest.mark.gen_test
async def test_a_manifest_has_answers_for_devices_that_may_see_names_only(api: Api) -> None:
    event = await api.make_event()
    await book(api, event)
    named, nameless = await api.make_device(event, 0, may=["names"]), await api.make_device(event)
    [shown], [hidden] = [(await gate.get("/scan/manifest/")).body["tickets"] for gate in (named, nameless)]
    assert (shown["fields"], shown["seat"], shown["notice"]) == (ONE["fields"], SEAT, ONE["notice"])
    assert ("fields" in hidden, hidden["seat"], hidden["notice"]) == (False, SEAT, ONE["notice"])


@pytest.mark.gen_test
async def test_nothing_of_them_is_kept_once_the_ticket_is_deleted(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    told = {"notice": "Xanthippe's friend", "fields": {"Diet": "xylophagous"}, "seat": {"row": "Xenon"}}
    ticket = await book(api, event, **told)
    await gate.scan(ticket["code"], nonce="n1")
    await gate.scan(ticket["code"], nonce="n2")
    assert "xylophagous" in everything_kept(hub)
    worker = Worker(hub)
    clock.advance(timedelta(hours=10))
    assert (await worker.run("expire"), await worker.run("delete")) == (1, 1)
    kept = everything_kept(hub)
    assert [word for word in ("Xanthippe", "xylophagous", "Xenon") if word in kept] == []


# --- a question to be confirmed ----------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_a_question_is_asked_before_anybody_is_let_in_and_nothing_is_recorded(api: Api, hub: Hub) -> None:
    event = await api.make_event(confirm="ID seen?")
    gate = await api.make_device(event)
    ticket = await book(api, event)
    before = await hub.store.journal.read(event["uuid"], 0)
    asked = await gate.scan(ticket["code"], nonce="n1")
    assert (asked.status, asked.body["success"], asked.body["code"]) == (200, False, "confirm")
    assert (asked.body["message"], asked.body["error"]) == ("ID seen?", "ID seen?")
    assert asked.body["ticket"]["first_name"] == "Ada"
    assert await hub.store.journal.read(event["uuid"], 0) == before
    assert await inside(api, event) == 0
    decided = await gate.scan(ticket["code"], nonce="n1", confirmed=True)
    assert decided.body["code"] == "admitted"
    replayed = await gate.scan(ticket["code"], nonce="n1")
    assert (replayed.body["code"], replayed.body["replayed"]) == ("admitted", True)
    assert (await gate.scan(ticket["code"], nonce="n2")).body["code"] == "already_scanned"
    assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"


@pytest.mark.gen_test
async def test_a_product_asks_its_own_question_and_a_refusal_comes_before_any(api: Api) -> None:
    products = [{"name": "Standard"}, {"name": "VIP", "confirm": "Badge shown?"}]
    event = await api.make_event(products=products)
    assert [each["confirm"] for each in event["products"]] == [None, "Badge shown?"]
    gate = await api.make_device(event)
    plain, vip = await book(api, event, product="Standard"), await book(api, event, product="VIP")
    assert (await gate.scan(plain["code"])).body["code"] == "admitted"
    assert (await gate.scan(vip["code"])).body["message"] == "Badge shown?"
    await api.admin.post(f"/api/tickets/{vip['id']}/block")
    assert (await gate.scan(vip["code"])).body["code"] == "blocked"
    assert (await gate.scan(vip["code"], confirmed=True)).body["code"] == "blocked"


@pytest.mark.gen_test
async def test_of_a_party_the_question_is_asked_once_for_all(api: Api) -> None:
    event = await api.make_event(confirm="Over 18?")
    gate = await api.make_device(event)
    tickets = await api.book(event, 3)
    asked = (await gate.scan(tickets[0]["code"], count=3)).body
    assert (asked["code"], asked["message"]) == ("confirm", "Over 18?")
    assert await inside(api, event) == 0
    assert (await gate.scan(tickets[0]["code"], count=3, confirmed=True)).body["admitted_count"] == 3


@pytest.mark.gen_test
async def test_one_ticket_confirmed_at_many_doors_at_once_is_let_in_once(api: Api) -> None:
    event = await api.make_event(confirm="ID seen?")
    gates = [await api.make_device(event) for _ in range(4)]
    ticket = await book(api, event)
    answers = await asyncio.gather(
        *(gate.scan(ticket["code"], confirmed=n % 2 == 0) for n, gate in enumerate(gates * 3))
    )
    codes = [answer.body["code"] for answer in answers]
    assert codes.count("admitted") == 1
    assert set(codes) <= {"admitted", "already_scanned", "confirm"}


@pytest.mark.gen_test
async def test_what_a_door_did_alone_is_a_fact_that_no_question_undoes(api: Api) -> None:
    event = await api.make_event(confirm="ID seen?")
    gate = await api.make_device(event)
    ticket = await book(api, event)
    scan = {"qrcode_data": ticket["code"], "nonce": "n1", "verdict": "admitted", "scanned_at": "2026-12-24T18:29:00Z"}
    (result,) = (await gate.post("/scan/batch/", {"scans": [scan]})).body["results"]
    assert (result["code"], result.get("conflict")) == ("admitted", None)
    assert await inside(api, event) == 1


@pytest.mark.parametrize("confirmed", ["yes", 1, None])
@pytest.mark.gen_test
async def test_a_confirmation_is_true_or_false(api: Api, confirmed: Any) -> None:
    event = await api.make_event(confirm="ID seen?")
    gate = await api.make_device(event)
    ticket = await book(api, event)
    refused = await gate.scan(ticket["code"], confirmed=confirmed)
    assert (refused.status, refused.body["code"]) == (400, "bad_request")


# --- finding a guest ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "+33 1 23 45 67 89",
        "01 23 45 67 89",
        "0123456789",
        "B 12 7a",
        "12 7A",
        "row-12, 7a",
        "4006381333931",
        "Lovelace",
    ],
)
@pytest.mark.gen_test
async def test_a_door_finds_a_guest_by_phone_seat_barcode_or_name(api: Api, typed: str) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, 0, may=["search"])
    order = {**SEVERAL, "event": event["uuid"], "phone_number": "+33 1 23 45 67 89"}
    guest = {"first_name": "Ada", "last_name": "Lovelace", "barcode": "4006381333931", "seat": SEAT}
    assert (await api.admin.post("/api/reservations", {**order, "tickets": [guest]})).status == 201
    await api.book(event, 1, phone_number="+33 9 87 65 43 21", tickets=[{"first_name": "Grace"}])
    found = (await gate.post("/scan/search_ticket/", {"search": typed})).body["results"]
    expected = [] if typed.startswith("row") else ["Ada"]
    assert [guest["first_name"] for guest in found] == expected


async def search_at(api: Api, text: str) -> list[str]:
    answer = await api.post("/scan/search_ticket/", {"search": text})
    assert answer.status == 200, answer.raw
    return sorted(guest["first_name"] for guest in answer.body["results"])


@pytest.mark.gen_test
async def test_an_answer_finds_its_guests_at_the_door_and_in_the_organisers_list(api: Api) -> None:
    event = await api.make_event()
    made = await api.admin.post("/api/reservations", {"event": event["uuid"], **SEVERAL})
    await api.book(event)
    door = await api.make_device(event, may=["search"])
    for text, found in (("VEG", ["Ada"]), ("analyt", ["Ada", "Grace"]), ("analytical none", ["Grace"]), ("ytical", [])):
        assert await search_at(door, text) == found, text
    listed = await api.admin.get(f"/api/tickets?event={event['uuid']}&sort=last_name&search=vegan")
    assert [ticket["id"] for ticket in listed.body] == [made.body["tickets"][0]["id"]]
    path = f"/api/tickets/{made.body['tickets'][0]['id']}"
    assert (await api.admin.request("PATCH", path, {"name": "Ada Byron", "phone_number": "12345"})).status == 200
    assert await search_at(door, "vegan") == ["Ada"]
    assert (await api.admin.request("PATCH", path, {"fields": {"Diet": "Fisch, ohne Öl"}})).status == 200
    assert (await search_at(door, "vegan"), await search_at(door, "fisch ol")) == ([], ["Ada"])


@pytest.mark.gen_test
async def test_answers_that_an_event_hides_from_doors_find_nobody_there(api: Api) -> None:
    event = await api.make_event(door_shows=["seat", "notice"])
    await book(api, event, fields={"Diet": "vegan"})
    assert await search_at(await api.make_device(event, may=["search"]), "vegan") == []
    listed = await api.admin.get(f"/api/tickets?event={event['uuid']}&sort=last_name&search=vegan")
    assert len(listed.body) == 1


@pytest.mark.gen_test
async def test_a_reservations_details_are_corrected_for_its_tickets_which_keep_their_own(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    made = (await api.admin.post("/api/reservations", {"event": event["uuid"], **SEVERAL})).body
    path = f"/api/reservations/{made['uuid']}"
    sent: dict[str, Any] = {"notice": "Group of the queen", "fields": {"Company": "Difference", "Song": "Ode"}}
    changed = await api.admin.request("PATCH", path, sent)
    assert changed.status == 200, changed.raw
    assert (changed.body["notice"], changed.body["fields"]) == (sent["notice"], sent["fields"])
    ada, grace = [{t["id"]: t for t in changed.body["tickets"]}[each["id"]] for each in made["tickets"]]
    assert (ada["notice"], ada["fields"]) == (sent["notice"], {**sent["fields"], "Diet": "vegan"})
    assert (grace["notice"], grace["fields"]) == ("Wheelchair", sent["fields"])
    door = await api.make_device(event, may=["search"])
    assert (await search_at(door, "difference"), await search_at(door, "analytical")) == (["Ada", "Grace"], [])
    again = await api.admin.request("PATCH", path, sent)
    emptied = await api.admin.request("PATCH", path, {"notice": None, "fields": {}})
    assert (again.status, emptied.body["notice"], emptied.body["fields"]) == (200, None, {})
    told = [entry.data["fields"] for entry in await entries(hub, event["uuid"], "ticket.changed")]
    assert sorted(told) == sorted([["notice", "fields"], ["fields"]] * 2)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"notice": ""}, "notice"), ({"fields": {"": "x"}}, "fields"), ({"fields": [1]}, "fields")]
)
@pytest.mark.gen_test
async def test_details_of_a_reservation_that_cannot_be_are_named_and_change_nothing(
    api: Api, wrong: Any, field: str
) -> None:
    event = await api.make_event()
    made = (await api.admin.post("/api/reservations", {"event": event["uuid"], **SEVERAL})).body
    path = f"/api/reservations/{made['uuid']}"
    before = (await api.admin.get(path)).body
    refused = await api.admin.request("PATCH", path, {"notice": "other", **wrong})
    assert (refused.status, list(refused.body["errors"])) == (422, [field])
    assert (await api.admin.get(path)).body == before
    assert (await api.with_key(None).request("PATCH", path, {"notice": "other"})).status == 401
    assert (await api.admin.request("PATCH", path[:-1] + "x", {"notice": "other"})).status == 404
