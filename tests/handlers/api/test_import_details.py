"""Notices, seats and answers in imported lists: read, corrected, shown at the door, and back from our own export."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.api import Api
from tests.handlers.importing import a_file, end, import_file, send

HEAD = "barcode,first_name,Section,Row,Seat,Notes,T-shirt,Diet?"
FIRST = ("B1,Ada,A,12,7,Step-free way in,XL,vegan", "B2,Bob,,,,,M,", "B3,Cleo,,,,,,")
ANSWERS = "".join(f"&column={quote(head)}:answer" for head in ("T-shirt", "Diet?"))


async def details_of(api: Api, event: Any) -> dict[str, tuple[Any, Any, Any]]:
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=100")).body
    whole = [(await api.admin.get(f"/api/tickets/{each['id']}")).body for each in found]
    return {each["name"].split()[0]: (each["notice"], each["seat"], each["fields"]) for each in whole}


@pytest.mark.gen_test
async def test_lists_bring_notices_seats_and_the_answers_that_are_named_and_doors_show_them(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    looked = await send(api.admin, event, a_file(*FIRST, head=HEAD), "?dry_run=1")
    assert looked.body["columns"] == ["barcode", "first_name", "block", "row", "seat", "notice"]
    assert looked.body["ignored"] == ["T-shirt", "Diet?"]
    looked = await send(api.admin, event, a_file(*FIRST, head=HEAD), f"?dry_run=1{ANSWERS}")
    assert looked.body["ignored"] == []
    assert looked.body["sample"][0]["fields"] == {"T-shirt": "XL", "Diet?": "vegan"}
    assert looked.body["sample"][0]["seat"] == "Block A, row 12, seat 7"
    begun = await send(api.admin, event, a_file(*FIRST, head=HEAD), f"?{ANSWERS}")
    assert (await end(api.admin, begun))["state"] == "completed"
    seat = {"block": "A", "row": "12", "seat": "7"}
    assert await details_of(api, event) == {
        "Ada": ("Step-free way in", seat, {"T-shirt": "XL", "Diet?": "vegan"}),
        "Bob": (None, None, {"T-shirt": "M"}),
        "Cleo": (None, None, {}),
    }
    scanned = (await gate.scan("B1")).body
    shown = scanned["ticket"]
    assert (scanned["code"], scanned["notice"], shown["seat"]) == ("admitted", "Step-free way in", seat)
    assert shown["fields"] == {"T-shirt": "XL", "Diet?": "vegan"}


@pytest.mark.gen_test
async def test_a_newer_list_corrects_what_it_says_and_leaves_the_rest(api: Api) -> None:
    event = await api.make_event()
    await end(api.admin, await send(api.admin, event, a_file(*FIRST, head=HEAD), f"?{ANSWERS}"))
    second = ("B1,Ada,A,12,8,,,vegetarian", "B2,Bob,,,,ID seen,M,", "B3,Cleo,,,,,,")
    ended = await import_file(api.admin, event, a_file(*second, head=HEAD))  # the columns' meanings are kept
    assert (ended["changed"], ended["unchanged"]) == (2, 1)
    assert await details_of(api, event) == {
        "Ada": (
            "Step-free way in",
            {"block": "A", "row": "12", "seat": "8"},
            {"T-shirt": "XL", "Diet?": "vegetarian"},
        ),
        "Bob": ("ID seen", None, {"T-shirt": "M"}),
        "Cleo": (None, None, {}),
    }
    again = await import_file(api.admin, event, a_file(*second, head=HEAD))
    assert (again["changed"], again["unchanged"]) == (0, 3)


@pytest.mark.gen_test
async def test_what_doors_are_told_comes_back_from_the_hubs_own_export(api: Api) -> None:
    event = await api.make_event()
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada Ames", "phone_number": "0123 4"}
    shared = {"notice": "=1+1", "fields": {"Diet": "-vegan;=2", "Song": "one\ntwo"}}
    guests = [
        {"first_name": "Ada", "seat": {"block": "'A", "seat": "7"}, "fields": {"@home": "yes"}},
        {"first_name": "Bob", "notice": "ID seen"},
    ]
    booked = await api.admin.post("/api/reservations", {**form, **shared, "tickets": guests})
    assert booked.status == 201, booked.raw
    path = f"/api/events/{event['uuid']}/tickets.csv"
    exported, before = (await api.admin.get(path)).raw, await details_of(api, event)
    same = await send(api.admin, event, exported)
    assert (same.status, same.body["unchanged"], same.body["changed"]) == (202, 2, 0), same.raw
    for ticket in booked.body["tickets"]:
        assert (await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
    assert (await import_file(api.admin, event, exported))["added"] == 2
    assert await details_of(api, event) == before
    other = await api.make_event()
    assert (await import_file(api.admin, other, exported))["added"] == 2
    assert await details_of(api, other) == before


@pytest.mark.gen_test
async def test_what_is_too_much_for_a_door_is_cut_with_a_warning(api: Api) -> None:
    event = await api.make_event()
    heads = [f"Question {n}" for n in range(25)]
    row = ["B1", "x" * 501, "y" * 51, *("a\x00b" for _ in heads)]
    query = "".join(f"&column={quote(head)}:answer" for head in heads)
    file = a_file(",".join(row), head=",".join(["barcode", "notice", "seat", *heads]))
    looked = await send(api.admin, event, file, f"?dry_run=1{query}")
    assert {each["column"] for each in looked.body["warnings"]} >= {"notice", "seat", "answers"}
    [sample] = looked.body["sample"]
    assert (len(sample["notice"]), sample["seat"]) == (500, f"Seat {'y' * 50}")
    assert list(sample["fields"].values()) == ["a b"] * 20
